/** What every test of the page starts from: the page opened on a small model, and no error allowed in its console. */

import { test as base, expect, type Locator, type Page } from 'playwright/test';

/** A model that steps quickly on a software adapter. */
const SMALL = 'embedding=8&hidden=8&decoderHidden=8&attention=8&readout=8&batch=8';

export const test = base.extend<{ quiet: undefined }>({
  /** Fails a test that left an error in the console or threw past the page. */
  quiet: [
    async ({ page }, use) => {
      const problems: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(`console: ${message.text()}`);
      });
      page.on('pageerror', (error) => problems.push(`page: ${error.message}`));
      await use(undefined);
      expect(problems).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/**
 * Opens the page with settings of the link, untrained, and waits for the first picture. What is not about the GPU runs on the CPU, which is
 * many times faster than a software adapter.
 */
export async function open(page: Page, link = '', settings = SMALL): Promise<void> {
  const executor = link.includes('executor=') ? '' : 'executor=cpu';
  await page.goto(`./#${[settings, 'shipped=0', executor, link].filter(Boolean).join('&')}`);
  await ready(page);
}

/** Waits until a run is open. */
export async function ready(page: Page): Promise<void> {
  await expect(button(page, 'Train')).toBeEnabled({ timeout: 60_000 });
}

export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

/** The cells of the heatmap. */
export const cells = (page: Page): Locator =>
  page.getByRole('gridcell').filter({ has: page.locator(':scope[data-cell]') });

export const cell = (page: Page, index: number): Locator => page.locator(`[data-cell="${index}"]`);

/** The step that the page shows. */
export async function step(page: Page): Promise<number> {
  const text = await page.locator('[data-figure="step"]').first().textContent();
  return Number(text?.replaceAll(',', ''));
}

/** Trains until some steps are made, then pauses. */
export async function trainFor(page: Page, steps: number): Promise<void> {
  const before = await step(page);
  await button(page, 'Train').click();
  await expect.poll(() => step(page), { timeout: 60_000 }).toBeGreaterThanOrEqual(before + steps);
  await button(page, 'Pause').click();
  // Steps that were under way are shown when they are done.
  await expect(page.locator('.figures-note dd').first()).toHaveText('');
  await expect(button(page, 'Train')).toBeVisible();
}

/** The settings of the run as the address has them. */
export const hash = (page: Page): URLSearchParams => new URLSearchParams(new URL(page.url()).hash.slice(1));

/** Chooses a language, a theme or a size by the words that stand on it. */
export async function display(page: Page, choice: string): Promise<void> {
  await page.getByRole('button', { name: /^(EN|中文)/ }).click();
  await page.locator('.display').getByText(choice, { exact: true }).click();
  await page.keyboard.press('Escape');
}
