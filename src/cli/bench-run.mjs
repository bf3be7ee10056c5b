/** One run of the benchmark in a browser: contests between engines, with matrix products measured in turn with them. */

import os from 'node:os';
import { report } from './bench-output.mjs';
import { openSeat, readProducts } from './bench-pages.mjs';
import { watchOtherProcesses } from './other-processes.mjs';

/** @typedef {typeof import('../bench/bench.ts')} BenchModule */
/** @typedef {import('../bench/engines.ts').Engine} Engine */
/** @typedef {import('../bench/models.ts').BenchModel} BenchModel */
/** @typedef {import('../bench/contest.ts').ContestOptions} ContestOptions */
/** @typedef {import('./bench-options.mjs').BenchOptions} BenchOptions */
/** @typedef {import('./bench-pages.mjs').BenchHarness} BenchHarness */

/**
 * @param {BenchModule} bench
 * @param {BenchHarness} harness
 * @param {BenchOptions} options
 */
export async function openRun(
  { holdContest, benchRows, median },
  harness,
  { engines, strategies, isQuick, isScaling },
) {
  const medianOrNull = (/** @type {number[]} */ values) => (values.length > 0 ? median(values) : null);
  report('matrix products');
  // The first call tries every product; the rates that count are taken in turn with the engines.
  const { gpu } = await readProducts(harness, engines);
  const description = {
    adapter: gpu?.adapter ?? null,
    browser: `Chromium ${harness.browserVersion}`,
    cores: os.availableParallelism(),
    cpu: os.cpus()[0]?.model ?? 'an unknown processor',
    date: new Date().toISOString(),
  };
  // A quick run tries the page that any static host can serve.
  const modesOf = (/** @type {Engine} */ { modes }) => (isQuick ? modes.slice(0, 1) : modes);
  const strategiesOf = (/** @type {Engine} */ { name }) =>
    name === 'heed webgpu' && strategies.length > 0 ? strategies : [null];
  const entries = engines.flatMap((engine) =>
    modesOf(engine).flatMap((mode) => strategiesOf(engine).map((strategy) => ({ engine, mode, strategy }))),
  );

  return {
    description,
    /** The best plain product of the GPU, in words; null without a GPU. */
    product: gpu && `${gpu.kernel}, ${gpu.shape}`,
    /**
     * All engines train a model.
     * @param {BenchModel} model
     * @param {ContestOptions} limits
     */
    async contest(model, limits) {
      /** @type {{ gpu: number[], cpu: number[] }} */
      const rates = { gpu: [], cpu: [] };
      const measurements = await holdContest(
        model,
        entries,
        {
          openSeat: (entry, model) => openSeat(harness, entry, model),
          now: () => performance.now(),
          watchOthers: watchOtherProcesses,
          async beforeRound() {
            // The tables have no column for them.
            if (isScaling) return;
            const now = await readProducts(harness, engines);
            if (now.gpu) rates.gpu.push(now.gpu.gflops);
            if (now.cpu !== null) rates.cpu.push(now.cpu);
          },
          report,
        },
        limits,
      );
      report('');
      const products = { gpu: medianOrNull(rates.gpu), cpu: medianOrNull(rates.cpu) };
      return { rows: benchRows(model, measurements, products, description), products };
    },
  };
}
