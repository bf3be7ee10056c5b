/** What the scheduler and the reference executor have in common, so that everything above them works on both. */

import type { Program } from './program.ts';

export type TensorData = Float64Array | Float32Array | Uint32Array;

/** What an executor holds at the moment; readable at any time. */
export interface ExecutorCounters {
  readonly buffers: number;
  readonly bytes: number;
  readonly bindGroups: number;
  readonly pipelines: number;
  readonly submits: number;
  readonly dispatches: number;
}

export interface PrepareOptions {
  /** The plan will be run call by call, so that calls may not be fused. */
  readonly isStepped?: boolean;
}

export interface Executor {
  readonly kind: 'webgpu' | 'cpu';
  /** Begins to compile what the programs need, so that it is ready when they are prepared; makes nothing else. */
  warmUp(programs: readonly Program[]): void;
  /** Records a program; its shared tensors are those of the executor. The plan is ready to run when this resolves. */
  prepare(program: Program, options?: PrepareOptions): Promise<Plan>;
  /** Writes a shared tensor. */
  write(tensor: string, data: TensorData): void;
  /** Reads a shared tensor, after everything submitted before. */
  read(tensor: string): Promise<TensorData>;
  /** Resolves when few enough runs are in flight for another one. */
  ready(): Promise<void>;
  /** Resolves when everything submitted has been computed. */
  idle(): Promise<void>;
  counters(): ExecutorCounters;
  /** Frees everything. Plans can't be used afterwards. */
  dispose(): void;
}

/** A recorded program. Running it makes no buffer, bind group or pipeline. */
export interface Plan {
  readonly program: Program;
  readonly dispatches: number;
  /** Writes an input of the program, for the runs that follow. */
  write(tensor: string, data: TensorData): void;
  /** Runs the calls `from` to `to` in one submit; parts of a program only where it was prepared with `isStepped`. */
  run(from?: number, to?: number): void;
  /** Reads tensors of the program, as they are after the last run. */
  read<Name extends string>(...tensors: readonly Name[]): Promise<Record<Name, TensorData>>;
  dispose(): void;
}
