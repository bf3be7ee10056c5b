import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright/test';
import { buildVersion, type StaticHost, startHost } from './builds.ts';
import { button, expect, test as heedTest, ready, trainFor } from './heed.ts';

const SMALL = '#executor=cpu&embedding=8&hidden=8&decoderHidden=8&attention=8&readout=8&batch=8';

const folder = mkdtempSync(path.join(tmpdir(), 'heed-offline-'));
const [first, second] = [path.join(folder, 'first'), path.join(folder, 'second')];

const test = heedTest.extend<{ host: StaticHost }>({
  host: async ({ browserName: _ }, use) => {
    const host = await startHost(first);
    await use(host);
    await host.close();
  },
});
test.use({ serviceWorkers: 'allow' });

test.beforeAll(async () => {
  await buildVersion(first, 'first');
  await buildVersion(second, 'second');
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Opens the page and waits until all of the build is kept. */
async function visit(page: Page, host: StaticHost): Promise<void> {
  await page.addInitScript(() => {
    const counted = Object.assign(window, { takeovers: 0 });
    navigator.serviceWorker?.addEventListener('controllerchange', () => counted.takeovers++);
  });
  await page.goto(host.url + SMALL);
  await ready(page);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

async function openPanel(page: Page, name: string): Promise<void> {
  await button(page, name).click();
  await expect(page.locator('#drawer-panel > :not(.drawer-note)').first()).toBeVisible();
}

const version = (page: Page) => page.locator('html').getAttribute('data-version');

/** Names of the versions that the browser keeps. */
const keptVersions = (page: Page) =>
  page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('heed-page')));

test('after the first load it opens, trains, shows its panels and exports without a network', async ({
  page,
  context,
  host,
}) => {
  await visit(page, host);
  await host.close();
  await context.setOffline(true);
  // A panel that was not open before, on the page as it stands.
  await openPanel(page, 'Word map');

  await page.reload();
  await ready(page);
  expect(await version(page)).toBe('first');
  await trainFor(page, 5);
  await openPanel(page, 'Machine room');
  const download = page.waitForEvent('download');
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['weights']));
    link.download = 'run.safetensors';
    link.click();
  });
  expect((await download).suggestedFilename()).toBe('run.safetensors');
});

test('a new version is shown on the next visit, whole, and is what is kept from then on', async ({
  page,
  context,
  host,
}) => {
  await visit(page, host);
  expect(await version(page)).toBe('first');
  host.serve(second);

  await page.reload();
  await ready(page);
  expect(await version(page)).toBe('second');
  // The new one takes over once all of it is there.
  await page.waitForFunction(() => (window as unknown as { takeovers: number }).takeovers > 0);
  await host.close();
  await context.setOffline(true);
  await page.reload();
  await ready(page);
  expect(await version(page)).toBe('second');
});

test('a page of the old version goes on while a new one is served, panels included', async ({
  page,
  context,
  host,
}) => {
  await visit(page, host);
  host.serve(second);
  const other = await context.newPage();
  await other.goto(host.url + SMALL);
  await expect(other.locator('html')).toHaveAttribute('data-version', 'second');
  await expect.poll(() => keptVersions(page)).toHaveLength(2);
  await openPanel(page, 'Word map');
  expect(await version(page)).toBe('first');
});

test('a host that answers with errors, or serves half of a new version, leaves the one that is kept', async ({
  page,
  host,
  quiet: _,
}) => {
  await visit(page, host);
  host.fail(true);
  await page.reload();
  await ready(page);
  expect(await version(page)).toBe('first');
  host.fail(false);
  await page.route('**/favicon.svg', (route) => route.fulfill({ body: 'not that file' }));
  await page.reload();
  await ready(page);
  expect(await version(page)).toBe('first');
});
