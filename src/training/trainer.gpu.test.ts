import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCorpus } from '../data/tasks.ts';
import type { Executor } from '../engine/executor.ts';
import { ReferenceExecutor } from '../engine/reference-executor.ts';
import { Scheduler } from '../engine/scheduler.ts';
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

describe('training on the GPU', () => {
  let handle: DeviceHandle;
  beforeAll(async () => {
    handle = await openDevice();
  });
  afterAll(() => handle.device.destroy());

  const small = { embedding: 16, hidden: 16, decoderHidden: 16, attention: 16, readout: 16, batch: 8 };
  it.each([
    { ...defaultConfig('dates'), ...small },
    { ...defaultConfig('phrases'), ...small, score: 'general', placement: 'after', teacherForcing: 0.7, dropout: 0.2 },
  ] satisfies Config[])('has the loss curve of the CPU within 1e-3 over the first 50 steps: $task', async (config) => {
    const onGpu = await lossCurve(new Scheduler(handle), config);
    const onCpu = await lossCurve(new ReferenceExecutor(), config);
    expect(onGpu).toHaveLength(STEPS);
    const differences = Array.from(onGpu, (loss, step) => Math.abs(loss - (onCpu[step] as number)));
    expect(Math.max(...differences)).toBeLessThan(1e-3);
    expect(onCpu[STEPS - 1]).toBeLessThan(onCpu[0] as number);
  });

  it('repeats a run bit for bit', async () => {
    const config = { ...defaultConfig('numbers'), ...small, dropout: 0.1 };
    const first = await lossCurve(new Scheduler(handle), config);
    expect(await lossCurve(new Scheduler(handle), config)).toEqual(first);
  });
});
