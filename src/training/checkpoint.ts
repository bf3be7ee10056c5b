/**
 * Checkpoints: a safetensors file whose weights have PyTorch's names, with everything that it takes to go on beside them. Tensors
 * of this project's own begin with `heed.`, so that a reader of weights can leave them out.
 *
 * | tensor | dtype, shape | |
 * |---|---|---|
 * | PyTorch's names | F32 | weights |
 * | `heed.moment1`, `heed.moment2` | F32 [parameters] | the optimizer's moments, in the order of the weights that are trained |
 * | `heed.curves.<group>.<figure>` | F64 [5, buckets] | x, sum, least, greatest and number of values of each bucket |
 * | `heed.source_tokens`, `heed.target_tokens` | U8 | vocabularies that are too large for the header, JSON |
 * | `heed.pairs` | U8 | the visitor's own sentence pairs, JSON |
 */

import type { Corpus } from '../data/corpus.ts';
import { decodeKeptPairs, encodeKeptPairs, type KeptPairs } from '../data/import/kept-pairs.ts';
import { SPECIAL_TOKENS } from '../data/vocabulary.ts';
import { CheckpointFormatError } from '../lib/errors.ts';
import type { SavedSeries } from '../lib/series.ts';
import { type Config, checkConfig, FIELD_NAMES } from '../model/config.ts';
import type { ParameterLayout } from '../model/parameters.ts';
import type { SavedHistory } from './metrics-history.ts';
import type { Evaluation } from './protocol.ts';
import { decodeSafetensors, encodeSafetensors, type Safetensors, type SavedTensor } from './safetensors.ts';
import type { TrainingState } from './training-state.ts';

const OWN_PREFIX = 'heed.';
const CURVES_PREFIX = 'heed.curves.';
const CURVE_ROWS = 5;
/** Characters of a vocabulary that still go into the header. */
const MAX_HEADER_TOKENS = 200_000;
const MOST_TOKENS = 100_000;
const MOST_STEPS = 1e9;
const MOST_BUCKETS = 4096;

/** What a run saves. */
export interface Checkpoint {
  readonly config: Config;
  readonly step: number;
  /** Tokens trained on so far. */
  readonly tokens: number;
  readonly hasEndSymbol: boolean;
  readonly sourceTokens: readonly string[];
  readonly targetTokens: readonly string[];
  /** By PyTorch name. */
  readonly parameters: Readonly<Record<string, SavedTensor<Float32Array<ArrayBuffer>>>>;
  /** Null in a file of weights alone: the optimizer then starts from zero. */
  readonly moment1: Float32Array<ArrayBuffer> | null;
  readonly moment2: Float32Array<ArrayBuffer> | null;
  readonly curves: SavedHistory;
  /** The newest held-out figures. */
  readonly evaluation: Evaluation | null;
  /** The visitor's pairs, where the task is their own and they are in the file. */
  readonly pairs: KeptPairs | null;
}

const fail = (message: string): never => {
  throw new CheckpointFormatError(`checkpoint: ${message}`);
};

const float32 = (data: ArrayLike<number>): Float32Array<ArrayBuffer> => Float32Array.from(data);

/** The checkpoint of a training, its weights and moments as float32. */
export function checkpointOf(
  state: TrainingState,
  layout: ParameterLayout,
  corpus: Corpus,
  evaluation: Evaluation | null,
  pairs: KeptPairs | null,
): Checkpoint {
  const { config, step, tokens, moment1, moment2, curves } = state;
  const parameters = layout.unpack(state.parameters);
  return {
    config,
    step,
    tokens,
    hasEndSymbol: corpus.hasEndSymbol,
    sourceTokens: corpus.sourceVocabulary.tokens,
    targetTokens: corpus.targetVocabulary.tokens,
    parameters: Object.fromEntries(
      layout.specs.map(({ name, shape }) => [name, { shape, data: float32(parameters[name] ?? []) }]),
    ),
    moment1: float32(moment1),
    moment2: moment2 && float32(moment2),
    curves,
    evaluation,
    pairs,
  };
}

/**
 * The training that a checkpoint holds, for the model that its settings describe.
 * @throws CheckpointFormatError where vocabularies or weights are not those of that model
 */
export function trainingStateOf(checkpoint: Checkpoint, layout: ParameterLayout, corpus: Corpus): TrainingState {
  const { config, step, tokens, parameters, curves } = checkpoint;
  const isSame = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((t, i) => t === b[i]);
  if (!isSame(checkpoint.sourceTokens, corpus.sourceVocabulary.tokens)) fail('the source vocabulary is another one');
  if (!isSame(checkpoint.targetTokens, corpus.targetVocabulary.tokens)) fail('the target vocabulary is another one');
  if (checkpoint.hasEndSymbol !== corpus.hasEndSymbol) fail('the end of a sentence is marked differently');
  for (const { name, shape } of layout.specs) {
    const saved = parameters[name] ?? fail(`${name} is missing`);
    if (saved.shape.join() !== shape.join())
      fail(`${name} expected shape [${shape.join(', ')}], got [${saved.shape.join(', ')}]`);
  }
  for (const name of Object.keys(parameters))
    if (!layout.specs.some((spec) => spec.name === name)) fail(`${name.slice(0, 80)} is no weight of this model`);
  const moment = (name: 'moment1' | 'moment2') => {
    const data = checkpoint[name] ?? new Float32Array(layout.length);
    return data.length === layout.length ? data : fail(`${name} expected ${layout.length} values, got ${data.length}`);
  };
  const flat = layout.pack(Object.fromEntries(Object.entries(parameters).map(([name, { data }]) => [name, data])));
  return {
    config,
    step,
    tokens,
    parameters: Float32Array.from(flat),
    moment1: moment('moment1'),
    moment2: config.optimizer === 'sgd' ? null : moment('moment2'),
    curves,
  };
}

/** The bytes of a checkpoint. @throws CheckpointFormatError where it is too large to be read again */
export const encodeCheckpoint = (checkpoint: Checkpoint): Uint8Array<ArrayBuffer> =>
  encodeSafetensors(packCheckpoint(checkpoint));

/** A checkpoint as named tensors and texts. */
export function packCheckpoint(checkpoint: Checkpoint): Safetensors {
  const { config, step, tokens, hasEndSymbol, curves, evaluation, pairs } = checkpoint;
  const tensors: Record<string, SavedTensor> = { ...checkpoint.parameters };
  const metadata: Record<string, string> = {
    format: 'pt',
    heed_version: '1',
    heed_config: JSON.stringify(config),
    heed_step: String(step),
    heed_tokens: String(tokens),
    heed_generator: JSON.stringify({ kind: 'counter', seed: config.seed, step }),
    heed_has_end_symbol: String(hasEndSymbol),
    heed_evaluation: JSON.stringify(evaluation),
    heed_curves: JSON.stringify({ lastStep: curves.lastStep, means: curves.means }),
  };
  const text = (name: string, value: string): void => {
    if (value.length <= MAX_HEADER_TOKENS) metadata[`heed_${name}`] = value;
    else tensors[OWN_PREFIX + name] = bytesTensor(new TextEncoder().encode(value));
  };
  text('source_tokens', JSON.stringify(checkpoint.sourceTokens));
  text('target_tokens', JSON.stringify(checkpoint.targetTokens));
  for (const name of ['moment1', 'moment2'] as const) {
    const data = checkpoint[name];
    if (data) tensors[OWN_PREFIX + name] = { shape: [data.length], data };
  }
  const bucketSizes: Record<string, number> = {};
  for (const [name, { bucketSize, x, sum, min, max, count }] of Object.entries(curves.series)) {
    const data = new Float64Array(CURVE_ROWS * x.length);
    [x, sum, min, max, count].forEach((row, i) => {
      data.set(row, i * x.length);
    });
    tensors[CURVES_PREFIX + name] = { shape: [CURVE_ROWS, x.length], data };
    bucketSizes[name] = bucketSize;
  }
  metadata.heed_bucket_sizes = JSON.stringify(bucketSizes);
  if (pairs) tensors[`${OWN_PREFIX}pairs`] = bytesTensor(encodeKeptPairs(pairs));
  return { metadata, tensors };
}

const bytesTensor = (data: Uint8Array<ArrayBuffer>): SavedTensor => ({ shape: [data.length], data });

/** Reads what `encodeCheckpoint` wrote. @throws CheckpointFormatError, and nothing else, for anything that it can't have written */
export const decodeCheckpoint = (bytes: Uint8Array): Checkpoint => unpackCheckpoint(decodeSafetensors(bytes));

/** Reads what `packCheckpoint` wrote. @throws CheckpointFormatError as `decodeCheckpoint` */
export function unpackCheckpoint({ metadata, tensors }: Safetensors): Checkpoint {
  const own = (name: string): SavedTensor | null => {
    const key = OWN_PREFIX + name;
    return Object.hasOwn(tensors, key) ? (tensors[key] as SavedTensor) : null;
  };
  const text = (name: string): string => {
    const key = `heed_${name}`;
    if (Object.hasOwn(metadata, key)) return metadata[key] as string;
    const data = own(name)?.data;
    if (!(data instanceof Uint8Array)) return fail(`${key} is missing`);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(data);
    } catch {
      return fail(`${key} is no text`);
    }
  };
  const json = (name: string): unknown => {
    try {
      return JSON.parse(text(name));
    } catch {
      return fail(`heed_${name} is not JSON`);
    }
  };
  const optional = <T>(name: string, read: (value: unknown) => T, otherwise: T): T =>
    Object.hasOwn(metadata, `heed_${name}`) ? read(json(name)) : otherwise;
  const moment = (name: string): Float32Array<ArrayBuffer> | null => {
    const tensor = own(name);
    if (tensor && !(tensor.data instanceof Float32Array)) fail(`${name} expected dtype F32`);
    return tensor ? (tensor.data as Float32Array<ArrayBuffer>) : null;
  };
  const config = readConfig(json('config'));
  const step = readCount('step', json('step'), MOST_STEPS);
  const pairs = own('pairs')?.data;
  if (pairs && !(pairs instanceof Uint8Array)) fail('heed.pairs expected dtype U8');
  return {
    config,
    step,
    tokens: optional('tokens', (value) => readCount('tokens', value, Number.MAX_SAFE_INTEGER), 0),
    hasEndSymbol: text('has_end_symbol') === 'true',
    sourceTokens: readTokens('source_tokens', json('source_tokens')),
    targetTokens: readTokens('target_tokens', json('target_tokens')),
    parameters: readParameters(tensors),
    moment1: moment('moment1'),
    moment2: moment('moment2'),
    curves: readCurves(
      tensors,
      optional('curves', (value) => value, {}),
      optional('bucket_sizes', (value) => value, {}),
      step,
    ),
    evaluation: optional('evaluation', readEvaluation, null),
    pairs: pairs ? readPairs(pairs as Uint8Array) : null,
  };
}

function readConfig(value: unknown): Config {
  const given = (value ?? {}) as Readonly<Record<string, unknown>>;
  const config = Object.fromEntries(FIELD_NAMES.map((name) => [name, given[name]])) as unknown as Config;
  try {
    checkConfig(config);
  } catch (error) {
    fail((error as Error).message);
  }
  return config;
}

function readCount(name: string, value: unknown, most: number): number {
  const isCount = Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most;
  return isCount ? (value as number) : fail(`${name} expected a whole number from 0 to ${most}`);
}

function readTokens(name: string, value: unknown): readonly string[] {
  const isList =
    Array.isArray(value) && value.length <= MOST_TOKENS && value.every((token) => typeof token === 'string');
  if (!isList) return fail(`${name} expected a list of texts`);
  const tokens = value as string[];
  if (SPECIAL_TOKENS.some((token, id) => tokens[id] !== token))
    fail(`${name} expected ${SPECIAL_TOKENS.join(' ')} first`);
  if (new Set(tokens).size < tokens.length) fail(`${name} has a token twice`);
  return tokens;
}

function readParameters(tensors: Readonly<Record<string, SavedTensor>>): Checkpoint['parameters'] {
  const named = Object.entries(tensors).filter(([name]) => !name.startsWith(OWN_PREFIX));
  for (const [name, { data }] of named) if (!(data instanceof Float32Array)) fail(`${name} expected dtype F32`);
  return Object.fromEntries(named) as Checkpoint['parameters'];
}

function readCurves(
  tensors: Readonly<Record<string, SavedTensor>>,
  given: unknown,
  bucketSizes: unknown,
  step: number,
): SavedHistory {
  const { lastStep = 0, means = [] } = (given ?? {}) as Partial<SavedHistory>;
  if (!Array.isArray(means) || means.length > 100 || !means.every(Number.isFinite)) fail('heed_curves has no means');
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

function readEvaluation(value: unknown): Evaluation | null {
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

function readPairs(bytes: Uint8Array): KeptPairs {
  try {
    return decodeKeptPairs(bytes);
  } catch (error) {
    return fail((error as Error).message);
  }
}
