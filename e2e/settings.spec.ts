import { button, expect, hash, open, ready, step, test, trainFor } from './heed.ts';

test('a stage of the schematic opens its settings', async ({ page }) => {
  await open(page);
  await button(page, 'score').click();
  await expect(page.getByRole('button', { name: /^Attention \d+ changed/, expanded: true })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Score' })).toBeVisible();
  await button(page, 'encoder').click();
  await expect(page.getByRole('textbox', { name: 'Encoder size' })).toBeVisible();
});

test('the learning rate changes while it trains, and training goes on', async ({ page }) => {
  await open(page);
  await button(page, 'target').click();
  await button(page, 'Train').click();
  await expect.poll(() => step(page), { timeout: 60_000 }).toBeGreaterThan(2);
  await page.getByRole('textbox', { name: 'Learning rate' }).fill('0.001');
  const before = await step(page);
  await expect.poll(() => step(page), { timeout: 60_000 }).toBeGreaterThan(before + 2);
  await expect(page.getByText('started again')).toHaveCount(0);
  await expect.poll(() => hash(page).get('learningRate')).toBe('0.001');
});

test('another size opens the run again from step 0, says so, and can be undone', async ({ page }) => {
  await open(page);
  await trainFor(page, 3);
  await button(page, 'encoder').click();
  await page.getByRole('textbox', { name: 'Encoder size' }).fill('12');
  await expect(page.getByText('Encoder size 8 → 12. The run started again')).toBeVisible({ timeout: 60_000 });
  expect(await step(page)).toBe(0);
  await button(page, 'Undo').click();
  await expect(page.getByRole('textbox', { name: 'Encoder size' })).toHaveValue('8');
  await ready(page);
});

test('a value out of range is named in place, kept in the field, and changes nothing', async ({ page }) => {
  await open(page);
  await button(page, 'encoder').click();
  const field = page.getByRole('textbox', { name: 'Encoder size' });
  await field.fill('1000');
  await expect(page.getByText('“1000” is not a whole number from 2 to 256. The run keeps its value.')).toBeVisible();
  await expect(field).toHaveValue('1000');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect.poll(() => hash(page).get('hidden')).toBe('8');
});

test('dot scores fix the decoder size and say why', async ({ page }) => {
  await open(page, 'score=dot');
  await button(page, 'decoder').click();
  await expect(page.getByRole('textbox', { name: 'Decoder size' })).toBeDisabled();
  await expect(page.getByText('the decoder takes the annotation size, 16')).toBeVisible();
});

test('back to defaults empties the link', async ({ page }) => {
  await open(page);
  await button(page, 'Back to defaults').click();
  // What the tests open with stays: no shipped model, and the CPU.
  await expect.poll(() => [...hash(page).keys()].filter((name) => !['executor', 'shipped'].includes(name))).toEqual([]);
});

test('a link brings settings and view back', async ({ page }) => {
  await open(page, 'task=dates&seed=7&speed=5&decoding=teacher-forced&probe=2&table=true&log=true');
  await expect(page.getByRole('combobox', { name: 'Task' })).toHaveValue('dates');
  await expect(page.getByRole('slider', { name: 'Speed' })).toHaveAttribute('aria-valuetext', '5 steps/s');
  await expect(page.getByRole('radio', { name: 'Teacher-forced' })).toBeChecked();
  await expect(page.getByRole('radio', { name: /^Probe 2/ })).toBeChecked();
  await expect(page.getByRole('table', { name: 'Attention weights' })).toBeVisible();
  const link = [...hash(page)].sort();
  await page.reload();
  await ready(page);
  await expect(page.getByRole('radio', { name: /^Probe 2/ })).toBeChecked();
  expect([...hash(page)].sort()).toEqual(link);
});

test('bad values of a link are named, their defaults stand in, and the rest is kept', async ({ page }) => {
  await page.goto('./#hidden=100000&seed=7&colour=red&hiden=8&score=best&executor=abacus');
  await ready(page);
  const notice = page.getByText('This link has values that can’t be used');
  for (const name of ['Encoder size = “100000”', '“colour”', '“hiden”', 'Score = “best”', 'executor = “abacus”'])
    await expect(notice).toContainText(name);
  await button(page, 'target').click();
  await expect(page.getByRole('textbox', { name: 'Seed' })).toHaveValue('7');
  await button(page, 'Dismiss').click();
  await expect(notice).toHaveCount(0);
});

test('a link opened in the same tab is taken over', async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    location.hash = '#task=dates&hidden=8&embedding=8';
  });
  await expect(page.getByRole('heading', { name: 'Dates to ISO' })).toBeVisible();
  await ready(page);
});

test('the link is copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, 'seed=9');
  await page.keyboard.press('c');
  await expect(page.getByText('Link copied. It carries your settings and this view.')).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('seed=9');
});

test('without attention the page says why there is no heatmap', async ({ page }) => {
  await open(page, 'score=none');
  await expect(page.getByText('This model has no attention, so there is no heatmap to draw.')).toBeVisible();
  await button(page, 'Choose a score').click();
  await expect(page.getByRole('combobox', { name: 'Score' })).toBeVisible();
});

test('the theme is kept for the next visit', async ({ page }) => {
  await open(page);
  await page.keyboard.press('t');
  await page.keyboard.press('t');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
