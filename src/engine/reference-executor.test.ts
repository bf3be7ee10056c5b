import { describe, expect, it } from 'vitest';
import { ShapeError } from '../lib/errors.ts';
import { ProgramBuilder } from './program.ts';
import { ReferenceExecutor } from './reference-executor.ts';

/** y = y + x · weight, with weight shared. */
function accumulating(name: string, role: 'local' | 'shared' = 'local') {
  const builder = new ProgramBuilder(name);
  const x = builder.tensor('x', 1, 2, 'f32', 'input');
  const weight = builder.tensor('weight', 1, 2, 'f32', 'shared');
  const y = builder.tensor('y', 1, 1, 'f32', role);
  builder.call('linear.forward', { x, weight, y }, { accumulate: 1 });
  builder.call('linear.forward', { x, weight, y }, { accumulate: 1 });
  return builder.build();
}

describe('ReferenceExecutor', () => {
  it('computes in float64', async () => {
    const executor = new ReferenceExecutor();
    const plan = await executor.prepare(accumulating('a'));
    plan.write('x', Float64Array.of(1, 1e-12));
    executor.write('weight', Float64Array.of(1, 1));
    plan.run(0, 1);
    expect((await plan.read('y')).y).toEqual(Float64Array.of(1 + 1e-12));
  });

  it('shares the shared tensors between programs and keeps the others apart', async () => {
    const executor = new ReferenceExecutor();
    const [a, b] = [await executor.prepare(accumulating('a')), await executor.prepare(accumulating('b'))];
    executor.write('weight', Float64Array.of(2, 3));
    a.write('x', Float64Array.of(1, 0));
    b.write('x', Float64Array.of(0, 1));
    a.run(0, 1);
    b.run(0, 1);
    expect([(await a.read('y')).y[0], (await b.read('y')).y[0]]).toEqual([2, 3]);
    expect(await executor.read('weight')).toEqual(Float64Array.of(2, 3));
  });

  it('runs ranges of calls', async () => {
    const executor = new ReferenceExecutor();
    const plan = await executor.prepare(accumulating('a'));
    executor.write('weight', Float64Array.of(1, 0));
    plan.write('x', Float64Array.of(1, 0));
    plan.run(1);
    plan.run();
    expect((await plan.read('y')).y[0]).toBe(3);
    expect(executor.counters()).toMatchObject({ submits: 2, dispatches: 3, buffers: 3, bytes: 8 * 5 });
  });

  it('hands out copies', async () => {
    const executor = new ReferenceExecutor();
    await executor.prepare(accumulating('a'));
    const copy = await executor.read('weight');
    copy[0] = 9;
    expect((await executor.read('weight'))[0]).toBe(0);
  });

  it('says what is wrong with a tensor: its name, or its length', async () => {
    const executor = new ReferenceExecutor();
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

  it('hands out what there is at the time of the call', async () => {
    const executor = new ReferenceExecutor();
    const plan = await executor.prepare(accumulating('a'));
    executor.write('weight', Float64Array.of(1, 0));
    plan.write('x', Float64Array.of(1, 0));
    plan.run();
    const first = plan.read('y');
    plan.run();
    expect((await first).y[0]).toBe(2);
    expect((await plan.read('y')).y[0]).toBe(4);
  });

  it('computes beside the caller, and is ready when it is done', async () => {
    const executor = new ReferenceExecutor();
    const plan = await executor.prepare(accumulating('a'));
    executor.write('weight', Float64Array.of(1, 0));
    const x = Float64Array.of(1, 0);
    plan.write('x', x);
    x[0] = 100;
    for (let i = 0; i < 50; i++) plan.run();
    await executor.ready();
    expect((await plan.read('y')).y[0]).toBe(100);
    await executor.idle();
  });

  it('turns away the reads that it was disposed before', async () => {
    const executor = new ReferenceExecutor();
    const plan = await executor.prepare(accumulating('a'));
    plan.run();
    const reads = Promise.allSettled([plan.read('y'), executor.read('weight')]);
    executor.dispose();
    for (const result of await reads)
      expect(result.status === 'rejected' && result.reason.message).toBe('disposed before it was read');
    await executor.idle();
  });

  it('holds nothing once it is disposed, and its plans only the shared tensors', async () => {
    const executor = new ReferenceExecutor();
    const plan = await executor.prepare(accumulating('a'));
    plan.dispose();
    expect(executor.counters().buffers).toBe(1);
    executor.dispose();
    expect(executor.counters().buffers).toBe(0);
  });
});
