import type { Page } from 'playwright/test';
import { violations } from './axe.ts';
import { button, cell, display, expect, open, ready, step, test, trainFor } from './heed.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What else can go wrong where only colours differ. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];
/** The reference always has words, also before anything is learned; the CPU trains at once. */
const LINK = 'decoding=teacher-forced&executor=cpu';

const PANELS = {
  'Open cell': 'Score',
  'LSTM step': 'All units over time',
  'What if': 'Source words',
  'Next words': 'Beam search',
  'Word map': 'Find a word',
  'Does it explain?': 'Erasure',
  Compare: 'Lane 1',
  'Machine room': 'Whole step',
  'Your data': 'Your own sentence pairs',
} as const;

const scan = async (page: Page, state: string, part = 'html'): Promise<void> =>
  expect.soft(await violations(page, { tags: TAGS, part }), state).toEqual([]);

/** The colours of a state in the other theme and where the system forces its own. */
async function scanColours(page: Page, state: string, part = 'html'): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  expect.soft(await violations(page, { rules: COLOUR_RULES, part }), `${state}, dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
  expect.soft(await violations(page, { rules: COLOUR_RULES, part }), `${state}, forced colours`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
}

const scanAll = async (page: Page, state: string, part = 'html'): Promise<void> => {
  await scan(page, state, part);
  await scanColours(page, state, part);
};

test('axe finds nothing in any state of a run, nor in any panel', async ({ page }) => {
  test.setTimeout(150_000);
  // Fades in the middle would be read as faint colours.
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await open(page, LINK);
  await scanAll(page, 'idle, on the CPU');
  await button(page, 'Train').click();
  await expect.poll(() => step(page)).toBeGreaterThan(5);
  await scan(page, 'training');
  await button(page, 'Pause').click();
  await expect(button(page, 'Train')).toBeVisible();
  await cell(page, 1).click();
  await scanAll(page, 'paused, a cell pinned and open');
  await button(page, 'Numbers').click();
  await page.keyboard.press('Escape');
  for (const [name, sign] of Object.entries(PANELS)) {
    const tab = page.getByRole('region', { name: 'Look inside' }).getByRole('button', { name, exact: true });
    if ((await tab.getAttribute('aria-expanded')) === 'false') await tab.click();
    const inside = page.locator('#drawer-panel');
    await expect(inside.getByText(sign).or(inside.getByLabel(sign)).first()).toBeVisible();
    // What is around the panel is as it was.
    await scan(page, name, '#drawer');
    if (name !== 'Open cell') await scanColours(page, name, '#drawer');
    if (name === 'What if') {
      await cell(page, 1).focus();
      await page.keyboard.press('+');
      await page.keyboard.press('Enter');
      await expect(page.locator('.edited-row')).toHaveCount(1);
      await scanAll(page, 'edited');
      await button(page, 'Undo').click();
      await expect(page.locator('.edited-row')).toHaveCount(0);
    }
  }
  const content = [...Array.from({ length: 40 }, (_, i) => `one cat ${i}\tun chat ${i}`), 'lonely'].join('\n');
  await page
    .getByLabel('Choose files')
    .setInputFiles({ name: 'deck.txt', mimeType: 'text/plain', buffer: Buffer.from(content) });
  await page.getByText('Every line that was left out (1)').click();
  await scanAll(page, 'an import with a line that was left out', '#drawer');
  await page.getByRole('button', { name: 'Close the drawer' }).click();

  await page.getByRole('slider', { name: 'Moment of the run' }).press('Home');
  await expect(page.locator('.time.past')).toBeVisible();
  await scanAll(page, 'past');
  await page.keyboard.press('.');
  await button(page, 'Table').click();
  await scan(page, 'table');
  await button(page, 'Table').click();
  await page.getByText('Ribbons', { exact: true }).click();
  await expect(page.locator('.ribbon').first()).toBeVisible();
  await scanAll(page, 'ribbons');
  for (const stage of ['encoder', 'score', 'decoder', 'target']) await button(page, stage).click();
  await page.getByRole('textbox', { name: 'Learning rate' }).fill('-1');
  await scanAll(page, 'settings, one of them wrong');
  await page.getByRole('textbox', { name: 'Learning rate' }).press('Escape');
  await display(page, 'large, for a projector');
  await scan(page, 'large');
  await button(page, 'Keyboard').click();
  await scan(page, 'help');
});

test('axe finds nothing where the run can not go on', async ({ browser, baseURL }) => {
  const page = await browser.newPage({ ...(baseURL && { baseURL }) });
  await page.route(/worker/, (route) => route.abort());
  await page.goto('./');
  await expect(page.getByRole('alert')).toContainText(/./);
  await scanAll(page, 'failed');
  await page.close();
});

test('axe finds nothing on a phone, with a bad link and a refused sentence', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, 'clip=-1&executor=cpu');
  await button(page, 'Translate').click();
  await expect(page.getByText('There is nothing to translate yet')).toBeVisible();
  await scan(page, 'phone');
});

test('axe finds nothing in slow motion, and without attention', async ({ page }) => {
  await open(page, 'speed=slow-motion&executor=cpu');
  await button(page, 'Train').click();
  await expect(page.locator('.glowing').first()).toBeVisible();
  await scan(page, 'slow motion');
  await page.goto('about:blank');
  await open(page, 'score=none&executor=cpu');
  await scan(page, 'no attention');
});

test('progress is spoken in a polite region, now and then while it trains', async ({ page }) => {
  await open(page, 'executor=cpu');
  await page.evaluate(() => {
    const spoken: number[] = [];
    const region = [...document.querySelectorAll('[role="status"]')].at(-1) as Element;
    new MutationObserver(() => spoken.push(performance.now())).observe(region, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    Object.assign(window, { spoken });
  });
  await button(page, 'Train').click();
  await expect.poll(() => step(page), { timeout: 60_000 }).toBeGreaterThan(40);
  const times = await page.evaluate(() => (window as unknown as { spoken: number[] }).spoken);
  for (let i = 1; i < times.length; i++) expect((times[i] as number) - (times[i - 1] as number)).toBeGreaterThan(9000);
  await button(page, 'Pause').click();
  await expect(page.getByRole('status').filter({ hasText: /^Paused at step \d+, loss \d/ })).toBeAttached();
  await expect(page.locator('[aria-live="assertive"]')).toHaveCount(0);
});

test('words carry their language, wherever they stand', async ({ page }) => {
  await open(page, LINK);
  await trainFor(page, 2);
  await expect(page.getByRole('rowheader').first()).toHaveAttribute('lang', 'fr');
  await expect(page.getByRole('columnheader').first()).toHaveAttribute('lang', 'en');
  const strays = (): Promise<string[]> =>
    page.evaluate(() =>
      [...document.querySelectorAll('.word, .axis-text, .candidate-word span, .beam-word text')]
        .filter((word) => {
          const own =
            word.closest('[lang]:not(html)')?.getAttribute('lang') ??
            word.querySelector('[lang]')?.getAttribute('lang');
          const isTarget = word.closest('.target, .beam-word') !== null;
          return own !== (isTarget ? 'fr' : 'en');
        })
        .map((word) => `${word.className} ${word.textContent}`)
        .slice(0, 5),
    );
  expect.soft(await strays(), 'the page').toEqual([]);
  for (const name of Object.keys(PANELS).slice(0, 6)) {
    await page.getByRole('region', { name: 'Look inside' }).getByRole('button', { name, exact: true }).click();
    await expect(
      page.locator('#drawer-panel .word, #drawer-panel .axis-text, #drawer-panel input').first(),
    ).toBeVisible();
    expect.soft(await strays(), name).toEqual([]);
  }
});

test('focus returns to the tab of a panel that is closed', async ({ page }) => {
  await open(page, LINK);
  const tab = button(page, 'Word map');
  await tab.click();
  await page.getByRole('button', { name: 'Close the drawer' }).press('Enter');
  await expect(tab).toBeFocused();
  await tab.press('Enter');
  await page.getByLabel('Find a word').focus();
  await page.keyboard.press('Escape');
  await expect(tab).toBeFocused();
  await ready(page);
});
