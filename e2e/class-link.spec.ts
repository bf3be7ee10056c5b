import { violations } from './axe.ts';
import { button, cell, expect, hash, open, ready, test } from './heed.ts';

test('a link leaves parts out, their keys rest, and everything can be brought back', async ({ page }) => {
  await open(page, 'executor=cpu&hide=settings,pairs,facts,sentence,time,cell');
  await expect(page.getByRole('region', { name: 'Task and model' })).toHaveCount(0);
  await expect(page.getByLabel('Sentence to translate')).toHaveCount(0);
  await expect(page.getByRole('slider', { name: 'Moment of the run' })).toHaveCount(0);
  await expect(button(page, 'Open cell')).toHaveCount(0);
  // A cell is pinned, and no panel that was left out opens.
  await cell(page, 0).click();
  await expect.poll(() => hash(page).get('pin')).toBe('r1c1');
  await expect(page.locator('.drawer.open')).toHaveCount(0);
  await page.keyboard.press('2');
  await expect.poll(() => hash(page).get('probe')).toBeNull();
  await page.getByRole('button', { name: 'This link leaves 6 parts of the page out.' }).click();
  await button(page, 'Show everything').click();
  await expect(page.getByLabel('Sentence to translate')).toBeVisible();
  await expect.poll(() => hash(page).get('hide')).toBeNull();
});

test('training can be left out, keys and all', async ({ page }) => {
  await page.goto('./#executor=cpu&hide=train&hidden=8');
  await expect(cell(page, 0)).toBeVisible();
  await page.keyboard.press('s');
  await expect(button(page, 'Train')).toHaveCount(0);
  await expect(page.locator('[data-figure="step"]').first()).toHaveText('0');
});

test('names of a link that mean nothing are told, and the rest is kept', async ({ page }) => {
  await open(page, 'executor=cpu&hide=settings,magic&lesson=nothing');
  await expect(page.getByText(/hide = “magic”/)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Settings' })).toHaveCount(0);
});

test('a pinned cell, the stage and what a panel shows come back with the link', async ({ page }) => {
  await open(
    page,
    'executor=cpu&decoding=teacher-forced&pin=r2c3&stage=score&settings=attention&panel=cell&cell=backward',
  );
  await expect(page.locator('.readout')).toContainText('pinned');
  await expect(cell(page, 0)).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Backward' })).toBeChecked();
  await expect(page.getByLabel('Score', { exact: true })).toBeVisible();
  await expect.poll(() => hash(page).get('pin')).toBe('r2c3');
});

test('a teacher makes a link, sees what is left, and follows it', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, 'executor=cpu');
  await button(page, 'Lessons').click();
  await button(page, 'Make a link for a class').click();
  await page.getByLabel('Opens the lesson').selectOption('Edit attention');
  await page.getByRole('checkbox', { name: 'Settings', exact: true }).check();
  await page.getByRole('checkbox', { name: 'Machine room' }).check();
  await expect(page.getByText('Left out: Settings, Machine room.')).toBeVisible();
  expect(await violations(page, { part: '.class-link' })).toEqual([]);
  await button(page, 'Copy').click();
  await expect(button(page, 'Copy').locator('..').getByRole('status')).toHaveText('Copied');
  const link = await page.getByLabel('The link').inputValue();
  expect(new URLSearchParams(new URL(link).hash.slice(1)).get('hide')).toBe('settings,machine');
  await page.goto('about:blank');
  await page.goto(link);
  await ready(page);
  await expect(page.getByRole('region', { name: 'Lesson: Edit attention' })).toBeVisible();
  await expect(button(page, 'Machine room')).toHaveCount(0);
});
