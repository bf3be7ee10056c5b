/** One contestant with its batch, asked turn by turn. */

import type { StrategyDescription } from '../engine/executor.ts';
import type { Contestant } from './contestant.ts';
import { countGpuCalls, type GpuCalls } from './gpu-calls.ts';
import { type BenchBatch, type BenchModel, benchBatch } from './models.ts';
import { median } from './statistics.ts';

export interface OpenedSeat {
  readonly adapter: string;
  readonly bytes: number | null;
  readonly strategy: StrategyDescription | null;
}

export interface Turn {
  /** Wall time of a step, the reading of the loss at the end included. */
  readonly stepMs: number;
  /** Time that submitting a step keeps the page's thread, the median of the turn; engines on the CPU may compute in it. */
  readonly submitMs: number;
  readonly loss: number;
}

/** GPU calls of one steady-state step; null where there were none. */
export type StepCalls = GpuCalls | null;

/** Trains one model step after step; every method goes on where the one before it ended. */
export class Seat {
  readonly #batch: BenchBatch;

  constructor(
    private readonly contestant: Contestant,
    model: BenchModel,
  ) {
    this.#batch = benchBatch(model);
  }

  get opened(): OpenedSeat {
    const { adapter, bytes, strategy } = this.contestant;
    return { adapter, bytes, strategy };
  }

  /** Lets the engine become as fast as it can; what it is then. */
  async tune(): Promise<OpenedSeat> {
    await this.contestant.tune();
    return this.opened;
  }

  /** So many turns of a single step. */
  async turns(count: number): Promise<Turn[]> {
    const turns: Turn[] = [];
    for (let i = 0; i < count; i++) turns.push(await this.turn(1));
    return turns;
  }

  async turn(steps: number): Promise<Turn> {
    const submits: number[] = [];
    const start = performance.now();
    for (let i = 0; i < steps; i++) {
      await this.contestant.ready();
      const submit = performance.now();
      this.contestant.submit(this.#batch);
      submits.push(performance.now() - submit);
    }
    const loss = await this.contestant.loss();
    const stepMs = (performance.now() - start) / steps;
    return { stepMs, submitMs: median(submits), loss };
  }

  /** GPU calls of a step, without those that read the loss. */
  async calls(steps: number): Promise<StepCalls> {
    const both = await countGpuCalls(async () => {
      await this.turn(steps);
    });
    // Read once more with nothing new: what reading takes is no part of a step.
    const reading = await countGpuCalls(async () => {
      await this.contestant.loss();
    });
    if (Object.values(both).every((count) => count === 0)) return null;
    const each = (counter: keyof GpuCalls) => Math.round((both[counter] - reading[counter]) / steps);
    return {
      dispatches: each('dispatches'),
      submits: each('submits'),
      buffers: each('buffers'),
      bindGroups: each('bindGroups'),
      pipelines: each('pipelines'),
    };
  }

  dispose(): void {
    this.contestant.dispose();
  }
}
