import AxeBuilder from '@axe-core/playwright';
import { button, expect, hash, open, test, trainFor } from './heed.ts';

test('each step lists its likeliest words with probabilities and its entropy', async ({ page }) => {
  await open(page, 'executor=cpu&decoding=teacher-forced');
  await button(page, 'Next words').click();
  const steps = page.locator('.candidates > li');
  await expect(steps.first()).toContainText(/Step 1\s*\d+\.\d\d nats/);
  const values = await steps.first().locator('.candidate-probability').allTextContents();
  expect(values).toHaveLength(6);
  const numbers = values.map(Number);
  expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
  await expect.poll(() => hash(page).get('panel')).toBe('next-words');
});

test('the past has the candidates that were kept of it, and live has all again', async ({ page }) => {
  await open(page, 'executor=cpu&panel=next-words');
  await trainFor(page, 60);
  const values = page.locator('.candidates > li').first().locator('.candidate-probability');
  await expect(values).toHaveCount(6);
  await page.getByRole('slider', { name: 'Moment of the run' }).press('Home');
  await expect(values).toHaveCount(3);
  await expect(page.locator('.panel-step')).toHaveText('at step 0');
  await page.keyboard.press('.');
  await expect(values).toHaveCount(6);
});

test('a translation of the beam goes on the stage, can be taken back, and the tree says what it is', async ({
  page,
}) => {
  await open(page, 'executor=cpu&panel=next-words');
  await trainFor(page, 60);
  await expect(page.getByRole('img', { name: /Tree of a beam search of width 5: \d+ words kept/ })).toBeVisible();
  await page.getByLabel('Beam width').selectOption('3');
  await expect(page.getByRole('img', { name: /width 3/ })).toBeVisible();
  const rows = page.locator('.hypotheses tbody tr');
  await expect.poll(() => rows.count()).toBeLessThanOrEqual(3);
  const scores = (await rows.locator('.hypothesis-score').allTextContents()).map(Number);
  expect(scores.every((score) => score <= 0)).toBe(true);
  const words = await rows.last().locator('.word').allTextContents();
  await rows.last().getByRole('button').click();
  await expect(rows.last().getByRole('button', { name: 'On the stage' })).toBeVisible();
  await expect
    .poll(() => page.locator('.translation-line').first().locator('.word').allTextContents())
    .toHaveLength(words.length);
});

test('typed sentences are translated with the beam when that is chosen, and the link remembers', async ({ page }) => {
  await open(page, 'executor=cpu&panel=next-words');
  await page.getByRole('radio', { name: 'Beam', exact: true }).check({ force: true });
  await expect.poll(() => hash(page).get('beam')).toBe('5');
  await page.getByLabel('Sentence to translate').fill('the cat sees the dog');
  await page.getByLabel('Sentence to translate').press('Enter');
  await expect(
    page.locator('.hypotheses tbody tr').first().getByRole('button', { name: 'On the stage' }),
  ).toBeVisible();
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Beam', exact: true })).toBeChecked();
});

test('axe finds nothing in the panel, and it fits a phone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, 'executor=cpu&panel=next-words');
  await expect(page.locator('.hypotheses')).toBeAttached();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  const { violations } = await new AxeBuilder({ page }).include('.drawer').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});
