/** What the scheduler and the reference executor have in common, so that everything above them works on both. */

import type { Strategy } from './lowering.ts';
import type { PlanProfile } from './profile.ts';
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

/** A strategy with the tile of its workgroups: rows of the batch, and invocations that share them. */
export interface StrategyChoice {
  readonly strategy: Strategy;
  readonly rows: number;
  readonly lanes: number;
}

/** A choice that was tried and can't be used: it does not compile or run, or it computes something else. */
export interface ExcludedChoice extends StrategyChoice {
  readonly problem: 'fails' | 'differs';
}

/** Why a plan runs as it does. */
export type StrategyReason =
  /** The strategy was asked for by name. */
  | { readonly kind: 'asked' }
  /** Calls are run one by one, or their tensors are too large for one binding. */
  | { readonly kind: 'no-choice' }
  /** The rule for adapters and shapes: H of the widest LSTM, and B. */
  | { readonly kind: 'rule'; readonly isSoftware: boolean; readonly hidden: number; readonly batch: number }
  /**
   * Measured against the rule's choice and others. `gain` is how many times as fast it is as `rival`: the rule's choice, or where
   * that one stayed, the fastest of the others, if any computed the same.
   */
  | {
      readonly kind: 'measured';
      readonly isRuleConfirmed: boolean;
      readonly rival: StrategyChoice | null;
      readonly gain: number;
      /** Choices measured, the rule's included. */
      readonly measured: number;
      readonly excluded: readonly ExcludedChoice[];
      /** Measured in an earlier run. */
      readonly isRemembered: boolean;
    };

export interface ProfileOptions {
  /** Inputs of the profiled run, by tensor. */
  readonly inputs: ReadonlyMap<string, TensorData>;
  /** False takes every op as a launch of its own; on the CPU it always is. */
  readonly isFused: boolean;
}

export interface StrategyDescription extends StrategyChoice {
  readonly reason: StrategyReason;
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
  /** Reads shared tensors as they all are at one moment: after everything submitted before, unless a copy of the same is on its way. */
  readTogether<Name extends string>(tensors: readonly Name[]): Promise<Record<Name, TensorData>>;
  /**
   * Looks for a faster way to run plans that have been run, all of one kind, the first being the one to measure; the runs go on
   * meanwhile, and the plans change over between two of them. Resolves when it has been decided, or when `signal` aborts.
   * Absent where there is nothing to choose.
   */
  tune?(plans: readonly Plan[], signal: AbortSignal): Promise<void>;
  /**
   * Times a run of a plan launch by launch, from the shared tensors as they are, on copies of everything: no tensor of the executor
   * changes. Runs may go on meanwhile; `ready` holds them back while the clock ticks.
   */
  profile(plan: Plan, options: ProfileOptions): Promise<PlanProfile>;
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
  /** How the program is cut into launches, and why so; absent where calls are interpreted. */
  readonly strategy?: StrategyDescription | undefined;
  /** Writes an input of the program, for the runs that follow. */
  write(tensor: string, data: TensorData): void;
  /** Runs the calls `from` to `to`, in one submit where that is short enough; parts of a program only where it was prepared with `isStepped`. */
  run(from?: number, to?: number): void;
  /** Reads tensors of the program, as they are after the last run. */
  read<Name extends string>(...tensors: readonly Name[]): Promise<Record<Name, TensorData>>;
  dispose(): void;
}
