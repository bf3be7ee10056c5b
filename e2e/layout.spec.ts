import { button, cell, expect, open, test } from './heed.ts';

const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

for (const [what, link] of [
  ['words', ''],
  ['letters and no attention', 'task=reverse&score=none'],
])
  test(`with ${what} nothing is wider than the window from 320 to 1600 pixels`, async ({ page }) => {
    await open(page, link);
    for (const width of [320, 360, 600, 899, 900, 1024, 1280, 1600]) {
      await page.setViewportSize({ width, height: 768 });
      expect(await page.evaluate(overflow), `${width} pixels`).toBeLessThanOrEqual(0);
    }
  });

test('a projector of 1024 by 768 shows controls, schematic and the whole heatmap at once', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page);
  for (const part of [button(page, 'Train'), button(page, 'softmax'), page.locator('.heatmap-scroll')]) {
    const box = await part.boundingBox();
    expect((box?.y ?? 999) + (box?.height ?? 0)).toBeLessThanOrEqual(768);
  }
});

test('the bar stays on one line from a projector to a wide screen, with the figures of a run', async ({ page }) => {
  await open(page);
  await button(page, 'Train').click();
  await expect(page.locator('[data-figure=rate]').first()).not.toHaveText('–');
  await button(page, 'Pause').click();
  for (const width of [1024, 1168, 1280, 1440, 1500, 1600, 1760, 1920]) {
    await page.setViewportSize({ width, height: 768 });
    const lines = page.getByRole('banner').evaluate((bar) => {
      const boxes = [...bar.children].map((child) => child.getBoundingClientRect()).filter((box) => box.height > 0);
      const lowestTop = Math.max(...boxes.map(({ top }) => top));
      return lowestTop < Math.min(...boxes.map(({ bottom }) => bottom)) ? 'one' : 'several';
    });
    expect(await lines, `${width} pixels`).toBe('one');
  }
});

test('side by side, the columns scroll and the page does not, whatever is opened', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page, 'hidden=9999');
  await button(page, 'target').click();
  await expect(page.getByRole('textbox', { name: 'Learning rate' })).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBeLessThanOrEqual(0);
});

test('on a phone the stage comes before meters and settings, and cells stay large enough to touch', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page);
  const tops = await Promise.all(
    ['.stage-column', '.meters-column', '.model-column'].map(
      async (part) => (await page.locator(part).boundingBox())?.y,
    ),
  );
  expect([...tops].sort((a, b) => Number(a) - Number(b))).toEqual(tops);
  const box = await cell(page, 0).boundingBox();
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
});

test('nothing fades for those who asked for less motion', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page);
  const duration = await page
    .locator('.word')
    .first()
    .evaluate((word) => getComputedStyle(word).transitionDuration);
  expect(duration).toBe('0s');
});
