import { describe, expect, it, vi } from 'vitest';
import { ShaderCompilationError, ShapeError } from '../lib/errors.ts';
import { ParameterLayout } from '../model/parameters.ts';
import { trainingProgram } from '../model/translator.ts';
import { opDefinition } from '../ops/registry.ts';
import { useGpu } from '../testing/gpu-fixture.ts';
import { ADAM, TINY_SIZE, tinyBatch, tinyParameters, tinyShape, writeAll, writeStep } from '../testing/tiny-models.ts';
import type { PrepareOptions } from './executor.ts';
import { type Program, ProgramBuilder } from './program.ts';
import { Scheduler } from './scheduler.ts';

const layout = new ParameterLayout(tinyShape());
const batch = tinyBatch(layout.shape, TINY_SIZE);
const training = trainingProgram(layout, TINY_SIZE, { hasDropout: true, isSampled: false, optimizer: ADAM });

/** Few dispatches a step. */
const small = { batch: 2, sourceLength: 2, targetLength: 1 };
const smallLayout = new ParameterLayout(tinyShape({ layers: 1, bidirectional: false, score: 'dot' }));
const smallBatch = tinyBatch(smallLayout.shape, small);
const smallTraining = trainingProgram(smallLayout, small, { hasDropout: true, isSampled: false, optimizer: ADAM });
const STATE = ['parameters', 'moment1', 'moment2'] as const;

/** total += x; x is an input of one element, `total` the given role. */
function counting(name = 'counting', role: 'local' | 'shared' = 'local'): Program {
  const builder = new ProgramBuilder(name);
  const x = builder.tensor('x', 1, 1, 'f32', 'input');
  const total = builder.tensor('total', 1, 1, 'f32', role);
  const one = builder.tensor('one', 1, 1, 'f32', 'input');
  builder.call('linear.forward', { x, weight: one, y: total }, { accumulate: 1 });
  return builder.build();
}

describe('the scheduler', () => {
  const gpu = useGpu();

  async function openTraining(scheduler: Scheduler, options: PrepareOptions = {}) {
    const plan = await scheduler.prepare(training, options);
    writeAll(plan, batch);
    scheduler.write('parameters', tinyParameters(layout));
    return plan;
  }

  async function openSmall(scheduler: Scheduler) {
    const plan = await scheduler.prepare(smallTraining);
    writeAll(plan, smallBatch);
    scheduler.write('parameters', tinyParameters(smallLayout));
    return plan;
  }

  async function openCounting(scheduler: Scheduler) {
    const plan = await scheduler.prepare(counting());
    plan.write('x', Float32Array.of(1));
    plan.write('one', Float32Array.of(1));
    return plan;
  }

  it('submits once a run and makes nothing while it replays', async () => {
    const scheduler = new Scheduler(gpu.handle);
    const plan = await openSmall(scheduler);
    const step = async (t: number) => {
      writeStep(plan, ADAM, t, { learningRate: 0.01, dropout: 0.2 });
      plan.run();
      await plan.read('metrics');
      await scheduler.ready();
    };
    await step(0);
    const before = scheduler.counters();
    const { device } = gpu;
    const made = [
      vi.spyOn(device, 'createBuffer'),
      vi.spyOn(device, 'createBindGroup'),
      vi.spyOn(device, 'createShaderModule'),
      vi.spyOn(device, 'createComputePipeline'),
      vi.spyOn(device, 'createComputePipelineAsync'),
    ];
    const submit = vi.spyOn(device.queue, 'submit');
    for (let t = 1; t <= 100; t++) await step(t);
    expect(made.map((spy) => spy.mock.calls.length)).toEqual([0, 0, 0, 0, 0]);
    // One submit for the step, one for the copy of its metrics.
    expect(submit).toHaveBeenCalledTimes(200);
    expect(scheduler.counters()).toEqual({
      ...before,
      submits: before.submits + 100,
      dispatches: before.dispatches + 100 * plan.dispatches,
    });
    for (const spy of [...made, submit]) spy.mockRestore();
    scheduler.dispose();
  });

  it('computes the same in the 1,000th replay as in a fresh plan, bit for bit', async () => {
    const scheduler = new Scheduler(gpu.handle);
    const plan = await openSmall(scheduler);
    const settings = { learningRate: 0.003, dropout: 0.2 };
    for (let t = 0; t < 999; t++) {
      await scheduler.ready();
      writeStep(plan, ADAM, t, settings);
      plan.run();
    }
    const state = await Promise.all(STATE.map((name) => scheduler.read(name)));
    const finish = async (on: Scheduler, last: typeof plan) => {
      writeStep(last, ADAM, 999, settings);
      last.run();
      return { ...(await last.read('metrics', 'logits')), parameters: await on.read('parameters') };
    };
    const replayed = await finish(scheduler, plan);
    scheduler.dispose();
    const fresh = new Scheduler(gpu.handle);
    const freshPlan = await openSmall(fresh);
    for (const [i, name] of STATE.entries()) fresh.write(name, state[i]);
    expect(replayed).toEqual(await finish(fresh, freshPlan));
    expect(replayed.metrics[0]).toBeGreaterThan(0);
    fresh.dispose();
  });

  it('reads without holding up the runs, each read as of its run', async () => {
    const plan = await openCounting(gpu.scheduler);
    const reads = [];
    for (let i = 0; i < 3; i++) {
      plan.run();
      reads.push(plan.read('total'));
    }
    // The ring has three slots; from here on reads wait for one, the runs do not.
    const waiting = Array.from({ length: 5 }, () => plan.read('total'));
    for (let i = 0; i < 20; i++) plan.run();
    expect((await Promise.all(reads)).map(({ total }) => total[0])).toEqual([1, 2, 3]);
    expect((await Promise.all(waiting)).map(({ total }) => total[0])).toEqual([23, 23, 23, 23, 23]);
    plan.dispose();
  });

  it('reads other tensors while reads are on their way', async () => {
    const plan = await openCounting(gpu.scheduler);
    plan.run();
    const some = Array.from({ length: 6 }, () => plan.read('total'));
    const more = plan.read('total', 'x', 'one');
    expect((await more).total).toEqual(Float32Array.of(1));
    for (const { total } of await Promise.all(some)) expect(total).toEqual(Float32Array.of(1));
    plan.dispose();
  });

  it('runs ranges of calls, one submit each', async () => {
    const scheduler = new Scheduler(gpu.handle);
    const plan = await openTraining(scheduler, { isStepped: true });
    writeStep(plan, ADAM, 0, { learningRate: 0.01 });
    plan.run();
    const whole = await plan.read('metrics');
    const parameters = await scheduler.read('parameters');
    scheduler.write('parameters', tinyParameters(layout));
    for (const name of ['moment1', 'moment2']) scheduler.write(name, new Float32Array(layout.length));
    for (let from = 0; from < training.calls.length; from += 10) plan.run(from, from + 10);
    expect(await plan.read('metrics')).toEqual(whole);
    expect(await scheduler.read('parameters')).toEqual(parameters);
    expect(scheduler.counters().submits).toBe(1 + Math.ceil(training.calls.length / 10));
    scheduler.dispose();
  });

  it('refuses a range of a plan that was prepared to run as a whole', async () => {
    const scheduler = new Scheduler(gpu.handle);
    const plan = await openSmall(scheduler);
    expect(() => plan.run(0, 2)).toThrow(`${smallTraining.name}: prepared to run as a whole, not calls 0 to 2`);
    scheduler.dispose();
  });

  it('shares the shared tensors between its plans and keeps the others apart', async () => {
    const scheduler = new Scheduler(gpu.handle);
    const plans = await Promise.all(['a', 'b'].map((name) => scheduler.prepare(counting(name, 'shared'))));
    for (const [i, plan] of plans.entries()) {
      plan.write('x', Float32Array.of(10 ** i));
      plan.write('one', Float32Array.of(1));
      plan.run();
    }
    expect(await scheduler.read('total')).toEqual(Float32Array.of(11));
    scheduler.dispose();
  });

  it('keeps few runs in flight, and is idle when all are computed', async () => {
    const scheduler = new Scheduler(gpu.handle);
    const plan = await openCounting(scheduler);
    const pending = new Set<Promise<unknown>>();
    const done = gpu.device.queue.onSubmittedWorkDone.bind(gpu.device.queue);
    const spy = vi.spyOn(gpu.device.queue, 'onSubmittedWorkDone').mockImplementation(() => {
      const promise = done().finally(() => pending.delete(promise));
      pending.add(promise);
      return promise;
    });
    const counts: number[] = [];
    for (let i = 0; i < 200; i++) {
      await scheduler.ready();
      plan.run();
      counts.push(pending.size);
    }
    // How many there are in between depends on how fast the device is: see queue-depth.test.ts.
    expect(counts[0]).toBe(1);
    expect(counts[1]).toBeLessThanOrEqual(2);
    expect(Math.max(...counts)).toBeLessThanOrEqual(32);
    await scheduler.idle();
    expect(pending.size).toBe(0);
    spy.mockRestore();
    scheduler.dispose();
  });

  it('frees everything when it is disposed, also what is being read or prepared', async () => {
    const scheduler = new Scheduler(gpu.handle);
    const plan = await openCounting(scheduler);
    plan.run();
    const reads = Promise.allSettled(Array.from({ length: 5 }, () => plan.read('total')));
    const prepared = scheduler.prepare(training);
    scheduler.dispose();
    await expect(prepared).rejects.toThrow(`${training.name}: the executor was disposed`);
    for (const result of await reads)
      expect(result.status === 'rejected' && result.reason.message).toMatch(/disposed before it was read$/);
    expect(scheduler.counters()).toMatchObject({ buffers: 0, bytes: 0, bindGroups: 0 });
  });

  it('frees what is its own when a plan is disposed, and keeps the shared tensors', async () => {
    const scheduler = new Scheduler(gpu.handle);
    const empty = scheduler.counters().buffers;
    const plan = await scheduler.prepare(counting('a', 'shared'));
    await plan.read('x');
    plan.dispose();
    expect(scheduler.counters()).toMatchObject({ buffers: empty + 1, bindGroups: 0 });
    expect(await scheduler.read('total')).toHaveLength(1);
    scheduler.dispose();
  });

  it('says which tensor does not fit, and what was expected', async () => {
    const scheduler = new Scheduler(gpu.handle);
    const plan = await scheduler.prepare(counting('a', 'shared'));
    expect(() => plan.write('x', new Float32Array(2))).toThrow(new ShapeError('x: expected 1 elements, got 2'));
    expect(() => plan.write('z', new Float32Array(1))).toThrow(new ShapeError('z: no such tensor in a'));
    await expect(plan.read('z')).rejects.toThrow(new ShapeError('z: no such tensor in a'));
    await expect(scheduler.read('x')).rejects.toThrow(new ShapeError('x: no such shared tensor'));
    const builder = new ProgramBuilder('other');
    builder.tensor('total', 1, 5, 'f32', 'shared');
    await expect(scheduler.prepare(builder.build())).rejects.toThrow(
      new ShapeError('other: shared total has 1 elements, not 5'),
    );
    scheduler.dispose();
  });
});

describe('a program that cannot be prepared', () => {
  const gpu = useGpu();

  /** A program with a tensor beyond `maxBufferSize`. */
  function oversized(name: string): Program {
    const builder = new ProgramBuilder(name);
    builder.tensor('small', 1, 4, 'f32', 'shared');
    builder.call('zero', { y: builder.tensor('huge', 1, 2 ** 27, 'f32', 'shared') });
    return builder.build();
  }

  it('fails with the name of the program, frees all, and leaves the scheduler as it was', async () => {
    const scheduler = new Scheduler(gpu.handle);
    const before = { ...scheduler.counters(), pipelines: expect.any(Number) };
    await expect(scheduler.prepare(oversized('too large'))).rejects.toThrow(/^too large: .*size/is);
    expect(scheduler.counters()).toEqual(before);
    // The name of the tensor is free for one that fits.
    const builder = new ProgramBuilder('fits');
    builder.call('zero', { y: builder.tensor('huge', 1, 4, 'f32', 'shared') });
    const plan = await scheduler.prepare(builder.build());
    plan.run();
    expect(await scheduler.read('huge')).toEqual(new Float32Array(4));
    scheduler.dispose();
  });

  it('does not spoil another that is prepared at the same time', async () => {
    const scheduler = new Scheduler(gpu.handle);
    const [good, bad, other] = await Promise.allSettled([
      scheduler.prepare(training),
      scheduler.prepare(oversized('too large')),
      scheduler.prepare(counting()),
    ]);
    expect([good.status, bad.status, other.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    scheduler.dispose();
  });

  it('fails with the line and the source where the kernel of an op does not compile', async () => {
    const scheduler = new Scheduler(gpu.handle, { strategy: 'separate' });
    const before = scheduler.counters().buffers;
    const definition = opDefinition('zero');
    const dispatches = definition.dispatches.bind(definition);
    const spy = vi
      .spyOn(definition, 'dispatches')
      .mockImplementation((call) =>
        dispatches(call).map((dispatch) => ({ ...dispatch, wgsl: dispatch.wgsl.replace('= 0.0;', '= nothing;') })),
      );
    const broken = scheduler.prepare(training);
    await expect(broken).rejects.toThrow(/zero\.forward \d+:\d+ .*nothing.*\n +y\[.*= nothing;/s);
    await expect(broken).rejects.toThrow(ShaderCompilationError);
    spy.mockRestore();
    expect(scheduler.counters().buffers).toBe(before);
    await scheduler.prepare(training);
    scheduler.dispose();
  });

  it('fails with the line and the source where a kernel of the row machine does not compile', async () => {
    const { device } = gpu;
    const create = device.createShaderModule.bind(device);
    const spy = vi.spyOn(device, 'createShaderModule').mockImplementation((descriptor) =>
      create({
        ...descriptor,
        code: descriptor.code.replace('let rows = tile_rows(first_row);', 'let rows = nothing;'),
      }),
    );
    // Tiles that no other test of the file compiles, so that the cache of the device does not have the kernel.
    const scheduler = new Scheduler(gpu.handle, { strategy: 'persistent', tile: { rows: 2, lanes: 8 } });
    const before = scheduler.counters().buffers;
    const broken = scheduler.prepare(training);
    await expect(broken).rejects.toThrow(/rows\.\w+\.\w+ \d+:\d+ .*nothing.*\n +let rows = /s);
    await expect(broken).rejects.toThrow(ShaderCompilationError);
    spy.mockRestore();
    expect(scheduler.counters().buffers).toBe(before);
    await scheduler.prepare(training);
    scheduler.dispose();
  });
});
