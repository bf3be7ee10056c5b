/** A vault that forgets with the test, and can be damaged. */

import type { Vault } from '../training/keeping/vault.ts';

export class MemoryVault implements Vault {
  readonly #values = new Map<string, unknown>();
  /** Refuses everything that is put. */
  isFull = false;

  async get(key: string): Promise<unknown> {
    return structuredClone(this.#values.get(key));
  }

  async list(prefix: string): Promise<(readonly [string, unknown])[]> {
    return this.keys(prefix).map((key) => [key, structuredClone(this.#values.get(key))] as const);
  }

  async change(put: readonly (readonly [string, unknown])[], remove: readonly string[] = []): Promise<void> {
    if (this.isFull && put.length > 0) throw new DOMException('there is no room', 'QuotaExceededError');
    for (const key of remove) this.#values.delete(key);
    for (const [key, value] of put) this.#values.set(key, structuredClone(value));
  }

  async usage(): Promise<null> {
    return null;
  }

  keys(prefix: string): string[] {
    return [...this.#values.keys()].filter((key) => key.startsWith(prefix)).sort();
  }

  /** Puts something else in the place of a value; undefined deletes it. */
  alter(key: string, change: (value: unknown) => unknown): void {
    const value = change(structuredClone(this.#values.get(key)));
    if (value === undefined) this.#values.delete(key);
    else this.#values.set(key, value);
  }
}
