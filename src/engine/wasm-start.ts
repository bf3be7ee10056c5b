/** Starts the workers of the CPU executor and joins them by message ports. */

import type { Locks } from '../lib/life-lock.ts';
import { processorCount } from '../lib/processors.ts';
import type { ShardEvent, ShardWorker, StartedWorker } from './wasm-messages.ts';

export interface StartOptions {
  /** Exactly so many shards, as far as they start; 1 stays in this thread. By default one a processor, up to four. */
  readonly shards?: number;
  /** Makes a worker that hosts a shard. */
  readonly createWorker?: () => ShardWorker;
  /** Where the workers hold their locks, the browser's by default. */
  readonly locks?: Locks;
}

/** More shards than this gain little: each exchanges its gradients with every other. */
const MAX_SHARDS = 4;
/** A worker that is not there by then is done without. */
const START_MS = 5000;

const createModuleWorker = (): ShardWorker =>
  new Worker(new URL('./wasm-worker.ts', import.meta.url), { type: 'module', name: 'heed-shard' });

/** Resolves with the worker when its script is there, and with null when that fails. */
function load(createWorker: () => ShardWorker): Promise<StartedWorker | null> {
  return new Promise((resolve) => {
    let worker: ShardWorker;
    try {
      worker = createWorker();
    } catch {
      resolve(null);
      return;
    }
    const giveUp = () => {
      worker.terminate();
      resolve(null);
    };
    const timer = setTimeout(giveUp, START_MS);
    worker.onerror = () => {
      clearTimeout(timer);
      giveUp();
    };
    worker.onmessage = ({ data }: MessageEvent<ShardEvent>) => {
      clearTimeout(timer);
      resolve({ worker, lock: data.type === 'loaded' ? data.lock : null });
    };
  });
}

/** The workers beside the shard of this thread. */
export async function startWorkers({ shards, createWorker }: StartOptions): Promise<readonly StartedWorker[]> {
  // Node has other workers than browsers; there this thread is enough.
  if (!createWorker && typeof Worker === 'undefined') return [];
  const count = shards ?? Math.min(MAX_SHARDS, processorCount());
  const started = Array.from({ length: count - 1 }, () => load(createWorker ?? createModuleWorker));
  return (await Promise.all(started)).filter((worker) => worker !== null);
}

/** Channels between every two shards: for each shard the ports to all, null in its own place. */
export function linkShards(count: number): readonly (readonly (MessagePort | null)[])[] {
  const links = Array.from({ length: count }, () => new Array<MessagePort | null>(count).fill(null));
  for (let a = 0; a < count; a++)
    for (let b = a + 1; b < count; b++) {
      const { port1, port2 } = new MessageChannel();
      (links[a] as (MessagePort | null)[])[b] = port1;
      (links[b] as (MessagePort | null)[])[a] = port2;
    }
  return links;
}
