/** Seats of the benchmark in pages of their own, and what else it asks a page for. */

import { openHarness } from './harness.mjs';

/** @typedef {import('../bench/contest.ts').RemoteSeat} RemoteSeat */
/** @typedef {import('../bench/contest.ts').Entry} Entry */
/** @typedef {import('../bench/models.ts').BenchModel} BenchModel */
/** @typedef {import('./harness.mjs').OpenPage} OpenPage */

const SEAT_MODULE = 'src/bench/open-seat.ts';
const PRODUCT_MODULE = 'src/bench/product-rates.ts';
/** A contestant that says nothing for so long has failed; the slowest known step takes a minute. */
const SILENCE_MS = 300_000;
/** Software WebGL has to be asked for. */
const BROWSER_ARGS = ['--enable-unsafe-swiftshader'];
const PACKAGES = [
  '@jax-js/jax',
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-core/dist/register_all_gradients',
  '@tensorflow/tfjs-backend-cpu',
  '@tensorflow/tfjs-backend-wasm',
  '@tensorflow/tfjs-backend-webgl',
  '@tensorflow/tfjs-backend-webgpu',
];

export const openBenchHarness = () =>
  openHarness([SEAT_MODULE, PRODUCT_MODULE], { cache: 'bench', browserArgs: BROWSER_ARGS, packages: PACKAGES });

/** @typedef {Awaited<ReturnType<typeof openBenchHarness>>} BenchHarness */

/**
 * The first line of what went wrong, without Playwright's own words.
 * @param {unknown} error
 */
function firstLine(error) {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^page\.evaluate: /, '').split('\n')[0];
}

/**
 * Waits for a page, but neither for one that has failed nor for ever.
 * @template T
 * @param {OpenPage} open
 * @param {readonly string[]} consoleErrors what the page complained of, which may be why it fails
 * @param {Promise<T>} answer
 * @returns {Promise<T>}
 */
async function answerOf({ failure }, consoleErrors, answer) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const silence = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${SILENCE_MS / 1000} s`)), SILENCE_MS);
  });
  try {
    return await Promise.race([answer, failure, /** @type {Promise<never>} */ (silence)]);
  } catch (error) {
    const [first] = consoleErrors;
    throw new Error([firstLine(error), ...(first ? [`the page said: ${firstLine(first)}`] : [])].join('; '));
  } finally {
    clearTimeout(timer);
    answer.catch(() => {});
  }
}

/**
 * Opens a contestant in a page of its own.
 * @param {BenchHarness} harness
 * @param {Entry} entry
 * @param {BenchModel} model
 * @returns {Promise<RemoteSeat>}
 */
export async function openSeat(harness, { engine, mode, strategy }, model) {
  /** @type {string[]} */
  const consoleErrors = [];
  const open = await harness.openAnother(mode, (text) => consoleErrors.push(text));
  const { page } = open;
  const close = () => page.context().close();
  /** @template T @param {Promise<T>} answer */
  const ask = (answer) => answerOf(open, consoleErrors, answer);
  try {
    const opened = await ask(
      page.evaluate(
        async ({ module, engine, model, strategy }) => {
          /** @type {typeof import('../bench/open-seat.ts')} */
          const { openSeat } = await import(module);
          const seat = await openSeat(engine, model, strategy);
          /** @type {any} */ (globalThis).heedSeat = seat;
          return seat.opened;
        },
        { module: `/${SEAT_MODULE}`, engine, model, strategy },
      ),
    );
    return {
      opened,
      tune: () => ask(page.evaluate(() => /** @type {any} */ (globalThis).heedSeat.tune())),
      turn: (steps) => ask(page.evaluate((count) => /** @type {any} */ (globalThis).heedSeat.turn(count), steps)),
      calls: (steps) => ask(page.evaluate((count) => /** @type {any} */ (globalThis).heedSeat.calls(count), steps)),
      complaint: () => consoleErrors[0] ?? null,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The rates of plain matrix products that the engines are compared with, measured now.
 * @param {BenchHarness} harness
 * @param {readonly import('../bench/engines.ts').Engine[]} engines
 */
export function readProducts(harness, engines) {
  const isCpuAsked = engines.some(({ backend }) => backend !== 'webgpu' && backend !== 'webgl');
  return answerOf(
    harness,
    [],
    harness.page.evaluate(
      async ({ module, isCpuAsked }) => {
        /** @type {typeof import('../bench/product-rates.ts')} */
        const { cpuProduct, gpuProduct } = await import(module);
        return { gpu: await gpuProduct(), cpu: isCpuAsked ? await cpuProduct() : null };
      },
      { module: `/${PRODUCT_MODULE}`, isCpuAsked },
    ),
  );
}
