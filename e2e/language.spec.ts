/** The page in both languages: which one it speaks, that nothing of the other is left in it, and that all of it fits. */

import type { Page } from 'playwright/test';
import { foreignWords } from '../src/testing/names.ts';
import { button, display, expect, hash, test } from './heed.ts';

const LINK = 'embedding=8&hidden=8&decoderHidden=8&attention=8&readout=8&batch=8&decoding=teacher-forced&executor=cpu';
const WIDTHS = [1600, 1024, 360, 320];

/** What a visitor reads or hears: texts, and the names of what has none, but for words of another language and code. */
const texts = (): string[] => {
  const found: string[] = [];
  const isOther = (element: Element): boolean =>
    element.closest('[lang]')?.getAttribute('lang') !== document.documentElement.lang ||
    element.closest('code, pre, .formula, script, style, noscript') !== null;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent && !isOther(parent)) found.push(walker.currentNode.textContent ?? '');
  }
  for (const element of document.body.querySelectorAll('*')) {
    if (isOther(element)) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext', 'alt'])
      if (element.hasAttribute(name)) found.push(element.getAttribute(name) ?? '');
  }
  return [...new Set(found)];
};

/** What does not fit: a page that is wider than the window, and texts that are wider than what holds them. */
const misfits = (): string[] => {
  const found: string[] = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) found.push(`page: ${scrollWidth} > ${clientWidth}`);
  const holders = 'button, label, legend, summary, h1, h2, h3, p, dt, dd, th, caption, output, .segment span, .tool';
  for (const element of document.querySelectorAll<HTMLElement>(holders)) {
    // Words of the axes stand slanted where they are longer than their column.
    if (element.closest('.visually-hidden, .axis-word') || !element.checkVisibility() || element.clientWidth < 2)
      continue;
    const { overflowX } = getComputedStyle(element);
    if (overflowX === 'auto' || overflowX === 'scroll' || element.scrollWidth <= element.clientWidth + 1) continue;
    const name = `${element.tagName.toLowerCase()}.${element.className}`;
    found.push(`${name} “${element.textContent?.slice(0, 40)}”: ${element.scrollWidth} > ${element.clientWidth}`);
  }
  return found;
};

/** Opens the page with a small model that has made a step. */
async function openIn(page: Page, language: 'en' | 'zh'): Promise<void> {
  // Letters of a sequence are no words of a language.
  await page.goto(`./#task=reverse&${LINK}&lang=${language}`);
  await expect(page.locator('.primary')).toBeEnabled({ timeout: 60_000 });
  await page.locator('.transport button').nth(1).click();
  await expect(page.locator('[data-figure="step"]').first()).toHaveText('1');
}

for (const language of ['en', 'zh'] as const)
  test(`nothing overflows and nothing is left in the other language, whatever is open: ${language}`, async ({
    page,
  }) => {
    test.setTimeout(120_000);
    const found = new Set<string>();
    const look = async (what: string, widths = WIDTHS): Promise<void> => {
      if (language === 'zh')
        for (const text of await page.evaluate(texts))
          if (foreignWords(text).length > 0) found.add(`${what}: not Chinese: ${text}`);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 });
        for (const misfit of await page.evaluate(misfits)) found.add(`${what}, ${width} px: ${misfit}`);
      }
      await page.setViewportSize({ width: 1600, height: 800 });
    };
    await openIn(page, language);
    for (const group of await page.locator('summary').all()) await group.click();
    await look('first view');
    for (const opener of await page.locator('.tools [popovertarget]').all()) {
      await opener.click();
      await expect(page.locator(':popover-open')).toBeVisible();
      await look((await page.locator(':popover-open').getAttribute('class')) ?? '', [1600, 320]);
      await page.keyboard.press('Escape');
    }
    for (const tab of await page.locator('.drawer-tab').all()) {
      await tab.click();
      await expect(page.locator('#drawer-panel :is(h2, h3, table, input, canvas)').first()).toBeVisible();
      await look((await tab.textContent()) ?? '');
    }
    expect([...found]).toEqual([]);
  });

test('another language is a choice of the display: at once, in the link, remembered', async ({ page }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await page.goto(`./#${LINK}`);
  await expect(button(page, 'Train')).toBeEnabled({ timeout: 60_000 });
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  expect(loaded.filter((path) => /\/zh-[^/]*\.js$/.test(path))).toEqual([]);
  await display(page, '中文');
  await expect(button(page, '训练')).toBeEnabled();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(page).toHaveTitle(/翻译/);
  await expect.poll(() => hash(page).get('lang')).toBe('zh');
  await page.goto('about:blank');
  await page.goto(`./#${LINK}`);
  await expect(button(page, '训练')).toBeEnabled({ timeout: 60_000 });
  await display(page, 'English');
  await expect(button(page, 'Train')).toBeEnabled();
});

test('a browser that prefers Chinese gets Chinese, and no English table', async ({ browser, baseURL }) => {
  const page = await browser.newPage({ locale: 'zh-CN', ...(baseURL && { baseURL }) });
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await page.goto(`./#${LINK}`);
  await expect(button(page, '训练')).toBeEnabled({ timeout: 60_000 });
  expect(loaded.filter((path) => /\/en-[^/]*\.js$/.test(path))).toEqual([]);
  await page.close();
});
