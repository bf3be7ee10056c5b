/** Models and batches small enough for central differences, and for a few steps on any executor. */

import type { Executor, Plan, TensorData } from '../engine/executor.ts';
import { createRandom } from '../lib/random.ts';
import { CLASS_SHIFT } from '../model/classifier.ts';
import { needsEqualSizes } from '../model/config.ts';
import type { BatchShape } from '../model/network.ts';
import { biasCorrections, type OptimizerOptions } from '../model/optimizer.ts';
import { annotationSizeOf, initialParameters, type ModelShape, type ParameterLayout } from '../model/parameters.ts';
import { COUNTERS, COUNTERS_LENGTH, METRICS, VALUES, VALUES_LENGTH } from '../ops/step-data.ts';

/** A translator of two bidirectional layers whose sizes all differ, with the given changes; Hd follows De where it has to. */
export function tinyShape(changes: Partial<ModelShape> = {}): ModelShape {
  const shape: ModelShape = {
    kind: 'translator',
    sourceVocabulary: 8,
    outputs: 9,
    embedding: 4,
    hidden: 3,
    layers: 2,
    bidirectional: true,
    decoderHidden: 5,
    attention: 6,
    readout: 7,
    score: 'additive',
    placement: 'before',
    ...changes,
  };
  return needsEqualSizes(shape.score) ? { ...shape, decoderHidden: annotationSizeOf(shape) } : shape;
}

export const TINY_SIZE: BatchShape = { batch: 3, sourceLength: 4, targetLength: 3 };

export const PLAIN_SGD: OptimizerOptions = {
  kind: 'sgd',
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  momentum: 0,
  maxNorm: 1,
};

export const ADAM: OptimizerOptions = { ...PLAIN_SGD, kind: 'adam' };

/** Initial weights, times `scale`: larger ones bend the non-linearities. */
export const tinyParameters = (layout: ParameterLayout, scale = 1): Float64Array<ArrayBuffer> =>
  initialParameters(layout, createRandom(11)).map((value) => Math.fround(scale * value));

/** Inputs of a training program: the first row is full, the last has one word on each side, the rest is padding (id 0). */
export function tinyBatch(shape: ModelShape, size: BatchShape, seed = 3): Record<string, Uint32Array> {
  const random = createRandom(seed);
  const { batch: B, sourceLength: S, targetLength: T } = size;
  const lengthsUpTo = (most: number) =>
    Array.from({ length: B }, (_, b) => (b === 0 ? most : b === B - 1 ? 1 : 1 + random.integer(most)));
  const sourceLengths = lengthsUpTo(S);
  const targetLengths = lengthsUpTo(T);
  const words = (steps: number, lengths: readonly number[], vocabulary: number) =>
    Uint32Array.from({ length: steps * B }, (_, i) =>
      Math.floor(i / B) < (lengths[i % B] as number) ? 1 + random.integer(vocabulary - 1) : 0,
    );
  const source = words(S, sourceLengths, shape.sourceVocabulary);
  if (shape.kind === 'classifier') {
    // The last row has no label.
    const label = () => CLASS_SHIFT + random.integer(shape.outputs);
    const targetOut = Uint32Array.from({ length: B }, (_, b) => (b === B - 1 ? 0 : label()));
    return { source, sourceLengths: Uint32Array.from(sourceLengths), targetOut };
  }
  return {
    source,
    sourceLengths: Uint32Array.from(sourceLengths),
    targetIn: words(T, targetLengths, shape.outputs),
    targetOut: words(T, targetLengths, shape.outputs),
  };
}

export interface StepSettings {
  readonly learningRate?: number;
  readonly dropout?: number;
  readonly teacherForcing?: number;
  readonly seed?: number;
}

/** Writes the per-step inputs of the program for step t, from 0. */
export function writeStep(plan: Plan, optimizer: OptimizerOptions, t: number, settings: StepSettings = {}): void {
  const { learningRate = 0, dropout = 0, teacherForcing = 1, seed = 5 } = settings;
  const values = new Float64Array(VALUES_LENGTH);
  const [correction1, correction2] = biasCorrections(optimizer, t + 1);
  values[VALUES.learningRate] = learningRate;
  values[VALUES.dropout] = dropout;
  values[VALUES.teacherForcing] = teacherForcing;
  values[VALUES.correction1] = correction1;
  values[VALUES.correction2] = correction2;
  plan.write('values', values);
  const counters = new Uint32Array(COUNTERS_LENGTH);
  counters[COUNTERS.seed] = seed;
  counters[COUNTERS.step] = t;
  plan.write('counters', counters);
}

export function writeAll(plan: Plan, inputs: Readonly<Record<string, TensorData>>): void {
  for (const [name, data] of Object.entries(inputs)) plan.write(name, data);
}

/** Trains from the given weights and returns the loss of each step; every step sees the same batch. */
export async function trainSteps(
  executor: Executor,
  plan: Plan,
  layout: ParameterLayout,
  inputs: Readonly<Record<string, TensorData>>,
  optimizer: OptimizerOptions,
  options: StepSettings & { readonly steps: number },
): Promise<number[]> {
  executor.write('parameters', tinyParameters(layout));
  executor.write('moment1', new Float64Array(layout.length));
  if (optimizer.kind !== 'sgd') executor.write('moment2', new Float64Array(layout.length));
  writeAll(plan, inputs);
  const losses: number[] = [];
  for (let t = 0; t < options.steps; t++) {
    writeStep(plan, optimizer, t, options);
    plan.run();
    losses.push((await plan.read('metrics')).metrics[METRICS.loss]);
  }
  return losses;
}
