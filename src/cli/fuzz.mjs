/**
 * `npm run fuzz`: damaged files, links, checkpoints and saved states through every parser, in Node. `--help` lists the flags.
 *
 * Ends with 0, with 1 when a parser did not refuse something properly, with 2 for a flag that can't be used.
 */

import path from 'node:path';
import { runnerImport } from 'vite';
import { readFlags, UsageError } from './arguments.mjs';
import { PROJECT_ROOT } from './site.mjs';

const HELP = `npm run fuzz -- [--count N] [--seed N] [--only TARGET] [--index N]

Reads N damaged inputs (10000), spread over all parsers. Each has to be taken or refused with a typed error within 50 ms of CPU
time, and may change nothing else. The same seed gives the same inputs; --only and --index give one of them again.`;

/**
 * @param {string} name
 * @param {string | undefined} text
 * @param {number} standard
 */
function wholeNumber(name, text, standard) {
  if (text === undefined) return standard;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${name}: expected a whole number, got '${text}'`);
  return Number(text);
}

async function main() {
  const { values, positionals } = readFlags(process.argv.slice(2), {
    help: 'flag',
    count: 'value',
    seed: 'value',
    only: 'value',
    index: 'value',
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (positionals.length > 0) throw new UsageError(`expected flags, got '${positionals[0]}'`);
  const count = wholeNumber('count', values.count, 10_000);
  const seed = wholeNumber('seed', values.seed, 5);
  /** @type {{ module: typeof import('../testing/fuzz/fuzz.ts') }} */
  const { module } = await runnerImport(path.join(PROJECT_ROOT, 'src/testing/fuzz/fuzz.ts'), {
    configFile: false,
    root: PROJECT_ROOT,
    logLevel: 'error',
  });
  const { TARGETS, fuzz } = module;
  const names = TARGETS.map(({ name }) => name);
  if (values.only !== undefined && !names.includes(values.only))
    throw new UsageError(`--only: expected one of ${names.join(', ')}, got '${values.only}'`);
  const chosen = values.only === undefined ? names : [values.only];
  let found = 0;
  console.log(`${'parser'.padEnd(12)} ${'inputs'.padStart(8)} ${'refused'.padStart(8)} ${'slowest'.padStart(9)}`);
  for (const only of chosen) {
    const { inputs, refused, slowestMs, findings } = await fuzz({
      count: Math.ceil(count / chosen.length),
      seed,
      only,
      ...(values.index === undefined ? {} : { index: wholeNumber('index', values.index, 0) }),
    });
    found += findings.length;
    console.log(
      `${only.padEnd(12)} ${String(inputs).padStart(8)} ${String(refused).padStart(8)} ${`${Math.round(slowestMs)} ms`.padStart(9)}`,
    );
    for (const { index, problem, input } of findings)
      console.log(`  --seed ${seed} --only ${only} --index ${index}: ${problem}\n    ${input}`);
  }
  console.log(found === 0 ? 'nothing found' : `${found} found`);
  return found === 0 ? 0 : 1;
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
