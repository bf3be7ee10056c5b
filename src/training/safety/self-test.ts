/** A small training step on a device and in the float64 reference: a GPU is trusted with a run once the two agree. */

import type { Executor, Plan, TensorData } from '../../engine/executor.ts';
import type { Program } from '../../engine/program.ts';
import { ReferenceExecutor } from '../../engine/reference-executor.ts';
import { SelfTestError } from '../../lib/errors.ts';
import { cellCount } from '../../lib/picture-cells.ts';
import { createRandom } from '../../lib/random.ts';
import { type Config, familyOf, needsEqualSizes } from '../../model/config.ts';
import { biasCorrections, type OptimizerOptions } from '../../model/optimizer.ts';
import { annotationSizeOf, initialParameters, type ModelShape, ParameterLayout } from '../../model/parameters.ts';
import { trainingProgram } from '../../model/translator.ts';
import { COUNTERS, COUNTERS_LENGTH, METRICS, VALUES, VALUES_LENGTH } from '../../ops/step-data.ts';

/** Sizes that no tile divides, so that the edges of all kernels are part of the test. */
const SOURCE_LENGTH = 5;
const TARGET_LENGTH = 3;
/** Of a reader, in cells of 4×4 pixels. */
const PICTURE = { height: 8, width: 12 };
const VOCABULARY = { sourceVocabulary: 11, outputs: 13 };
const SIZES = { embedding: 6, hidden: 5, decoderHidden: 9, attention: 7, readout: 10 };
/** Rows beyond one tile of the row machine. */
const EXTRA_ROWS = 3;
/** Larger weights than a run begins with bend the non-linearities. */
const WEIGHT_SCALE = 3;
const SEED = 7;
const LEARNING_RATE = 0.01;
/** Adam divides by |g| + ε: a large ε keeps the signs of tiny gradients, which rounding decides, out of the comparison. */
const EPSILON = 0.01;

/** How far a device may be off: what WGSL allows its functions, on models of this size. */
const LOSS_TOLERANCE = 1e-3;
const GRADIENT_TOLERANCE = 1e-3;
const PARAMETER_TOLERANCE = 1e-4;
/** Below this a result says nothing: zeros agree with zeros. */
const LEAST_GRADIENT = 1e-3;

export interface SelfTest {
  readonly program: Program;
  readonly layout: ParameterLayout;
  readonly inputs: Readonly<Record<string, TensorData>>;
}

/** A step of a model of the same parts as the configuration's, over one tile of `tileRows` and some rows. */
export function selfTestFor(config: Config, tileRows: number): SelfTest {
  const { layers, bidirectional, score, placement, dropout, teacherForcing, optimizer: kind } = config;
  const isReader = familyOf(config.task) === 'reader';
  const sourceLength = isReader ? cellCount(PICTURE) : SOURCE_LENGTH;
  const sized: ModelShape = {
    kind: isReader ? 'reader' : 'translator',
    ...VOCABULARY,
    ...SIZES,
    ...(isReader && { picture: PICTURE }),
    layers,
    bidirectional,
    score,
    placement,
  };
  const shape = needsEqualSizes(score) ? { ...sized, decoderHidden: annotationSizeOf(sized) } : sized;
  const layout = new ParameterLayout(shape);
  const batch = tileRows + EXTRA_ROWS;
  const optimizer: OptimizerOptions = {
    kind,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: EPSILON,
    weightDecay: config.weightDecay,
    momentum: config.momentum,
    maxNorm: 1,
  };
  const size = { batch, sourceLength, targetLength: TARGET_LENGTH };
  const program = trainingProgram(layout, size, {
    hasDropout: dropout > 0,
    isSampled: teacherForcing < 1,
    optimizer,
  });
  const random = createRandom(SEED);
  const lengths = (most: number): number[] => Array.from({ length: batch }, () => 1 + random.integer(most));
  const words = (steps: number, of: readonly number[], vocabulary: number): Uint32Array =>
    Uint32Array.from({ length: steps * batch }, (_, i) =>
      Math.floor(i / batch) < (of[i % batch] as number) ? 1 + random.integer(vocabulary - 1) : 0,
    );
  // A picture is whole, and its cells may hold any bits.
  const sourceLengths = isReader ? new Array<number>(batch).fill(sourceLength) : lengths(sourceLength);
  const targetLengths = lengths(TARGET_LENGTH);
  const values = new Float64Array(VALUES_LENGTH);
  const [correction1, correction2] = biasCorrections(optimizer, 1);
  values[VALUES.learningRate] = LEARNING_RATE;
  values[VALUES.dropout] = Math.min(dropout, 0.5);
  values[VALUES.teacherForcing] = teacherForcing;
  values[VALUES.correction1] = correction1;
  values[VALUES.correction2] = correction2;
  const counters = new Uint32Array(COUNTERS_LENGTH);
  counters[COUNTERS.seed] = SEED;
  return {
    program,
    layout,
    inputs: {
      values,
      counters,
      source: words(sourceLength, sourceLengths, isReader ? 2 ** 32 : VOCABULARY.sourceVocabulary),
      sourceLengths: Uint32Array.from(sourceLengths),
      targetIn: words(TARGET_LENGTH, targetLengths, VOCABULARY.outputs),
      targetOut: words(TARGET_LENGTH, targetLengths, VOCABULARY.outputs),
    },
  };
}

interface Outcome {
  readonly loss: number;
  readonly gradients: TensorData;
  readonly parameters: TensorData;
}

/** Loads the step; its kernels are compiled then. */
async function load(executor: Executor, { program, layout, inputs }: SelfTest): Promise<Plan> {
  const plan = await executor.prepare(program);
  const weights = initialParameters(layout, createRandom(SEED)).map((weight) => Math.fround(WEIGHT_SCALE * weight));
  executor.write('parameters', weights);
  executor.write('moment1', new Float64Array(layout.length));
  if (program.tensors.has('moment2')) executor.write('moment2', new Float64Array(layout.length));
  for (const [tensor, data] of Object.entries(inputs)) plan.write(tensor, data);
  return plan;
}

async function compute(executor: Executor, plan: Plan): Promise<Outcome> {
  plan.run();
  const [{ metrics }, { gradients, parameters }] = await Promise.all([
    plan.read('metrics'),
    executor.readTogether(['gradients', 'parameters']),
  ]);
  return { loss: metrics[METRICS.loss] as number, gradients, parameters };
}

const largest = (length: number, at: (i: number) => number): number => {
  let most = 0;
  for (let i = 0; i < length; i++) {
    const size = Math.abs(at(i));
    // Not a comparison of the negation: what is no number is the largest of all.
    if (!(size <= most)) most = size;
    if (Number.isNaN(most)) return Number.POSITIVE_INFINITY;
  }
  return most;
};

/** What is wrong with an outcome, or null. */
export function difference(got: Outcome, want: Outcome): string | null {
  const lossError = Math.abs(got.loss - want.loss);
  if (!(lossError <= LOSS_TOLERANCE)) return `loss ${got.loss.toPrecision(6)}, expected ${want.loss.toPrecision(6)}`;
  const scale = largest(want.gradients.length, (i) => want.gradients[i] as number);
  if (scale < LEAST_GRADIENT) return 'the test says nothing: all gradients are zero';
  const distance = (a: TensorData, b: TensorData) => largest(b.length, (i) => (a[i] as number) - (b[i] as number));
  const gradientError = distance(got.gradients, want.gradients) / scale;
  if (gradientError > GRADIENT_TOLERANCE) return `gradients off by ${gradientError.toPrecision(2)} of the largest`;
  const size = 1 + largest(want.parameters.length, (i) => want.parameters[i] as number);
  const parameterError = distance(got.parameters, want.parameters);
  if (parameterError > PARAMETER_TOLERANCE * size) return `updated weights off by ${parameterError.toPrecision(2)}`;
  return null;
}

/**
 * Runs the step on an executor that nothing else uses.
 * @returns ms of computing on the device, without compiling and without the reference
 * @throws SelfTestError where the results differ
 */
export async function runSelfTest(executor: Executor, test: SelfTest): Promise<number> {
  const reference = new ReferenceExecutor();
  try {
    const plan = await load(executor, test);
    const started = performance.now();
    const got = await compute(executor, plan);
    const ms = performance.now() - started;
    const want = await compute(reference, await load(reference, test));
    const problem = difference(got, want);
    if (problem) throw new SelfTestError(`self-test: ${problem}`);
    return ms;
  } finally {
    reference.dispose();
  }
}
