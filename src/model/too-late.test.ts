import { afterEach, describe, expect, it } from 'vitest';
import type { Executor } from '../engine/executor.ts';
import { ReferenceExecutor } from '../engine/reference-executor.ts';
import { createRandom } from '../lib/random.ts';
import { METRICS } from '../ops/step-data.ts';
import { openCpu } from '../testing/open-run.ts';
import { ADAM, TINY_SIZE, tinyBatch, tinyParameters, tinyShape, writeAll, writeStep } from '../testing/tiny-models.ts';
import type { ScoreKind } from './config.ts';
import { initialParameters, type ModelShape, ParameterLayout } from './parameters.ts';
import { decodingProgram, trainingProgram } from './translator.ts';

const late = (score: ScoreKind) => tinyShape({ score, placement: 'too-late' });
const without = tinyShape({ score: 'none', placement: 'before' });

const executors: Record<string, () => Promise<Executor> | Executor> = {
  'the reference': () => new ReferenceExecutor(),
  'the CPU': openCpu,
};

describe.each(Object.keys(executors))('attention that comes too late, on %s,', (name) => {
  const open = executors[name] as () => Promise<Executor> | Executor;
  let executor: Executor | null = null;
  afterEach(() => {
    executor?.dispose();
    executor = null;
  });

  /** Loss, logits and attention of one forward pass, and the gradients and weights behind one step. */
  async function pass(shape: ModelShape, weights: Readonly<Record<string, ArrayLike<number>>>) {
    executor = await open();
    const layout = new ParameterLayout(shape);
    const program = trainingProgram(layout, TINY_SIZE, { hasDropout: false, isSampled: false, optimizer: ADAM });
    const plan = await executor.prepare(program);
    executor.write('parameters', layout.pack(weights));
    executor.write('moment1', new Float64Array(layout.length));
    executor.write('moment2', new Float64Array(layout.length));
    writeAll(plan, tinyBatch(shape, TINY_SIZE));
    writeStep(plan, ADAM, 0, { learningRate: 0.01 });
    plan.run();
    const hasAttention = program.tensors.has('attention.weights');
    const read = await plan.read('logits', 'metrics', ...(hasAttention ? (['attention.weights'] as const) : []));
    const { logits, metrics } = read;
    const gradients = layout.unpack(await executor.read('gradients'));
    const after = layout.unpack(await executor.read('parameters'));
    executor.dispose();
    executor = null;
    return { logits, heatmap: read['attention.weights'], loss: metrics[METRICS.loss], gradients, after };
  }

  const layout = new ParameterLayout(late('additive'));
  const weights = layout.unpack(tinyParameters(layout, 3));
  const shared = (all: Readonly<Record<string, ArrayLike<number>>>) =>
    Object.entries(all).filter(([parameter]) => !parameter.startsWith('attention.'));

  it('has the loss, the logits and the gradients of a model without attention, bit for bit', async () => {
    const got = await pass(late('additive'), weights);
    const want = await pass(without, Object.fromEntries(shared(weights)));
    expect(got.loss).toBe(want.loss);
    expect(got.logits).toEqual(want.logits);
    expect(shared(got.gradients)).toEqual(shared(want.gradients));
  });

  it('draws a heatmap that its weights decide, and that decides nothing', async () => {
    const changed = { ...weights, 'attention.v': weights['attention.v']?.map((value, i) => 5 * value + i) ?? [] };
    const [got, other] = [await pass(late('additive'), weights), await pass(late('additive'), changed)];
    expect(other.heatmap).not.toEqual(got.heatmap);
    expect(other.loss).toBe(got.loss);
    expect(other.logits).toEqual(got.logits);
  });

  it.each(['additive', 'linear-concat', 'general'] as const)(
    'has no gradient, so that a step leaves it: %s',
    async (score) => {
      const own = new ParameterLayout(late(score));
      const start = own.unpack(tinyParameters(own, 3));
      const { gradients, after } = await pass(late(score), start);
      const names = own.specs
        .map(({ name: parameter }) => parameter)
        .filter((parameter) => parameter.startsWith('attention.'));
      expect(names.length).toBeGreaterThan(0);
      for (const parameter of names) {
        expect(
          gradients[parameter]?.every((value) => value === 0),
          parameter,
        ).toBe(true);
        expect(after[parameter], parameter).toEqual(start[parameter]);
      }
    },
  );

  it('writes the words that a model without attention writes', async () => {
    const decode = async (shape: ModelShape, from: Readonly<Record<string, ArrayLike<number>>>) => {
      executor = await open();
      const own = new ParameterLayout(shape);
      const plan = await executor.prepare(decodingProgram(own, TINY_SIZE));
      executor.write('parameters', own.pack(from));
      writeAll(plan, tinyBatch(shape, TINY_SIZE));
      writeStep(plan, ADAM, 0, { teacherForcing: 0 });
      plan.run();
      const read = await plan.read('decoder.predicted', 'decoder.probabilities', 'logits');
      executor.dispose();
      executor = null;
      return read;
    };
    expect(await decode(late('additive'), weights)).toEqual(await decode(without, Object.fromEntries(shared(weights))));
  });
});

it('starts from the weights of a model without attention, with those of the attention beside them', () => {
  const drawn = (shape: ModelShape) => {
    const own = new ParameterLayout(shape);
    return own.unpack(initialParameters(own, createRandom(4)));
  };
  const [got, want] = [drawn(late('additive')), drawn(without)];
  for (const [name, values] of Object.entries(want)) expect(got[name], name).toEqual(values);
  expect(got['attention.v']?.some((value) => value !== 0)).toBe(true);
});
