/** Every picture has one tab stop, is walked with the arrow keys, and says where one is. */

import type { Locator, Page } from 'playwright/test';
import { button, expect, open, test, trainFor } from './heed.ts';

const LINK = 'decoding=teacher-forced&executor=cpu';
/** What the keyboard is at, in words. */
const spoken = (picture: Locator): Promise<string | null> => picture.getByRole('option').textContent();
const openPanel = (page: Page, name: string): Promise<void> =>
  page.getByRole('region', { name: 'Look inside' }).getByRole('button', { name, exact: true }).click();

/** Reaches a picture the way a visitor does: with a key. */
async function reach(page: Page, picture: Locator): Promise<void> {
  await picture.focus();
  await page.keyboard.press('Home');
}

test('charts say step and value, and their crosshair follows', async ({ page }) => {
  await open(page, LINK);
  await trainFor(page, 20);
  const loss = page.getByRole('listbox', { name: /^Loss, step by step/ });
  await reach(page, loss);
  await expect(loss.getByRole('option')).toHaveText(/^step \d+: \d/);
  const first = (await spoken(loss)) ?? '';
  await expect(page.locator('.crosshair').first()).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(loss.getByRole('option')).not.toHaveText(first);
  await page.keyboard.press('Tab');
  await expect(page.locator('.crosshair')).toHaveCount(0);
});

test('the word map is walked in the direction of the arrows, and Enter lists neighbours', async ({ page }) => {
  await open(page, LINK);
  await openPanel(page, 'Word map');
  const map = page.getByRole('listbox', { name: /^Words on the map of the input/ });
  await reach(page, map);
  const first = await spoken(map);
  for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'End']) await page.keyboard.press(key);
  const last = await spoken(map);
  expect(last).not.toBe(first);
  expect(last).toMatch(/^.+, \d+ times in the training pairs$/);
  await page.keyboard.press('Enter');
  const word = last?.split(',')[0] ?? '';
  await expect(page.getByRole('table', { name: `Nearest to “${word}”, of all dimensions` })).toBeVisible();
});

test('candidate words and the beam tree are walked, lit and pinned', async ({ page }) => {
  await open(page, LINK);
  await openPanel(page, 'Next words');
  const first = page.getByRole('button', { name: /^step 1, rank 1: / });
  await expect(first).toBeVisible();
  await first.focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: /^step 1, rank 2: / })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  const second = page.getByRole('button', { name: /^step 2, rank 2: / });
  await expect(second).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(second).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('[data-candidate][tabindex="0"]')).toHaveCount(1);

  const tree = page.getByRole('listbox', { name: /^Words of the tree/ });
  await reach(page, tree);
  await expect(tree.getByRole('option')).toHaveText(/^start, \d+ words follow$/);
  await page.keyboard.press('ArrowRight');
  await expect(tree.getByRole('option')).toHaveText(/^word 1, .+: \d\.\d\d, /);
  const best = await spoken(tree);
  await page.keyboard.press('ArrowDown');
  expect(await spoken(tree)).not.toBe(best);
  await expect(page.locator('.beam-stop')).toBeVisible();
});

test('the units of an LSTM are walked as a grid, and Enter opens one', async ({ page }) => {
  await open(page, LINK);
  await openPanel(page, 'LSTM step');
  const units = page.getByRole('listbox', { name: /of all units: arrow keys/ });
  await units.focus();
  await page.keyboard.press('Control+Home');
  await expect(units.getByRole('option')).toHaveText(/^unit 0 at ‘.+’: /);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(units.getByRole('option')).toHaveText(/^unit 2 at /);
  await page.keyboard.press('Enter');
  await expect(page.locator('.lstm-unit')).toHaveText(/^2 of/);
});

test('the small maps of What if and Does it explain speak their cells and points', async ({ page }) => {
  await open(page, LINK);
  await openPanel(page, 'What if');
  const plain = page.getByRole('listbox', { name: /^Cells of the untouched attention/ });
  await reach(page, plain);
  await page.keyboard.press('ArrowRight');
  await expect(plain.getByRole('option')).toHaveText(/looks at input 2 .*\d\.\d\d/);
  await openPanel(page, 'Does it explain?');
  const grid = page.getByRole('grid', { name: /^Erasure/ });
  await grid.locator('td[tabindex="0"]').focus();
  await page.keyboard.press('ArrowRight');
  await expect(grid.locator('td[data-row="0"][data-column="1"]')).toBeFocused();
  const flow = page.getByRole('listbox', { name: /^At each encoder state/ });
  await reach(page, flow);
  await expect(flow.getByRole('option')).toHaveText(/\d/);
});

test('the time line of a step and its launches are walked', async ({ page }) => {
  await open(page, LINK);
  await openPanel(page, 'Machine room');
  const line = page.locator('.machine-line');
  await expect(line).toBeVisible();
  await line.focus();
  await page.keyboard.press('Home');
  const first = await line.getAttribute('aria-activedescendant');
  await page.keyboard.press('ArrowRight');
  await expect(line).not.toHaveAttribute('aria-activedescendant', first ?? '');
  await expect(button(page, 'Measure again')).toBeVisible();
});
