import { describe, expect, it } from 'vitest';
import type { Program } from '../engine/program.ts';
import { ReferenceExecutor } from '../engine/reference-executor.ts';
import { METRICS } from '../ops/step-data.ts';
import { compareGradients } from '../testing/central-differences.ts';
import { MODELS } from '../testing/model-matrix.ts';
import {
  PLAIN_SGD,
  TINY_SIZE,
  tinyBatch,
  tinyParameters,
  tinyShape,
  writeAll,
  writeStep,
} from '../testing/tiny-models.ts';
import { gradientProgram } from './gradient-program.ts';
import { type ModelShape, ParameterLayout } from './parameters.ts';
import { trainingProgram } from './translator.ts';

const { batch: B, sourceLength: S, targetLength: T } = TINY_SIZE;

const STEP = 1e-5;

/** The same program, with a call of its own for every position of the encoder's LSTMs. */
const byPosition = (program: Program): Program => ({
  ...program,
  calls: program.calls.flatMap((call) => {
    if (call.op !== 'lstm.forward' || call.place.stage !== 'encode') return [call];
    const positions = Array.from({ length: S }, (_, t) => (call.numbers.isReversed ? S - 1 - t : t));
    return positions.map((t) => ({ ...call, numbers: { ...call.numbers, from: t, to: t + 1 } }));
  }),
});

async function prepared(shape: ModelShape, change = (program: Program) => program) {
  const layout = new ParameterLayout(shape);
  const executor = new ReferenceExecutor();
  const program = change(gradientProgram(layout, TINY_SIZE));
  const plan = await executor.prepare(program);
  writeAll(plan, tinyBatch(shape, TINY_SIZE));
  writeStep(plan, PLAIN_SGD, 0);
  executor.write('parameters', tinyParameters(layout, 3));
  return { layout, executor, program, plan };
}

describe('the gradient program', () => {
  it.each(MODELS)('has the gradients of a training step, $score $placement', async ({ score, placement }) => {
    const shape = tinyShape({ score, placement });
    const { layout, executor, plan } = await prepared(shape);
    plan.run();
    const got = await plan.read('gradients', 'metrics');
    const options = { hasDropout: false, isSampled: false, optimizer: PLAIN_SGD };
    const training = await executor.prepare(trainingProgram(layout, TINY_SIZE, options));
    writeAll(training, tinyBatch(shape, TINY_SIZE));
    writeStep(training, PLAIN_SGD, 0);
    training.run();
    expect(got.gradients).toEqual(await executor.read('gradients'));
    expect(got.metrics[METRICS.loss]).toBe((await training.read('metrics')).metrics[METRICS.loss]);
  });

  it('shares nothing with the training but the weights, which it does not write', () => {
    const { tensors, calls } = gradientProgram(new ParameterLayout(tinyShape()), TINY_SIZE);
    expect([...tensors.values()].filter(({ role }) => role === 'shared').map(({ name }) => name)).toEqual([
      'parameters',
    ]);
    expect(calls.some(({ place }) => place.stage === 'update')).toBe(false);
  });

  it.each([
    { placement: 'before', layers: 2, bidirectional: true },
    { placement: 'after', layers: 1, bidirectional: false },
    { placement: 'after', layers: 1, bidirectional: true, score: 'none' },
    { placement: 'before', layers: 3, bidirectional: true, score: 'dot' },
  ] as const)('leaves dL/ds and dL/dh in whole: $score $placement, $layers layers', async (changes) => {
    const { program, plan } = await prepared(tinyShape(changes), byPosition);
    const backward = program.calls.findIndex(({ place }) => place.direction === 'backward');
    plan.run();
    const names = [...program.tensors.keys()].filter((name) => /^(encoder|decoder)\.dH/.test(name));
    expect(names).toHaveLength(changes.layers + 1);
    const gradients = await plan.read(...names);
    const { sourceLengths } = tinyBatch(tinyShape(), TINY_SIZE);
    for (const [index, { op, operands, numbers }] of program.calls.entries()) {
      if (op !== 'lstm.forward' || !operands.h) continue;
      const { tensor, offset, stride, columns } = operands.h;
      const position = numbers.from as number;
      const isRead =
        tensor === 'decoder.h' ? (row: number) => row < B : (row: number) => position < (sourceLengths?.[row] ?? 0);
      for (const row of [0, 1, 2].filter(isRead)) {
        const at = offset + ((position + 1) * B + row) * stride;
        const got = gradients[tensor.replace('.h', '.dH')]?.slice(at, at + columns) as Float64Array;
        const want: number[] = [];
        for (let u = 0; u < columns; u++) {
          const losses: number[] = [];
          for (const step of [STEP, -STEP]) {
            plan.run(0, index + 1);
            const { [tensor]: states } = await plan.read(tensor);
            (states as Float64Array)[at + u] += step;
            plan.write(tensor, states as Float64Array);
            plan.run(index + 1, backward);
            losses.push((await plan.read('metrics')).metrics[METRICS.loss] as number);
          }
          want.push(((losses[0] as number) - (losses[1] as number)) / (2 * STEP));
        }
        const { relativeError, largest } = compareGradients(got, want);
        // A gradient of next to nothing is all rounding.
        if (largest > 1e-6) expect(relativeError, `${tensor}, position ${position}, row ${row}`).toBeLessThan(1e-4);
      }
    }
  });

  it('keeps dα and da of every position, and their sums agree with the scores’ own differences', async () => {
    const { program, plan } = await prepared(tinyShape({ placement: 'after' }));
    plan.run();
    const {
      'attention.dScores': dScores,
      'attention.weights': weights,
      'attention.dWeights': dWeights,
    } = await plan.read('attention.dScores', 'attention.weights', 'attention.dWeights');
    expect(program.tensors.get('attention.dScores')?.length).toBe(T * B * S);
    for (let row = 0; row < T * B; row++) {
      const at = (data: ArrayLike<number>, j: number) => data[row * S + j] as number;
      const columns = Array.from({ length: S }, (_, j) => j);
      const mean = columns.reduce((total, j) => total + at(weights, j) * at(dWeights, j), 0);
      for (const j of columns) expect(at(dScores, j)).toBeCloseTo(at(weights, j) * (at(dWeights, j) - mean), 12);
    }
  });
});
