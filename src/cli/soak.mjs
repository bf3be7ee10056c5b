/**
 * `npm run soak`: many steps and resets of the whole page in a headless browser; prints what is alive, and whether it grows.
 *
 * Ends with 0, with 1 when a limit is broken or the run failed, with 2 for a flag that can't be used.
 */

import { readFlags, UsageError } from './arguments.mjs';
import { soak } from './soak-run.mjs';

const HELP = `npm run soak -- [--steps N] [--resets N] [--executor webgpu|cpu]

Trains a small model for N steps (10000), then goes back to its first weights N times (200), every fourth time by way of
another model. GPU buffers and WebAssembly memories have to stay as they are, the JS heap may grow by 2 MB, the GPU process by
5 % after step 1000; curves and time travel have to keep to their budget. GPU=real takes the graphics hardware.`;

const COLUMNS = [
  'at',
  'GPU buffers',
  'GPU kB',
  'memories',
  'WASM kB',
  'workers',
  'JS heap MB',
  'GPU process MB',
  'page process MB',
  'time travel MB',
  'curve points',
  'seconds',
];

/** @param {readonly string[]} cells */
const printRow = (cells) =>
  console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(11) : cell.padStart(COLUMNS[i]?.length ?? 0))).join('  '));

/** @param {import('./soak-run.mjs').Sample} sample */
const printSample = (sample) =>
  printRow([
    sample.label,
    String(sample.gpuBuffers),
    (sample.gpuBytes / 1e3).toFixed(1),
    String(sample.wasmMemories),
    (sample.wasmBytes / 1e3).toFixed(0),
    String(sample.workers),
    (sample.heapBytes / 1e6).toFixed(2),
    (sample.gpuProcessBytes / 1e6).toFixed(1),
    (sample.rendererBytes / 1e6).toFixed(1),
    (sample.timelineBytes / 1e6).toFixed(2),
    String(sample.curvePoints),
    sample.seconds.toFixed(0),
  ]);

/**
 * @param {string} flag
 * @param {string | undefined} text
 * @param {number} standard
 * @param {number} least
 */
function wholeNumber(flag, text, standard, least) {
  if (text === undefined) return standard;
  if (!/^\d{1,8}$/.test(text) || Number(text) < least)
    throw new UsageError(`--${flag}: expected a whole number from ${least}, got '${text}'`);
  return Number(text);
}

async function main() {
  const { values, positionals } = readFlags(process.argv.slice(2), {
    help: 'flag',
    steps: 'value',
    resets: 'value',
    executor: 'value',
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (positionals.length > 0) throw new UsageError(`expected flags, got '${positionals[0]}'`);
  const executor = values.executor ?? 'webgpu';
  if (executor !== 'webgpu' && executor !== 'cpu')
    throw new UsageError(`--executor: expected webgpu or cpu, got '${executor}'`);
  const options = {
    steps: wholeNumber('steps', values.steps, 10_000, 3),
    resets: wholeNumber('resets', values.resets, 200, 0),
    executor: /** @type {'webgpu' | 'cpu'} */ (executor),
  };
  printRow(COLUMNS);
  const { executor: name, browserVersion, samples, broken } = await soak({ ...options, onSample: printSample });
  console.log(`\n${name}; Chromium ${browserVersion}; ${samples.at(-1)?.seconds.toFixed(0)} s`);
  for (const line of broken) console.log(line);
  console.log(broken.length === 0 ? 'every limit is kept' : `${broken.length} limits broken`);
  return broken.length === 0 ? 0 : 1;
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
