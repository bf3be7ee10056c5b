/**
 * `npm run bench`: Heed and its rivals train the same models in one headless browser, turn by turn. `--help` lists the flags.
 *
 * Ends with 0, with 1 when Heed itself failed or nothing could be run, with 2 for a flag that can't be used.
 */

import path from 'node:path';
import { runnerImport } from 'vite';
import { UsageError } from './arguments.mjs';
import { formatHelp, readOptions } from './bench-options.mjs';
import { report, writeRows } from './bench-output.mjs';
import { openBenchHarness } from './bench-pages.mjs';
import { openRun } from './bench-run.mjs';
import { PROJECT_ROOT } from './site.mjs';

/** @typedef {typeof import('../bench/bench.ts')} BenchModule */
/** @typedef {import('../bench/models.ts').BenchModel} BenchModel */
/** @typedef {import('../bench/rows.ts').BenchRow} BenchRow */
/** @typedef {import('./bench-options.mjs').BenchOptions} BenchOptions */
/** @typedef {Awaited<ReturnType<typeof openRun>>} Run */

/** How many losses are compared, and how long a turn, an engine with one model, and the whole run may take. */
const FULL = {
  lossSteps: 5,
  turnMs: 1000,
  entryMs: 60_000,
  totalMs: Number.POSITIVE_INFINITY,
  repeatsNoisyTurns: true,
};
const QUICK = { lossSteps: 2, turnMs: 800, entryMs: 12_000, totalMs: 95_000, repeatsNoisyTurns: false };
/** The tables have many models, so each has less time. */
const SCALING = {
  rounds: 3,
  lossSteps: 2,
  turnMs: 600,
  entryMs: 4_000,
  totalMs: 290_000,
  /** A model of the tables takes up to half a minute. */
  repeatUntilMs: 260_000,
  repeatsNoisyTurns: false,
};
/** A model of the tables whose turns lost more than this to others is measured again. */
const QUIET_CORES = 0.25;
/** What the tables are about. */
const SCALED_ENGINES = ['heed webgpu', 'heed cpu'];

/** @param {Run['description']} description */
const formatDescription = ({ adapter, browser, cores, cpu, date }) =>
  `${date.slice(0, 16).replace('T', ' ')} UTC, ${browser}, WebGPU adapter ${adapter ?? 'none'}, ${cores} cores of ${cpu}`;

/** @param {number | null} gflops */
const formatRate = (gflops) => (gflops === null ? 'not measured' : `${gflops.toFixed(2)} GFLOP/s`);

/**
 * Runs every model's contest and prints its table.
 * @param {BenchModule} bench
 * @param {Run} run
 * @param {BenchOptions} options
 */
async function benchModels({ formatRows }, run, { models, rounds, isQuick }) {
  const limits = isQuick ? QUICK : FULL;
  /** @type {BenchRow[]} */
  const all = [];
  for (const [index, model] of models.entries()) {
    const now = performance.now();
    const deadline = now + (limits.totalMs - now) / (models.length - index);
    const { rows, products } = await run.contest(model, { ...limits, rounds, deadline });
    all.push(...rows);
    const lost = Math.max(...rows.map(({ lostCores }) => lostCores));
    console.log(`
${model.name}: ${rows[0]?.gflop.toFixed(3)} GFLOP a step
best plain matrix product: GPU ${formatRate(products.gpu)}${run.product ? ` (${run.product})` : ''}, CPU ${formatRate(products.cpu)}
lost to others on this machine: up to ${lost.toFixed(2)} cores in the turns of an engine
${formatRows(rows)}`);
  }
  return all;
}

/**
 * Measures every model of the tables once, those that were disturbed again while there is time, and prints a table for each size.
 * @param {BenchModule} bench
 * @param {Run} run
 */
async function benchScaling({ SCALES, scaledModel, formatScale }, run) {
  /** The tables of B, S and V meet in one model. @param {BenchModel} model */
  const keyOf = ({ shape, size }) => JSON.stringify([shape, size]);
  const named = SCALES.flatMap((scale) => scale.values.map((value) => scaledModel(scale, value)));
  const models = new Map(named.map((model) => [keyOf(model), model]));
  const contest = async (/** @type {BenchModel} */ model) =>
    (await run.contest(model, { ...SCALING, deadline: SCALING.totalMs })).rows;
  /** @type {Map<string, BenchRow[]>} */
  const measured = new Map();
  for (const [key, model] of models) measured.set(key, await contest(model));
  const lost = (/** @type {BenchRow[]} */ rows) => Math.max(...rows.map(({ lostCores }) => lostCores));
  const disturbed = [...measured].filter(([, rows]) => lost(rows) > QUIET_CORES);
  for (const [key, rows] of disturbed.sort(([, a], [, b]) => lost(b) - lost(a))) {
    if (performance.now() > SCALING.repeatUntilMs) break;
    const again = await contest(/** @type {BenchModel} */ (models.get(key)));
    if (again.every(({ error }) => error === null) && lost(again) < lost(rows)) measured.set(key, again);
  }
  const all = named.flatMap((model) =>
    (measured.get(keyOf(model)) ?? []).map((row) => ({ ...row, model: model.name })),
  );
  for (const scale of SCALES) console.log(`\n${formatScale(scale, all)}`);
  for (const { model, engine, error } of all) if (error !== null) console.log(`${model}, ${engine}: ${error}`);
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
    const engines = options.isScaling
      ? bench.ENGINES.filter(({ name }) => SCALED_ENGINES.includes(name))
      : options.engines;
    const run = await openRun(bench, harness, { ...options, engines });
    console.log(formatDescription(run.description));
    const rows = options.isScaling ? await benchScaling(bench, run) : await benchModels(bench, run, options);
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
