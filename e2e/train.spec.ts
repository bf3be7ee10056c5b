import { button, cell, expect, open, step, test, trainFor } from './heed.ts';

test('sample pairs and a heatmap are there before the first step', async ({ page }) => {
  await open(page);
  await expect(page.locator('.samples li')).toHaveCount(3);
  await expect(page.locator('.samples .source.word').first()).toBeVisible();
  await expect(cell(page, 0)).toHaveAttribute('aria-label', /^output 1 '.+' looks at input 1 '.+': \d\.\d\d/);
  expect(await step(page)).toBe(0);
});

test('training counts steps, draws curves, and pauses when asked', async ({ page }) => {
  await open(page);
  await trainFor(page, 8);
  const paused = await step(page);
  await page.waitForTimeout(400);
  // A step that was under way when Pause was pressed still counts.
  expect((await step(page)) - paused).toBeLessThanOrEqual(2);
  await expect(page.getByRole('img', { name: /^Loss: from \d/ })).toBeVisible();
});

test('one step is one step, and n steps are n', async ({ page }) => {
  await open(page);
  await button(page, 'Step').click();
  await expect.poll(() => step(page)).toBe(1);
  await page.getByLabel('Number of steps').fill('5');
  await button(page, 'Steps').click();
  await expect.poll(() => step(page), { timeout: 30_000 }).toBe(6);
  await expect(button(page, 'Train')).toBeVisible();
});

test('a count of steps that can’t be is refused in place', async ({ page }) => {
  await open(page);
  await page.getByLabel('Number of steps').fill('many');
  await expect(page.getByText('A whole number from 1 to 100,000')).toBeVisible();
  await expect(button(page, 'Steps')).toBeDisabled();
});

test('reset goes back to step 0 and to the same first picture', async ({ page }) => {
  await open(page);
  await button(page, 'Table').click();
  const first = await page.locator('.heatmap-table tbody').innerText();
  await trainFor(page, 8);
  await button(page, 'Reset').click();
  await expect.poll(() => step(page)).toBe(0);
  await expect.poll(() => page.locator('.heatmap-table tbody').innerText()).toBe(first);
});

test('slow motion walks through the stages, says what each does, and turns round', async ({ page }) => {
  test.setTimeout(120_000);
  await open(page, 'speed=slow-motion&task=dates');
  await button(page, 'Train').click();
  await expect(page.locator('.box-button.embed.glowing')).toBeVisible();
  await expect(page.locator('.box-button.softmax.glowing')).toBeVisible({ timeout: 60_000 });
  await expect(page.locator('.caption')).toContainText(/\d+ dispatch/);
  await page.getByRole('slider', { name: 'Speed' }).fill('4');
  await expect(page.locator('.glowing')).toHaveCount(0);
});

test('each task trains', async ({ page }) => {
  test.setTimeout(180_000);
  for (const task of ['numbers', 'dates', 'phrases']) {
    await page.getByLabel('Task', { exact: true }).or(page.locator('body')).first().waitFor();
    await page.goto('about:blank');
    await open(page, `task=${task}`);
    await trainFor(page, 2);
  }
});
