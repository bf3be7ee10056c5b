import { button, expect, open, step, test } from './heed.ts';

test('the whole way by keyboard: train, pause, step, type, inspect, settings', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Space');
  await expect(button(page, 'Pause')).toBeVisible();
  await expect.poll(() => step(page), { timeout: 60_000 }).toBeGreaterThan(1);
  await page.keyboard.press('Space');
  await expect(button(page, 'Train')).toBeVisible();

  await page.keyboard.press('/');
  await expect(page.getByLabel('Sentence to translate')).toBeFocused();
  await page.keyboard.type('the cat sees r s n v');
  await expect(page.getByLabel('Sentence to translate')).toHaveValue('the cat sees r s n v');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio', { name: 'Yours' })).toBeChecked();
  await page.keyboard.press('Escape');

  await page.keyboard.press('1');
  await expect(page.getByRole('radio', { name: /^Probe 1/ })).toBeChecked();
  await page.keyboard.press('?');
  await expect(page.getByText('reset to the same initial weights')).toBeVisible();
  await page.keyboard.press('Escape');

  await button(page, 'decoder').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Decoder size' })).toBeVisible();
});

test('Tab reaches the skip link, then the controls in reading order', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the heatmap' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('combobox', { name: 'Task' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(button(page, 'Train')).toBeFocused();
});

test('the space bar presses the button that Tab reached, and trains where the mouse clicked', async ({ page }) => {
  await open(page);
  await button(page, 'Numbers').focus();
  await page.keyboard.press('Space');
  await expect(button(page, 'Numbers')).toHaveAttribute('aria-pressed', 'true');
  await expect(button(page, 'Train')).toBeVisible();
  await button(page, 'Table').click();
  await page.keyboard.press('Space');
  await expect(button(page, 'Pause')).toBeVisible();
  await expect(button(page, 'Table')).toHaveAttribute('aria-pressed', 'true');
});

test('single keys can be switched off', async ({ page }) => {
  await open(page);
  await button(page, 'Keyboard').click();
  await page.getByLabel(/Single keys are shortcuts/).uncheck();
  await page.keyboard.press('Escape');
  await page.locator('body').press('v');
  await expect(button(page, 'Numbers')).toHaveAttribute('aria-pressed', 'false');
});
