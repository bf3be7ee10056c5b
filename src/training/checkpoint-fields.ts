/** The parts of a checkpoint file, each checked as what a stranger may have written. */

import { decodeKeptPairs, type KeptPairs } from '../data/import/kept-pairs.ts';
import { SPECIAL_TOKENS } from '../data/vocabulary.ts';
import { CheckpointFormatError } from '../lib/errors.ts';
import type { SavedSeries } from '../lib/series.ts';
import { type Config, checkConfig, FIELD_NAMES } from '../model/config.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { SavedHistory } from './metrics-history.ts';
import type { Evaluation } from './protocol.ts';
import type { SavedTensor } from './safetensors.ts';

/** Tensors of this project's own. */
export const OWN_PREFIX = 'heed.';
export const CURVES_PREFIX = 'heed.curves.';
/** x, sum, least, greatest and number of values. */
export const CURVE_ROWS = 5;
/** Largest step, and whatever else is counted in steps or pairs. */
export const MOST_STEPS = 1e9;
const MOST_TOKENS = 100_000;
const MOST_BUCKETS = 4096;
const MOST_MEANS = 100;

/** @throws CheckpointFormatError always */
export const fail = (message: string): never => {
  throw new CheckpointFormatError(`checkpoint: ${message}`);
};

/** Settings of this version. @throws CheckpointFormatError */
export function readConfig(value: unknown): Config {
  const given = (value ?? {}) as Readonly<Record<string, unknown>>;
  const config = Object.fromEntries(FIELD_NAMES.map((name) => [name, given[name]])) as unknown as Config;
  try {
    checkConfig(config);
  } catch (error) {
    fail((error as Error).message);
  }
  return config;
}

/** A whole number from 0 to `most`. @throws CheckpointFormatError */
export function readCount(name: string, value: unknown, most: number): number {
  const isCount = Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most;
  return isCount ? (value as number) : fail(`${name} expected a whole number from 0 to ${most}`);
}

/** A vocabulary: the special tokens first, and none twice. @throws CheckpointFormatError */
export function readTokens(name: string, value: unknown): readonly string[] {
  const isList =
    Array.isArray(value) && value.length <= MOST_TOKENS && value.every((token) => typeof token === 'string');
  if (!isList) return fail(`${name} expected a list of texts`);
  const tokens = value as string[];
  if (SPECIAL_TOKENS.some((token, id) => tokens[id] !== token))
    fail(`${name} expected ${SPECIAL_TOKENS.join(' ')} first`);
  if (new Set(tokens).size < tokens.length) fail(`${name} has a token twice`);
  return tokens;
}

/** Weights: every tensor that is not of this project’s own. @throws CheckpointFormatError */
export function readParameters(tensors: Readonly<Record<string, SavedTensor>>): Checkpoint['parameters'] {
  const named = Object.entries(tensors).filter(([name]) => !name.startsWith(OWN_PREFIX));
  for (const [name, { data }] of named) if (!(data instanceof Float32Array)) fail(`${name} expected dtype F32`);
  return Object.fromEntries(named) as Checkpoint['parameters'];
}

/** Curves up to a step; what the header says of them is in `given` and `bucketSizes`. @throws CheckpointFormatError */
export function readCurves(
  tensors: Readonly<Record<string, SavedTensor>>,
  given: unknown,
  bucketSizes: unknown,
  step: number,
): SavedHistory {
  const { lastStep = 0, means = [] } = (given ?? {}) as Partial<SavedHistory>;
  if (!Array.isArray(means) || means.length > MOST_MEANS || !means.every(Number.isFinite))
    fail('heed_curves has no means');
  const series: Record<string, SavedSeries> = {};
  for (const [key, { shape, data }] of Object.entries(tensors)) {
    if (!key.startsWith(CURVES_PREFIX)) continue;
    const name = key.slice(CURVES_PREFIX.length);
    const [rows, n = 0] = shape;
    if (!(data instanceof Float64Array) || shape.length !== 2 || rows !== CURVE_ROWS || n > MOST_BUCKETS)
      return fail(`${key} expected dtype F64 and shape [${CURVE_ROWS}, at most ${MOST_BUCKETS}]`);
    const bucketSize = (bucketSizes as Readonly<Record<string, unknown>> | null)?.[name];
    const row = (i: number) => data.slice(i * n, (i + 1) * n);
    const [x, sum, min, max, count] = [0, 1, 2, 3, 4].map(row) as [SavedSeries['x'], ...SavedSeries['x'][]];
    if (!x.every((value, i) => value > (x[i - 1] ?? -1) && value <= step))
      fail(`${key} does not rise up to step ${step}`);
    if (!count?.every((value) => Number.isSafeInteger(value) && value > 0)) fail(`${key} has a bucket without values`);
    series[name] = {
      bucketSize: readCount(`bucket size of ${name}`, bucketSize, MOST_STEPS),
      x,
      sum: sum as SavedSeries['x'],
      min: min as SavedSeries['x'],
      max: max as SavedSeries['x'],
      count: count as SavedSeries['x'],
    };
  }
  return { lastStep: readCount('last step of the curves', lastStep, step), means, series };
}

const RATES = ['tokenAccuracy', 'exactMatch', 'bleu'] as const;
const RATES_OR_NULL = ['alignmentError', 'decidingWord', 'attentionEntropy'] as const;

/** Held-out figures; null where none had been taken. @throws CheckpointFormatError */
export function readEvaluation(value: unknown): Evaluation | null {
  if (value === null) return null;
  // A file that is older than one of the figures does not have it.
  const missing = Object.fromEntries(RATES_OR_NULL.map((name) => [name, null]));
  const given: Readonly<Record<string, unknown>> = { ...missing, ...(value as object) };
  const isRate = (name: string): boolean => {
    const rate = given[name];
    return typeof rate === 'number' && rate >= 0 && rate <= 1;
  };
  const isRight =
    Number.isFinite(given.loss) &&
    RATES.every(isRate) &&
    RATES_OR_NULL.every((name) => given[name] === null || isRate(name));
  if (!isRight) fail('heed_evaluation expected figures from 0 to 1');
  const [step, pairs] = [
    readCount('evaluation step', given.step, MOST_STEPS),
    readCount('pairs', given.pairs, MOST_STEPS),
  ];
  const figures = Object.fromEntries(['loss', ...RATES, ...RATES_OR_NULL].map((name) => [name, given[name]]));
  return { step, pairs, ...figures } as Evaluation;
}

/** The visitor’s pairs. @throws CheckpointFormatError */
export function readPairs(bytes: Uint8Array): KeptPairs {
  try {
    return decodeKeptPairs(bytes);
  } catch (error) {
    return fail((error as Error).message);
  }
}
