import { afterEach, describe, expect, it } from 'vitest';
import { ShapeError } from '../lib/errors.ts';
import { ParameterLayout } from '../model/parameters.ts';
import { decodingProgram, trainingProgram } from '../model/translator.ts';
import { FakeLocks } from '../testing/fake-locks.ts';
import { MODELS } from '../testing/model-matrix.ts';
import { ShardWorkers } from '../testing/shard-workers.ts';
import { ADAM, tinyBatch, tinyParameters, tinyShape, trainSteps, writeAll, writeStep } from '../testing/tiny-models.ts';
import { compare, TOLERANCES } from '../testing/tolerance.ts';
import type { Executor } from './executor.ts';
import { type Program, ProgramBuilder } from './program.ts';
import { ReferenceExecutor } from './reference-executor.ts';
import { WasmExecutor } from './wasm-executor.ts';

const locks = new FakeLocks();
const workers = new ShardWorkers(locks);
const opened: WasmExecutor[] = [];

async function openWasm(shards: number): Promise<WasmExecutor> {
  const executor = (await WasmExecutor.open({ shards, createWorker: workers.create, locks })) as WasmExecutor;
  opened.push(executor);
  return executor;
}

afterEach(() => {
  for (const executor of opened.splice(0)) executor.dispose();
  expect(workers.alive).toBe(0);
});

/** y = y + x · weight, with weight shared. */
function accumulating(name: string) {
  const builder = new ProgramBuilder(name);
  const x = builder.tensor('x', 1, 2, 'f32', 'input');
  const weight = builder.tensor('weight', 1, 2, 'f32', 'shared');
  const y = builder.tensor('y', 1, 1);
  builder.call('linear.forward', { x, weight, y }, { accumulate: 1 });
  builder.call('linear.forward', { x, weight, y }, { accumulate: 1 });
  return builder.build();
}

describe('WasmExecutor', () => {
  it('shares the shared tensors between programs and keeps the others apart', async () => {
    const executor = await openWasm(1);
    const [a, b] = [await executor.prepare(accumulating('a')), await executor.prepare(accumulating('b'))];
    executor.write('weight', Float64Array.of(2, 3));
    a.write('x', Float64Array.of(1, 0));
    b.write('x', Float64Array.of(0, 1));
    a.run(0, 1);
    b.run(0, 1);
    expect([(await a.read('y')).y[0], (await b.read('y')).y[0]]).toEqual([2, 3]);
    expect(await executor.read('weight')).toEqual(Float32Array.of(2, 3));
  });

  it('takes up a weight that was written between two runs', async () => {
    const executor = await openWasm(1);
    const plan = await executor.prepare(accumulating('a'));
    plan.write('x', Float64Array.of(1, 0));
    executor.write('weight', Float64Array.of(1, 0));
    plan.run(0, 1);
    executor.write('weight', Float64Array.of(10, 0));
    plan.run(0, 1);
    expect((await plan.read('y')).y[0]).toBe(11);
  });

  it('runs ranges of calls, and hands out what there is at the time of the call', async () => {
    const executor = await openWasm(1);
    const plan = await executor.prepare(accumulating('a'));
    executor.write('weight', Float64Array.of(1, 0));
    const x = Float64Array.of(1, 0);
    plan.write('x', x);
    x[0] = 100;
    plan.run(1);
    const first = plan.read('y');
    plan.run();
    expect((await first).y[0]).toBe(1);
    expect((await plan.read('y')).y[0]).toBe(3);
    expect(executor.counters()).toMatchObject({ submits: 2, dispatches: 3, buffers: 3, bytes: 4 * 5 });
  });

  it('says what is wrong with a tensor: its name, or its length', async () => {
    const executor = await openWasm(1);
    const plan = await executor.prepare(accumulating('a'));
    expect(() => plan.write('z', new Float64Array(1))).toThrow(new ShapeError('z: no such tensor in a'));
    expect(() => plan.write('x', new Float64Array(3))).toThrow(new ShapeError('x: expected 2 elements, got 3'));
    expect(() => executor.write('y', new Float64Array(1))).toThrow(ShapeError);
    await expect(plan.read('z')).rejects.toThrow(new ShapeError('z: no such tensor in a'));
    await expect(executor.read('x')).rejects.toThrow(new ShapeError('x: no such shared tensor'));
    const builder = new ProgramBuilder('other');
    builder.tensor('weight', 1, 5, 'f32', 'shared');
    await expect(executor.prepare(builder.build())).rejects.toThrow(
      new ShapeError('other: shared weight has 2 elements, not 5'),
    );
  });

  it('turns away the reads that it was disposed before', async () => {
    const executor = await openWasm(1);
    const plan = await executor.prepare(accumulating('a'));
    plan.run();
    const reads = Promise.allSettled([plan.read('y'), executor.read('weight')]);
    executor.dispose();
    for (const result of await reads)
      expect(result.status === 'rejected' && result.reason.message).toBe('disposed before it was read');
    await executor.idle();
  });

  it('holds nothing once it is disposed, and its plans only the shared tensors', async () => {
    const executor = await openWasm(1);
    const plan = await executor.prepare(accumulating('a'));
    plan.dispose();
    await executor.idle();
    expect(executor.counters().buffers).toBe(1);
    executor.dispose();
    expect(executor.counters().buffers).toBe(0);
    opened.pop();
  });
});

/** 26 rows make shards of 8, 8 and 10. */
const SIZE = { batch: 26, sourceLength: 6, targetLength: 5 };
const STEP = { learningRate: 0.01, dropout: 0.3, teacherForcing: 0.5 };
const WORDS = ['decoder.fed', 'decoder.predicted'] as const;

const sampledProgram = (layout: ParameterLayout) =>
  trainingProgram(layout, SIZE, { hasDropout: true, isSampled: true, optimizer: ADAM });

/** Losses of some steps, and what is there after the last. */
async function train(
  executor: Executor,
  program: Program,
  layout: ParameterLayout,
  inputs = tinyBatch(layout.shape, SIZE),
) {
  const plan = await executor.prepare(program);
  const losses = await trainSteps(executor, plan, layout, inputs, ADAM, { ...STEP, steps: 4 });
  const words = await plan.read(...WORDS);
  return { losses, words, parameters: await executor.read('parameters'), history: await executor.read('history') };
}

type Trained = Awaited<ReturnType<typeof train>>;

function expectAlike(got: Trained, want: Trained): void {
  const { value, gradient, parameter } = TOLERANCES.float32;
  expect(compare(got.losses, want.losses, value)).toMatchObject({ isWithin: true });
  expect(compare(got.history, want.history, gradient)).toMatchObject({ isWithin: true });
  expect(compare(got.parameters, want.parameters, parameter)).toMatchObject({ isWithin: true });
  expect(got.words).toEqual(want.words);
}

/** The weights of every shard. */
const weightsOf = ({ shards }: WasmExecutor) =>
  Promise.all(shards.map(async (shard) => (await shard.read(null, ['parameters'])).parameters));

describe('a batch split over shards', () => {
  it.each(MODELS)('trains as the float64 reference does, draws included: $score $placement', async (model) => {
    const layout = new ParameterLayout(tinyShape(model));
    const want = await train(new ReferenceExecutor(), sampledProgram(layout), layout);
    for (const shards of [1, 3]) {
      const executor = await openWasm(shards);
      expectAlike(await train(executor, sampledProgram(layout), layout), want);
      const [first, ...others] = await weightsOf(executor);
      for (const weights of others) expect(weights).toEqual(first);
    }
  });

  it('counts every target once, also where a shard has none', async () => {
    const layout = new ParameterLayout(tinyShape());
    const inputs = tinyBatch(layout.shape, SIZE);
    inputs.targetOut?.forEach((_, i, targets) => {
      if (i % SIZE.batch >= 8) targets[i] = 0;
    });
    const want = await train(new ReferenceExecutor(), sampledProgram(layout), layout, inputs);
    expectAlike(await train(await openWasm(3), sampledProgram(layout), layout, inputs), want);
  });

  it('decodes as one shard does, and hands out the loss of all rows', async () => {
    const layout = new ParameterLayout(tinyShape());
    const names = ['decoder.predicted', 'decoder.probabilities', 'attention.weights', 'metrics'] as const;
    const decode = async (shards: number) => {
      const executor = await openWasm(shards);
      const plan = await executor.prepare(decodingProgram(layout, SIZE));
      executor.write('parameters', tinyParameters(layout, 2));
      writeAll(plan, tinyBatch(layout.shape, SIZE));
      writeStep(plan, ADAM, 0, { teacherForcing: 0 });
      plan.run();
      return plan.read(...names);
    };
    const [one, three] = [await decode(1), await decode(3)];
    expect(three['decoder.predicted']).toEqual(one['decoder.predicted']);
    for (const name of names) expect(compare(three[name], one[name], TOLERANCES.float32.value).isWithin).toBe(true);
  });

  it('keeps all copies of the weights alike when a program that can not be split trains as well', async () => {
    const layout = new ParameterLayout(tinyShape());
    const executor = await openWasm(3);
    await executor.prepare(sampledProgram(layout));
    const { forBatch: _, ...whole } = sampledProgram(layout);
    const want = await train(new ReferenceExecutor(), whole, layout);
    expectAlike(await train(executor, whole, layout), want);
    const [first, ...others] = await weightsOf(executor);
    for (const weights of others) expect(weights).toEqual(first);
  });

  it('runs a step in parts, as slow motion does', async () => {
    const layout = new ParameterLayout(tinyShape());
    const inputs = tinyBatch(layout.shape, SIZE);
    const lossOf = async (cuts: readonly number[]) => {
      const executor = await openWasm(2);
      const plan = await executor.prepare(sampledProgram(layout));
      executor.write('parameters', tinyParameters(layout));
      writeAll(plan, inputs);
      writeStep(plan, ADAM, 0, STEP);
      const ends = [...cuts, plan.program.calls.length];
      ends.forEach((end, i) => {
        plan.run(ends[i - 1] ?? 0, end);
      });
      return { metrics: (await plan.read('metrics')).metrics, weights: await executor.read('parameters') };
    };
    const norm = sampledProgram(layout).calls.findIndex(({ op }) => op === 'grad-norm');
    const whole = await lossOf([]);
    expect(await lossOf([7, norm])).toEqual(whole);
    expect(await lossOf([norm - 1, norm + 1])).toEqual(whole);
  });

  it('holds no more than two short runs back', async () => {
    const layout = new ParameterLayout(tinyShape());
    const executor = await openWasm(2);
    const plan = await executor.prepare(sampledProgram(layout));
    plan.run();
    await executor.ready();
    plan.run();
    let isReady = false;
    const ready = executor.ready().then(() => {
      isReady = true;
    });
    await Promise.resolve();
    expect(isReady).toBe(false);
    await ready;
  });

  it('does without workers that do not start', async () => {
    const createWorker = () => {
      throw new Error('no workers here');
    };
    const executor = (await WasmExecutor.open({ shards: 4, createWorker })) as WasmExecutor;
    opened.push(executor);
    expect(executor.shards.length).toBe(1);
    const layout = new ParameterLayout(tinyShape());
    const want = await train(new ReferenceExecutor(), sampledProgram(layout), layout);
    expectAlike(await train(executor, sampledProgram(layout), layout), want);
  });

  it('fails as a whole when a worker breaks down', async () => {
    const layout = new ParameterLayout(tinyShape());
    const executor = await openWasm(2);
    const plan = await executor.prepare(sampledProgram(layout));
    workers.breakDown('out of memory');
    plan.run();
    await expect(plan.read('metrics')).rejects.toThrow('a worker of the CPU executor stopped: out of memory');
    await expect(executor.ready()).rejects.toThrow('out of memory');
    await expect(executor.idle()).rejects.toThrow('out of memory');
  });

  it('fails as a whole when a worker ends without a word, and leaves no lock behind', async () => {
    const layout = new ParameterLayout(tinyShape());
    const executor = await openWasm(3);
    const plan = await executor.prepare(sampledProgram(layout));
    plan.run();
    await executor.idle();
    expect(locks.held).toHaveLength(2);
    workers.endSilently();
    plan.run();
    await expect(plan.read('metrics')).rejects.toThrow('a worker of the CPU executor has ended');
    await expect(executor.ready()).rejects.toThrow('has ended');
    executor.dispose();
    await new Promise((resolve) => setTimeout(resolve));
    expect(locks.held).toEqual([]);
  });

  it('waits no longer for the end of workers that it is done with', async () => {
    const executor = await openWasm(3);
    await executor.idle();
    expect(locks.waiting).toBe(2);
    executor.dispose();
    expect(locks.waiting).toBe(0);
    expect(locks.held).toEqual([]);
  });
});
