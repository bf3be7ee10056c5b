/**
 * Tells at once that another thread has ended. A worker that is terminated, or that the browser ends for want of memory, sends no
 * event; but a lock is freed with the thread that held it (Web Locks, W3C). So a thread holds one of its own for as long as it
 * lives, and whoever depends on it asks for the same one. A frozen tab keeps its locks.
 */

/** What is needed of a `LockManager`, so that a test can put something else in its place. */
export interface Locks {
  request(name: string, options: { readonly signal?: AbortSignal }, callback: () => unknown): Promise<unknown>;
}

/** Null where there are none: outside of secure contexts, in old browsers, in Node. */
const browserLocks = (): Locks | null => (typeof navigator === 'undefined' ? null : (navigator.locks ?? null));

/** Holds a lock of its own until this thread ends. Resolves with the lock's name, or with null where none can be held. */
export function holdLifeLock(locks = browserLocks()): Promise<string | null> {
  if (!locks) return Promise.resolve(null);
  const name = `heed-life-${crypto.randomUUID()}`;
  return new Promise((resolve) => {
    const hold = (): Promise<never> => {
      resolve(name);
      return new Promise(() => {});
    };
    // Refused in frames without an origin, and where the site may store nothing.
    locks.request(name, {}, hold).catch(() => resolve(null));
  });
}

/**
 * Calls back when the thread that holds this lock has ended. To be asked only after that thread has said that it holds it: before, the
 * lock is free.
 * @returns how to stop waiting for it
 */
export function whenEnded(name: string, onEnd: () => void, locks = browserLocks()): () => void {
  const stopped = new AbortController();
  const { signal } = stopped;
  locks
    ?.request(name, { signal }, () => {})
    .then(
      () => {
        if (!signal.aborted) onEnd();
      },
      () => {},
    );
  return () => stopped.abort();
}
