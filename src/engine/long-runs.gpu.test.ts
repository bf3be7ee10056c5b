import { describe, expect, it, vi } from 'vitest';
import { ParameterLayout } from '../model/parameters.ts';
import { trainingProgram } from '../model/translator.ts';
import { useGpu } from '../testing/gpu-fixture.ts';
import { ADAM, tinyBatch, tinyParameters, tinyShape, writeAll, writeStep } from '../testing/tiny-models.ts';
import { Scheduler } from './scheduler.ts';

const size = { batch: 2, sourceLength: 3, targetLength: 2 };
const layout = new ParameterLayout(tinyShape({ layers: 1, bidirectional: false }));
const batch = tinyBatch(layout.shape, size);
const training = trainingProgram(layout, size, { hasDropout: true, isSampled: false, optimizer: ADAM });
const STEPS = 6;
/** Steps on a queue that is slow: enough to find that out. */
const SLOW_STEPS = 4;

describe('runs that take longer than 50 ms', () => {
  const gpu = useGpu();

  /** Trains as on an adapter of that kind, whose queue at first needs `extraMs` more for a run; the submits of each step with its results. */
  async function train(isSoftware: boolean, extraMs: number) {
    const done = gpu.device.queue.onSubmittedWorkDone.bind(gpu.device.queue);
    const slow = vi.spyOn(gpu.device.queue, 'onSubmittedWorkDone').mockImplementation(async () => {
      await done();
      await new Promise((resolve) => setTimeout(resolve, extraMs));
    });
    const scheduler = new Scheduler({ ...gpu.handle, isSoftware, hasQuads: false }, { strategy: 'persistent' });
    const plan = await scheduler.prepare(training);
    writeAll(plan, batch);
    scheduler.write('parameters', tinyParameters(layout));
    const submits: number[] = [];
    const dispatches: number[] = [];
    const losses: number[] = [];
    for (let t = 0; t < STEPS; t++) {
      await scheduler.ready();
      const before = scheduler.counters().submits;
      writeStep(plan, ADAM, t, { learningRate: 0.01, dropout: 0.2 });
      plan.run();
      submits.push(scheduler.counters().submits - before);
      dispatches.push(plan.dispatches);
      losses.push((await plan.read('metrics')).metrics[0] as number);
      await scheduler.idle();
      if (t + 1 < SLOW_STEPS) continue;
      slow.mockRestore();
      // Launches that are cut are recorded beside the runs.
      await scheduler.make('nothing', () => {});
    }
    const result = { losses, parameters: await scheduler.read('parameters') };
    scheduler.dispose();
    return { submits, dispatches, result };
  }

  it('are submitted in parts and in shorter launches, and compute the same bits', async () => {
    const long = await train(false, 700);
    expect(long.submits.slice(0, 3)).toEqual([1, 1, 1]);
    expect(Math.min(...long.submits.slice(3))).toBeGreaterThan(3);
    expect(long.dispatches.at(-1)).toBeGreaterThan(long.dispatches[0] as number);
    const asOne = vi.spyOn(Scheduler.prototype, 'shorten').mockImplementation(() => {});
    const whole = await train(false, 0);
    asOne.mockRestore();
    expect(whole.dispatches.at(-1)).toBe(whole.dispatches[0]);
    expect(long.result).toEqual(whole.result);
  });

  it('stay one submit on a software adapter, which keeps nothing else from its turn', async () => {
    const { submits } = await train(true, 100);
    expect(submits).toEqual(new Array(STEPS).fill(1));
  });
});
