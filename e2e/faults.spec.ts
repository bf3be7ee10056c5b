import { type Browser, chromium, type Page, type Worker } from 'playwright/test';
import { findBrowser, launchOptions } from '../src/cli/browser.mjs';
import { button, expect, ready, step, test } from './heed.ts';

/** What the hook puts into the training worker. */
interface Hook {
  readonly devices: GPUDevice[];
  /** Buffers made until one is refused. */
  buffersLeft: number;
  isStuck: boolean;
}

/** Runs in the worker before its own script: notes the devices, and refuses buffers or answers when it is told to. */
function hook(): void {
  const gpu: Hook = { devices: [], buffersLeft: Number.POSITIVE_INFINITY, isStuck: false };
  Object.assign(globalThis, { faults: gpu });
  if (typeof GPUAdapter === 'undefined') return;
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (descriptor) {
    const device = await requestDevice.call(this, descriptor);
    gpu.devices.push(device);
    return device;
  };
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    // As a device without memory does: an object that is no buffer, and an error.
    const isRefused = gpu.buffersLeft-- === 0;
    return createBuffer.call(this, isRefused ? { ...descriptor, size: this.limits.maxBufferSize + 4 } : descriptor);
  };
  const { mapAsync } = GPUBuffer.prototype;
  GPUBuffer.prototype.mapAsync = function (...parameters) {
    return gpu.isStuck ? new Promise(() => {}) : mapAsync.apply(this, parameters);
  };
}

const WORKER_SCRIPT = /\/assets\/worker-[^/]+\.js$/;

async function putHook(page: Page): Promise<void> {
  await page.route(WORKER_SCRIPT, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `(${hook})();\n${await response.text()}` });
  });
}

function trainingWorker(page: Page): Worker {
  const worker = page.workers().find((one) => WORKER_SCRIPT.test(one.url()));
  if (!worker) throw new Error('the page has no training worker');
  return worker;
}

/** Sets what the hook refuses from now on. */
const refuse = (page: Page, settings: Partial<Pick<Hook, 'buffersLeft' | 'isStuck'>>): Promise<unknown> =>
  trainingWorker(page).evaluate(
    (wanted) => void Object.assign((globalThis as unknown as { faults: Hook }).faults, wanted),
    settings,
  );

const SMALL = 'hidden=8&embedding=8&decoderHidden=8&attention=8&readout=8&batch=8';

async function openOn(page: Page, executor: 'webgpu' | 'cpu'): Promise<void> {
  await page.goto(`./?executor=${executor}#${SMALL}`);
  await ready(page);
}

async function trainPast(page: Page, wanted: number): Promise<void> {
  await expect.poll(() => step(page), { timeout: 40_000 }).toBeGreaterThan(wanted);
}

const notice = (page: Page, text: RegExp) => page.locator('.notices').getByText(text);

/** Trains until there is a state to go back to: snapshots are taken every second or so. */
async function trainUntilSafe(page: Page): Promise<number> {
  await button(page, 'Train').click();
  await trainPast(page, 10);
  const before = await step(page);
  await trainPast(page, before + 10);
  return step(page);
}

test('a GPU that goes away is replaced, and the training goes on', async ({ page }) => {
  await putHook(page);
  await openOn(page, 'webgpu');
  const before = await trainUntilSafe(page);
  await trainingWorker(page).evaluate(() =>
    (globalThis as unknown as { faults: Hook }).faults.devices.at(-1)?.destroy(),
  );
  await expect(notice(page, /^The GPU went away.* The run goes on/)).toBeVisible();
  await expect(page.locator('[data-executor="webgpu"]')).toBeVisible({ timeout: 60_000 });
  await trainPast(page, before);
  await button(page, 'Pause').click();
  await expect(page.getByRole('alert')).toHaveText('');
});

test('a GPU that answers no more gives way to the CPU within about ten seconds', async ({ page }) => {
  await putHook(page);
  await openOn(page, 'webgpu');
  const before = await trainUntilSafe(page);
  await refuse(page, { isStuck: true });
  await expect(notice(page, /^The GPU gave no answer for ten seconds.* on the CPU/)).toBeVisible({ timeout: 25_000 });
  await expect(page.getByText(/^Why not WebGPU: it gave no answer/)).toBeVisible();
  await trainPast(page, before);
  await button(page, 'Pause').click();
});

test('a model that the GPU has no room for is refused, and the run goes on as it was', async ({ page }) => {
  await putHook(page);
  await openOn(page, 'webgpu');
  await page.getByRole('button', { name: /^Training( \d+ changed)?$/ }).click();
  await button(page, 'Step').click();
  await expect.poll(() => step(page)).toBe(1);
  // The very first is of the look whether the device was tested, which needs none.
  for (const [i, buffersLeft] of [1, 3, 12].entries()) {
    await refuse(page, { buffersLeft });
    await page.getByRole('textbox', { name: 'Seed' }).fill(String(i + 1));
    await page.getByRole('textbox', { name: 'Seed' }).press('Enter');
    await expect(notice(page, /^The GPU has no room for this model/)).toBeVisible();
    await refuse(page, { buffersLeft: Number.MAX_SAFE_INTEGER });
    await button(page, 'Step').click();
    await expect.poll(() => step(page)).toBe(i + 2);
    await page.locator('.notices').getByRole('button', { name: 'Dismiss' }).click();
  }
});

/** What the page's workers are noted in. */
interface WorkerLog {
  lastWorker: { terminate(): void };
  /** When each was started, in ms. */
  starts: number[];
  /** The task whose pairs each was given with its run; null for none. */
  given: (string | null)[];
  /** Tasks whose pairs were handed over. */
  handedOver: string[];
}

/** Has the page's training workers noted, so that the newest can be ended without a word. */
const noteWorkers = (page: Page) =>
  page.addInitScript(() => {
    const log = { starts: [] as number[], given: [] as (string | null)[], handedOver: [] as string[] };
    Object.assign(window, log);
    const Original = Worker;
    window.Worker = class extends Original {
      constructor(...parameters: ConstructorParameters<typeof Original>) {
        super(...parameters);
        log.starts.push(performance.now());
        Object.assign(window, { lastWorker: this });
        this.addEventListener('message', ({ data }) => {
          if (data.type === 'corpus') log.handedOver.push(data.corpus.task);
        });
      }

      override postMessage(
        message: { type: string; succession?: { corpus: { task: string } | null } },
        options?: StructuredSerializeOptions | Transferable[],
      ): void {
        super.postMessage(message, options as StructuredSerializeOptions);
        if (message.type === 'open') log.given.push(message.succession?.corpus?.task ?? null);
      }
    };
  });

const workerLog = (page: Page): Promise<Pick<WorkerLog, 'starts' | 'given' | 'handedOver'>> =>
  page.evaluate(() => {
    const { starts, given, handedOver } = window as unknown as WorkerLog;
    return { starts, given, handedOver };
  });

/** @returns when it was, in ms */
const endWorker = (page: Page): Promise<number> =>
  page.evaluate(() => {
    (window as unknown as WorkerLog).lastWorker.terminate();
    return performance.now();
  });

test('a worker that ends without a word is missed at once and replaced, and the training goes on', async ({ page }) => {
  await noteWorkers(page);
  await openOn(page, 'cpu');
  const before = await trainUntilSafe(page);
  const ended = await endWorker(page);
  await expect(notice(page, /^The training worker stopped/)).toBeVisible();
  const { starts } = await workerLog(page);
  expect(starts).toHaveLength(2);
  // One that only gives no answer is missed after ten seconds. How long the run takes to open again is the computer's affair.
  expect((starts[1] as number) - ended).toBeLessThan(5000);
  await trainPast(page, before);
  await button(page, 'Pause').click();
});

test('the pairs that a worker has made are those of the worker after it, which does not load their grammar', async ({
  page,
}) => {
  const grammar: string[] = [];
  const note = (url: string): void => void (/\/assets\/phrases-[^/]+\.js$/.test(url) && grammar.push(url));
  await noteWorkers(page);
  page.on('request', (request) => note(request.url()));
  await openOn(page, 'cpu');
  const before = await trainUntilSafe(page);
  await expect.poll(async () => (await workerLog(page)).handedOver).toEqual(['phrases']);
  expect(grammar).toHaveLength(1);
  await endWorker(page);
  await expect(notice(page, /^The training worker stopped/)).toBeVisible();
  await trainPast(page, before);
  expect((await workerLog(page)).given).toEqual([null, 'phrases']);
  await expect.poll(async () => (await workerLog(page)).handedOver).toEqual(['phrases', 'phrases']);
  await button(page, 'Pause').click();
  expect(grammar).toHaveLength(1);
});

test('a run whose worker ends on a GPU goes on on the CPU while the kernels are compiled anew', async ({ page }) => {
  await noteWorkers(page);
  await openOn(page, 'webgpu');
  const before = await trainUntilSafe(page);
  await endWorker(page);
  await expect(
    notice(page, /^The training worker stopped\. The run goes on on the CPU .*It moves back to the GPU as soon as/),
  ).toBeVisible();
  await trainPast(page, before);
  await expect(page.locator('[data-executor="webgpu"]')).toBeVisible({ timeout: 90_000 });
  await trainPast(page, (await step(page)) + 5);
  await button(page, 'Pause').click();
  await expect(page.getByRole('alert')).toHaveText('');
});

test('a frozen tab goes on where it was', async ({ page }) => {
  await openOn(page, 'cpu');
  await trainUntilSafe(page);
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  const after = await step(page);
  await trainPast(page, after + 5);
  await button(page, 'Pause').click();
  await expect(page.locator('.notices')).toHaveText('');
});

test('a hidden tab trains on, and shows where it is when it is seen again', async ({ page }) => {
  await page.addInitScript(() => {
    // As a browser does it: no animation frames, and nobody is told of them, until the tab is shown.
    const waiting: FrameRequestCallback[] = [];
    const frame = window.requestAnimationFrame.bind(window);
    let state: DocumentVisibilityState = 'visible';
    window.requestAnimationFrame = (callback) => (state === 'hidden' ? waiting.push(callback) : frame(callback));
    Object.defineProperty(document, 'visibilityState', { get: () => state });
    Object.defineProperty(document, 'hidden', { get: () => state === 'hidden' });
    Object.assign(window, {
      setVisibility: (next: DocumentVisibilityState) => {
        state = next;
        document.dispatchEvent(new Event('visibilitychange'));
        if (next === 'visible') for (const callback of waiting.splice(0)) frame(callback);
      },
    });
  });
  const show = (state: DocumentVisibilityState) =>
    page.evaluate(
      (next) => (window as unknown as { setVisibility(state: string): void }).setVisibility(next),
      state as string,
    );
  await openOn(page, 'cpu');
  const before = await trainUntilSafe(page);
  await show('hidden');
  await trainPast(page, before + 50);
  await show('visible');
  await button(page, 'Pause').click();
  await expect
    .poll(async () => {
      const position = await page.locator('.time-position').innerText();
      return position.startsWith(`step ${(await step(page)).toLocaleString('en')} of`);
    })
    .toBe(true);
  await expect(page.locator('.notices')).toHaveText('');
});

test('a learning rate of a million stops the run, takes it back, and a press goes on at a lower one', async ({
  page,
}) => {
  await openOn(page, 'cpu');
  await page.getByRole('button', { name: /^Training( \d+ changed)?$/ }).click();
  await trainUntilSafe(page);
  const rate = page.getByRole('textbox', { name: 'Learning rate' });
  await rate.fill('1000000');
  await rate.press('Enter');
  await expect(notice(page, /the training diverged\. It is back at step/)).toBeVisible();
  await expect(button(page, 'Train')).toBeVisible();
  const back = await step(page);
  await button(page, 'Go on at 0.006').click();
  await expect(notice(page, /diverged/)).toHaveCount(0);
  await trainPast(page, back + 20);
  await expect(rate).toHaveValue('0.006');
  await button(page, 'Pause').click();
});

test.describe('a GPU process that crashes', () => {
  let browser: Browser;
  test.beforeEach(async () => {
    browser = await chromium.launch(launchOptions(findBrowser()));
  });
  test.afterEach(() => browser.close());

  test('once costs a moment, twice the GPU until the visitor loads the page again; the run goes on', async ({
    baseURL,
  }) => {
    test.setTimeout(180_000);
    const page = await browser.newPage({ ...(baseURL && { baseURL }) });
    await openOn(page, 'webgpu');
    const before = await trainUntilSafe(page);
    const session = await browser.newBrowserCDPSession();
    await session.send('Browser.crashGpuProcess');
    await expect(notice(page, /^The GPU (went away|reported)/)).toBeVisible();
    // On a software adapter its kernels are compiled anew, while the run goes on on the CPU.
    await expect(page.locator('[data-executor="webgpu"]')).toBeVisible({ timeout: 90_000 });
    await trainPast(page, before);
    const again = await step(page);
    await session.send('Browser.crashGpuProcess');
    await expect(notice(page, /on the CPU.* To get the GPU back, load the page again\.$/)).toBeVisible();
    await trainPast(page, again);
    await button(page, 'Pause').click();
    await page.reload();
    await ready(page);
    await expect(page.locator('[data-executor="webgpu"]')).toBeVisible();
  });
});
