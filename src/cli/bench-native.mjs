/**
 * `npm run bench:native`: Heed's plans on WebGPU in Node, through Dawn. `--help` lists the flags.
 *
 * Ends with 0, with 1 when there is no adapter or a strategy failed, with 2 for a flag that can't be used.
 */

import os from 'node:os';
import path from 'node:path';
import { runnerImport } from 'vite';
import { UsageError } from './arguments.mjs';
import { formatNativeHelp, readNativeOptions } from './bench-options.mjs';
import { report, writeRows } from './bench-output.mjs';
import { QuietMeter } from './quiet.mjs';
import { PROJECT_ROOT } from './site.mjs';

/** @typedef {typeof import('../bench/native.ts')} NativeModule */
/** @typedef {import('../bench/native.ts').NativeDevice} NativeDevice */

const LIMITS = {
  lossSteps: 5,
  turnMs: 2000,
  entryMs: 60_000,
  deadline: Number.POSITIVE_INFINITY,
  repeatsNoisyTurns: true,
};

/** Longest that a turn is put off for a quiet machine. */
const PATIENCE_MS = 1_000;

const NO_ADAPTER = `Dawn finds no WebGPU adapter on this machine, so there is nothing to measure.
On Linux Dawn needs the Vulkan loader (on Debian libvulkan1) and a driver. Any Chromium brings a software driver:
  VK_DRIVER_FILES=/usr/lib/chromium/vk_swiftshader_icd.json npm run bench:native`;

/** Gives this process the WebGPU of a page. @throws {Error} saying what to type where the package is not there */
async function installWebgpu() {
  /** @type {typeof import('webgpu')} */
  let dawn;
  try {
    dawn = await import('webgpu');
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : error;
    throw new Error(`The package webgpu can't be loaded (${reason}).\nnpm install --no-save webgpu installs it.`);
  }
  Object.assign(globalThis, dawn.globals);
  const gpu = dawn.create([]);
  // Node has a navigator of its own from version 21 on.
  if (globalThis.navigator) Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu });
  else Object.defineProperty(globalThis, 'navigator', { value: { gpu } });
}

/**
 * @param {NativeModule} native
 * @param {NativeDevice} device
 */
function printDevice({ formatText, formatNumber }, { adapter, isSoftware, features, dispatchMicroseconds, products }) {
  console.log(`adapter ${adapter}${isSoftware ? ' (software)' : ''}
features ${features.join(', ') || 'none'}
an empty dispatch takes ${formatNumber(dispatchMicroseconds)} µs

plain matrix products
${formatText(
  ['kernel', 'shape', 'GFLOP/s'],
  products.map(({ kernel, shape, gflops }) => [kernel, shape, formatNumber(gflops)]),
)}`);
}

async function main() {
  await installWebgpu();
  // Node cannot import TypeScript, so Vite does.
  /** @type {{ module: NativeModule }} */
  const { module: native } = await runnerImport(path.join(PROJECT_ROOT, 'src/bench/native.ts'), {
    configFile: false,
    root: PROJECT_ROOT,
    logLevel: 'error',
  });
  const known = { engines: native.ENGINES, models: native.MODELS, strategies: native.STRATEGIES };
  const options = readNativeOptions(known, process.argv.slice(2));
  if (!options) {
    console.log(formatNativeHelp(known));
    return 0;
  }
  report('matrix products');
  const device = await native.openNativeDevice();
  report('');
  printDevice(native, device);
  const run = {
    adapter: device.adapter,
    browser: `Node ${process.versions.node}`,
    cores: os.availableParallelism(),
    cpu: os.cpus()[0]?.model ?? 'an unknown processor',
    date: new Date().toISOString(),
  };
  const quiet = new QuietMeter(PATIENCE_MS);
  /** @type {import('../bench/rows.ts').BenchRow[]} */
  const all = [];
  for (const model of options.models) {
    const host = { now: () => performance.now(), watch: () => quiet.watch(), report };
    const limits = { ...LIMITS, rounds: options.rounds };
    const { rows, product } = await native.benchNative(model, options.strategies, device, host, limits, run);
    report('');
    console.log(`
${model.name}: ${rows[0]?.gflop.toFixed(3)} GFLOP a step; best plain matrix product meanwhile: ${product.toFixed(2)} GFLOP/s
${native.formatRows(rows)}`);
    all.push(...rows);
  }
  if (options.jsonFile !== undefined) await writeRows(options.jsonFile, all);
  return all.some(({ error }) => error !== null) ? 1 : 0;
}

main().then(
  // Dawn keeps a process alive as long as one of its objects is.
  (code) => process.exit(code),
  (error) => {
    report('');
    const isWithoutAdapter = error instanceof Error && error.name === 'DeviceUnavailableError';
    console.error(isWithoutAdapter ? NO_ADAPTER : error instanceof Error ? error.message : error);
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
