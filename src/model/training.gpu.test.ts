import { describe, expect, it } from 'vitest';
import type { Executor } from '../engine/executor.ts';
import type { Program } from '../engine/program.ts';
import { ReferenceExecutor } from '../engine/reference-executor.ts';
import { Scheduler } from '../engine/scheduler.ts';
import { useGpu } from '../testing/gpu-fixture.ts';
import { MODELS } from '../testing/model-matrix.ts';
import {
  ADAM,
  PLAIN_SGD,
  type StepSettings,
  tinyBatch,
  tinyParameters,
  tinyShape,
  trainSteps,
  writeAll,
  writeStep,
} from '../testing/tiny-models.ts';
import { compare, TOLERANCES } from '../testing/tolerance.ts';
import type { OptimizerOptions } from './optimizer.ts';
import { type ModelShape, ParameterLayout } from './parameters.ts';
import { decodingProgram, trainingProgram } from './translator.ts';

const SIZE = { batch: 10, sourceLength: 6, targetLength: 5 };
const ONE_TARGET = { ...SIZE, targetLength: 1 };
const ADAMW: OptimizerOptions = { ...ADAM, kind: 'adamw', weightDecay: 0.1 };
const SGD: OptimizerOptions = { ...PLAIN_SGD, momentum: 0.9, weightDecay: 0.01 };

/** Losses of some steps, and what the last of them left in the given tensors. */
async function train(
  executor: Executor,
  shape: ModelShape,
  programOf: (layout: ParameterLayout) => Program,
  optimizer: OptimizerOptions,
  options: StepSettings & { readonly steps: number },
  tensors: readonly string[] = [],
) {
  const layout = new ParameterLayout(shape);
  const plan = await executor.prepare(programOf(layout));
  const losses = await trainSteps(executor, plan, layout, tinyBatch(shape, SIZE), optimizer, options);
  return { losses, tensors: await plan.read(...tensors), parameters: await executor.read('parameters') };
}

describe('training', () => {
  const gpu = useGpu();

  /** Trains on both executors. */
  async function both(...[shape, programOf, optimizer, options, tensors]: Tail<Parameters<typeof train>>) {
    const scheduler = new Scheduler(gpu.handle);
    const onGpu = await train(scheduler, shape, programOf, optimizer, options, tensors);
    scheduler.dispose();
    const onCpu = await train(new ReferenceExecutor(), shape, programOf, optimizer, options, tensors);
    return { onGpu, onCpu };
  }

  const runs = [
    ['Adam, additive before', tinyShape(), ADAM],
    ['AdamW, general after', tinyShape({ score: 'general', placement: 'after' }), ADAMW],
    ['SGD, dot after', tinyShape({ score: 'dot', placement: 'after', bidirectional: false }), SGD],
  ] as const;
  it.each(runs)('has the losses of the float64 reference over 20 steps: %s', async (_, shape, optimizer) => {
    const programOf = (layout: ParameterLayout) =>
      trainingProgram(layout, SIZE, { hasDropout: false, isSampled: false, optimizer });
    const options = { steps: 20, learningRate: optimizer.kind === 'sgd' ? 0.3 : 0.02 };
    const { onGpu, onCpu } = await both(shape, programOf, optimizer, options);
    expect(compare(onGpu.losses, onCpu.losses, { rtol: 0, atol: 1e-4 })).toMatchObject({ isWithin: true });
    expect(onCpu.losses[19]).toBeLessThan(0.95 * onCpu.losses[0]);
  });

  it.each(MODELS)('with dropout and words of its own is alike on both: $score $placement', async (model) => {
    const shape = tinyShape(model);
    const programOf = (layout: ParameterLayout) =>
      trainingProgram(layout, SIZE, { hasDropout: true, isSampled: true, optimizer: ADAM });
    const options = { steps: 4, learningRate: 0.01, dropout: 0.3, teacherForcing: 0.5 };
    const words = ['decoder.fed', 'decoder.predicted'] as const;
    const { onGpu, onCpu } = await both(shape, programOf, ADAM, options, words);
    expect(compare(onGpu.losses, onCpu.losses, TOLERANCES.float32.value)).toMatchObject({ isWithin: true });
    expect(compare(onGpu.parameters, onCpu.parameters, TOLERANCES.float32.parameter)).toMatchObject({ isWithin: true });
    expect(onGpu.tensors).toEqual(onCpu.tensors);
    expect(onGpu.tensors['decoder.fed']).not.toEqual(tinyBatch(shape, SIZE).targetIn);
  });

  it.each(['additive', 'none'] as const)('of a classifier with dropout is alike on both: %s', async (score) => {
    const shape = tinyShape({ kind: 'classifier', score });
    const programOf = (layout: ParameterLayout) =>
      trainingProgram(layout, ONE_TARGET, { hasDropout: true, isSampled: true, optimizer: ADAM });
    const { onGpu, onCpu } = await both(shape, programOf, ADAM, { steps: 4, learningRate: 0.01, dropout: 0.3 });
    expect(compare(onGpu.losses, onCpu.losses, TOLERANCES.float32.value)).toMatchObject({ isWithin: true });
  });

  it('repeats itself bit for bit with the same seed, and not with another', async () => {
    const programOf = (layout: ParameterLayout) =>
      trainingProgram(layout, SIZE, { hasDropout: true, isSampled: true, optimizer: ADAM });
    const run = async (seed: number) => {
      const scheduler = new Scheduler(gpu.handle);
      const options = { steps: 5, learningRate: 0.01, dropout: 0.3, teacherForcing: 0.5, seed };
      const { losses, parameters } = await train(scheduler, tinyShape(), programOf, ADAM, options);
      scheduler.dispose();
      return { losses, parameters };
    };
    const first = await run(1);
    expect(await run(1)).toEqual(first);
    expect((await run(2)).losses).not.toEqual(first.losses);
  });

  it('decodes the same words with the same weights of attention', async () => {
    const shape = tinyShape({ placement: 'after' });
    const programOf = (layout: ParameterLayout) => decodingProgram(layout, SIZE);
    const names = ['decoder.predicted', 'decoder.probabilities', 'attention.weights'] as const;
    const decode = async (executor: Executor) => {
      const layout = new ParameterLayout(shape);
      const plan = await executor.prepare(programOf(layout));
      executor.write('parameters', tinyParameters(layout, 2));
      writeAll(plan, tinyBatch(shape, SIZE));
      writeStep(plan, ADAM, 0, { teacherForcing: 0 });
      plan.run();
      return plan.read(...names);
    };
    const scheduler = new Scheduler(gpu.handle);
    const [onGpu, onCpu] = [await decode(scheduler), await decode(new ReferenceExecutor())];
    scheduler.dispose();
    expect(onGpu['decoder.predicted']).toEqual(onCpu['decoder.predicted']);
    for (const name of ['decoder.probabilities', 'attention.weights'] as const)
      expect(compare(onGpu[name], onCpu[name], TOLERANCES.float32.value)).toMatchObject({ isWithin: true });
  });
});

type Tail<T extends readonly unknown[]> = T extends readonly [unknown, ...infer Rest] ? Rest : never;
