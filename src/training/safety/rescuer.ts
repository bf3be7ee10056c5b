/** Opens a run again after its device has failed: elsewhere if need be, from a good state. */

import { DeviceUnavailableError } from '../../lib/errors.ts';
import { causeOf, Ladder } from '../../lib/fault-ladder.ts';
import type { Config } from '../../model/config.ts';
import type { OpenedExecutor } from '../executors.ts';
import type { FaultCause, StrategyPreference } from '../protocol.ts';
import { Run } from '../run.ts';
import type { TrainingState } from '../training-state.ts';

/** What a rescuer needs of the factory of executors. */
export interface ExecutorSource {
  reopenGpu(strategy: StrategyPreference, config: Config): Promise<OpenedExecutor>;
  insteadOfGpu(cause: FaultCause, message: string): Promise<OpenedExecutor>;
}

export interface Fault {
  /** The run that can't go on. */
  readonly run: Run;
  readonly error: unknown;
  readonly strategy: StrategyPreference;
  /** Settings as they stand. */
  readonly config: Config;
  /** Null for the initial weights. */
  readonly state: TrainingState | null;
}

/** A run with what it is on. */
export interface OpenRun {
  readonly run: Run;
  readonly opened: OpenedExecutor;
}

/** What became of a GPU that was asked for again. */
export interface Returned {
  /** The run there, or null where it has to do without. */
  readonly next: OpenRun | null;
  /** The browser gives this page no GPU any more. */
  readonly isGpuGone: boolean;
}

/** A run that goes on. */
export interface Rescued extends OpenRun {
  readonly isGpuGone: boolean;
  /** Where the GPU takes its time to come back: the same run there, as it was at the fault. */
  readonly returning: Promise<Returned> | null;
}

/** For so long a GPU is waited for; a device is there at once, but its kernels may have to be compiled anew. */
const PATIENCE_MS = 400;

/** What is said where the CPU stands in for a GPU that is on its way. */
const NOT_READY = 'its kernels are compiled anew';

export class Rescuer {
  readonly #ladder = new Ladder();

  constructor(
    private readonly executors: ExecutorSource,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  /** @returns null where nothing is left to try */
  async rescue({ run, error, ...wanted }: Fault): Promise<Rescued | null> {
    const cause = causeOf(error);
    const message = error instanceof Error ? error.message : String(error);
    const from = run.executor.kind;
    release(run);
    const rung = this.#ladder.next(cause, from, performance.now());
    if (rung === 'give-up') return null;
    const onCpu = (isGpuGone = false) =>
      this.#onCpu(cause, message, (opened) => openOn(opened, run, wanted), isGpuGone);
    if (rung === 'cpu') return onCpu();
    const returning = this.#onGpu(run, wanted);
    const soon = await within(returning, this.patienceMs);
    if (soon) return soon.next ? settled(soon.next) : onCpu(soon.isGpuGone);
    return this.#meanwhile(returning, onCpu);
  }

  /**
   * Opens a run once more that ended with its worker.
   * @param asked the run where it was, on a GPU
   * @throws what keeps it from being opened
   */
  async reopen(asked: Promise<OpenRun>, open: (opened: OpenedExecutor) => Promise<OpenRun>): Promise<Rescued> {
    const returning = asked.then(
      (next): Returned => ({ next, isGpuGone: false }),
      (problem): Returned => ({ next: null, isGpuGone: problem instanceof DeviceUnavailableError }),
    );
    const onCpu = () => this.#onCpu('worker', NOT_READY, open);
    const isSoon = await within(returning, this.patienceMs);
    const rescued = isSoon ? null : await this.#meanwhile(returning, onCpu);
    return rescued ?? settled(await asked);
  }

  /** The training does not wait for a GPU that takes its time: it goes on on the CPU, if that is there first. */
  async #meanwhile(returning: Promise<Returned>, onCpu: () => Promise<Rescued | null>): Promise<Rescued | null> {
    const bridge = await onCpu();
    const arrived = bridge ? await within(returning, 0) : await returning;
    if (arrived?.next) {
      if (bridge) release(bridge.run);
      return settled(arrived.next);
    }
    return bridge && { ...bridge, returning };
  }

  /** Tries until the GPU is there or there is no more point in it. */
  async #onGpu(run: Run, wanted: Wanted): Promise<Returned> {
    for (;;) {
      try {
        const opened = await this.executors.reopenGpu(wanted.strategy, wanted.config);
        return { next: await openOn(opened, run, wanted), isGpuGone: false };
      } catch (problem) {
        // After a second crash of its GPU process Chromium gives a page no adapter until the visitor loads it again; a reload by
        // script does not count.
        if (problem instanceof DeviceUnavailableError) return { next: null, isGpuGone: true };
        const rung = this.#ladder.next(causeOf(problem), 'webgpu', performance.now());
        if (rung !== 'webgpu') return { next: null, isGpuGone: false };
      }
    }
  }

  async #onCpu(
    cause: FaultCause,
    message: string,
    open: (opened: OpenedExecutor) => Promise<OpenRun>,
    isGpuGone = false,
  ): Promise<Rescued | null> {
    try {
      const opened = await this.executors.insteadOfGpu(cause, message);
      return { ...settled(await open(opened)), isGpuGone };
    } catch {
      return null;
    }
  }
}

const settled = (open: OpenRun): Rescued => ({ ...open, isGpuGone: false, returning: null });

/** What a promise that never rejects gives in so many ms, or null. */
function within<T>(promise: Promise<T>, ms: number): Promise<T | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), ms);
    void promise.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}

export type Wanted = Pick<Fault, 'strategy' | 'config' | 'state'>;

/** The same run on another executor. @throws any error of that; nothing stays allocated there then */
export async function openOn(opened: OpenedExecutor, before: Run, { config, state }: Wanted): Promise<OpenRun> {
  const run = await Run.open(opened, () => before.corpus, config);
  run.inherit(before);
  try {
    if (state) await run.trainer.restore({ ...state, config });
    return { run, opened };
  } catch (error) {
    release(run);
    throw error;
  }
}

/** Frees what a run has; on a device that is gone that may fail, and does not matter. */
function release(run: Run): void {
  try {
    run.dispose();
  } catch {
    // Nothing is left to free.
  }
}
