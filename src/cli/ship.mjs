/**
 * `npm run ship`: trains the models that the page ships with, one for each task, and writes them to `public/models`. `--help` lists
 * the flags. The same sources give the same bytes on every computer: one thread, no relaxed SIMD, seed 0.
 *
 * Ends with 0, with 1 when a model failed, is too large or lost too much by being packed, with 2 for a flag that can't be used.
 */

import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createServer } from 'vite';
import { readFlags, UsageError } from './arguments.mjs';
import { createProgressBar, formatPercent } from './progress-bar.mjs';
import { compileSimd } from './simd.mjs';
import { PROJECT_ROOT } from './site.mjs';

/** @typedef {typeof import('./ship-in-node.ts')} ShipModule */
/** @typedef {typeof import('../model/tasks.ts')} TasksModule */
/** @typedef {import('../model/config.ts').TaskId} TaskId */

const FOLDER = path.join(PROJECT_ROOT, 'public/models');
const INDEX = path.join(PROJECT_ROOT, 'src/training/shipped/models.json');
/** Share of exact matches that packing may cost. */
const MOST_LOST = 0.002;

/** Imports the project's sources, which Node cannot do by itself. What they import later needs the server as well. */
const openSources = () =>
  createServer({
    configFile: false,
    root: PROJECT_ROOT,
    appType: 'custom',
    logLevel: 'error',
    plugins: [compileSimd()],
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  });

/** @param {readonly string[]} tasks */
const formatHelp = (tasks) => `npm run ship -- [--task TASK] [--steps N] [--out FOLDER]

Trains the models that the page ships with, each with the settings that its task starts with.

  --task TASK    only this one: ${tasks.join(', ')}
  --steps N      training steps; as many as the learning rate decays over by default
  --out FOLDER   instead of public/models
`;

/**
 * @param {ShipModule} shipping
 * @param {TaskId} task
 * @param {number | null} wanted
 * @param {string} folder
 * @returns {Promise<boolean>} whether it may ship
 */
async function shipTask({ ship, shippedConfig }, task, wanted, folder) {
  const config = shippedConfig(task);
  const steps = wanted ?? config.decaySteps;
  const bar = createProgressBar(steps);
  const started = performance.now();
  const onProgress = (
    /** @type {number} */ step,
    /** @type {number} */ loss,
    /** @type {number | null} */ exactMatch,
  ) => bar.show({ step, loss, exactMatch, stepsPerSecond: (1000 * step) / (performance.now() - started) });
  const { bytes, parameterCount, full, packed, validation } = await ship({ config, steps, onProgress });
  bar.end();
  const lost = full.exactMatch - packed.exactMatch;
  const file = path.join(folder, `${task}.safetensors`);
  console.log(
    `${task}: ${steps} steps, ${parameterCount.toLocaleString('en')} parameters in ${bytes.length.toLocaleString('en')} bytes; ` +
      `${formatPercent(validation.exactMatch)} of ${validation.pairs} validation pairs exact; ` +
      `${formatPercent(packed.exactMatch)} of ${packed.pairs} test pairs, ${formatPercent(full.exactMatch)} before packing`,
  );
  if (lost > MOST_LOST) {
    console.error(`${task}: packing costs ${(100 * lost).toFixed(2)} points, at most ${100 * MOST_LOST} are allowed`);
    return false;
  }
  await writeFile(file, bytes);
  console.log(`wrote ${file}`);
  return true;
}

/** Lists what is in the folder, for the page: only the models that are there are asked for. @param {string} folder */
async function writeIndex(folder) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.safetensors')).sort();
  const models = await Promise.all(
    names.map(async (name) => [name.replace('.safetensors', ''), (await stat(path.join(folder, name))).size]),
  );
  await writeFile(INDEX, `${JSON.stringify(Object.fromEntries(models), null, 2)}\n`);
}

/** @param {import('vite').ViteDevServer} sources */
async function main(sources) {
  const { values, positionals } = readFlags(process.argv.slice(2), {
    task: 'value',
    steps: 'value',
    out: 'value',
    help: 'flag',
  });
  const { TASKS, TASK_CATALOGUE } = /** @type {TasksModule} */ (await sources.ssrLoadModule('/src/model/tasks.ts'));
  if (values.help) {
    console.log(formatHelp(TASKS));
    return 0;
  }
  if (positionals.length > 0) throw new UsageError(`Expected flags only, got '${positionals[0]}'; see --help`);
  // A task that exists in several languages ships in the one that it starts with.
  const firsts = TASK_CATALOGUE.flatMap(({ variants }) => variants.slice(0, 1));
  const tasks = values.task === undefined ? firsts : TASKS.filter((task) => task === values.task);
  if (tasks.length === 0) throw new UsageError(`--task: expected one of ${TASKS.join(', ')}, got '${values.task}'`);
  const steps = values.steps === undefined ? null : Number(values.steps);
  if (steps !== null && !(Number.isInteger(steps) && steps > 0))
    throw new UsageError(`--steps: expected a whole number above 0, got '${values.steps}'`);
  const folder = path.resolve(values.out ?? FOLDER);
  await mkdir(folder, { recursive: true });
  const shipping = /** @type {ShipModule} */ (await sources.ssrLoadModule('/src/cli/ship-in-node.ts'));
  let isFine = true;
  for (const task of tasks) {
    try {
      isFine = (await shipTask(shipping, task, steps, folder)) && isFine;
    } catch (error) {
      // One that does not fit keeps none of the others from shipping.
      console.error(`${task}: ${error instanceof Error ? error.message : error}`);
      isFine = false;
    }
  }
  if (folder === FOLDER) await writeIndex(folder);
  return isFine ? 0 : 1;
}

const sources = await openSources();
main(sources).then(
  (code) => process.exit(code),
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
