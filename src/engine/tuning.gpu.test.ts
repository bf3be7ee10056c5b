import { describe, expect, it, vi } from 'vitest';
import { LaunchTimer } from '../gpu/timing.ts';
import { ParameterLayout } from '../model/parameters.ts';
import { trainingProgram } from '../model/translator.ts';
import { HISTORY_SLOTS, METRICS, METRICS_LENGTH } from '../ops/step-data.ts';
import { useGpu } from '../testing/gpu-fixture.ts';
import { ADAM, tinyBatch, tinyParameters, tinyShape, writeAll, writeStep } from '../testing/tiny-models.ts';
import { autotune, candidatesAround, type TrialBench } from './autotune.ts';
import type { Plan } from './executor.ts';
import type { GpuPlan } from './gpu-plan.ts';
import { Scheduler } from './scheduler.ts';
import type { EngineSettings } from './strategy.ts';
import { GpuTrialBench } from './trial-bench.ts';
import { type TextStore, TuningMemory } from './tuning-memory.ts';

const size = { batch: 5, sourceLength: 3, targetLength: 2 };
const layout = new ParameterLayout(tinyShape({ layers: 1, bidirectional: false }));
const batch = tinyBatch(layout.shape, size);
const program = (name: string) => ({
  ...trainingProgram(layout, size, { hasDropout: true, isSampled: false, optimizer: ADAM }),
  name,
});
const NEVER = new AbortController().signal;

describe('tuning', () => {
  const gpu = useGpu();

  /** A scheduler that takes the adapter for hardware, without tiles of quads, as `settings` have it. */
  const onHardware = (memory = new TuningMemory(), settings: Partial<EngineSettings> = {}) =>
    new Scheduler({ ...gpu.handle, isSoftware: false, hasQuads: false }, settings, { memory, budgetMs: 60_000 });

  async function open(scheduler: Scheduler, name = 'training'): Promise<Plan> {
    const plan = await scheduler.prepare(program(name));
    writeAll(plan, batch);
    scheduler.write('parameters', tinyParameters(layout));
    for (const moment of ['moment1', 'moment2']) scheduler.write(moment, new Float32Array(layout.length));
    scheduler.write('history', new Float32Array(HISTORY_SLOTS * METRICS_LENGTH));
    return plan;
  }

  async function train(plan: Plan, from: number, to: number): Promise<number[]> {
    const losses: number[] = [];
    for (let t = from; t < to; t++) {
      writeStep(plan, ADAM, t, { learningRate: 0.01, dropout: 0.2 });
      plan.run();
      losses.push((await plan.read('metrics')).metrics[METRICS.loss] as number);
    }
    return losses;
  }

  /** Has the bench measure what it is told to, since a software adapter takes long for workgroups made for hardware. */
  function pretend(ms: (settings: EngineSettings) => number) {
    const prepare = GpuTrialBench.prototype.prepare;
    return vi.spyOn(GpuTrialBench.prototype, 'prepare').mockImplementation(async function (
      this: GpuTrialBench,
      settings,
    ) {
      const { result } = await prepare.call(this, settings);
      return { result, time: async () => ms(settings) };
    });
  }

  it('measures with timestamps, and where there are none by the time until the queue is empty', async () => {
    const features = vi.spyOn(gpu.device, 'features', 'get');
    for (const hasTimestamps of [true, false]) {
      if (!hasTimestamps) features.mockReturnValue(new Set() as unknown as GPUSupportedFeatures);
      const whole = vi.spyOn(LaunchTimer.prototype, 'whole');
      const scheduler = onHardware();
      const plan = await open(scheduler);
      await train(plan, 0, 1);
      const bench = await GpuTrialBench.open(scheduler, plan as GpuPlan);
      const trial = await bench.prepare((plan as GpuPlan).settings);
      const { loss, gradients } = await trial.result();
      expect([loss, gradients.length]).toEqual([expect.any(Number), layout.length]);
      expect(await trial.time(2)).toBeGreaterThan(0);
      expect(whole).toHaveBeenCalledTimes(hasTimestamps ? 1 : 0);
      bench.dispose();
      scheduler.dispose();
      whole.mockRestore();
    }
    features.mockRestore();
  });

  it('measures candidates on the GPU beside the training, leaves the run as it would have been, and frees all', async () => {
    const undisturbed = onHardware();
    const expected = await train(await open(undisturbed), 0, 12);
    const expectedParameters = await undisturbed.read('parameters');
    undisturbed.dispose();

    const scheduler = onHardware();
    const plan = await open(scheduler);
    expect(plan.strategy?.reason).toEqual({ kind: 'rule', isSoftware: false, hidden: 5, batch: 5 });
    const losses = await train(plan, 0, 3);
    const before = scheduler.counters();
    const bench = pretend(({ strategy }) => (strategy === 'wide' ? 2 : 1));
    const tuned = scheduler.tune([plan], NEVER);
    losses.push(...(await train(plan, 3, 9)));
    await tuned;
    expect(bench.mock.calls.length).toBeGreaterThanOrEqual(4);
    losses.push(...(await train(plan, 9, 12)));
    expect(losses).toEqual(expected);
    expect(await scheduler.read('parameters')).toEqual(expectedParameters);
    expect(plan.strategy).toMatchObject({
      strategy: 'persistent',
      reason: { kind: 'measured', isRuleConfirmed: true, gain: 1, excluded: [], isRemembered: false },
    });
    // The rings of what was read since.
    expect(scheduler.counters().bytes).toBeLessThanOrEqual(before.bytes + 4 * layout.length);
    bench.mockRestore();
    scheduler.dispose();
    expect(scheduler.counters()).toMatchObject({ buffers: 0, bytes: 0 });
  });

  it.each([
    ['persistent', 8],
    ['wide', 4],
  ] as const)('finds that all candidates around %s with %i rows compute the same', async (strategy, rows) => {
    const handle = { ...gpu.handle, isSoftware: false, hasQuads: false };
    const scheduler = new Scheduler(handle, { strategy, tile: { rows, lanes: 64 } });
    const plan = (await open(scheduler)) as GpuPlan;
    await train(plan, 0, 1);
    const trials = await GpuTrialBench.open(scheduler, plan);
    const bench: TrialBench = {
      prepare: async (settings) => ({ result: (await trials.prepare(settings)).result, time: async () => 1 }),
      rest: async () => {},
    };
    const tuned = await autotune(candidatesAround(plan.settings), bench, NEVER, 60_000);
    expect(tuned).toMatchObject({ measured: 6, excluded: [] });
    trials.dispose();
    scheduler.dispose();
  });

  it('switches every plan to what is faster between two steps, and the weights go on as they did', async () => {
    const undisturbed = onHardware();
    const reference = await train(await open(undisturbed), 0, 10);
    undisturbed.dispose();
    const scheduler = onHardware();
    const plan = await open(scheduler, 'a');
    const other = await open(scheduler, 'b');
    const losses = await train(plan, 0, 3);
    const bench = pretend(({ strategy, tile }) => (strategy === 'wide' && tile.rows === 4 ? 1 : 1.5));
    const dispatches = [plan.dispatches, other.dispatches];
    await scheduler.tune([plan, other], NEVER);
    bench.mockRestore();
    for (const { strategy } of [plan, other])
      expect(strategy).toMatchObject({
        strategy: 'wide',
        rows: 4,
        lanes: 64,
        reason: { kind: 'measured', isRuleConfirmed: false, gain: 1.5, rival: { strategy: 'persistent' } },
      });
    expect(plan.dispatches).toBeGreaterThan(dispatches[0] as number);
    expect(other.dispatches).toBeGreaterThan(dispatches[1] as number);
    losses.push(...(await train(plan, 3, 10)));
    losses.forEach((loss, t) => {
      expect(Math.abs(loss - (reference[t] as number))).toBeLessThan(1e-4);
    });
    scheduler.dispose();
  });

  it('never asks the clock on a software adapter, nor where a strategy was asked for', async () => {
    const time = vi.spyOn(LaunchTimer.prototype, 'whole');
    const bench = vi.spyOn(GpuTrialBench, 'open');
    const asked = onHardware(undefined, { strategy: 'stepwise' });
    for (const scheduler of [new Scheduler(gpu.handle), asked]) {
      const plan = await open(scheduler);
      await train(plan, 0, 2);
      const [before, strategy] = [scheduler.counters(), plan.strategy];
      await scheduler.tune([plan], NEVER);
      expect(scheduler.counters()).toEqual(before);
      expect(plan.strategy).toBe(strategy);
      expect(strategy?.reason.kind).toBe(scheduler === asked ? 'asked' : 'rule');
      scheduler.dispose();
    }
    expect(time).not.toHaveBeenCalled();
    expect(bench).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  it('remembers what it measured, and looks once more whether that still computes the same', async () => {
    const texts = new Map<string, string>();
    const store: TextStore = {
      get: async (key) => texts.get(key) ?? null,
      set: async (key, text) => {
        texts.set(key, text);
      },
    };
    const tuneOnce = async (measured: number) => {
      const bench = pretend(({ strategy }) => (strategy === 'wide' ? 1 : measured));
      const scheduler = onHardware(new TuningMemory(store));
      const plan = await open(scheduler);
      await train(plan, 0, 1);
      await scheduler.tune([plan], NEVER);
      const { strategy } = plan;
      scheduler.dispose();
      const candidates = bench.mock.calls.length;
      bench.mockRestore();
      return { strategy, candidates };
    };
    const first = await tuneOnce(2);
    expect(first.strategy).toMatchObject({ strategy: 'wide', reason: { gain: 2, isRemembered: false } });
    expect(texts.size).toBe(1);
    const second = await tuneOnce(0.5);
    expect(second.candidates).toBe(2);
    expect(second.strategy).toMatchObject({ strategy: 'wide', reason: { gain: 2, isRemembered: true } });
    // A driver that got worse since.
    const result = vi.spyOn(GpuTrialBench.prototype, 'prepare').mockImplementation(async (settings) => ({
      result: async () => ({ loss: settings.strategy === 'wide' ? 3 : 2, gradientNorm: 1, gradients: [1] }),
      time: async () => 1,
    }));
    const third = onHardware(new TuningMemory(store));
    const plan = await open(third);
    await train(plan, 0, 1);
    await third.tune([plan], NEVER);
    expect(plan.strategy).toMatchObject({
      strategy: 'persistent',
      reason: { isRuleConfirmed: true, rival: null, excluded: [{ strategy: 'wide', problem: 'differs' }] },
    });
    result.mockRestore();
    third.dispose();
  });

  it('is called off by its signal or by the end of the scheduler, and leaves nothing behind', async () => {
    for (const end of ['signal', 'dispose'] as const) {
      const scheduler = onHardware();
      const plan = await open(scheduler);
      await train(plan, 0, 1);
      const before = scheduler.counters().buffers;
      const controller = new AbortController();
      const bench = pretend(() => 1);
      const tuned = scheduler.tune([plan], controller.signal);
      await vi.waitUntil(() => bench.mock.calls.length >= 2);
      if (end === 'signal') controller.abort();
      else scheduler.dispose();
      await tuned;
      bench.mockRestore();
      expect(plan.strategy?.reason.kind).toBe('rule');
      expect(scheduler.counters().buffers).toBe(end === 'signal' ? before : 0);
      if (end === 'signal') await train(plan, 1, 2);
      scheduler.dispose();
    }
  });

  it('holds the runs back only while it times', async () => {
    const scheduler = onHardware();
    const plan = await open(scheduler);
    let isBusy = false;
    const turn = scheduler.exclusively(async () => {
      isBusy = true;
      await new Promise((resolve) => setTimeout(resolve, 30));
      isBusy = false;
    });
    await scheduler.ready();
    expect(isBusy).toBe(false);
    await turn;
    await expect(scheduler.exclusively(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await scheduler.ready();
    plan.dispose();
    scheduler.dispose();
  });
});
