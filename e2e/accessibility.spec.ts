import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { button, cell, expect, open, test, trainFor } from './heed.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function scan(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
}

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the ${theme} theme: idle, training, paused, pinned, table, settings, help`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: theme });
    await open(page, 'decoding=teacher-forced');
    await scan(page);
    await button(page, 'Train').click();
    await expect(button(page, 'Pause')).toBeVisible();
    await scan(page);
    await button(page, 'Pause').click();
    await trainFor(page, 2);
    await cell(page, 1).click();
    await page.keyboard.press('v');
    await scan(page);
    await page.keyboard.press('b');
    for (const stage of ['encoder', 'score', 'decoder', 'target']) {
      await button(page, stage).click();
      await scan(page);
    }
    await page.keyboard.press('?');
    await scan(page);
  });
}

test('axe finds nothing on a phone, with a bad link and a refused sentence', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, 'clip=-1');
  await button(page, 'Translate').click();
  await expect(page.getByText('There is nothing to translate yet')).toBeVisible();
  await scan(page);
});

test('axe finds nothing in slow motion, and without attention', async ({ page }) => {
  await open(page, 'speed=slow-motion');
  await button(page, 'Train').click();
  await expect(page.locator('.glowing').first()).toBeVisible();
  await scan(page);
  await page.goto('about:blank');
  await open(page, 'score=none');
  await scan(page);
});

test('progress is spoken in a polite region', async ({ page }) => {
  await open(page);
  await trainFor(page, 2);
  await expect(page.getByRole('status').filter({ hasText: /^Paused at step \d+, loss \d/ })).toBeAttached();
});

test('words carry their language', async ({ page }) => {
  await open(page);
  await expect(page.getByRole('rowheader').first()).toHaveAttribute('lang', 'fr');
  await expect(page.getByRole('columnheader').first()).toHaveAttribute('lang', 'en');
});
