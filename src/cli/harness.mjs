/** A headless browser on a blank page that can import every module of the page, as the development server serves it. */

import { chromium } from 'playwright';
import { createServer } from 'vite';
import { findBrowser, installBrowser, launchOptions } from './browser.mjs';
import { PROJECT_ROOT } from './site.mjs';

/** Where the blank page is served, and where with the headers that give a page shared memory. */
const PATHS = { plain: '/blank', isolated: '/blank-isolated' };

/** @type {import('vite').Plugin} */
export const blankPage = {
  name: 'blank-page',
  configureServer(server) {
    for (const [mode, path] of Object.entries(PATHS))
      server.middlewares.use(path, (_, response) => {
        response.setHeader('content-type', 'text/html');
        if (mode === 'isolated') response.setHeader('cross-origin-opener-policy', 'same-origin');
        else response.removeHeader('cross-origin-embedder-policy');
        // The empty icon keeps the browser from asking for one.
        response.end('<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Heed</title></html>');
      });
  },
};

/**
 * A blank page that can import the sources. `failure` rejects with the first error that nothing in the page caught, a worker's
 * included, which would else be waited for.
 * @typedef {{ page: import('playwright').Page, failure: Promise<never> }} OpenPage
 */

/** @param {string} text */
const printError = (text) => console.error(`page: ${text}`);

/**
 * @param {import('playwright').Browser} browser
 * @param {string} address
 * @param {(text: string) => void} [onConsoleError]
 * @returns {Promise<OpenPage>}
 */
async function openPage(browser, address, onConsoleError = printError) {
  const page = await browser.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') onConsoleError(message.text());
  });
  /** @type {Promise<never>} */
  const failure = new Promise((_, reject) => {
    page.on('pageerror', reject);
    page.on('crash', () => reject(new Error('The page crashed.')));
  });
  failure.catch(() => {});
  await page.goto(address);
  return { page, failure };
}

/**
 * Serves the sources, without watching them, and opens a blank page there.
 * @param {string[]} entries modules that the page will import, relative to the project
 * @param {{ cache?: string, browserArgs?: string[], packages?: string[], plugins?: import('vite').Plugin[] }} [more] the cache, which callers that import other
 *   packages do not share; further arguments for the browser; packages that the server would not find by itself in time;
 *   further plugins
 * @returns {Promise<OpenPage & {
 *   browserVersion: string,
 *   openAnother: (mode: keyof typeof PATHS, onConsoleError: (text: string) => void) => Promise<OpenPage>,
 *   close: () => Promise<void>
 * }>} `openAnother` opens a page in a context of its own, `isolated` from other origins or not
 * @throws {import('./browser.mjs').BrowserError} where no browser can be found or installed
 */
export async function openHarness(entries, { cache = 'headless', browserArgs = [], packages = [], plugins = [] } = {}) {
  const browserPath = findBrowser() ?? installBrowser();
  const server = await createServer({
    root: PROJECT_ROOT,
    appType: 'custom',
    logLevel: 'error',
    // Its own cache, so that it takes no dependency away from under a running `npm run dev`.
    cacheDir: `node_modules/.vite-${cache}`,
    optimizeDeps: { entries, include: packages },
    plugins: [blankPage, ...plugins],
    server: {
      host: '127.0.0.1',
      port: 0,
      hmr: false,
      ws: false,
      watch: null,
      // A page that is isolated takes workers only with this.
      headers: { 'cross-origin-embedder-policy': 'require-corp' },
    },
  });
  /** @type {import('playwright').Browser | undefined} */
  let browser;
  const close = async () => {
    await browser?.close();
    await server.close();
  };
  try {
    await server.listen();
    const [address] = server.resolvedUrls?.local ?? [];
    if (!address) throw new Error('The development server has no local address.');
    const options = launchOptions(browserPath);
    const launched = await chromium.launch({ ...options, args: [...options.args, ...browserArgs] });
    browser = launched;
    return {
      ...(await openPage(launched, new URL(PATHS.plain, address).href)),
      browserVersion: launched.version(),
      openAnother: (mode, onConsoleError) => openPage(launched, new URL(PATHS[mode], address).href, onConsoleError),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
