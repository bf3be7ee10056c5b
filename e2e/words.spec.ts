import AxeBuilder from '@axe-core/playwright';
import { button, expect, open, test, trainFor } from './heed.ts';

test('a word that is searched is lit everywhere and lists its nearest words', async ({ page }) => {
  await open(page, 'executor=cpu');
  await button(page, 'Word map').click();
  await expect(page.getByRole('img', { name: /Map of \d+ word vectors of the input/ })).toBeVisible();
  await expect(page.getByText(/component 1: \d+\.\d\s%/)).toBeVisible();
  await page.getByLabel('Find a word').fill('cat');
  await page.keyboard.press('Enter');
  const table = page.getByRole('table', { name: /Nearest to “cat”/ });
  await expect(table.locator('tbody tr')).toHaveCount(10);
  await expect(page.locator('.samples .source.lit', { hasText: 'cat' }).first()).toBeVisible();
  const cosines = (await table.locator('.neighbour-cosine').allTextContents()).map(Number);
  expect(cosines).toEqual([...cosines].sort((a, b) => b - a));
  const next = (await table.locator('.neighbour').first().textContent()) as string;
  await table.locator('.neighbour').first().click();
  await expect(page.getByRole('table', { name: `Nearest to “${next}”` })).toBeVisible();
});

test('a word that the model does not have is named', async ({ page }) => {
  await open(page, 'executor=cpu&panel=words');
  await expect(page.getByRole('img', { name: /Map of/ })).toBeVisible();
  await page.getByLabel('Find a word').fill('zyzzyva');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The model has no word “zyzzyva”.')).toBeVisible();
});

test('the other side has a map of its own, which follows the training', async ({ page }) => {
  await open(page, 'executor=cpu&panel=words');
  await page.getByRole('radio', { name: 'output', exact: true }).check({ force: true });
  await expect(page.getByRole('img', { name: /word vectors of the output/ })).toBeVisible();
  await page.mouse.move(2, 2);
  await trainFor(page, 20);
  const step = await page.locator('[data-figure="step"]').first().textContent();
  await expect(page.locator('.panel-step')).toContainText(`at step ${step}`);
});

test('axe finds nothing in the panel, and it fits a phone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, 'executor=cpu&panel=words');
  await page.getByLabel('Find a word').fill('cat');
  await page.keyboard.press('Enter');
  await expect(page.locator('.neighbours')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  const { violations } = await new AxeBuilder({ page }).include('.drawer').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});
