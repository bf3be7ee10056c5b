import { type Page, test as plainTest } from 'playwright/test';
import { button, expect, open, ready, test, trainFor } from './heed.ts';

/** What the policy stopped, in the page; what it stops in a worker is an error in the console, which no test allows. */
async function watchPolicy(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(window, { violations });
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      violations.push(`${effectiveDirective}: ${blockedURI}`),
    );
  });
  return () => page.evaluate(() => (window as unknown as { violations: string[] }).violations);
}

/** Addresses outside of the page's origin that anything asked for, workers included. */
function watchRequests(page: Page, baseURL: string | undefined): string[] {
  const origin = new URL(baseURL ?? '').origin;
  const foreign: string[] = [];
  page.context().on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol !== 'data:' && protocol !== 'blob:' && asked !== origin) foreign.push(request.url());
  });
  return foreign;
}

const pairs = Array.from({ length: 40 }, (_, i) => `We saw ${i} cats.\tNous avons vu ${i} chats.`).join('\n');

for (const executor of ['webgpu', 'cpu'])
  test(`every path of the page keeps to its policy and its origin: ${executor}`, async ({ page, baseURL }) => {
    test.slow();
    const violations = await watchPolicy(page);
    const foreign = watchRequests(page, baseURL);
    await open(page, `executor=${executor}`);
    await trainFor(page, 2);

    const tabs = page.locator('.drawer-tab');
    for (let i = 0; i < (await tabs.count()); i++) {
      await tabs.nth(i).click();
      await expect(page.locator('#drawer-panel > :not(.drawer-note)').first()).toBeVisible();
    }
    await page.getByLabel('Choose files').setInputFiles({
      name: 'deck.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from(pairs),
    });
    await button(page, 'Train on these pairs').click();
    await expect(page.getByText('The run is on these pairs.')).toBeVisible({ timeout: 60_000 });
    await ready(page);
    await trainFor(page, 1);

    expect(await violations()).toEqual([]);
    expect(foreign).toEqual([]);
  });

// Each attempt is told in the console, so this test allows errors there.
plainTest('the policy stops text as code, other origins and inline scripts', async ({ page }) => {
  const violations = await watchPolicy(page);
  // What is stopped never comes this far.
  const foreign: string[] = [];
  await page.route('https://example.org/**', (route) => {
    foreign.push(route.request().url());
    return route.fulfill({ body: '' });
  });
  await open(page, 'executor=cpu');

  // In a timer, where what is evaluated is the page's own doing and not the debugger's.
  const evaluated = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        setTimeout(() => {
          try {
            // biome-ignore lint/security/noGlobalEval: what is tested
            resolve(`ran: ${eval('1 + 1')}`);
          } catch (error) {
            resolve((error as Error).name);
          }
        });
      }),
  );
  expect(evaluated).toBe('EvalError');

  const fetched = await page.evaluate(() =>
    fetch('https://example.org/').then(
      () => 'fetched',
      (error) => error.name,
    ),
  );
  expect(fetched).toBe('TypeError');

  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "taken"';
    document.head.append(script);
    const image = document.createElement('img');
    image.src = 'https://example.org/pixel.png';
    document.body.append(image);
    const handler = document.createElement('div');
    handler.setAttribute('onclick', 'document.title = "taken"');
    document.body.append(handler);
    handler.click();
  });
  await expect(page).toHaveTitle(/^Heed/);
  await expect
    .poll(async () => new Set((await violations()).map((text) => text.split(':')[0])))
    .toEqual(new Set(['script-src', 'connect-src', 'script-src-elem', 'img-src', 'script-src-attr']));
  expect(foreign).toEqual([]);
});
