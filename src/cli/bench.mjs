/**
 * `npm run bench`: Heed and its rivals train the same models in one headless browser, turn by turn. `--help` lists the flags.
 *
 * Ends with 0, with 1 when Heed itself failed or nothing could be run, with 2 for a flag that can't be used.
 */

import os from 'node:os';
import path from 'node:path';
import { runnerImport } from 'vite';
import { UsageError } from './arguments.mjs';
import { formatHelp, readOptions } from './bench-options.mjs';
import { report, writeRows } from './bench-output.mjs';
import { openBenchHarness, openSeat, readProducts } from './bench-pages.mjs';
import { watchOtherProcesses } from './other-processes.mjs';
import { PROJECT_ROOT } from './site.mjs';

/** @typedef {typeof import('../bench/bench.ts')} BenchModule */
/** @typedef {import('../bench/engines.ts').Engine} Engine */
/** @typedef {import('../bench/rows.ts').BenchRow} BenchRow */
/** @typedef {import('./bench-options.mjs').BenchOptions} BenchOptions */
/** @typedef {import('./bench-pages.mjs').BenchHarness} BenchHarness */

/** Steps whose losses are compared, how long a turn and an engine may take, and the whole of a quick run. */
const FULL = {
  lossSteps: 5,
  turnMs: 2000,
  entryMs: 60_000,
  totalMs: Number.POSITIVE_INFINITY,
  repeatsNoisyTurns: true,
};
const QUICK = { lossSteps: 2, turnMs: 800, entryMs: 12_000, totalMs: 100_000, repeatsNoisyTurns: false };

/** @param {BenchRow} row */
const describeRun = ({ adapter, browser, cores, cpu, date }) =>
  `${date.slice(0, 16).replace('T', ' ')} UTC, Chromium ${browser}, WebGPU adapter ${adapter ?? 'none'}, ${cores} cores of ${cpu}`;

/**
 * Runs every model's contest and prints its table.
 * @param {BenchModule} bench
 * @param {BenchHarness} harness
 * @param {BenchOptions} options
 * @returns {Promise<BenchRow[]>}
 */
async function runBench({ holdContest, benchRows, formatRows, median }, harness, options) {
  const medianOrNull = (/** @type {number[]} */ values) => (values.length > 0 ? median(values) : null);
  const limits = options.isQuick ? QUICK : FULL;
  const end = limits.totalMs;
  report('matrix products');
  // The first call tries every product; those that count are measured in turn with the engines.
  const { gpu } = await readProducts(harness, options.engines);
  // A quick run tries the page that any static host can serve.
  const modesOf = (/** @type {Engine} */ { modes }) => (options.isQuick ? modes.slice(0, 1) : modes);
  const strategiesOf = (/** @type {Engine} */ { name }) =>
    name === 'heed webgpu' && options.strategies.length > 0 ? options.strategies : [null];
  const entries = options.engines.flatMap((engine) =>
    modesOf(engine).flatMap((mode) => strategiesOf(engine).map((strategy) => ({ engine, mode, strategy }))),
  );
  const date = new Date().toISOString();
  /** @type {BenchRow[]} */
  const all = [];
  for (const [index, model] of options.models.entries()) {
    const now = performance.now();
    const deadline = now + (end - now) / (options.models.length - index);
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
          const now = await readProducts(harness, options.engines);
          if (now.gpu) rates.gpu.push(now.gpu.gflops);
          if (now.cpu !== null) rates.cpu.push(now.cpu);
        },
        report,
      },
      { ...limits, rounds: options.rounds, deadline },
    );
    const products = { gpu: medianOrNull(rates.gpu), cpu: medianOrNull(rates.cpu) };
    report('');
    const rows = benchRows(model, measurements, products, {
      adapter: gpu?.adapter ?? null,
      browser: harness.browserVersion,
      cores: os.availableParallelism(),
      cpu: os.cpus()[0]?.model ?? 'an unknown processor',
      date,
    });
    if (all.length === 0 && rows.length > 0) console.log(describeRun(rows[0]));
    all.push(...rows);
    const rate = (/** @type {number | null} */ gflops) =>
      gflops === null ? 'not measured' : `${gflops.toFixed(2)} GFLOP/s`;
    const others = Math.max(...rows.map(({ othersCores }) => othersCores));
    console.log(`
${model.name}: ${rows[0]?.gflop.toFixed(3)} GFLOP a step; best plain matrix product: GPU ${rate(products.gpu)}${gpu ? ` (${gpu.kernel}, ${gpu.shape})` : ''}, CPU ${rate(products.cpu)}; \
other processes took up to ${others.toFixed(2)} cores
${formatRows(rows)}`);
  }
  return all;
}

async function main() {
  // Node cannot import TypeScript, so Vite does.
  /** @type {{ module: BenchModule }} */
  const { module: bench } = await runnerImport(path.join(PROJECT_ROOT, 'src/bench/bench.ts'), {
    configFile: false,
    root: PROJECT_ROOT,
    logLevel: 'error',
  });
  const known = { engines: bench.ENGINES, models: bench.MODELS, strategies: bench.STRATEGIES };
  const options = readOptions(known, process.argv.slice(2));
  if (!options) {
    console.log(formatHelp(known));
    return 0;
  }
  const harness = await openBenchHarness();
  try {
    const rows = await runBench(bench, harness, options);
    if (options.jsonFile !== undefined) await writeRows(options.jsonFile, rows);
    return rows.some(({ engine, error }) => engine.startsWith('heed') && error !== null) ? 1 : 0;
  } finally {
    report('');
    await harness.close();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
