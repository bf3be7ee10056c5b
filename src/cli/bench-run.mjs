/** One run of the benchmark in a browser: contests between engines, with matrix products measured in turn with them. */

import os from 'node:os';
import { report } from './bench-output.mjs';
import { openSeat, readProducts } from './bench-pages.mjs';
import { QuietMeter } from './quiet.mjs';

/** @typedef {typeof import('../bench/bench.ts')} BenchModule */
/** @typedef {import('../bench/engines.ts').Engine} Engine */
/** @typedef {import('../bench/models.ts').BenchModel} BenchModel */
/** @typedef {import('../bench/contest.ts').ContestOptions} ContestOptions */
/** @typedef {import('./bench-options.mjs').BenchOptions} BenchOptions */
/** @typedef {import('./bench-pages.mjs').BenchHarness} BenchHarness */
/** @typedef {{ gpu: number | null, cpu: number | null, disturbance: import('../bench/contest.ts').Disturbance }} Rates */

/** Longest that a turn is put off for a quiet machine; runs that have to end in time are less patient. */
const PATIENCE_MS = 1_000;
const SHORT_PATIENCE_MS = 0;

/**
 * @param {BenchModule} bench
 * @param {BenchHarness} harness
 * @param {BenchOptions} options
 */
export async function openRun(
  { holdContest, benchRows, quietOnes, median },
  harness,
  { engines, strategies, isQuick, isScaling },
) {
  const quiet = new QuietMeter(isQuick || isScaling ? SHORT_PATIENCE_MS : PATIENCE_MS);
  /** @param {readonly Rates[]} rates @param {'gpu' | 'cpu'} processor */
  const medianRate = (rates, processor) => {
    const values = quietOnes(rates).flatMap((each) => each[processor] ?? []);
    return values.length > 0 ? median(values) : null;
  };
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
      /** @type {Rates[]} */
      const rates = [];
      const measurements = await holdContest(
        model,
        entries,
        {
          openSeat: (entry, model) => openSeat(harness, entry, model),
          now: () => performance.now(),
          watch: () => quiet.watch(),
          async beforeRound() {
            // The tables have no column for them.
            if (isScaling) return;
            const end = await quiet.watch();
            const { gpu, cpu } = await readProducts(harness, engines);
            rates.push({ gpu: gpu?.gflops ?? null, cpu, disturbance: end() });
          },
          report,
        },
        limits,
      );
      report('');
      const products = { gpu: medianRate(rates, 'gpu'), cpu: medianRate(rates, 'cpu') };
      return { rows: benchRows(model, measurements, products, description), products };
    },
  };
}
