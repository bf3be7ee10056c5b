/** What the benchmark asks of an engine, Heed's own and its rivals', once it holds a model. */

import type { StrategyDescription } from '../engine/executor.ts';
import type { BenchBatch, BenchTask } from './models.ts';

export interface Contestant {
  /** What it computes on, as its platform names it; empty where that is the CPU. */
  readonly adapter: string;
  /** How Heed's scheduler cuts the step into launches, and why so; null for every other engine. */
  readonly strategy: StrategyDescription | null;
  /** Bytes of the buffers that training keeps, where the engine tells. */
  readonly bytes: number | null;
  /** Whatever an engine does in the background to become faster, once some steps have been run. */
  tune(): Promise<void>;
  /** Resolves when the next step may be submitted. */
  ready(): Promise<void>;
  /** Begins one whole training step: uploads the batch; forward, backward, clip, update. */
  submit(batch: BenchBatch): void;
  /** Mean nats a target token of the newest step, once everything submitted has been computed. */
  loss(): Promise<number>;
  dispose(): void;
}

/** Opens an engine with the weights of the task. */
export type OpenContestant = (task: BenchTask) => Promise<Contestant>;
