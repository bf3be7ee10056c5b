import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCorpus } from '../data/tasks.ts';
import type { Executor } from '../engine/executor.ts';
import { ReferenceExecutor } from '../engine/reference-executor.ts';
import { Scheduler } from '../engine/scheduler.ts';
import { WasmExecutor } from '../engine/wasm-executor.ts';
import { type DeviceHandle, openDevice } from '../gpu/device.ts';
import { type Config, defaultConfig } from '../model/config.ts';
import { Trainer } from './trainer.ts';

const STEPS = 50;

async function lossCurve(executor: Executor, config: Config): Promise<Float64Array> {
  const trainer = await Trainer.open(executor, await loadCorpus(config), config);
  for (let step = 0; step < STEPS; step++) {
    await executor.ready();
    trainer.submitStep();
  }
  const { loss } = await trainer.readProgress();
  executor.dispose();
  return loss;
}

/** Two workers, so that the batch is split. */
const openCpu = async () => (await WasmExecutor.open({ shards: 2 })) as WasmExecutor;

describe('training', () => {
  let handle: DeviceHandle;
  beforeAll(async () => {
    handle = await openDevice();
  });
  afterAll(() => handle.device.destroy());

  const small = { embedding: 16, hidden: 16, decoderHidden: 16, attention: 16, readout: 16, batch: 16 };
  it.each([
    { ...defaultConfig('dates'), ...small },
    { ...defaultConfig('phrases'), ...small, score: 'general', placement: 'after', teacherForcing: 0.7, dropout: 0.2 },
  ] satisfies Config[])(
    'has one loss curve within 1e-3 over the first 50 steps, on GPU, CPU and in float64: $task',
    async (config) => {
      const exact = await lossCurve(new ReferenceExecutor(), config);
      expect(exact).toHaveLength(STEPS);
      for (const executor of [new Scheduler(handle), await openCpu()]) {
        const losses = await lossCurve(executor, config);
        const differences = Array.from(losses, (loss, step) => Math.abs(loss - (exact[step] as number)));
        expect(Math.max(...differences), executor.kind).toBeLessThan(1e-3);
      }
      expect(exact[STEPS - 1]).toBeLessThan(exact[0] as number);
    },
  );

  const resumable: Config[] = [
    { ...defaultConfig('phrases'), ...small, dropout: 0.2, teacherForcing: 0.7 },
    { ...defaultConfig('dates'), ...small, optimizer: 'sgd', score: 'general', placement: 'after' },
  ];
  const trainer = async (executor: Executor, config: Config) =>
    Trainer.open(executor, await loadCorpus(config), config);
  const advance = async (executor: Executor, one: Trainer, steps: number) => {
    for (let i = 0; i < steps; i++) {
      await executor.ready();
      one.submitStep();
    }
  };
  it.each(resumable)('goes on from a captured state as if it had never stopped: $task', async (config) => {
    for (const open of [async () => new Scheduler(handle), openCpu]) {
      const whole = await open();
      const uninterrupted = await trainer(whole, config);
      await advance(whole, uninterrupted, 20);
      const expected = await uninterrupted.capture();
      whole.dispose();

      const first = await open();
      const begun = await trainer(first, config);
      await advance(first, begun, 10);
      const capturing = begun.capture();
      // What is submitted while the copies are on their way is not part of them.
      await advance(first, begun, 3);
      const state = await capturing;
      first.dispose();
      const second = await open();
      const resumed = await trainer(second, config);
      await resumed.restore(state);
      await advance(second, resumed, 10);
      expect(state.step).toBe(10);
      expect(await resumed.capture(), second.kind).toEqual(expected);
      second.dispose();
    }
  });

  it('goes on on another executor from the same state', async () => {
    const [config] = resumable as [Config];
    const gpu = new Scheduler(handle);
    const begun = await trainer(gpu, config);
    await advance(gpu, begun, 10);
    const state = await begun.capture();
    await advance(gpu, begun, 10);
    const cpu = await openCpu();
    const resumed = await trainer(cpu, config);
    await resumed.restore(state);
    expect((await resumed.capture()).parameters).toEqual(state.parameters);
    await advance(cpu, resumed, 10);
    const [here, there] = [await begun.readProgress(), await resumed.readProgress()];
    expect(there.step).toEqual(here.step);
    there.loss.forEach((loss, i) => {
      expect(Math.abs(loss - (here.loss[i] as number))).toBeLessThan(1e-3);
    });
    gpu.dispose();
    cpu.dispose();
  });

  it('repeats a run bit for bit', async () => {
    const config = { ...defaultConfig('numbers'), ...small, dropout: 0.1 };
    for (const open of [async () => new Scheduler(handle), openCpu]) {
      const first = await lossCurve(await open(), config);
      expect(await lossCurve(await open(), config)).toEqual(first);
    }
  });
});
