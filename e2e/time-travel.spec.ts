import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { button, cell, expect, open, step, test, trainFor } from './heed.ts';

/** A model that has learned next to nothing may say nothing; the reference always has words. */
const FORCED = 'decoding=teacher-forced&executor=cpu';

const slider = (page: Page) => page.getByRole('slider', { name: 'Moment of the run' });
const position = (page: Page) => page.locator('.time-position');
const text = async (page: Page) => (await slider(page).getAttribute('aria-valuetext')) ?? '';
/** The step on the stage, and the step of the run. */
async function steps(page: Page): Promise<[number, number]> {
  const [, at, newest] = /^step ([\d,]+) of ([\d,]+)/.exec(await text(page)) ?? [];
  return [at, newest].map((digits) => Number(digits?.replaceAll(',', ''))) as [number, number];
}
const isLive = (page: Page) => expect(slider(page)).toHaveAttribute('aria-valuetext', /, live$/);
const isPast = (page: Page) => expect(slider(page)).toHaveAttribute('aria-valuetext', /, the past/);

/** A run of some moments, paused. */
async function travelled(page: Page, link = FORCED): Promise<void> {
  await open(page, link);
  await button(page, 'Step').click();
  await expect.poll(() => step(page)).toBe(1);
  await trainFor(page, 60);
  await expect.poll(async () => Number(await slider(page).getAttribute('max'))).toBeGreaterThan(2);
  // The last frame comes after the pause.
  await expect.poll(async () => (await steps(page))[1] - (await step(page))).toBe(0);
}

test('the slider walks through the run by keyboard, and End is live again', async ({ page }) => {
  await travelled(page);
  await isLive(page);
  // Two decimals of one cell may well be the same at both moments.
  const weights = () => page.locator('[data-cell]').evaluateAll((all) => all.map((one) => one.ariaLabel).join());
  // The newest moment is known before it is painted: what stays as it is has arrived.
  let live = '';
  const stays = async () => {
    const before = live;
    live = await weights();
    return live === before;
  };
  await expect.poll(stays).toBe(true);
  await slider(page).focus();
  await page.keyboard.press('Home');
  await isPast(page);
  const [first, newest] = await steps(page);
  expect(first).toBe(0);
  expect(newest).toBe(await step(page));
  await expect(position(page)).toContainText(/^step 0 of [\d,]+/);
  await expect(page.locator('.time-state')).toHaveText('the past');
  await expect.poll(weights).not.toBe(live);
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await steps(page))[0]).toBeGreaterThan(first);
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('End');
  await isLive(page);
  await expect.poll(weights).toBe(live);
});

test('everything follows: probes, crosshair, goal, figures of then; the run goes on', async ({ page }) => {
  await travelled(page);
  const probe = page.locator('.small-heatmap').first();
  const pixels = () =>
    probe.evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      return String((canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data);
    });
  const now = await pixels();
  await slider(page).press('Home');
  await expect.poll(pixels).not.toBe(now);
  await page.keyboard.press(']');
  const [at] = await steps(page);
  await expect(page.locator('.crosshair')).not.toHaveCount(0);
  await expect(page.locator('.key-step')).toHaveText(`at step ${at}`);
  await expect(page.locator('.time-meters')).toContainText(/loss \d/);

  await button(page, 'Train').click();
  await expect(position(page)).toContainText('the past; training goes on');
  const before = await step(page);
  await expect.poll(() => step(page)).toBeGreaterThan(before);
  expect((await steps(page))[0]).toBe(at);
  await page.keyboard.press('.');
  await isLive(page);
  await button(page, 'Pause').click();
});

test('Escape unpins first and goes back to live second', async ({ page }) => {
  await travelled(page);
  await page.keyboard.press('[');
  await isPast(page);
  await cell(page, 1).click();
  await page.mouse.move(2, 2);
  await page.keyboard.press('Escape');
  await expect(page.locator('.readout')).not.toContainText('pinned');
  await isPast(page);
  await page.keyboard.press('Escape');
  await isLive(page);
});

test('playing starts at the first moment, waits while somebody reads, and ends live', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await travelled(page);
  await page.getByLabel('Play speed').selectOption('4×');
  await button(page, 'Play the run').click();
  await expect(button(page, 'Stop playing')).toBeVisible();
  await isPast(page);
  await cell(page, 0).hover();
  const [held] = await steps(page);
  await page.waitForTimeout(500);
  expect((await steps(page))[0] - held).toBeLessThanOrEqual(20);
  await expect(button(page, 'Stop playing')).toBeVisible();
  await page.mouse.move(2, 2);
  await expect(button(page, 'Play the run')).toBeVisible({ timeout: 60_000 });
  await isLive(page);
});

test('a kept moment has a name and a mark, is gone back to, compared with, and let go', async ({ page }) => {
  await travelled(page);
  await slider(page).press('Home');
  await button(page, 'Keep').click();
  await page.getByLabel('Name of this moment').fill('untrained');
  await page.keyboard.press('Enter');
  await page.keyboard.press('.');
  await expect(page.locator('.time-mark')).toHaveCount(1);
  await expect(button(page, 'Go to untrained')).toBeVisible();

  await page.getByLabel('Compare with').selectOption('untrained');
  await expect(page.locator('.time-note')).toContainText(/Change from step 0 to [\d,]+: same words\./);
  await expect(page.locator('.legend')).toContainText('Δα');
  await expect(cell(page, 0)).toHaveAttribute('aria-label', /: \d\.\d\d, change [+−]?\d\.\d\d/);
  await page.keyboard.press('v');
  await expect(cell(page, 0)).toHaveText(/^[+−]?\d\.\d\d$/);
  await cell(page, 0).hover();
  await expect(page.locator('.readout')).toContainText(/change [+−]?\d\.\d\d/);
  // Each row of weights sums to 1 then as now.
  const sums = await page
    .getByRole('grid')
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.querySelectorAll('td')].reduce((sum, td) => sum + Number(td.textContent?.replace('−', '-')), 0),
      ),
    );
  for (const sum of sums) expect(Math.abs(sum)).toBeLessThan(0.07);

  await page.getByLabel('Compare with').selectOption('nothing');
  await expect(page.locator('.legend')).not.toContainText('Δα');
  await button(page, 'Go to untrained').click();
  await isPast(page);
  await button(page, 'Let go of untrained').click();
  await expect(page.locator('.time-mark')).toHaveCount(0);
});

test('words that changed are marked, with the word of then', async ({ page }) => {
  await travelled(page, 'executor=cpu');
  await slider(page).press('Home');
  await page.keyboard.press('k');
  await page.keyboard.press('.');
  await page.getByLabel('Compare with').selectOption('step 0');
  await expect(page.locator('.time-note')).toContainText(/Change from step 0 to/);
  const changed = await page.locator('.translation .word.differs').count();
  const said = (await page.locator('.time-note').textContent()) ?? '';
  expect(said).toContain(changed === 0 ? 'same words' : changed === 1 ? '1 word changed' : `${changed} words changed`);
});

test('another probe is shown at the same moment; a typed sentence has moments from when it was pinned', async ({
  page,
}) => {
  await travelled(page);
  await slider(page).press('Home');
  await page.keyboard.press(']');
  const [at] = await steps(page);
  await page.keyboard.press('2');
  await isPast(page);
  expect((await steps(page))[0]).toBe(at);
  await page.getByLabel('Sentence to translate').fill('the cat sees the dog');
  await button(page, 'Translate').click();
  await expect(page.getByRole('radio', { name: 'Yours' })).toBeChecked();
  await isLive(page);
  await expect(page.locator('.time-note')).toContainText(/pinned at step [\d,]+; its moments begin there/);
});

test('a reset and another run start a new line', async ({ page }) => {
  await travelled(page);
  await slider(page).press('Home');
  await page.keyboard.press('k');
  await button(page, 'Reset').click();
  await expect.poll(() => step(page)).toBe(0);
  await isLive(page);
  await expect(slider(page)).toHaveAttribute('max', '1');
  await expect(page.locator('.time-mark')).toHaveCount(0);
  await expect(page.locator('.time-note')).toContainText('Moments appear here');
});

test('a model without attention travels too: its words follow', async ({ page }) => {
  await travelled(page, 'score=none&executor=cpu');
  await slider(page).press('Home');
  await isPast(page);
  await page.keyboard.press('.');
  await isLive(page);
});

for (const [width, height] of [
  [1600, 1000],
  [360, 740],
] as const) {
  test(`nothing jumps and axe finds nothing at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await travelled(page);
    const bar = page.getByRole('region', { name: 'Time travel' });
    const box = async () => {
      const { height: tall } = (await bar.boundingBox()) ?? { height: 0 };
      return [tall, await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)];
    };
    const before = await box();
    await slider(page).press('Home');
    await page.keyboard.press('k');
    await page.keyboard.press(']');
    await page.getByLabel('Compare with').selectOption('step 0');
    await expect(page.locator('.time-note')).toContainText('Change from');
    expect(await box()).toEqual(before);
    for (const control of await bar.locator('button:not(.term), select, input').all()) {
      const size = await control.boundingBox();
      expect(Math.min(size?.width ?? 0, size?.height ?? 0)).toBeGreaterThanOrEqual(24);
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).include('.time').include('.heatmap').analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
    }
  });
}
