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

/** A run that goes on; `isGpuGone` where the browser gives this page no GPU any more. */
export interface Rescued extends OpenRun {
  readonly isGpuGone: boolean;
}

export class Rescuer {
  readonly #ladder = new Ladder();

  constructor(private readonly executors: ExecutorSource) {}

  /** @returns null where nothing is left to try */
  async rescue({ run, error, ...wanted }: Fault): Promise<Rescued | null> {
    const first = causeOf(error);
    const from = run.executor.kind;
    release(run);
    let message = error instanceof Error ? error.message : String(error);
    let cause = first;
    for (;;) {
      const rung = this.#ladder.next(cause, from, performance.now());
      if (rung === 'give-up') return null;
      if (rung === 'cpu') return this.#onCpu(first, message, run, wanted);
      try {
        const opened = await this.executors.reopenGpu(wanted.strategy, wanted.config);
        return { ...(await openOn(opened, run, wanted)), isGpuGone: false };
      } catch (problem) {
        // After a second crash of its GPU process Chromium gives a page no adapter until the visitor loads it again; a reload by
        // script does not count.
        if (problem instanceof DeviceUnavailableError) return this.#onCpu(first, message, run, wanted, true);
        cause = causeOf(problem);
        message = problem instanceof Error ? problem.message : message;
      }
    }
  }

  async #onCpu(
    cause: FaultCause,
    message: string,
    run: Run,
    wanted: Wanted,
    isGpuGone = false,
  ): Promise<Rescued | null> {
    try {
      const opened = await this.executors.insteadOfGpu(cause, message);
      return { ...(await openOn(opened, run, wanted)), isGpuGone };
    } catch {
      return null;
    }
  }
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
