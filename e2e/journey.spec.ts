/** Nothing but keys, from opening the page to the trained run, saved by name, and its link. */

import type { Locator, Page } from 'playwright/test';
import { button, cell, expect, hash, open, ready, step, test } from './heed.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

/** Presses Tab until the focus is where it should be. */
async function tabTo(page: Page, goal: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let i = 0; i < 120; i++) {
    if (await goal.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  await expect(goal).toBeFocused();
}

const weight = async (page: Page, index: number): Promise<number> =>
  Number((await cell(page, index).getAttribute('aria-label'))?.match(/: (\d\.\d\d)/)?.[1]);

test('a task is chosen, trained, looked into, changed, travelled through, saved and shared, all by keyboard', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await open(page, 'executor=cpu&decoding=teacher-forced', '');
  const keys = page.keyboard;

  // A task.
  const task = page.getByRole('combobox', { name: 'Task' });
  await tabTo(page, task);
  await keys.press('ArrowDown');
  await expect.poll(() => hash(page).get('task')).not.toBeNull();
  const chosen = hash(page).get('task');
  await ready(page);

  // Train and pause.
  await tabTo(page, button(page, 'Train'));
  await keys.press('Enter');
  await expect(button(page, 'Pause')).toBeVisible();
  await expect.poll(() => step(page), { timeout: 60_000 }).toBeGreaterThan(20);
  await tabTo(page, button(page, 'Pause'));
  await keys.press('Space');
  await expect(button(page, 'Train')).toBeVisible();

  // Through the heatmap, into a cell.
  await tabTo(page, cell(page, 0));
  await keys.press('ArrowRight');
  await expect(cell(page, 1)).toBeFocused();
  await expect(cell(page, 1)).toHaveAttribute('aria-label', /looks at input 2 /);
  await keys.press('Enter');
  const drawer = page.getByRole('region', { name: 'Look inside' });
  await expect(drawer.getByRole('heading', { name: 'Softmax' }).first()).toBeVisible();
  await keys.press('Escape');

  // An edit of a weight, taken back.
  const whatIf = drawer.getByRole('button', { name: 'What if', exact: true });
  await tabTo(page, whatIf);
  await keys.press('Enter');
  await expect(drawer.getByText('Source words').first()).toBeVisible();
  await tabTo(page, cell(page, 1), 'Shift+Tab');
  const before = await weight(page, 1);
  for (let i = 0; i < 4; i++) await keys.press('+');
  await keys.press('Enter');
  await expect(page.locator('.edited-row')).toHaveCount(1);
  await expect.poll(() => weight(page, 1)).toBeGreaterThan(before);
  await tabTo(page, drawer.getByRole('button', { name: 'Undo', exact: true }));
  await keys.press('Enter');
  await expect(page.locator('.edited-row')).toHaveCount(0);
  await expect.poll(() => weight(page, 1)).toBeCloseTo(before, 2);
  await keys.press('Escape');
  await expect(whatIf).toBeFocused();

  // Back in time, and to live.
  const time = page.getByRole('slider', { name: 'Moment of the run' });
  await tabTo(page, time, 'Shift+Tab');
  await keys.press('Home');
  await expect(time).toHaveAttribute('aria-valuetext', /^step 0 .*the past/);
  await keys.press('End');
  await expect(time).toHaveAttribute('aria-valuetext', /, live$/);

  // The run, by name.
  const at = await step(page);
  await tabTo(page, page.getByRole('button', { name: 'Runs', exact: true }), 'Shift+Tab');
  await keys.press('Enter');
  const shelf = page.getByRole('region', { name: 'Runs' });
  await tabTo(page, shelf.getByLabel('Name of this run'));
  await keys.press('ControlOrMeta+a');
  await keys.type('By keyboard');
  await keys.press('Enter');
  await expect(button(page, 'Open By keyboard')).toBeVisible();
  await expect(shelf).toContainText(`step ${at}`);
  await keys.press('Escape');

  // The link.
  await tabTo(page, page.getByRole('button', { name: 'Copy link' }), 'Shift+Tab');
  await keys.press('Enter');
  await expect(page.getByText('Link copied').first()).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URLSearchParams(new URL(link).hash.slice(1)).get('task')).toBe(chosen);
});
