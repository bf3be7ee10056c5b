/** The flags of `npm run bench` and `npm run bench:native`. */

import { readFlags, UsageError } from './arguments.mjs';

/** @typedef {import('../bench/engines.ts').Engine} Engine */
/** @typedef {import('../bench/models.ts').BenchModel} BenchModel */
/** @typedef {import('../engine/lowering.ts').Strategy} Strategy */
/** @typedef {{ engines: readonly Engine[], models: readonly BenchModel[], strategies: readonly Strategy[] }} Known */
/**
 * @typedef {object} BenchOptions
 * @property {readonly BenchModel[]} models
 * @property {readonly Engine[]} engines
 * @property {number} rounds timed turns of each engine
 * @property {boolean} isQuick
 * @property {boolean} isScaling
 * @property {readonly Strategy[]} strategies none where Heed's scheduler chooses
 * @property {string | undefined} jsonFile
 */

const ROUNDS = 7;
const QUICK_ROUNDS = 3;
const MAX_ROUNDS = 100;

/** What `--quick` leaves out: the long model, and engines that take seconds for a step of the others. */
const QUICK_MODELS = ['date', 'small'];
const QUICK_LEAVES_OUT = ['heed reference', 'tfjs cpu', 'tfjs webgpu'];

/** @param {Known} known */
export const formatHelp = ({ engines, models, strategies }) => `npm run bench -- [flags]

Trains the same models in Heed, TensorFlow.js and jax-js, all in one headless browser: whole steps of forward pass, backward
pass, clipping and Adam, from equal weights on equal batches. Their first losses are compared; then they take turns.

  --models NAME,…      of ${models.map(({ name }) => name).join(', ')} (all)
  --only NAME,…        of ${engines.map(({ name }) => name).join(', ')};
                       heed, jax-js and tfjs stand for all of theirs (all)
  --rounds N           timed turns of each engine (${ROUNDS}; with --quick ${QUICK_ROUNDS})
  --quick              ${QUICK_MODELS.join(' and ')} only, without ${QUICK_LEAVES_OUT.join(', ')};
                       ends within two minutes, for Heed alone within one
  --strategy NAME,…    how Heed maps a step to dispatches, of ${strategies.join(', ')} (its own choice)
  --scaling            times Heed alone over batch, length, units and vocabulary, as Markdown tables
  --json FILE          writes one row a model and engine there
  --help               this text

On a software adapter a full run takes long: some engines take a minute for a step of ${models.at(-1)?.name}.
GPU=real takes the graphics hardware in place of the software adapter.`;

/** @param {Known} known */
export const formatNativeHelp = ({ models, strategies }) => `npm run bench:native -- [flags]

Trains Heed's models on WebGPU in Node, through Dawn (the npm package webgpu): every strategy, the device's own best matrix
product, and what a dispatch costs.

  --models NAME,…      of ${models.map(({ name }) => name).join(', ')} (all)
  --rounds N           timed turns of each strategy (${ROUNDS})
  --strategy NAME,…    of ${strategies.join(', ')} (all, and its own choice)
  --json FILE          writes one row a model and strategy there
  --help               this text

On Linux Dawn looks for Vulkan drivers as every Vulkan program does: VK_DRIVER_FILES names the driver files to use.`;

/**
 * The items that a comma-separated list names.
 * @template {{ name: string }} T
 * @param {string} flag
 * @param {string} list
 * @param {readonly T[]} known
 * @param {readonly string[]} groups further names that stand for items that start with them
 * @throws {UsageError}
 */
function choose(flag, list, known, groups = []) {
  const names = list.split(',').map((name) => name.trim());
  for (const name of names)
    if (!groups.includes(name) && !known.some((item) => item.name === name))
      throw new UsageError(`${flag}: expected some of ${known.map((item) => item.name).join(', ')}, got '${name}'`);
  return known.filter((item) => names.some((name) => item.name === name || item.name.startsWith(`${name} `)));
}

/** @param {Record<string, string>} values */
function readRounds(values, standard = ROUNDS) {
  const rounds = values.rounds === undefined ? standard : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > MAX_ROUNDS)
    throw new UsageError(`--rounds: expected a whole number from 1 to ${MAX_ROUNDS}, got '${values.rounds}'`);
  return rounds;
}

/**
 * @param {Record<string, string>} values
 * @param {readonly Strategy[]} strategies
 */
function readStrategies(values, strategies) {
  if (values.strategy === undefined) return [];
  const known = strategies.map((name) => ({ name }));
  return choose('--strategy', values.strategy, known).map(({ name }) => name);
}

/**
 * Everything that a command line of `npm run bench` asks for.
 * @param {Known} known
 * @param {readonly string[]} args
 * @returns {BenchOptions | undefined} undefined where the help is asked for
 * @throws {UsageError} naming the flag, what it takes and what came
 */
export function readOptions({ engines, models, strategies }, args) {
  const { values, positionals } = readFlags(args, {
    models: 'value',
    only: 'value',
    rounds: 'value',
    strategy: 'value',
    json: 'value',
    quick: 'flag',
    scaling: 'flag',
    help: 'flag',
  });
  if (values.help) return undefined;
  if (positionals.length > 0) throw new UsageError(`Expected flags only, got '${positionals[0]}'; see --help`);
  const isQuick = values.quick === 'true';
  const isNamed = values.only?.split(',').some((name) => name.includes(' ')) ?? false;
  const makers = [...new Set(engines.map(({ maker }) => maker))];
  const chosen = values.only === undefined ? engines : choose('--only', values.only, engines, makers);
  return {
    models:
      values.models === undefined
        ? models.filter(({ name }) => !isQuick || QUICK_MODELS.includes(name))
        : choose('--models', values.models, models),
    // Whoever is asked for by full name takes part.
    engines: chosen.filter(({ name }) => !isQuick || isNamed || !QUICK_LEAVES_OUT.includes(name)),
    rounds: readRounds(values, isQuick ? QUICK_ROUNDS : ROUNDS),
    isQuick,
    isScaling: values.scaling === 'true',
    strategies: readStrategies(values, strategies),
    jsonFile: values.json,
  };
}

/**
 * Everything that a command line of `npm run bench:native` asks for.
 * @param {Known} known
 * @param {readonly string[]} args
 * @returns {Pick<BenchOptions, 'models' | 'rounds' | 'jsonFile'> & { strategies: readonly (Strategy | null)[] } | undefined} null
 *   among the strategies stands for the scheduler's own choice; undefined where the help is asked for
 * @throws {UsageError} naming the flag, what it takes and what came
 */
export function readNativeOptions({ models, strategies }, args) {
  const { values, positionals } = readFlags(args, {
    models: 'value',
    rounds: 'value',
    strategy: 'value',
    json: 'value',
    help: 'flag',
  });
  if (values.help) return undefined;
  if (positionals.length > 0) throw new UsageError(`Expected flags only, got '${positionals[0]}'; see --help`);
  return {
    models: values.models === undefined ? models : choose('--models', values.models, models),
    rounds: readRounds(values),
    strategies: values.strategy === undefined ? [null, ...strategies] : readStrategies(values, strategies),
    jsonFile: values.json,
  };
}
