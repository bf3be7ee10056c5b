/** The page as different eyes and rooms have it: forced colours, more contrast, zoom, a narrow window, a projector. */

import type { Page } from 'playwright/test';
import { button, cell, display, expect, hash, open, test, trainFor } from './heed.ts';

const LARGE = 'large, for a projector';
const LINK = 'decoding=teacher-forced&executor=cpu';
const PANELS = ['cell', 'lstm', 'what-if', 'next-words', 'words', 'explains', 'compare', 'machine', 'data'];
const overflow = (): number => document.documentElement.scrollWidth - document.documentElement.clientWidth;

async function expectToFit(page: Page, what: string): Promise<void> {
  expect.soft(await page.evaluate(overflow), what).toBeLessThanOrEqual(0);
}

test('in forced colours cells have numbers and outlines, and what is chosen is seen', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  await open(page, LINK);
  await trainFor(page, 2);
  await expect(cell(page, 0)).toHaveText(/^\d\.\d\d$/);
  await expect(cell(page, 0)).toHaveCSS('outline-style', 'solid');
  await expect(page.locator(':root')).toHaveAttribute('data-theme', 'dark');
  const grounds = await page
    .locator('.segment span')
    .evaluateAll((spans) => spans.slice(0, 2).map((span) => getComputedStyle(span).backgroundColor));
  expect(grounds[0]).not.toBe(grounds[1]);
  await button(page, 'Does it explain?').click();
  const erasure = page
    .getByRole('grid', { name: /^Erasure/ })
    .locator('td.cell')
    .first();
  await expect(erasure).toHaveText(/^\d\.\d\d$/);
  expect(await erasure.evaluate((td) => getComputedStyle(td).backgroundColor)).not.toBe(
    await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
  );
});

test('who asks for more contrast gets darker soft ink and a thicker ring', async ({ page }) => {
  await page.emulateMedia({ contrast: 'more', colorScheme: 'light' });
  await open(page, LINK);
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toHaveCSS('outline-width', '3px');
  await expect(page.locator('body')).toHaveCSS('color', 'rgb(0, 0, 0)');
});

test('nothing is lost sideways at 320 pixels, at 200 % zoom, nor large at 1024, whatever is open', async ({ page }) => {
  test.setTimeout(120_000);
  await open(page, LINK);
  await trainFor(page, 2);
  for (const panel of PANELS) {
    await page.locator(`#drawer-${panel}`).click();
    await expect(page.locator('#drawer-panel :is(h2, h3, table, input, canvas)').first()).toBeVisible();
    for (const [width, height, size] of [
      [1024, 768, 'large'],
      [640, 450, 'normal'],
      [320, 640, 'normal'],
    ] as const) {
      await page.setViewportSize({ width, height });
      if ((await page.locator(':root').getAttribute('data-size')) !== size)
        await display(page, size === 'large' ? LARGE : 'normal');
      await expectToFit(page, `${panel}, ${width}, ${size}`);
    }
  }
});

test('a large page has words of 18 pixels, stands in the link, and is remembered', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page, LINK);
  await display(page, LARGE);
  await expect.poll(() => hash(page).get('size')).toBe('large');
  const sizes = (): Promise<number[]> =>
    page
      .locator('.axis-text, .word')
      .evaluateAll((words) => words.map((word) => Number.parseFloat(getComputedStyle(word).fontSize)));
  await expect.poll(async () => Math.min(...(await sizes()))).toBeGreaterThanOrEqual(18);
  await page.goto('about:blank');
  await open(page, LINK);
  await expect(page.locator(':root')).toHaveAttribute('data-size', 'large');
  await display(page, 'normal');
  await expect.poll(() => hash(page).get('size')).toBeNull();
  await page.goto('about:blank');
  await open(page, `${LINK}&size=large`);
  await expect(page.locator(':root')).toHaveAttribute('data-size', 'large');
});
