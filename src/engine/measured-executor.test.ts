import { describe, expect, it } from 'vitest';
import { ParameterLayout } from '../model/parameters.ts';
import { decodingProgram, trainingProgram } from '../model/translator.ts';
import { METRICS } from '../ops/step-data.ts';
import { ADAM, TINY_SIZE, tinyBatch, tinyParameters, tinyShape, writeAll, writeStep } from '../testing/tiny-models.ts';
import type { Executor } from './executor.ts';
import { MeasuredExecutor, type Measurement, type Measurements } from './measured-executor.ts';
import { ReferenceExecutor } from './reference-executor.ts';

/** The reference, which takes at least so long for every step. */
class SlowExecutor extends ReferenceExecutor {
  isDisposed = false;

  constructor(private readonly stepMs: number) {
    super();
  }

  override async idle(): Promise<void> {
    await super.idle();
    await new Promise((resolve) => setTimeout(resolve, this.stepMs));
  }

  override dispose(): void {
    this.isDisposed = true;
    super.dispose();
  }
}

const layout = new ParameterLayout(tinyShape());
const STEPS = 30;

/** Losses of a run in which frames are decoded beside the training, and what the two decoded last. */
async function train(executor: Executor) {
  const options = { hasDropout: true, isSampled: true, optimizer: ADAM };
  const plan = await executor.prepare(trainingProgram(layout, TINY_SIZE, options));
  const frame = await executor.prepare(decodingProgram(layout, TINY_SIZE));
  executor.write('parameters', tinyParameters(layout));
  writeAll(frame, tinyBatch(layout.shape, TINY_SIZE));
  writeStep(frame, ADAM, 0, { teacherForcing: 0 });
  const batch = tinyBatch(layout.shape, TINY_SIZE);
  const losses: number[] = [];
  for (let t = 0; t < STEPS; t++) {
    await executor.ready();
    writeAll(plan, batch);
    writeStep(plan, ADAM, t, { learningRate: 0.02, dropout: 0.2, teacherForcing: 0.8 });
    plan.run();
    losses.push((await plan.read('metrics')).metrics[METRICS.loss]);
  }
  frame.run();
  const decoded = await frame.read('decoder.probabilities');
  await executor.idle();
  return { losses, decoded };
}

async function measure(firstMs: number, secondMs: number, known: Measurements = new Map(), secondRate = 1e12) {
  const [first, second] = [new SlowExecutor(firstMs), new SlowExecutor(secondMs)];
  const measured: Measurement[] = [];
  let opened = 0;
  const executor = new MeasuredExecutor(first, {
    openSecond: async () => {
      opened++;
      return second;
    },
    secondRate: async () => secondRate,
    known,
    onMeasured: (measurement) => measured.push(measurement),
  });
  const result = await train(executor);
  return { executor, first, second, measured, result, opened };
}

describe('MeasuredExecutor', () => {
  it('moves a run to the faster executor, with the losses that it would have had', async () => {
    const want = await train(new ReferenceExecutor());
    const { executor, first, second, measured, result } = await measure(20, 1);
    expect(result).toEqual(want);
    expect(measured.length).toBe(1);
    expect(measured[0]?.firstMs).toBeGreaterThan(measured[0]?.secondMs as number);
    expect([first.isDisposed, second.isDisposed]).toEqual([true, false]);
    executor.dispose();
    expect(second.isDisposed).toBe(true);
  });

  it('stays where it is faster, and frees the other', async () => {
    const want = await train(new ReferenceExecutor());
    const { executor, first, second, measured, result } = await measure(1, 20);
    expect(result).toEqual(want);
    expect(measured.length).toBe(1);
    expect([first.isDisposed, second.isDisposed]).toEqual([false, true]);
    executor.dispose();
    expect(first.isDisposed).toBe(true);
  });

  it('does not open one whose matrix products alone take longer than whole steps', async () => {
    const known: Measurements = new Map();
    const { executor, measured, result, opened } = await measure(1, 20, known, 1);
    expect(result).toEqual(await train(new ReferenceExecutor()));
    expect(opened).toBe(0);
    expect(measured).toMatchObject([{ isLeast: true }]);
    expect(measured[0]?.secondMs).toBeGreaterThan(measured[0]?.firstMs as number);
    expect([...known.values()]).toEqual(measured);
    executor.dispose();
  });

  it('remembers what it measured, by what was computed', async () => {
    const known: Measurements = new Map();
    await measure(20, 1, known);
    expect(known.size).toBe(1);
    const again = await measure(1, 20, known);
    expect(again.measured).toEqual([...known.values()]);
    expect([again.first.isDisposed, again.second.isDisposed]).toEqual([true, false]);
    again.executor.dispose();
  });

  it('goes on where it is when the other can not be had', async () => {
    const executor = new MeasuredExecutor(new ReferenceExecutor(), {
      openSecond: () => Promise.reject(new Error('lost')),
      secondRate: async () => 1e12,
      known: new Map(),
      onMeasured: () => expect.unreachable(),
    });
    expect(await train(executor)).toEqual(await train(new ReferenceExecutor()));
    executor.dispose();
  });
});
