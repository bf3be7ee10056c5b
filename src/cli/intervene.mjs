/**
 * How much a digit depends on where its step looks: trains on Dates headless with the page's own code, then forces the
 * attention of one step at a time onto a character of another field, and prints how often the digit changes.
 *
 *     node src/cli/intervene.mjs [--executor cpu|webgpu|auto] [--steps N] [--dates N] [setting of src/model/config.ts ...]
 */

import path from 'node:path';
import { runnerImport } from 'vite';
import { openHarness } from './harness.mjs';
import { formatPercent } from './progress-bar.mjs';
import { PROJECT_ROOT } from './site.mjs';

/** @typedef {import('./intervene-in-page.ts').InterventionRequest} InterventionRequest */

const MODULE = 'src/cli/intervene-in-page.ts';
const POSITIONS = ['Y1', 'Y2', 'Y3', 'Y4', '-', 'M1', 'M2', '-', 'D1', 'D2'];
const DIGITS = POSITIONS.flatMap((name, at) => (name === '-' ? [] : [at]));

/** @returns {Promise<InterventionRequest>} */
async function readRequest() {
  /** @type {{ module: typeof import('../model/config.ts') }} */
  const { module: schema } = await runnerImport(path.join(PROJECT_ROOT, 'src/model/config.ts'), {
    configFile: false,
    root: PROJECT_ROOT,
    logLevel: 'error',
  });
  /** @type {Record<string, unknown>} */
  const config = { ...schema.defaultConfig('dates') };
  const own = { executor: 'cpu', steps: '800', dates: '200' };
  const words = process.argv.slice(2);
  for (let i = 0; i < words.length; i += 2) {
    const name = words[i]?.replace(/^--/, '') ?? '';
    const value = words[i + 1];
    if (value === undefined) throw new Error(`--${name}: a value is missing`);
    const field = schema.FIELD_NAMES.find((candidate) => candidate === name);
    if (name in own) Object.assign(own, { [name]: value });
    else if (field) config[field] = schema.parseField(field, value);
    else throw new Error(`--${name}: no such flag`);
  }
  const steps = Number(own.steps);
  const dates = Number(own.dates);
  if (!(steps > 0 && dates > 0)) throw new Error('--steps and --dates take a number above 0');
  const executor = /** @type {InterventionRequest['executor']} */ (own.executor);
  return { config: /** @type {any} */ (config), executor, steps, dates, seed: 1 };
}

async function main() {
  const request = await readRequest();
  const { page, failure, close } = await openHarness([MODULE, 'src/training/worker.ts']);
  try {
    const result = await Promise.race([
      failure,
      page.evaluate(
        async ({ module, request }) => {
          /** @type {typeof import('./intervene-in-page.ts')} */
          const { intervene } = await import(module);
          return intervene(request);
        },
        { module: `/${MODULE}`, request },
      ),
    ]);
    const share = (/** @type {readonly number[]} */ places) => {
      const sum = (/** @type {'count' | 'changed'} */ key) =>
        places.reduce((total, at) => total + (result.positions[at]?.[key] ?? 0), 0);
      return formatPercent(sum('changed') / sum('count'));
    };
    console.log(
      `dates, ${request.config.score}, ${request.config.placement}, seed ${request.config.seed}, ${request.steps} steps: ` +
        `${formatPercent(result.exactMatch)} of ${result.pairs} held-out dates exact`,
    );
    console.log(`one step forced onto a character of another field, ${request.dates} held-out dates:`);
    for (const [at, name] of POSITIONS.entries()) console.log(`  ${name.padEnd(3)} ${share([at])}`);
    console.log(`  all digits ${share(DIGITS)}`);
    console.log(`one edit, untouched sentence beside it: ${result.editMs.toFixed(1)} ms (median of 20)`);
  } finally {
    await close();
  }
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
