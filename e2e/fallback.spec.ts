import { chromium } from 'playwright/test';
import { findBrowser } from '../src/cli/browser.mjs';
import { button, expect, open, ready, step, test, trainFor } from './heed.ts';

test('a browser without WebGPU trains on the CPU and says why', async ({ baseURL }) => {
  // Empty, so that the configuration's flags do not slip in.
  const browser = await chromium.launch({ executablePath: findBrowser(), args: [] });
  try {
    const page = await browser.newPage({ ...(baseURL && { baseURL }) });
    const problems: string[] = [];
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    await open(page, 'executor=auto');
    await expect(page.getByText(/^CPU .SIMD, . threads?.$/)).toBeVisible();
    await expect(page.getByText(/^Why not WebGPU: ./)).toBeVisible();
    await trainFor(page, 3);
    expect(problems).toEqual([]);
  } finally {
    await browser.close();
  }
});

test('the link chooses the executor', async ({ page }) => {
  await page.goto('./?executor=cpu#hidden=8&embedding=8&decoderHidden=8&attention=8&readout=8&batch=8');
  await expect(page.getByText('CPU (SIMD, 1 thread)')).toBeVisible();
  await expect(page.getByText(/^Why not WebGPU/)).toHaveCount(0);
  await button(page, 'Step').click();
  await expect.poll(() => step(page), { timeout: 30_000 }).toBe(1);
});

test('with nothing but a software adapter the CPU begins, and both are measured', async ({ page }) => {
  await open(page, 'executor=auto');
  await expect(page.getByText(/^CPU .SIMD, . threads?.$/)).toBeVisible();
  await expect(page.getByText(/^Why not WebGPU: the only adapter, SwiftShader, computes on the CPU/)).toBeVisible();
  await button(page, 'Train').click();
  await expect(page.getByText(/ was measured faster: /)).toBeVisible({ timeout: 60_000 });
  await button(page, 'Pause').click();
});

test('kernels that could not be fast enough are not compiled', async ({ page }) => {
  // Sizes that the page starts with: their products alone take a software adapter longer than whole steps take the CPU.
  await open(page, 'executor=auto', 'task=dates');
  await button(page, 'Train').click();
  await expect(page.getByText(/On SwiftShader the matrix products alone would take/)).toBeVisible({ timeout: 60_000 });
  await button(page, 'Pause').click();
});

test('a software adapter that is asked for is named, and called slow', async ({ page }) => {
  await page.goto('./?executor=webgpu#hidden=8&embedding=8&decoderHidden=8&attention=8&readout=8&batch=8');
  await ready(page);
  await expect(page.getByText('Software GPU (SwiftShader), slow')).toBeVisible();
});

test('a worker that stops is replaced, calmly, and the run can be trained', async ({ page }) => {
  await page.addInitScript(() => {
    const Original = Worker;
    window.Worker = class extends Original {
      constructor(...parameters: ConstructorParameters<typeof Original>) {
        super(...parameters);
        Object.assign(window, { lastWorker: this });
      }
    };
  });
  await open(page, 'executor=auto');
  await page.evaluate(() => {
    const { lastWorker } = window as unknown as { lastWorker: Worker };
    lastWorker.dispatchEvent(new ErrorEvent('error', { message: 'a test stopped it' }));
  });
  await expect(page.locator('.notices')).toContainText('The training worker stopped');
  await expect(page.getByRole('alert')).toHaveText('');
  await trainFor(page, 2);
});
