/** The models that the benchmark trains, and the batches it trains them on. */

import { type Program, programFlops } from '../engine/program.ts';
import { createRandom } from '../lib/random.ts';
import type { BatchShape } from '../model/network.ts';
import type { OptimizerOptions } from '../model/optimizer.ts';
import { initialParameters, type ModelShape, ParameterLayout } from '../model/parameters.ts';
import { trainingProgram } from '../model/translator.ts';

/** A translator of `MODEL.md` and the fixed shapes that it is trained on. */
export interface BenchModel {
  readonly name: string;
  readonly shape: ModelShape;
  readonly size: BatchShape;
}

/** Word ids of one step, time-major. */
export interface BenchBatch {
  /** [S·B] */
  readonly source: Uint32Array<ArrayBuffer>;
  /** [B] */
  readonly sourceLengths: Uint32Array<ArrayBuffer>;
  /** [T·B] */
  readonly targetIn: Uint32Array<ArrayBuffer>;
  /** [T·B] */
  readonly targetOut: Uint32Array<ArrayBuffer>;
}

/** What every contestant trains: the same model from the same weights on the same batches with the same update. */
export interface BenchTask {
  readonly model: BenchModel;
  readonly layout: ParameterLayout;
  /** The flat parameters of step 0, in the order of `layout`. */
  readonly initial: Float64Array<ArrayBuffer>;
  readonly optimizer: OptimizerOptions;
  readonly learningRate: number;
}

/** Sizes of a model whose encoder runs forward only, where attention, readout and both LSTMs have H units. */
export interface ModelSizes {
  readonly batch: number;
  readonly source: number;
  readonly target: number;
  readonly embedding: number;
  readonly hidden: number;
  readonly sourceVocabulary: number;
  readonly targetVocabulary: number;
}

const INITIAL_SEED = 7;
const BATCH_SEED = 11;
/** High enough that five steps on one batch move the loss by far more than the engines may differ. */
const LEARNING_RATE = 1e-2;
/** The ids below are PAD, BOS and EOS. */
const FIRST_WORD = 3;

const OPTIMIZER: OptimizerOptions = {
  kind: 'adam',
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  momentum: 0,
  maxNorm: 1,
};

/** A model of the given sizes with additive attention before the step, or dot attention after it. */
export function benchModel(name: string, sizes: ModelSizes, score: 'additive' | 'dot' = 'additive'): BenchModel {
  const { batch, source, target, embedding, hidden, sourceVocabulary, targetVocabulary } = sizes;
  return {
    name,
    shape: {
      kind: 'translator',
      sourceVocabulary,
      outputs: targetVocabulary,
      embedding,
      hidden,
      layers: 1,
      bidirectional: false,
      decoderHidden: hidden,
      attention: hidden,
      readout: hidden,
      score,
      placement: score === 'dot' ? 'after' : 'before',
    },
    size: { batch, sourceLength: source, targetLength: target },
  };
}

/** The sizes of *small*, which the scaling tables start from. */
export const SMALL_SIZES: ModelSizes = {
  batch: 64,
  source: 12,
  target: 12,
  embedding: 64,
  hidden: 128,
  sourceVocabulary: 256,
  targetVocabulary: 256,
};

/**
 * *date* has the sizes of the TensorFlow.js example `date-conversion-attention`; *small* and *large* are the additive model of
 * Bahdanau et al. 2015 at two sizes.
 */
export const MODELS: readonly BenchModel[] = [
  benchModel(
    'date',
    { batch: 128, source: 12, target: 10, embedding: 64, hidden: 64, sourceVocabulary: 35, targetVocabulary: 13 },
    'dot',
  ),
  benchModel('small', SMALL_SIZES),
  benchModel('large', {
    batch: 64,
    source: 24,
    target: 24,
    embedding: 128,
    hidden: 256,
    sourceVocabulary: 2048,
    targetVocabulary: 2048,
  }),
];

/** The task of a model, with weights drawn as for a run of the page. */
export function benchTask(model: BenchModel): BenchTask {
  const layout = new ParameterLayout(model.shape);
  return {
    model,
    layout,
    initial: initialParameters(layout, createRandom(INITIAL_SEED)),
    optimizer: OPTIMIZER,
    learningRate: LEARNING_RATE,
  };
}

const stepOptions = ({ optimizer }: BenchTask) => ({ hasDropout: false, isSampled: false, optimizer });

/** Heed's Program of one training step. */
export const benchProgram = (task: BenchTask): Program =>
  trainingProgram(task.layout, task.model.size, stepOptions(task));

/** Floating-point operations of a step as the model's formulas have them, for every contestant, whatever it saves of them. */
export function stepFlops(task: BenchTask): number {
  const projected = { source: false, target: false };
  return programFlops(trainingProgram(task.layout, task.model.size, { ...stepOptions(task), projected }));
}

/**
 * The batch that every step trains on. Every row is full, so that contestants without masks compute the same loss: what Heed's
 * masks cost is in its own time only.
 */
export function benchBatch({ shape, size }: BenchModel): BenchBatch {
  const { batch: B, sourceLength: S, targetLength: T } = size;
  const random = createRandom(BATCH_SEED);
  const words = (count: number, vocabulary: number) =>
    Uint32Array.from({ length: count }, () => FIRST_WORD + random.integer(vocabulary - FIRST_WORD));
  return {
    source: words(S * B, shape.sourceVocabulary),
    sourceLengths: new Uint32Array(B).fill(S),
    targetIn: words(T * B, shape.outputs),
    targetOut: words(T * B, shape.outputs),
  };
}
