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
  const trainer = await Trainer.open(executor, loadCorpus(config), config);
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

  it('repeats a run bit for bit', async () => {
    const config = { ...defaultConfig('numbers'), ...small, dropout: 0.1 };
    for (const open of [async () => new Scheduler(handle), openCpu]) {
      const first = await lossCurve(await open(), config);
      expect(await lossCurve(await open(), config)).toEqual(first);
    }
  });
});
