/** A run outlives the page: a reload, a killed browser, a torn save; runs by name; checkpoint files; two tabs; a full disk. */

import { readFile, readlink } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, chromium, type Page } from 'playwright/test';
import { findBrowser, launchOptions } from '../src/cli/browser.mjs';
import { button, expect, open, ready, step, test, trainFor } from './heed.ts';

const CPU = 'executor=cpu';
/** What may be lost: fifty steps, or five seconds. */
const STEPS = 50;
const WINDOW_MS = 5000;

const resumed = (page: Page) => page.getByRole('status').filter({ hasText: 'is open again' });
const shelf = (page: Page) => page.getByRole('region', { name: 'Runs' });
const translation = (page: Page) => page.locator('.translation .target').first();

/** Trains for a while and notes what the page showed when. */
async function train(page: Page, steps: number): Promise<{ readonly at: number; readonly step: number }[]> {
  const marks = [{ at: Date.now(), step: await step(page) }];
  const until = (marks[0]?.step ?? 0) + steps;
  await button(page, 'Train').click();
  await expect
    .poll(
      async () => {
        marks.push({ at: Date.now(), step: await step(page) });
        return marks.at(-1)?.step;
      },
      { intervals: [100], timeout: 30_000 },
    )
    .toBeGreaterThanOrEqual(until);
  return marks;
}

/** The step that has to be there still: what was shown five seconds ago, or fifty steps before the newest. */
function leastStep(marks: readonly { readonly at: number; readonly step: number }[]): number {
  const newest = marks.at(-1)?.step ?? 0;
  const old = marks.filter(({ at }) => at <= Date.now() - WINDOW_MS).at(-1)?.step ?? 0;
  return Math.min(newest - STEPS, old);
}

/** Waits until this browser has kept a state of the run from that step on. */
async function kept(page: Page, least: number): Promise<void> {
  await expect
    .poll(
      () =>
        page.evaluate(
          () =>
            new Promise<number>((resolve) => {
              const opening = indexedDB.open('heed-runs');
              opening.onerror = () => resolve(-1);
              opening.onsuccess = () => {
                const database = opening.result;
                if (!database.objectStoreNames.contains('kept')) return resolve(-1);
                const all = database.transaction('kept').objectStore('kept').getAll(IDBKeyRange.bound('run/', 'run/~'));
                all.onsuccess = () => {
                  database.close();
                  resolve(Math.max(-1, ...all.result.map((run: { step: number }) => run.step)));
                };
              };
            }),
        ),
      { timeout: 20_000 },
    )
    .toBeGreaterThanOrEqual(least);
}

test('a reload in the middle of training goes on where it was, with its curve', async ({ page }) => {
  await open(page, CPU);
  let most = 0;
  for (const steps of [30, 110, 65]) {
    const marks = await train(page, steps);
    if (most === 0) await kept(page, 1);
    const least = leastStep(marks);
    const shown = marks.at(-1)?.step ?? 0;
    await page.reload();
    await ready(page);
    await expect(resumed(page)).toBeVisible();
    const after = await step(page);
    expect(after).toBeGreaterThanOrEqual(Math.max(1, least));
    expect(after).toBeLessThan(shown + 2000);
    // The curve is there before the first new step.
    await expect(page.getByRole('figure').first().locator('path').first()).toHaveAttribute('d', /\d/);
    most = Math.max(most, after);
  }
  await trainFor(page, 5);
  expect(await step(page)).toBeGreaterThan(most);
});

test('a pause is kept to the very step, and the visitor may start afresh', async ({ page }) => {
  await open(page, CPU);
  await trainFor(page, 20);
  const at = await step(page);
  await kept(page, at);
  await page.reload();
  await ready(page);
  await expect(resumed(page)).toContainText(`step ${at.toLocaleString('en')}`);
  expect(await step(page)).toBe(at);
  await button(page, 'Start afresh').click();
  await expect.poll(() => step(page)).toBe(0);
  await expect(resumed(page)).toHaveCount(0);
});

test('a link that asks for another run gets it', async ({ page }) => {
  await open(page, CPU);
  await trainFor(page, 20);
  await kept(page, 20);
  await page.goto('about:blank');
  await open(page, `${CPU}&seed=7`);
  expect(await step(page)).toBe(0);
  await expect(resumed(page)).toHaveCount(0);
});

test('a run survives a browser that is killed', async ({ baseURL }, info) => {
  const folder = info.outputPath('profile');
  const launch = (): Promise<BrowserContext> =>
    chromium.launchPersistentContext(folder, {
      ...launchOptions(findBrowser()),
      baseURL: baseURL ?? '',
      serviceWorkers: 'block',
    });
  const first = await launch();
  const page = await first.newPage();
  await open(page, CPU);
  const marks = await train(page, 60);
  await kept(page, 1);
  const [, pid] = /-(\d+)$/.exec(await readlink(`${folder}/SingletonLock`)) ?? [];
  const least = leastStep(marks);
  const gone = first.waitForEvent('close');
  process.kill(Number(pid), 'SIGKILL');
  await gone;

  const second = await launch();
  const again = await second.newPage();
  await open(again, CPU);
  await expect(resumed(again)).toBeVisible();
  expect(await step(again)).toBeGreaterThanOrEqual(Math.max(1, least));
  await trainFor(again, 3);
  await second.close();
});

/** Damages slots of the kept run: the newest one, or both. */
const tear = (page: Page, isBoth: boolean, kind: 'cut' | 'flip'): Promise<void> =>
  page.evaluate(
    ([both, how]) =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('heed-runs');
        opening.onsuccess = () => {
          const database = opening.result;
          const transaction = database.transaction('kept', 'readwrite');
          const store = transaction.objectStore('kept');
          const range = IDBKeyRange.bound('slot/', 'slot/~');
          const keys = store.getAllKeys(range);
          const slots = store.getAll(range);
          slots.onsuccess = () => {
            const newest = Math.max(...slots.result.map((slot: { sequence: number }) => slot.sequence));
            slots.result.forEach((slot: { sequence: number; bytes: Uint8Array }, i: number) => {
              if (!both && slot.sequence !== newest) return;
              const bytes = how === 'cut' ? slot.bytes.slice(0, -7) : slot.bytes.slice();
              const middle = bytes.length >> 1;
              if (how === 'flip') bytes[middle] = (bytes[middle] ?? 0) ^ 1;
              store.put({ ...slot, bytes }, keys.result[i] as IDBValidKey);
            });
          };
          transaction.oncomplete = () => {
            database.close();
            resolve();
          };
        };
      }),
    [isBoth, kind] as const,
  );

test('a torn save is never loaded: the one before is, or none', async ({ page }) => {
  await open(page, CPU);
  await trainFor(page, 10);
  const first = await step(page);
  await kept(page, first);
  await trainFor(page, 10);
  const second = await step(page);
  await kept(page, second);
  await tear(page, false, 'flip');
  await page.reload();
  await ready(page);
  await expect(resumed(page)).toBeVisible();
  const older = await step(page);
  expect(older).toBeGreaterThan(0);
  expect(older).toBeLessThan(second);
  await trainFor(page, 10);
  await kept(page, await step(page));
  await tear(page, true, 'cut');
  await page.reload();
  await ready(page);
  expect(await step(page)).toBe(0);
  await trainFor(page, 3);
});

test('runs by name: save, open, rename, duplicate, delete and bring back', async ({ page }) => {
  await open(page, CPU);
  await trainFor(page, 12);
  const at = await step(page);
  await page.keyboard.press('o');
  await shelf(page).getByLabel('Name of this run').fill('Monday');
  await page.keyboard.press('Enter');
  await expect(button(page, 'Open Monday')).toBeVisible();
  await expect(shelf(page)).toContainText(`step ${at}`);
  await expect(shelf(page)).toContainText(/[kM]B of .*B used/);
  expect((await new AxeBuilder({ page }).include('.shelf').analyze()).violations).toEqual([]);
  await button(page, 'Rename Monday').click();
  await page.keyboard.type('Tuesday');
  await shelf(page).getByLabel('New name of Monday').fill('Tuesday');
  await page.keyboard.press('Enter');
  await button(page, 'Duplicate Tuesday').click();
  await expect(button(page, 'Open Tuesday, copy')).toBeVisible();
  await button(page, 'Delete Tuesday').click();
  await expect(button(page, 'Open Tuesday')).toHaveCount(0);
  await button(page, 'Undo').click();
  await expect(button(page, 'Open Tuesday')).toBeVisible();
  await page.keyboard.press('Escape');
  await button(page, 'Reset').click();
  await expect.poll(() => step(page)).toBe(0);
  await page.keyboard.press('o');
  await button(page, 'Open Tuesday').click();
  await expect.poll(() => step(page)).toBe(at);
  await expect(page.getByRole('status').filter({ hasText: '“Tuesday” is open' })).toBeVisible();
});

test('a checkpoint goes out as a file and comes back by drop, with the same translation', async ({ page }) => {
  await open(page, CPU);
  await trainFor(page, 40);
  const at = await step(page);
  const before = await translation(page).textContent();
  const downloading = page.waitForEvent('download');
  await page.keyboard.press('d');
  const download = await downloading;
  expect(download.suggestedFilename()).toBe(`heed-phrases-step${at}.safetensors`);
  const bytes = await readFile(await download.path());
  await button(page, 'Reset').click();
  await expect.poll(() => step(page)).toBe(0);
  const drop = (content: Buffer) =>
    page.evaluate(
      ([base64]) => {
        const data = Uint8Array.from(atob(base64 as string), (character) => character.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([data], 'run.safetensors'));
        document.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
      },
      [content.toString('base64')],
    );
  // A file that is damaged leaves the run as it was.
  await drop(bytes.subarray(0, bytes.length - 100));
  await expect(page.getByRole('status').filter({ hasText: 'checkpoint' })).toBeVisible();
  expect(await step(page)).toBe(0);
  await drop(bytes);
  await expect.poll(() => step(page)).toBe(at);
  await expect(translation(page)).toHaveText(before ?? '');
});

test('two tabs do not share a run: the second one has a copy', async ({ page, context }) => {
  await open(page, CPU);
  await trainFor(page, 15);
  const at = await step(page);
  await kept(page, at);
  const other = await context.newPage();
  await open(other, CPU);
  await expect(other.getByRole('status').filter({ hasText: 'open in another tab' })).toBeVisible();
  expect(await step(other)).toBe(at);
  await trainFor(other, 10);
  await kept(other, await step(other));
  await other.close();
  await page.bringToFront();
  expect(await step(page)).toBe(at);
  await trainFor(page, 3);
});

test('a full disk is a warning: training goes on, and downloading works', async ({ page, context, baseURL }) => {
  const client = await context.newCDPSession(page);
  const { origin } = new URL(baseURL ?? '');
  await page.goto('./#');
  await client.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 });
  await page.goto('about:blank');
  await open(page, CPU);
  await trainFor(page, 10);
  await expect(page.getByRole('status').filter({ hasText: 'storage is full' })).toBeVisible();
  await trainFor(page, 5);
  const downloading = page.waitForEvent('download');
  await page.keyboard.press('d');
  expect((await readFile(await (await downloading).path())).length).toBeGreaterThan(1000);
});
