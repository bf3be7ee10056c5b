/** Locks as a browser has them, held by threads that a test ends. */

import type { Locks } from '../lib/life-lock.ts';

export class FakeLocks implements Locks {
  /** For each lock that is held, who waits for it. */
  readonly #waiting = new Map<string, Set<() => void>>();

  /** Names of the locks that are held. */
  get held(): readonly string[] {
    return [...this.#waiting.keys()];
  }

  /** Requests that have neither been granted nor called off. */
  get waiting(): number {
    return [...this.#waiting.values()].reduce((total, { size }) => total + size, 0);
  }

  request(name: string, { signal }: { readonly signal?: AbortSignal }, callback: () => unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const grant = (): void => {
        this.#waiting.set(name, this.#waiting.get(name) ?? new Set());
        void Promise.resolve()
          .then(callback)
          .then((value) => {
            this.free(name);
            resolve(value);
          }, reject);
      };
      const others = this.#waiting.get(name);
      if (!others) {
        grant();
        return;
      }
      others.add(grant);
      signal?.addEventListener('abort', () => {
        if (others.delete(grant)) reject(signal.reason);
      });
    });
  }

  /** As the browser does it when the thread that holds the lock ends. */
  free(name: string): void {
    const waiting = this.#waiting.get(name);
    const [next] = waiting ?? [];
    if (!next) this.#waiting.delete(name);
    else {
      waiting?.delete(next);
      next();
    }
  }
}
