/** Settings race on the same batches; the table of runs; a link that brings the race along. */

import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from 'playwright/test';
import { button, expect, hash, open, ready, step, test } from './heed.ts';

// Dates have no end symbol, so that an untrained model has something to draw as well.
const RACE = 'task=dates&executor=cpu&panel=compare&race=score.none_score.dot_score.additive&race-steps=50';

const panel = (page: Page): Locator => page.getByRole('region', { name: 'Look inside' });
const status = (page: Page): Locator => panel(page).getByRole('status');
const lane = (page: Page, place: number): Locator =>
  panel(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: `Lane ${place}` }) });
const row = (page: Page, name: string): Locator =>
  panel(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) });

test('three scores race on the same batches: equal steps, a curve, a heatmap and a row of figures each', async ({
  page,
}) => {
  await open(page, RACE);
  await expect(panel(page).getByRole('heading', { level: 3 })).toHaveText([/Lane 1/, /Lane 2/, /Lane 3/]);
  await button(page, 'Start').click();
  await expect(status(page)).toHaveText(/Over at step 50/, { timeout: 60_000 });
  for (const name of ['None', 'Dot product', 'Additive (Bahdanau)']) {
    const cells = row(page, name).getByRole('cell');
    await expect(cells).toHaveText([/not yet|^\d+$/, /%$/, /%$/, /^\d/, /^[\d.]+$/, /^[\d,]+$/]);
  }
  // Without attention there is nothing to draw, and a word on why.
  await expect(lane(page, 1)).toContainText('No attention');
  await expect(lane(page, 2).getByRole('img', { name: /^Attention of Dot product/ })).toBeVisible();
  // Two measurements, reached with the keyboard as with the pointer.
  const walk = lane(page, 3).getByRole('listbox', { name: /held-out exact match/ });
  await walk.focus();
  await page.keyboard.press('Home');
  await expect(lane(page, 1)).toContainText('at step 25');
  await page.keyboard.press('End');
  await expect(lane(page, 1)).toContainText('at step 50');

  const { violations } = await new AxeBuilder({ page }).include('.drawer').analyze();
  expect(violations).toEqual([]);

  // The run on the stage has not moved; it trains on from where it was, and the race with it no more.
  expect(await step(page)).toBe(0);

  // Lanes are rows of the table of runs.
  await panel(page).getByText('Runs', { exact: true }).click();
  await expect(panel(page).getByRole('checkbox')).toHaveCount(3);
  await panel(page).getByRole('checkbox', { name: 'Show the curve of Race lane 3' }).check();
  await expect(panel(page).getByRole('region', { name: 'Held-out exact match' })).toContainText('Race lane 3');
});

test('a race pauses, is put aside with its panel, goes on and begins anew', async ({ page }) => {
  await open(page, RACE.replace('race-steps=50', 'race-steps=100000'));
  await button(page, 'Start').click();
  await expect(status(page)).toHaveText(/^Step [1-9]/, { timeout: 30_000 });
  await panel(page).getByRole('button', { name: 'Pause' }).click();
  await expect(status(page)).toHaveText(/^Paused at step \d+/);
  const [, at] = /step ([\d,]+)/.exec((await status(page).textContent()) ?? '') ?? [];
  await button(page, 'Compare').click();
  await button(page, 'Compare').click();
  await expect(status(page)).toHaveText(`Put aside at step ${at}; nothing of it is held on the device`);
  await button(page, 'Go on').click();
  await expect(status(page)).toHaveText(/^Step \d+/);
  // The run on the stage and a race never train at once.
  await button(page, 'Train').click();
  await expect(status(page)).toHaveText(/^Paused at step/);
  await page.getByRole('banner').getByRole('button', { name: 'Pause' }).click();
  await panel(page).getByRole('button', { name: 'Reset' }).click();
  await expect(status(page)).toHaveText(/^Paused at step 0/);
});

test('the link brings a race back; lanes take any setting', async ({ page }) => {
  await open(page, RACE);
  await panel(page).getByRole('button', { name: 'Remove lane 1' }).click();
  await panel(page).getByRole('combobox', { name: 'Score of lane 1' }).selectOption('General (Luong)');
  await panel(page)
    .getByRole('combobox', { name: 'Another setting in which lane 2 differs' })
    .selectOption('Optimizer');
  await panel(page).getByRole('combobox', { name: 'Optimizer of lane 2' }).selectOption('SGD');
  await panel(page).getByLabel('Up to step').fill('75');
  await expect.poll(() => hash(page).get('race')).toBe('score.general_score.additive*optimizer.sgd');
  await expect.poll(() => hash(page).get('race-steps')).toBe('75');
  await page.reload();
  await ready(page);
  await expect(panel(page).getByRole('combobox', { name: 'Optimizer of lane 2' })).toHaveValue('sgd');
  await expect(panel(page).getByLabel('Up to step')).toHaveValue('75');
});

test('runs of a visit stand in a table with what differs, and as a file', async ({ page }) => {
  await open(page, 'executor=cpu&panel=compare&compare=runs');
  await expect(panel(page)).toContainText('No run has made a step yet.');
  const steps = async (): Promise<void> => {
    await page.getByLabel('Number of steps').fill('30');
    await page.getByRole('group', { name: 'Training controls' }).getByRole('button', { name: 'Steps' }).click();
    await expect.poll(() => step(page), { timeout: 30_000 }).toBe(30);
  };
  await steps();
  await page.getByRole('banner').getByRole('button', { name: 'Reset' }).click();
  await expect.poll(() => step(page)).toBe(0);
  await steps();
  const rows = panel(page).getByRole('rowheader');
  await expect(rows).toHaveText([/Run 1/, /Run 2.*on the stage/]);
  await expect(panel(page)).toContainText('The settings of all these runs are the same.');
  await panel(page).getByRole('button', { name: 'Run', exact: true }).click();
  await expect(rows).toHaveText([/Run 2/, /Run 1/]);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel(page).getByRole('button', { name: 'Download as CSV' }).click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  expect(text.split('\r\n')[0]).toMatch(/^\uFEFF?run,kind,best_exact_match/);
  expect(text.split('\r\n')).toHaveLength(4);
  const { violations } = await new AxeBuilder({ page }).include('.drawer').analyze();
  expect(violations).toEqual([]);
});
