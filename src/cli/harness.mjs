/** A headless browser on a blank page that can import every module of the page, as the development server serves it. */

import { chromium } from 'playwright';
import { createServer } from 'vite';
import { findBrowser, installBrowser, launchOptions } from './browser.mjs';
import { PROJECT_ROOT } from './site.mjs';

const BLANK_PATH = '/blank';

/** @type {import('vite').Plugin} */
const blankPage = {
  name: 'blank-page',
  configureServer(server) {
    server.middlewares.use(BLANK_PATH, (_, response) => {
      response.setHeader('content-type', 'text/html');
      // The empty icon keeps the browser from asking for one.
      response.end('<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Heed</title></html>');
    });
  },
};

/**
 * Serves the sources, without watching them, and opens a blank page there.
 * @param {string[]} entries modules that the page will import, relative to the project
 * @returns {Promise<{ page: import('playwright').Page, failure: Promise<never>, close: () => Promise<void> }>} `failure`
 *   rejects with the first error that nothing in the page caught, a worker's included, which would else be waited for
 * @throws {import('./browser.mjs').BrowserError} where no browser can be found or installed
 */
export async function openHarness(entries) {
  const browserPath = findBrowser() ?? installBrowser();
  const server = await createServer({
    root: PROJECT_ROOT,
    appType: 'custom',
    logLevel: 'error',
    // Its own cache, so that it takes no dependency away from under a running `npm run dev`.
    cacheDir: 'node_modules/.vite-headless',
    optimizeDeps: { entries },
    plugins: [blankPage],
    server: { host: '127.0.0.1', port: 0, hmr: false, ws: false, watch: null },
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
    browser = await chromium.launch(launchOptions(browserPath));
    const page = await browser.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') console.error(`page: ${message.text()}`);
    });
    /** @type {Promise<never>} */
    const failure = new Promise((_, reject) => {
      page.on('pageerror', reject);
      page.on('crash', () => reject(new Error('The page crashed.')));
    });
    failure.catch(() => {});
    await page.goto(new URL(BLANK_PATH, address).href);
    return { page, failure, close };
  } catch (error) {
    await close();
    throw error;
  }
}
