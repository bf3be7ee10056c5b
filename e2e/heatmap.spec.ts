import { button, cell, expect, open, step, test, trainFor } from './heed.ts';

/** A model that has learned next to nothing may say nothing; the reference always has words. */
const FORCED = 'decoding=teacher-forced';

test('a cell under the pointer is read out and lights both of its words everywhere', async ({ page }) => {
  await open(page, FORCED);
  await trainFor(page, 2);
  await cell(page, 1).hover();
  await expect(page.locator('.readout')).toContainText(/‘.+’ looks at ‘.+’: \d\.\d\d .*p \d\.\d\d/);
  await expect(page.locator('.axis-word.source.lit')).toHaveCount(1);
  await expect(page.locator('.axis-word.target.lit')).toHaveCount(1);
  await expect(page.locator('.samples .source.lit').first()).toBeVisible();
  await expect(page.locator('.pictogram .bar.lit').first()).toBeAttached();
});

test('a word of a sample pair lights the same word on the stage', async ({ page }) => {
  await open(page);
  await page.locator('.samples li').first().locator('.source.word').first().hover();
  await expect(page.locator('.axis-word.source.lit').first()).toBeVisible();
  await expect(page.locator('.bands .band').first()).toBeAttached();
});

test('a click pins a cell until Escape', async ({ page }) => {
  await open(page);
  await cell(page, 2).click();
  await page.mouse.move(2, 2);
  await expect(page.locator('.readout')).toContainText('pinned');
  await page.keyboard.press('Escape');
  await expect(page.locator('.readout')).toContainText('A click opens it');
});

test('the picture holds still under the pointer while the step counts on, and catches up afterwards', async ({
  page,
}) => {
  await open(page, FORCED);
  await button(page, 'Train').click();
  await cell(page, 0).hover();
  await expect(page.getByText('held while you read')).toBeVisible({ timeout: 60_000 });
  const before = await step(page);
  await expect.poll(() => step(page), { timeout: 60_000 }).toBeGreaterThan(before);
  await page.mouse.move(2, 2);
  await expect(page.getByText('held while you read')).toHaveCount(0);
});

test('nothing moves when the readout speaks', async ({ page }) => {
  await open(page);
  const before = await cell(page, 0).boundingBox();
  await cell(page, 3).hover();
  await expect(page.locator('.readout')).toContainText('looks at');
  expect(await cell(page, 0).boundingBox()).toEqual(before);
});

test('cells are walked by keyboard, spoken, and pinned by Enter', async ({ page }) => {
  await open(page);
  await cell(page, 0).focus();
  const columns = (await page.getByRole('columnheader').count()) as number;
  await page.keyboard.press('ArrowRight');
  await expect(cell(page, 1)).toBeFocused();
  await page.keyboard.press('End');
  await expect(cell(page, columns - 1)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(cell(page, 2 * columns - 1)).toBeFocused();
  await page.keyboard.press('Control+Home');
  await expect(cell(page, 0)).toBeFocused();
  await expect(cell(page, 0)).toHaveAttribute('aria-label', /^output 1 '.+' looks at input 1 '.+': \d\.\d\d/);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.locator('.readout')).toContainText('pinned');
  await expect(page.getByRole('grid').locator('[tabindex="0"]')).toHaveCount(1);
});

test('V prints the numbers, B shows the table', async ({ page }) => {
  await open(page);
  await page.keyboard.press('v');
  await expect(cell(page, 0)).toHaveText(/^\d\.\d\d$/);
  await page.keyboard.press('b');
  const table = page.getByRole('table', { name: 'Attention weights' });
  await expect(table).toBeVisible();
  const sums = await table
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('td')].slice(1).reduce((sum, td) => sum + Number(td.textContent), 0)),
    );
  for (const sum of sums) expect(Math.abs(sum - 1)).toBeLessThan(0.06);
});

test('teacher-forced shows the reference’s words', async ({ page }) => {
  await open(page);
  const words = async (label: string) =>
    (await page.locator('.translation-line', { hasText: label }).locator('.word').allTextContents()).join(' ');
  await page.getByRole('radio', { name: 'Teacher-forced' }).check({ force: true });
  const isReference = async () =>
    (await page.getByRole('rowheader').count()) === (await words('Reference')).split(' ').length;
  await expect.poll(isReference).toBe(true);
});

test('a term opens to one sentence and closes with Escape', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Attention: what is this?' }).click();
  await expect(page.getByText('every row sums to 1')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('every row sums to 1')).toBeHidden();
});
