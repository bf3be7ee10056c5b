import { type Browser, chromium, type Page } from 'playwright/test';
import { findBrowser } from '../src/cli/browser.mjs';
import { button, cells, expect, open, step, test, trainFor } from './heed.ts';

/** A browser as it starts without any flag: here it has no WebGPU adapter. */
let browser: Browser;
test.beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findBrowser(), args: [] });
});
test.afterAll(() => browser.close());

async function plainPage(baseURL: string | undefined): Promise<{ page: Page; problems: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 }, ...(baseURL && { baseURL }) });
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  return { page, problems };
}

/** Every panel of the drawer has something to show, and none of them speaks of what is not there. */
async function lookAround(page: Page): Promise<void> {
  const drawer = page.locator('#drawer');
  const tabs = drawer.locator('.drawer-tab');
  await expect.poll(() => tabs.count()).toBeGreaterThan(5);
  for (const tab of await tabs.all()) {
    await tab.click();
    await expect(tab).toHaveAttribute('aria-expanded', 'true');
    const name = (await tab.textContent()) ?? '';
    await expect.poll(async () => (await drawer.innerText()).length, name).toBeGreaterThan(200);
    await expect(drawer.getByText(/undefined|NaN|went wrong|WebGPU/)).toHaveCount(0);
  }
}

const place = (page: Page) => page.getByRole('combobox', { name: 'Runs on' });

test('without WebGPU every panel works on the CPU, and the machine room shows its operations', async ({ baseURL }) => {
  const { page, problems } = await plainPage(baseURL);
  await open(page, 'executor=auto');
  await expect(page.getByText(/^CPU .SIMD, . threads?.$/)).toBeVisible();
  await expect(page.getByText(/^Why not WebGPU: ./)).toHaveCount(1);
  await expect(page.getByText('Operations a step')).toBeVisible();
  await trainFor(page, 5);
  await lookAround(page);
  await button(page, 'Machine room').click();
  await expect(page.getByText('The CPU runs this page', { exact: false })).toBeVisible();
  await expect(page.getByText('Sum of operations')).toBeVisible();
  expect(problems).toEqual([]);
  await page.close();
});

test('without SIMD either, the float64 reference computes and says so', async ({ baseURL }) => {
  const { page, problems } = await plainPage(baseURL);
  // An old browser: no kernel validates, in no worker.
  await page.context().route(/worker.*\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `WebAssembly.validate = () => false;${await response.text()}` });
  });
  // So small a rate that the model does not learn to stop at once, which opens no cell.
  await open(page, 'executor=auto&learningRate=0.00001');
  await expect(page.getByText('Why the reference: this browser has no WebAssembly with SIMD.')).toBeVisible();
  await trainFor(page, 3);
  await button(page, 'Open cell').click();
  await expect(page.locator('#drawer')).toContainText('tanh');
  expect(problems).toEqual([]);
  await page.close();
});

test('WebGPU that is not there is refused calmly, and the run trains on', async ({ baseURL }) => {
  const { page, problems } = await plainPage(baseURL);
  await open(page, 'executor=auto');
  await trainFor(page, 3);
  await button(page, 'Train').click();
  await place(page).selectOption('webgpu');
  await expect(page.getByText(/^WebGPU is not available: .* The run goes on as it was\.$/)).toBeVisible();
  await expect(place(page)).toHaveValue('auto');
  const before = await step(page);
  await expect.poll(() => step(page)).toBeGreaterThan(before);
  expect(problems).toEqual([]);
  await page.close();
});

test('in the middle of a training a run goes on from its step elsewhere, and back', async ({ page }) => {
  test.setTimeout(120_000);
  // Slowly, so that what is being prepared has the processors.
  await open(page, 'executor=cpu&speed=20&decoding=teacher-forced');
  await trainFor(page, 5);
  const before = await step(page);
  await button(page, 'Train').click();
  await place(page).selectOption('webgpu');
  await expect(page.getByText('Software GPU (SwiftShader), slow')).toBeVisible({ timeout: 90_000 });
  const moved = await step(page);
  expect(moved).toBeGreaterThan(before);
  await expect.poll(() => step(page)).toBeGreaterThan(moved);
  await button(page, 'Pause').click();
  await expect(button(page, 'Train')).toBeVisible();
  const paused = await step(page);
  await place(page).selectOption('cpu');
  await expect(page.getByText(/^CPU .SIMD, . threads?.$/)).toBeVisible();
  expect(await step(page)).toBeGreaterThanOrEqual(paused);
  await expect(cells(page).first()).toBeVisible();
});
