import type { Locator, Page } from 'playwright/test';
import { violations } from './axe.ts';
import { button, cell, expect, open, test, trainFor } from './heed.ts';

const FORCED = 'decoding=teacher-forced';
/** What the page prints, as a number. */
const number = (text: string | null): number => Number((text ?? '').replaceAll('−', '-'));
const drawer = (page: Page): Locator => page.getByRole('region', { name: 'Look inside' });
const step = (page: Page, name: string): Locator => drawer(page).getByRole('region', { name, exact: true }).first();

async function columns(table: Locator): Promise<string[][]> {
  return table
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((td) => td.textContent ?? '')));
}

/** Rounded as the printed text is. */
const like = (value: number, text: string): string => {
  const digits = value.toFixed(text.split('.')[1]?.length ?? 0);
  return (Number(digits) === 0 ? digits.replace('-', '') : digits).replace('-', '−');
};

test('a click opens a cell, and its arithmetic redone from the page gives what the page says', async ({ page }) => {
  await open(page, FORCED);
  await trainFor(page, 2);
  await cell(page, 1).click();
  await expect(drawer(page).getByRole('button', { name: 'Open cell' })).toHaveAttribute('aria-expanded', 'true');

  const softmax = step(page, 'Softmax').getByRole('table').first();
  await expect(softmax).toBeVisible();
  const rows = await columns(softmax);
  const sum = rows.reduce((total, [, , exp]) => total + number(exp), 0);
  const most = Math.max(...rows.map(([score]) => number(score)));
  for (const [score, shifted, exp, weight] of rows) {
    expect(like(number(score) - most, shifted)).toBe(shifted);
    expect(like(Math.exp(number(shifted)), exp)).toBe(exp);
    expect(like(number(exp) / sum, weight)).toBe(weight);
  }

  const score = step(page, 'Score');
  await score.getByText('units as a table').click();
  await expect(score.getByRole('table').locator('tbody tr')).toHaveCount(8);
  const units = await columns(score.getByRole('table'));
  for (const [key, query, bias, inner, tanh, v, term] of units) {
    expect(like(number(key) + number(query) + number(bias), inner)).toBe(inner);
    expect(like(Math.tanh(number(inner)), tanh)).toBe(tanh);
    expect(like(number(v) * number(tanh), term)).toBe(term);
  }
  const total = (await score.locator('.card-total strong').textContent()) ?? '';
  expect(like(Number(units.reduce((all, row) => all + number(row[6]), 0).toFixed(9)), total)).toBe(total);

  const context = step(page, 'Context').getByRole('table');
  const terms = await columns(context);
  for (const [weight, state, , product] of terms) expect(like(number(weight) * number(state), product)).toBe(product);
  const result = (await context.locator('tfoot strong').textContent()) ?? '';
  expect(like(Number(terms.reduce((all, row) => all + number(row[3]), 0).toFixed(9)), result)).toBe(result);
});

test('the open cell follows the arrow keys in the heatmap, and Escape closes it', async ({ page }) => {
  await open(page, FORCED);
  await trainFor(page, 1);
  await cell(page, 0).focus();
  await page.keyboard.press('Enter');
  const marked = () => step(page, 'Softmax').locator('tbody tr.open').first();
  await expect(marked()).toBeVisible();
  const index = () => marked().evaluate((row) => [...(row.parentElement?.children ?? [])].indexOf(row));
  expect(await index()).toBe(0);
  await page.keyboard.press('ArrowRight');
  await expect.poll(index).toBe(1);
  await page.keyboard.press('ArrowRight');
  await expect.poll(index).toBe(2);
  await drawer(page).getByRole('slider', { name: 'Dimension' }).focus();
  await page.keyboard.press('Home');
  await expect(drawer(page).getByText('0 of 16')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(step(page, 'Softmax')).toHaveCount(0);
});

test('the way back has a row’s gradients, the parameters’ sums, and a check that agrees', async ({ page }) => {
  await open(page, FORCED);
  await trainFor(page, 2);
  await cell(page, 1).click();
  await drawer(page).getByText('Backward', { exact: true }).click();
  const back = step(page, 'From α to the scores').getByRole('table').first();
  await expect(back).toBeVisible();
  const rows = await columns(back);
  const inner = rows.reduce((total, [, , product]) => total + number(product), 0);
  for (const [weight, gradient, product, difference, , score] of rows) {
    expect(like(number(weight) * number(gradient), product)).toBe(product);
    expect(like(number(gradient) - Number(inner.toFixed(9)), difference)).toBe(difference);
    expect(like(number(weight) * number(difference), score)).toBe(score);
  }
  await step(page, 'To the parameters').locator('summary').first().click();
  await expect(step(page, 'To the parameters').getByRole('table').first()).toBeVisible();
  await button(page, 'Check by central differences').click();
  const checks = step(page, 'Check by central differences').getByRole('table');
  await expect(checks.locator('tbody tr')).toHaveCount(8, { timeout: 60_000 });
});

for (const score of ['general', 'dot', 'scaled-dot', 'linear-concat', 'uniform'])
  test(`a cell of a ${score} score opens`, async ({ page }) => {
    await open(page, `score=${score}&bidirectional=false&${FORCED}&panel=cell&executor=cpu`);
    await expect(step(page, 'Score')).toContainText('score');
    await expect(step(page, 'Score').locator('.card-total strong')).toHaveText(/^−?\d/);
    await drawer(page).getByText('Backward', { exact: true }).click();
    await expect(step(page, 'From α to the scores').getByRole('table').first()).toBeVisible();
  });

test('without attention a calm note says why there is no cell', async ({ page }) => {
  await open(page, 'score=none&panel=cell&executor=cpu');
  await expect(drawer(page)).toContainText('This model has no attention');
});

// Other looks of it are scanned with all panels, in accessibility.spec.ts.
for (const colorScheme of ['dark'] as const)
  test(`axe finds nothing in an open cell, forward and backward, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page, `${FORCED}&panel=cell&executor=cpu`);
    await step(page, 'Score').getByText('units as a table').click();
    const scan = async () => expect(await violations(page, { part: '#drawer' })).toEqual([]);
    await scan();
    await drawer(page).getByText('Backward', { exact: true }).click();
    await button(page, 'Check by central differences').click();
    await expect(step(page, 'Check by central differences').getByRole('table')).toBeVisible({ timeout: 60_000 });
    await scan();
  });

test('nothing of an open cell is wider than a phone', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await open(page, `${FORCED}&panel=cell&executor=cpu`);
  await expect(step(page, 'Context').getByRole('table')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});
