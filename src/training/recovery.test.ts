import { afterEach, describe, expect, it } from 'vitest';
import { WasmExecutor } from '../engine/wasm-executor.ts';
import { DeviceLostError, DeviceUnavailableError } from '../lib/errors.ts';
import { FakeLocks } from '../testing/fake-locks.ts';
import { openCpu, tinyConfig } from '../testing/open-run.ts';
import { ShardWorkers } from '../testing/shard-workers.ts';
import type { Executors, OpenedExecutor } from './executors.ts';
import type { Event, ExecutorPreference, ExecutorReason, FaultCause, Succession } from './protocol.ts';
import { Session } from './session.ts';

/** Executors that say they are GPUs and can be lost; computed by the CPU's kernels. */
class FakeExecutors implements Executors {
  opened = 0;
  /** Openings of a GPU that fail from now on, and how. */
  failures: Error[] = [];
  /** A GPU that is asked for comes after this. */
  found: Promise<void> = Promise.resolve();
  /** A GPU that is asked for again comes after this. */
  ready: Promise<void> = Promise.resolve();
  lose: (error: Error) => void = () => {};

  async open(): Promise<OpenedExecutor> {
    await this.found;
    return this.#gpu();
  }

  async reopenGpu(): Promise<OpenedExecutor> {
    await this.ready;
    return this.#gpu();
  }

  insteadOfGpu(cause: FaultCause, message: string): Promise<OpenedExecutor> {
    return this.insteadOfSoftware({ kind: 'fault', cause, message });
  }

  async insteadOfSoftware(reason: ExecutorReason): Promise<OpenedExecutor> {
    const executor = await openCpu();
    const description = { kind: 'cpu', adapter: '', isSoftware: true, threads: 1, reasons: [reason] };
    return { executor, description, lost: new Promise(() => {}), onDescription: () => {} } as unknown as OpenedExecutor;
  }

  async #gpu(): Promise<OpenedExecutor> {
    const failure = this.failures.shift();
    if (failure) throw failure;
    this.opened++;
    const executor = Object.defineProperty(await openCpu(), 'kind', { value: 'webgpu' });
    const lost = new Promise<never>((_, reject) => {
      this.lose = reject;
    });
    lost.catch(() => {});
    const description = { kind: 'webgpu', adapter: 'fake', isSoftware: false, threads: 0, reasons: [] } as const;
    return { executor, description, lost, onDescription: () => {} };
  }
}

/** @param patienceMs longer than any GPU here takes, so that none is too slow on a slow machine */
function start(patienceMs = 60_000) {
  const executors = new FakeExecutors();
  const events: Event[] = [];
  const waiting = new Set<() => void>();
  const session = new Session(
    (event) => {
      events.push(event);
      for (const look of waiting) look();
    },
    executors,
    patienceMs,
  );
  const until = <T extends Event['type']>(
    type: T,
    accept: (event: Extract<Event, { type: T }>) => boolean = () => true,
  ): Promise<Extract<Event, { type: T }>> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = events.find((event) => event.type === type && accept(event as Extract<Event, { type: T }>));
        if (!found) return;
        waiting.delete(look);
        resolve(found as Extract<Event, { type: T }>);
      };
      waiting.add(look);
      look();
    });
  const trainTo = (wanted: number) => until('progress', ({ columns }) => (columns.step.at(-1) ?? 0) >= wanted);
  /** Loss of every step, as the page would have it in the end. */
  const curve = (): Map<number, number> => {
    const losses = new Map<number, number>();
    for (const event of events) {
      if (event.type === 'recovered' || event.type === 'diverged') {
        const step = event.type === 'recovered' ? event.recovery.step : event.divergence.step;
        for (const known of [...losses.keys()]) if (known > step) losses.delete(known);
      }
      if (event.type === 'progress')
        event.columns.step.forEach((step, i) => {
          losses.set(step, event.columns.loss[i] as number);
        });
    }
    return losses;
  };
  return { session, executors, events, until, trainTo, curve };
}

const open = async (current: ReturnType<typeof start>, config = tinyConfig()) => {
  current.session.handle({ type: 'open', request: 1, config, executor: 'webgpu' });
  return current.until('opened');
};

/** The losses of a run that nothing happened to. */
async function undisturbed(steps: number): Promise<number[]> {
  const calm = start();
  await open(calm);
  calm.session.handle({ type: 'step', count: steps });
  await calm.until('status', ({ status, step }) => status === 'paused' && step === steps);
  await calm.session.dispose();
  return [...calm.curve().values()];
}

describe('a session whose device is lost', () => {
  let current: ReturnType<typeof start>;
  afterEach(() => current.session.dispose());

  it('goes on from the last good state, with a curve as if nothing had happened', async () => {
    current = start();
    await open(current);
    current.session.handle({ type: 'train' });
    await current.until('snapshot');
    await current.trainTo(60);
    current.executors.lose(new DeviceLostError('gone'));
    const { recovery, curves, run } = await current.until('recovered');
    expect(recovery).toMatchObject({ cause: 'lost', onto: 'webgpu' });
    expect(run.executor.kind).toBe('webgpu');
    expect(curves.lastStep).toBe(recovery.step);
    await current.trainTo(recovery.step + recovery.repeatedSteps + 20);
    current.session.handle({ type: 'pause' });
    await current.until('status', ({ status }) => status === 'paused');
    const losses = current.curve();
    const steps = [...losses.keys()].sort((a, b) => a - b);
    expect(steps).toEqual(steps.map((_, i) => i + 1));
    const calm = await undisturbed(40);
    expect(steps.slice(0, 40).map((step) => losses.get(step))).toEqual(calm);
  });

  it('counts the steps that were asked for once, however often they were computed', async () => {
    current = start();
    await open(current);
    current.session.handle({ type: 'step', count: 120 });
    await current.trainTo(40);
    current.executors.lose(new DeviceLostError('gone'));
    await current.until('status', ({ status, step }) => status === 'paused' && step === 120);
    expect(Math.max(...current.curve().keys())).toBe(120);
  });

  it('goes on on the CPU after two losses in a minute, with the reason', async () => {
    current = start();
    await open(current);
    current.session.handle({ type: 'train' });
    for (const count of [2, 3]) {
      current.executors.lose(new DeviceLostError('gone'));
      await expect.poll(() => current.executors.opened).toBe(count);
      await current.until(
        'recovered',
        (event) => event === current.events.filter(({ type }) => type === 'recovered')[count - 2],
      );
    }
    current.executors.lose(new DeviceLostError('gone'));
    const { run } = await current.until('recovered', ({ recovery }) => recovery.onto === 'cpu');
    expect(run.executor.reasons).toMatchObject([{ kind: 'fault', cause: 'lost' }]);
  });

  it('goes straight to the CPU when the GPU hangs', async () => {
    current = start();
    await open(current);
    current.executors.lose(new DeviceLostError('quiet', 'stuck'));
    expect((await current.until('recovered')).recovery).toMatchObject({ cause: 'stuck', onto: 'cpu', step: 0 });
  });

  it('goes on on the CPU when no adapter comes back, and says that a new page may get one', async () => {
    current = start();
    await open(current);
    current.session.handle({ type: 'train' });
    const { state } = await current.until('snapshot');
    current.executors.failures.push(new DeviceUnavailableError('no adapter'));
    current.executors.lose(new DeviceLostError('gone'));
    const { recovery } = await current.until('recovered');
    expect(recovery).toMatchObject({ cause: 'lost', onto: 'cpu', isGpuGone: true });
    expect(recovery.step).toBeGreaterThanOrEqual(state.step);
    await current.trainTo(recovery.step + 10);
  });

  describe('and that takes its time to come back', () => {
    /** Loses the GPU in the middle of a training; resolves when that goes on on the CPU. */
    async function loseForLong() {
      current = start(0);
      await open(current);
      current.session.handle({ type: 'train' });
      await current.trainTo(30);
      let arrive = () => {};
      current.executors.ready = new Promise((resolve) => {
        arrive = resolve;
      });
      current.executors.lose(new DeviceLostError('gone'));
      const { recovery, run } = await current.until('recovered');
      expect(recovery).toMatchObject({ cause: 'lost', onto: 'cpu', isReturning: true, isGpuGone: false });
      expect(run.executor).toMatchObject({ kind: 'cpu', reasons: [{ kind: 'fault', cause: 'lost' }] });
      return { recovery, arrive };
    }

    it('trains on the CPU meanwhile, then on the GPU, without a gap in the curve', async () => {
      const { recovery, arrive } = await loseForLong();
      await current.trainTo(recovery.step + recovery.repeatedSteps + 20);
      arrive();
      const { run } = await current.until('moved');
      expect(run.executor.kind).toBe('webgpu');
      const least = Math.max(...current.curve().keys()) + 20;
      await current.trainTo(least);
      current.session.handle({ type: 'pause' });
      await current.until('status', ({ status, step }) => status === 'paused' && step >= least);
      const steps = [...current.curve().keys()].sort((a, b) => a - b);
      expect(steps).toEqual(steps.map((_, i) => i + 1));
      const calm = await undisturbed(40);
      expect(steps.slice(0, 40).map((step) => current.curve().get(step))).toEqual(calm);
    });

    it('stays paused where the visitor paused meanwhile', async () => {
      const { arrive } = await loseForLong();
      current.session.handle({ type: 'pause' });
      arrive();
      await current.until('moved');
      await expect.poll(() => current.events.findLast(({ type }) => type !== 'corpus')?.type).toBe('frame');
      const { step } = current.events.findLast((event) => event.type === 'status') as { step: number };
      current.session.handle({ type: 'step', count: 3 });
      await current.until('status', (event) => event.status === 'paused' && event.step === step + 3);
    });

    it('stays on the CPU where none comes, and says that a new page may get one', async () => {
      const { recovery, arrive } = await loseForLong();
      current.executors.failures.push(new DeviceUnavailableError('no adapter'));
      arrive();
      const later = await current.until('recovered', (event) => event.recovery.isGpuGone);
      expect(later.recovery).toMatchObject({ onto: 'cpu', isReturning: false, repeatedSteps: 0 });
      expect(later.curves.lastStep).toBe(later.recovery.step);
      expect(later.recovery.step).toBeGreaterThanOrEqual(recovery.step);
      await current.trainTo(later.recovery.step + 10);
    });

    it('is let go again where another run was opened meanwhile', async () => {
      const { arrive } = await loseForLong();
      const { opened } = current.executors;
      current.session.handle({ type: 'open', request: 2, config: tinyConfig({ seed: 5 }), executor: 'webgpu' });
      await current.until('opened', ({ request }) => request === 2);
      arrive();
      await expect.poll(() => current.executors.opened).toBe(opened + 2);
      current.session.handle({ type: 'step', count: 3 });
      await current.until('status', ({ status, step }) => status === 'paused' && step === 3);
      expect(current.events.some(({ type }) => type === 'moved')).toBe(false);
    });
  });

  it('heeds a pause and a setting that come while it looks for another device', async () => {
    current = start();
    await open(current);
    current.session.handle({ type: 'train' });
    await current.trainTo(5);
    current.executors.lose(new DeviceLostError('gone'));
    await Promise.resolve();
    current.session.handle({ type: 'configure', live: { learningRate: 0.5, teacherForcing: 1, dropout: 0 } });
    current.session.handle({ type: 'pause' });
    await current.until('recovered');
    await current.until('status', ({ status }) => status === 'paused');
    current.session.handle({ type: 'step', count: 1 });
    await current.until('progress', ({ columns }) => (columns.learningRate.at(-1) ?? 0) > 0.009);
  });

  it('refuses a run that the device has no room for, and keeps the one that is open', async () => {
    current = start();
    await open(current);
    current.executors.failures.push(new DeviceUnavailableError('no adapter'));
    current.session.handle({ type: 'open', request: 2, config: tinyConfig({ seed: 5 }), executor: 'webgpu' });
    await current.until('refused', ({ request }) => request === 2);
    current.session.handle({ type: 'step', count: 3 });
    await current.until('status', ({ status, step }) => status === 'paused' && step === 3);
  });
});

describe('a session in the place of one that ended', () => {
  let before: ReturnType<typeof start>;
  let current: ReturnType<typeof start>;
  let arrive: () => void;
  afterEach(async () => {
    await before.session.dispose();
    await current.session.dispose();
  });

  /** Trains for a while, then opens the same run in another session whose GPU is not there yet. */
  async function succeed(
    patienceMs: number,
    changes: Partial<Succession> = {},
    executor: ExecutorPreference = 'webgpu',
  ) {
    before = start();
    await open(before);
    before.session.handle({ type: 'train' });
    const { state } = await before.until('snapshot');
    before.session.handle({ type: 'pause' });
    current = start(patienceMs);
    current.executors.found = new Promise((resolve) => {
      arrive = resolve;
    });
    const succession = { corpus: null, hadGpu: true, reasons: [], ...changes };
    const config = tinyConfig();
    current.session.handle({ type: 'open', request: 1, config, executor, resume: state, succession });
    return state;
  }

  it('goes on on the CPU from the last good state while the GPU takes its time, then there, without a gap', async () => {
    const { step } = await succeed(0);
    const { run, isReturning, resumed } = await current.until('opened');
    expect(run.executor).toMatchObject({ kind: 'cpu', reasons: [{ kind: 'fault', cause: 'worker' }] });
    expect({ isReturning, step: resumed?.step }).toEqual({ isReturning: true, step });
    current.session.handle({ type: 'train' });
    await current.trainTo(step + 10);
    arrive();
    expect((await current.until('moved')).run.executor.kind).toBe('webgpu');
    const least = Math.max(...current.curve().keys()) + 10;
    await current.trainTo(least);
    current.session.handle({ type: 'pause' });
    await current.until('status', (event) => event.status === 'paused' && event.step >= least);
    const steps = [...current.curve().keys()];
    expect(steps).toEqual(steps.map((_, i) => step + 1 + i));
    const calm = await undisturbed(step + 20);
    expect(steps.slice(0, 20).map((taken) => current.curve().get(taken))).toEqual(calm.slice(step));
  });

  it('goes on on the GPU where that is there at once', async () => {
    await succeed(60_000);
    arrive();
    const { run, isReturning } = await current.until('opened');
    expect(run.executor.kind).toBe('webgpu');
    expect(isReturning).toBe(false);
  });

  it('stays on the CPU where no GPU comes, and says that a new page may get one', async () => {
    const { step } = await succeed(0);
    await current.until('opened');
    current.session.handle({ type: 'train' });
    current.executors.failures.push(new DeviceUnavailableError('no adapter'));
    arrive();
    const { recovery } = await current.until('recovered');
    expect(recovery).toMatchObject({ cause: 'worker', onto: 'cpu', isGpuGone: true, isReturning: false });
    await current.trainTo(step + 10);
  });

  it('goes on on the CPU at once where the GPU is known to be gone', async () => {
    await succeed(60_000);
    current.executors.failures.push(new DeviceUnavailableError('no adapter'));
    arrive();
    const { run, isReturning } = await current.until('opened');
    expect(run.executor).toMatchObject({ kind: 'cpu', reasons: [{ kind: 'fault', cause: 'lost' }] });
    expect(isReturning).toBe(false);
  });

  it('waits for a GPU that the run was not on before', async () => {
    await succeed(0, { hadGpu: false });
    arrive();
    expect((await current.until('opened')).run.executor.kind).toBe('webgpu');
  });

  it('does not open a software adapter again that the CPU was chosen before', async () => {
    const reason = { kind: 'software-adapter', adapter: 'google / swiftshader' } as const;
    await succeed(0, { hadGpu: false, reasons: [reason] }, 'auto');
    const { run, isReturning } = await current.until('opened');
    expect(run.executor).toMatchObject({ kind: 'cpu', reasons: [reason] });
    expect({ isReturning, opened: current.executors.opened }).toEqual({ isReturning: false, opened: 0 });
  });
});

describe('a training that diverges', () => {
  let current: ReturnType<typeof start>;
  afterEach(() => current.session.dispose());

  it('stops at a learning rate of a million, goes back with weights that are numbers, and trains again', async () => {
    current = start();
    await open(current);
    current.session.handle({ type: 'train' });
    await current.until('snapshot');
    current.session.handle({ type: 'configure', live: { learningRate: 1e6, teacherForcing: 1, dropout: 0 } });
    const { divergence, curves } = await current.until('diverged');
    expect(divergence.learningRate).toBe(1e6);
    expect(divergence.lowerRate).toBeLessThanOrEqual(tinyConfig().learningRate);
    expect(divergence.step).toBeGreaterThan(0);
    expect(divergence.step).toBeLessThan(divergence.breakdown.step);
    expect(curves.lastStep).toBe(divergence.step);
    await current.until('status', ({ status, step }) => status === 'paused' && step === divergence.step);
    current.session.handle({ type: 'configure', live: { learningRate: 0.001, teacherForcing: 1, dropout: 0 } });
    current.session.handle({ type: 'step', count: 20 });
    await current.until('status', ({ status, step }) => status === 'paused' && step === divergence.step + 20);
    for (const loss of current.curve().values()) expect(loss).toBeLessThan(10);
  });

  it('goes back to the initial weights where it diverged from the start', async () => {
    current = start();
    await open(current, tinyConfig({ learningRate: 1e6, warmup: 0 }));
    current.session.handle({ type: 'train' });
    const { divergence } = await current.until('diverged');
    expect(divergence).toMatchObject({ step: 0, learningRate: 1e6, lowerRate: 1e5 });
    await current.until('status', ({ status, step }) => status === 'paused' && step === 0);
  });
});

describe('a session on the CPU, whose batches are split over workers', () => {
  it('goes on from the last good state when the browser ends one of them', async () => {
    const locks = new FakeLocks();
    const workers = new ShardWorkers(locks);
    const current = start();
    current.executors.open = async () => {
      const executor = (await WasmExecutor.open({ shards: 2, createWorker: workers.create, locks })) as WasmExecutor;
      const description = { kind: 'cpu', adapter: '', isSoftware: true, threads: 2, reasons: [] } as const;
      return { executor, description, lost: new Promise(() => {}), onDescription: () => {} };
    };
    await open(current, tinyConfig({ batch: 16 }));
    current.session.handle({ type: 'train' });
    await current.until('snapshot');
    workers.endSilently();
    const { recovery } = await current.until('recovered');
    expect(recovery).toMatchObject({ cause: 'worker', onto: 'cpu' });
    expect(recovery.step).toBeGreaterThan(0);
    await current.trainTo(recovery.step + recovery.repeatedSteps + 5);
    await current.session.dispose();
    expect(locks.held).toEqual([]);
  });
});
