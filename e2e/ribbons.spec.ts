import AxeBuilder from '@axe-core/playwright';
import { button, cell, expect, hash, open, test, trainFor } from './heed.ts';

const FORCED = 'decoding=teacher-forced&executor=cpu';

test('M turns the matrix into ribbons and back, and the link remembers', async ({ page }) => {
  await open(page, FORCED);
  await expect(page.getByRole('grid')).toBeVisible();
  await page.keyboard.press('m');
  await expect(page.locator('.ribbon').first()).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Ribbons' })).toBeChecked();
  await expect.poll(() => hash(page).get('view')).toBe('ribbons');
  await expect(page.getByText('under 0.03 not drawn')).toBeVisible();
  await page.reload();
  await expect(page.locator('.ribbon').first()).toBeVisible();
  await page.getByRole('radio', { name: 'Matrix' }).check({ force: true });
  await expect(cell(page, 0)).toBeVisible();
  await expect.poll(() => hash(page).get('view')).toBe(null);
});

test('a word lights its ribbons and the same word elsewhere; a click pins it until Escape', async ({ page }) => {
  await open(page, `${FORCED}&view=ribbons`);
  await trainFor(page, 3);
  const word = page.locator('.ribbon-word.source').first();
  await word.hover();
  await expect(page.locator('.ribbon.lit').first()).toBeAttached();
  await expect(page.locator('.ribbon.dim').first()).toBeAttached();
  await expect(page.locator('.samples .source.lit').first()).toBeVisible();
  await expect(page.locator('.readout')).toContainText('is read most by');
  await word.click();
  await expect(word).toHaveAttribute('aria-pressed', 'true');
  await page.mouse.move(2, 2);
  await expect(page.locator('.readout')).toContainText('pinned');
  await page.keyboard.press('Escape');
  await expect(page.locator('.ribbon.lit')).toHaveCount(0);
});

test('the keyboard walks from word to word and along a ribbon, which says its weight', async ({ page }) => {
  await page.setViewportSize({ width: 1600, height: 900 });
  await open(page, `${FORCED}&view=ribbons`);
  const first = page.locator('.ribbon-word.target').first();
  await first.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.ribbon-word.target').nth(1)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  const ribbon = page.locator('.ribbon:focus');
  await expect(ribbon).toHaveAttribute('aria-label', /‘.+’ looks at ‘.+’: \d\.\d\d/);
  await page.keyboard.press('Enter');
  await expect(ribbon).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('ArrowUp');
  await expect(page.locator('.ribbon-word.source:focus')).toHaveCount(1);
});

test('ribbons follow the training', async ({ page }) => {
  await open(page, `${FORCED}&view=ribbons`);
  const outlines = () =>
    page.locator('.ribbon').evaluateAll((paths) => paths.map((path) => path.getAttribute('d')).join());
  const before = await outlines();
  await trainFor(page, 20);
  await expect.poll(outlines).not.toBe(before);
});

test('axe finds nothing in the ribbons, and they fit a phone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, `${FORCED}&view=ribbons`);
  await expect(page.locator('.ribbon').first()).toBeAttached();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  const { violations } = await new AxeBuilder({ page }).include('.heatmap').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test('without attention there is a calm note and no ribbon', async ({ page }) => {
  await open(page, 'score=none&view=ribbons&executor=cpu');
  await expect(page.getByText('This model has no attention')).toBeVisible();
  await expect(page.locator('.ribbon')).toHaveCount(0);
  await expect(button(page, 'Choose a score')).toBeVisible();
  // Nothing that would draw or list what there is not.
  await expect(page.getByRole('group', { name: 'Picture' })).toHaveCount(0);
  for (const name of ['Numbers', 'Table']) await expect(button(page, name)).toHaveCount(0);
});
