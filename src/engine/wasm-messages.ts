/** The messages between the executor and a shard in a worker. */

import type { ReportedError } from '../lib/errors.ts';
import type { SimdModule } from '../wasm/kernels.ts';
import type { TensorData } from './executor.ts';
import type { ShardProgram } from './wasm-program.ts';
import type { ShardData } from './wasm-shard.ts';

export type ShardCommand =
  /** `links` lead to the other shards, with null in the place of this one. */
  | { readonly type: 'start'; readonly module: SimdModule; readonly links: readonly (MessagePort | null)[] }
  | {
      readonly type: 'prepare';
      readonly request: number;
      readonly plan: number;
      readonly program: ShardProgram;
      readonly shards: number;
    }
  | { readonly type: 'release'; readonly plan: number }
  | { readonly type: 'write'; readonly plan: number | null; readonly tensor: string; readonly data: TensorData }
  | { readonly type: 'run'; readonly plan: number; readonly from: number; readonly to: number }
  | {
      readonly type: 'read';
      readonly request: number;
      readonly plan: number | null;
      readonly tensors: readonly string[];
    }
  | { readonly type: 'product-rate'; readonly request: number; readonly durationMs: number }
  | { readonly type: 'idle'; readonly request: number };

export type ShardEvent =
  /** The worker's script is there; the worker holds the lock of that name for as long as it lives, where there are locks. */
  | { readonly type: 'loaded'; readonly lock: string | null }
  | { readonly type: 'answered'; readonly request: number; readonly data: ShardData }
  | { readonly type: 'refused'; readonly request: number; readonly error: ReportedError }
  | { readonly type: 'failed'; readonly error: ReportedError };

/** What a shard needs of a `Worker`, so that a test can put something else in its place. */
export interface ShardWorker {
  /** Commands in the order in which they are to be carried out. */
  postMessage(commands: readonly ShardCommand[], transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ShardEvent>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

/** A worker whose script is there, and the lock that it holds. */
export interface StartedWorker {
  readonly worker: ShardWorker;
  readonly lock: string | null;
}
