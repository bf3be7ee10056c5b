/** What a run is, as the page knows it: where it computes and why there, how large it is, what it is trained on. */

import type { StrategyDescription } from '../engine/executor.ts';
import type { Strategy } from '../engine/lowering.ts';
import type { DeviceProblem } from '../lib/errors.ts';
import type { FaultCause } from '../lib/fault-ladder.ts';
import type { Config } from '../model/config.ts';

/** Which executor a run asks for; `auto` takes WebGPU where there is an adapter and the CPU elsewhere. */
export type ExecutorPreference = 'auto' | 'webgpu' | 'cpu';

/** How a run is cut into GPU launches; `auto` leaves it to a rule for adapters and shapes, and on hardware to measuring. */
export type StrategyPreference = 'auto' | Strategy;
export const STRATEGY_PREFERENCES = [
  'auto',
  'persistent',
  'stepwise',
  'wide',
  'separate',
] as const satisfies readonly StrategyPreference[];

/** Why a run computes where it does, where that is not what the visitor would expect. */
export type ExecutorReason =
  /** The browser has no adapter or no device, as `message` says. */
  | { readonly kind: 'no-webgpu'; readonly problem: DeviceProblem; readonly message: string }
  /** No WebAssembly with SIMD: the float64 reference computes. */
  | { readonly kind: 'no-simd' }
  /** The only adapter computes on the CPU itself; the two will be measured against each other. */
  | { readonly kind: 'software-adapter'; readonly adapter: string }
  /** A trained model is shown, which needs no GPU; training it asks for one. */
  | { readonly kind: 'on-show' }
  /** The GPU was given up; `message` is what it said. */
  | { readonly kind: 'fault'; readonly cause: FaultCause; readonly message: string }
  /** The two have been measured, in milliseconds a step of this run; WebGPU takes at least as long where `isLeast`. */
  | {
      readonly kind: 'measured';
      readonly adapter: string;
      readonly cpuMs: number;
      readonly webgpuMs: number;
      readonly isLeast: boolean;
    };

export interface ExecutorDescription {
  readonly kind: 'webgpu' | 'cpu';
  /** `google / swiftshader` and the like, as the adapter describes itself; empty on the CPU. */
  readonly adapter: string;
  /** True for an adapter that computes on the CPU. */
  readonly isSoftware: boolean;
  /** Threads that a batch is split over on the CPU; 0 on a GPU, and where the float64 reference computes. */
  readonly threads: number;
  readonly reasons: readonly ExecutorReason[];
}

export interface SamplePair {
  readonly source: readonly string[];
  readonly target: readonly string[];
  readonly sourceText: string;
  readonly targetText: string;
}

/** What the page needs to know of a run before its first step. */
export interface RunDescription {
  readonly config: Config;
  readonly executor: ExecutorDescription;
  readonly parameterCount: number;
  /** Bytes of all buffers of the run. */
  readonly bufferBytes: number;
  readonly bufferCount: number;
  /** How a training step is cut into GPU launches; null where the calls are interpreted. */
  readonly strategy: StrategyDescription | null;
  /** GPU dispatches of one training step, or CPU operations; the largest over the length buckets. */
  readonly dispatchesPerStep: number;
  readonly sourceLanguage: string;
  readonly targetLanguage: string;
  readonly trainPairs: number;
  readonly validationPairs: number;
  readonly testPairs: number;
  readonly sourceVocabularySize: number;
  readonly targetVocabularySize: number;
  readonly hasGoldAlignment: boolean;
  readonly maxSourceTokens: number;
  readonly samples: readonly SamplePair[];
}
