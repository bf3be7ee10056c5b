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
import { encodeKeptPairs, type KeptPairs } from '../data/import/kept-pairs.ts';
import type { Config } from '../model/config.ts';
import type { ParameterLayout } from '../model/parameters.ts';
import {
  CURVE_ROWS,
  CURVES_PREFIX,
  fail,
  MOST_STEPS,
  OWN_PREFIX,
  readConfig,
  readCount,
  readCurves,
  readEvaluation,
  readPairs,
  readParameters,
  readTokens,
} from './checkpoint-fields.ts';
import type { SavedHistory } from './metrics-history.ts';
import type { Evaluation } from './protocol.ts';
import { decodeSafetensors, encodeSafetensors, type Safetensors, type SavedTensor } from './safetensors.ts';
import type { TrainingState } from './training-state.ts';

/** Characters of a vocabulary that still go into the header. */
const MAX_HEADER_TOKENS = 200_000;

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
