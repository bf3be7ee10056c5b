/** Workers of the CPU executor that run in the thread of the test. */

import { hostShard } from '../engine/wasm-host.ts';
import type { ShardEvent, ShardWorker } from '../engine/wasm-messages.ts';
import { holdLifeLock } from '../lib/life-lock.ts';
import type { FakeLocks } from './fake-locks.ts';

/** Workers that a test makes, and how many of them have not been ended. */
export class ShardWorkers {
  readonly #alive = new Set<ShardWorker>();

  /** @param locks that the workers hold as long as they live, where there are any */
  constructor(readonly locks: FakeLocks | null = null) {}

  get alive(): number {
    return this.#alive.size;
  }

  /** Ends all of them as an error that nobody caught would do it. */
  breakDown(message: string): void {
    for (const worker of this.#alive) worker.onerror?.({ message } as ErrorEvent);
  }

  /** Ends all of them as a browser does it that wants their memory: they do and say nothing any more. */
  endSilently(): void {
    for (const worker of this.#alive) worker.terminate();
  }

  readonly create = (): ShardWorker => {
    const { port1, port2 } = new MessageChannel();
    const post = (event: ShardEvent, transfer: Transferable[]) => port2.postMessage(event, transfer);
    const handle = hostShard(post);
    let held: string | null = null;
    port2.onmessage = ({ data }) => handle(data);
    void holdLifeLock(this.locks).then((lock) => {
      held = lock;
      post({ type: 'loaded', lock }, []);
    });
    const worker: ShardWorker = {
      postMessage: (commands, transfer) => port1.postMessage(commands, transfer),
      onmessage: null,
      onerror: null,
      terminate: () => {
        this.#alive.delete(worker);
        port1.close();
        if (held) this.locks?.free(held);
      },
    };
    port1.onmessage = (event) => worker.onmessage?.(event);
    this.#alive.add(worker);
    return worker;
  };
}
