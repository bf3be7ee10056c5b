/** The page loaded again, once, with its run: what is left when the browser gives the page no GPU any more. */

import type { FaultCause, TrainingState } from '../training/protocol.ts';

/** What the page leaves to itself. Its settings are in the address. */
export interface Handover {
  /** Null for the initial weights. */
  readonly state: TrainingState | null;
  readonly isTraining: boolean;
  readonly cause: FaultCause;
  /** The step that the page showed. */
  readonly step: number;
}

export interface Reloader {
  /** False where the page was loaded again a short while ago, so that it never goes round in circles. */
  canReload(): boolean;
  /** Keeps the run and loads the page. @throws where there is no place to keep it */
  reload(handover: Handover): Promise<void>;
  /** True in a page that was loaded again and has not taken its run back yet. */
  isWaiting(): boolean;
  /** The run of the page before, once; null where it is not there. */
  take(): Promise<Handover | null>;
}

const DATABASE = 'heed-handover';
const STORE = 'run';
const KEY = 'newest';
/** In the session storage, which a reload keeps: when it was, and whether the run still waits. */
const RELOADED_AT = 'heed.reloadedAt';
const WAITING = 'heed.handover';
const LEAST_SPACING_MS = 10 * 60_000;

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });

async function withStore<T>(mode: IDBTransactionMode, body: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await settled(opening);
  try {
    const transaction = database.transaction(STORE, mode, { durability: 'strict' });
    const through = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB gave up'));
    });
    const result = await settled(body(transaction.objectStore(STORE)));
    await through;
    return result;
  } finally {
    database.close();
  }
}

/** A reloader of this page. */
export function createReloader(storage: () => Storage = () => sessionStorage): Reloader {
  const read = (key: string): string | null => {
    try {
      return storage().getItem(key);
    } catch {
      return null;
    }
  };
  return {
    canReload() {
      return Date.now() > Number(read(RELOADED_AT) ?? 0) + LEAST_SPACING_MS;
    },
    async reload(handover) {
      await withStore('readwrite', (store) => store.put(handover, KEY));
      storage().setItem(RELOADED_AT, String(Date.now()));
      storage().setItem(WAITING, '1');
      location.reload();
    },
    isWaiting: () => read(WAITING) !== null,
    async take() {
      try {
        storage().removeItem(WAITING);
        const handover = (await withStore('readonly', (store) => store.get(KEY))) as Handover | undefined;
        await withStore('readwrite', (store) => store.delete(KEY));
        return handover ?? null;
      } catch {
        return null;
      }
    },
  };
}

/** For pages that are never loaded again by themselves. */
export const NO_RELOADER: Reloader = {
  canReload: () => false,
  reload: () => Promise.reject(new Error('this page is not loaded again')),
  isWaiting: () => false,
  take: () => Promise.resolve(null),
};
