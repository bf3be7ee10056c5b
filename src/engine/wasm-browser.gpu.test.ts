import { describe, expect, it } from 'vitest';
import { ParameterLayout } from '../model/parameters.ts';
import { trainingProgram } from '../model/translator.ts';
import { OP_NAMES } from '../ops/registry.ts';
import { GOLDEN_CASES } from '../testing/golden.ts';
import { failuresOf } from '../testing/parity.ts';
import { ADAM, tinyBatch, tinyShape, trainSteps } from '../testing/tiny-models.ts';
import { compare, TOLERANCES } from '../testing/tolerance.ts';
import { verifyOn } from '../testing/verify.ts';
import { compileKernels, type SimdModule } from '../wasm/kernels.ts';
import type { Executor } from './executor.ts';
import { ReferenceExecutor } from './reference-executor.ts';
import { WasmExecutor } from './wasm-executor.ts';

const open = async (shards: number, module?: SimdModule) =>
  (await WasmExecutor.open({ shards, ...(module && { module }) })) as WasmExecutor;

describe('in a browser, both builds of the kernels', () => {
  it.each(['plain', 'relaxed'] as const)('agree with the references and with PyTorch: %s', async (build) => {
    const executor = await open(1, (await compileKernels(build)) as SimdModule);
    for (const op of OP_NAMES) expect(await failuresOf(op, executor), op).toEqual([]);
    executor.dispose();
    for (const file of GOLDEN_CASES) {
      const fresh = await open(1, executor.module);
      const rows = await verifyOn(fresh, file, TOLERANCES.float32);
      fresh.dispose();
      expect(rows.filter(({ isWithin }) => !isWithin)).toEqual([]);
    }
  });

  it('are chosen from best to last', async () => {
    expect((await compileKernels())?.hasRelaxedSimd).toBe(true);
  });
});

describe('in a browser, shards in workers', () => {
  const size = { batch: 32, sourceLength: 6, targetLength: 5 };
  const layout = new ParameterLayout(tinyShape());
  const program = trainingProgram(layout, size, { hasDropout: true, isSampled: true, optimizer: ADAM });

  async function train(executor: Executor) {
    const plan = await executor.prepare(program);
    const options = { steps: 6, learningRate: 0.01, dropout: 0.3, teacherForcing: 0.5 };
    const losses = await trainSteps(executor, plan, layout, tinyBatch(layout.shape, size), ADAM, options);
    return { losses, fed: (await plan.read('decoder.fed'))['decoder.fed'] };
  }

  it.each([2, 4])('train as the float64 reference does: %d', async (shards) => {
    const want = await train(new ReferenceExecutor());
    const executor = await open(shards);
    expect(executor.shards.length).toBe(shards);
    const got = await train(executor);
    expect(compare(got.losses, want.losses, TOLERANCES.float32.value)).toMatchObject({ isWithin: true });
    expect(got.fed).toEqual(want.fed);
    const [first, ...others] = await Promise.all(executor.shards.map((shard) => shard.read(null, ['parameters'])));
    for (const weights of others) expect(weights).toEqual(first);
    executor.dispose();
  });

  it('are missed at once when the browser ends one in the middle of a run', async () => {
    const workers: Worker[] = [];
    const createWorker = () => {
      const worker = new Worker(new URL('./wasm-worker.ts', import.meta.url), { type: 'module' });
      workers.push(worker);
      return worker;
    };
    const executor = (await WasmExecutor.open({ shards: 3, createWorker })) as WasmExecutor;
    const plan = await executor.prepare(program);
    plan.run();
    await executor.idle();
    plan.run();
    workers[0]?.terminate();
    plan.run();
    await expect(plan.read('metrics')).rejects.toThrow('a worker of the CPU executor has ended');
    await expect(executor.ready()).rejects.toThrow('has ended');
    executor.dispose();
  });

  it('are at most four, no more than the processors, and as fast as one at least', async () => {
    const executor = (await WasmExecutor.open()) as WasmExecutor;
    expect(executor.threads).toBeGreaterThanOrEqual(1);
    expect(executor.threads).toBeLessThanOrEqual(Math.min(4, navigator.hardwareConcurrency));
    expect(await executor.measureProduct()).toBeGreaterThan(1);
    executor.dispose();
  });
});
