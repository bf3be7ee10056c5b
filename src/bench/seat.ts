/** One contestant in one page: opened once, then asked turn by turn. What the command line drives from outside. */

import type { Strategy } from '../engine/lowering.ts';
import type { Contestant, OpenContestant } from './contestant.ts';
import type { Engine } from './engines.ts';
import { countGpuCalls, type GpuCalls } from './gpu-calls.ts';
import { openHeed } from './heed.ts';
import { type BenchBatch, type BenchModel, benchBatch, benchTask } from './models.ts';
import { median } from './statistics.ts';

export interface OpenedSeat {
  readonly adapter: string;
  readonly bytes: number | null;
  readonly strategy: Strategy | null;
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

/** The code of a rival is loaded only where it takes part. */
async function opener({ maker, backend }: Engine, strategy: Strategy | null): Promise<OpenContestant> {
  if (maker === 'tfjs') {
    const { openTfjs } = await import('./rivals/tfjs.ts');
    return openTfjs(backend as Parameters<typeof openTfjs>[0]);
  }
  if (maker === 'jax-js') {
    const { openJax } = await import('./rivals/jax.ts');
    return openJax(backend as Parameters<typeof openJax>[0]);
  }
  return openHeed(backend as Parameters<typeof openHeed>[0], strategy);
}

/** Trains one model step after step; every method goes on where the one before it ended. */
export class Seat {
  private constructor(
    private readonly contestant: Contestant,
    private readonly batch: BenchBatch,
  ) {}

  /** `strategy` is for Heed's scheduler; null leaves the choice to it. */
  static async open(engine: Engine, model: BenchModel, strategy: Strategy | null): Promise<Seat> {
    const open = await opener(engine, strategy);
    return new Seat(await open(benchTask(model)), benchBatch(model));
  }

  get opened(): OpenedSeat {
    const { adapter, bytes, strategy } = this.contestant;
    return { adapter, bytes, strategy };
  }

  /** Losses of the next steps, each read before the next begins. */
  async losses(steps: number): Promise<number[]> {
    const losses: number[] = [];
    for (let i = 0; i < steps; i++) losses.push((await this.turn(1)).loss);
    return losses;
  }

  async turn(steps: number): Promise<Turn> {
    const submits: number[] = [];
    const start = performance.now();
    for (let i = 0; i < steps; i++) {
      await this.contestant.ready();
      const submit = performance.now();
      this.contestant.submit(this.batch);
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
