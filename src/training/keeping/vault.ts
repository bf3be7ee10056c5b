/** Where runs are kept: values under text keys, several of them written together or not at all. */

export interface Vault {
  get(key: string): Promise<unknown>;
  /** All values whose keys begin so, with their keys. */
  list(prefix: string): Promise<readonly (readonly [string, unknown])[]>;
  /** Writes some and deletes others in one transaction. @throws DOMException QuotaExceededError where there is no room */
  change(put: readonly (readonly [string, unknown])[], remove?: readonly string[], isStrict?: boolean): Promise<void>;
  /** Bytes of this origin, and how many it may have; null where the browser doesn't tell. */
  usage(): Promise<{ readonly usedBytes: number; readonly quotaBytes: number } | null>;
}

const DATABASE = 'heed-runs';
const STORE = 'kept';

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });

const through = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB gave up'));
  });

/** The browser's database. @throws where this page has none: IndexedDB is switched off, or the page has no origin */
export async function openVault(): Promise<Vault> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await settled(opening);
  const reading = (): IDBObjectStore => database.transaction(STORE, 'readonly').objectStore(STORE);
  return {
    get: (key) => settled(reading().get(key)),
    async list(prefix) {
      const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
      const store = reading();
      const [keys, values] = await Promise.all([settled(store.getAllKeys(range)), settled(store.getAll(range))]);
      return keys.map((key, i) => [String(key), values[i]] as const);
    },
    async change(put, remove = [], isStrict = false) {
      const transaction = database.transaction(STORE, 'readwrite', { durability: isStrict ? 'strict' : 'relaxed' });
      const done = through(transaction);
      const store = transaction.objectStore(STORE);
      try {
        for (const key of remove) store.delete(key);
        for (const [key, value] of put) store.put(value, key);
      } catch (error) {
        done.catch(() => {});
        transaction.abort();
        throw error;
      }
      await done;
    },
    async usage() {
      const { usage, quota } = (await navigator.storage?.estimate()) ?? {};
      return usage === undefined || quota === undefined ? null : { usedBytes: usage, quotaBytes: quota };
    },
  };
}
