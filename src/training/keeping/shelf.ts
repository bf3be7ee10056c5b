/**
 * Runs at rest. Each has a record and two slots that are written in turn, so that whatever happens to one of them, the other holds
 * the state before. The visitor's pairs are kept once, however many runs are trained on them.
 *
 *     run/<id>      KeptRun
 *     slot/<id>/0   Slot: a checkpoint's bytes with length and checksum
 *     slot/<id>/1
 *     pairs/<key>   bytes of the visitor's pairs
 */

import { decodeKeptPairs, encodeKeptPairs, type KeptPairs } from '../../data/import/kept-pairs.ts';
import { crc32 } from '../../lib/crc32.ts';
import type { Config } from '../../model/config.ts';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from '../checkpoint.ts';
import type { Vault } from './vault.ts';

const SLOT_VERSION = 1;
/** Runs without a name that are kept besides the newest. */
const UNNAMED_RUNS = 3;
const MAX_NAME_LENGTH = 60;

/** What is known of a kept run without reading it. */
export interface KeptRun {
  readonly id: string;
  /** Null for a run that was saved by itself. */
  readonly name: string | null;
  readonly config: Config;
  readonly step: number;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  /** Bytes of both slots, and of pairs of its own. */
  readonly bytes: number;
  /** Counts the saves; its parity is the slot that was written last. */
  readonly sequence: number;
  /** Exact matches of the newest held-out figures, 0 to 1. */
  readonly exactMatch: number | null;
  readonly pairsKey: string | null;
}

export interface Slot {
  readonly version: number;
  readonly sequence: number;
  readonly length: number;
  readonly crc: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const runKey = (id: string): string => `run/${id}`;
const slotKey = (id: string, slot: number): string => `slot/${id}/${slot}`;
const pairsKey = (key: string): string => `pairs/${key}`;

/** What is deleted, for undo. */
export type Deleted = readonly (readonly [string, unknown])[];

const encodedPairs = new WeakMap<KeptPairs, { readonly key: string; readonly bytes: Uint8Array<ArrayBuffer> }>();

function packPairs(pairs: KeptPairs) {
  const known = encodedPairs.get(pairs);
  if (known) return known;
  const bytes = encodeKeptPairs(pairs);
  const packed = { key: `${bytes.length}-${crc32(bytes).toString(16)}`, bytes };
  encodedPairs.set(pairs, packed);
  return packed;
}

/** True for a slot that was written to its end and has not changed since. */
function isWhole(value: unknown): value is Slot {
  const { version, sequence, length, crc, bytes } = (value ?? {}) as Partial<Slot>;
  return (
    version === SLOT_VERSION &&
    Number.isSafeInteger(sequence) &&
    bytes instanceof Uint8Array &&
    bytes.length === length &&
    crc32(bytes) === crc
  );
}

export class Shelf {
  /** Pairs that are known to be there. */
  readonly #stored = new Set<string>();

  constructor(readonly vault: Vault) {}

  /** All kept runs, the newest first; records that can't be read are left out. */
  async list(): Promise<KeptRun[]> {
    const records = await this.vault.list('run/');
    return records
      .map(([, value]) => value as KeptRun)
      .filter((run) => typeof run?.id === 'string' && Number.isFinite(run.savedAt))
      .sort((a, b) => b.savedAt - a.savedAt);
  }

  async find(id: string): Promise<KeptRun | null> {
    return ((await this.vault.get(runKey(id))) as KeptRun | undefined) ?? null;
  }

  /**
   * Saves a checkpoint as the next state of a run; the state before stays in the other slot.
   * @returns the record, and the milliseconds that this thread was busy with it
   * @throws DOMException QuotaExceededError where there is no room; what was kept stays
   */
  async save(
    id: string,
    checkpoint: Checkpoint,
    before: KeptRun | null,
    name: string | null,
    isStrict = false,
  ): Promise<{ readonly run: KeptRun; readonly busyMs: number }> {
    const started = performance.now();
    const pairs = checkpoint.pairs && packPairs(checkpoint.pairs);
    const bytes = encodeCheckpoint({ ...checkpoint, pairs: null });
    const sequence = (before?.sequence ?? 0) + 1;
    const slot: Slot = { version: SLOT_VERSION, sequence, length: bytes.length, crc: crc32(bytes), bytes };
    const run: KeptRun = {
      id,
      name,
      config: checkpoint.config,
      step: checkpoint.step,
      savedAt: Date.now(),
      bytes: 2 * bytes.length + (pairs?.bytes.length ?? 0),
      sequence,
      exactMatch: checkpoint.evaluation?.exactMatch ?? null,
      pairsKey: pairs?.key ?? null,
    };
    const put: [string, unknown][] = [
      [runKey(id), run],
      [slotKey(id, sequence % 2), slot],
    ];
    if (pairs && !this.#stored.has(pairs.key)) put.push([pairsKey(pairs.key), pairs.bytes]);
    const writing = this.vault.change(put, [], isStrict);
    const busyMs = performance.now() - started;
    await writing;
    if (pairs) this.#stored.add(pairs.key);
    return { run, busyMs };
  }

  /** The newest state of a run that is whole; null where there is none. */
  async load(id: string): Promise<{ readonly run: KeptRun; readonly checkpoint: Checkpoint } | null> {
    const run = await this.find(id);
    if (!run) return null;
    const slots = (await Promise.all([0, 1].map((slot) => this.vault.get(slotKey(id, slot)))))
      .filter(isWhole)
      .sort((a, b) => b.sequence - a.sequence);
    for (const { bytes, sequence } of slots) {
      try {
        const checkpoint = decodeCheckpoint(bytes);
        const pairs = run.pairsKey === null ? null : await this.#pairs(run.pairsKey);
        // The next save goes over the other slot, whichever this is.
        return { run: { ...run, sequence, step: checkpoint.step }, checkpoint: { ...checkpoint, pairs } };
      } catch {
        // The other slot may be readable.
      }
    }
    return null;
  }

  async #pairs(key: string): Promise<KeptPairs> {
    return decodeKeptPairs((await this.vault.get(pairsKey(key))) as Uint8Array);
  }

  /** A name as it is kept: in one line, and not endless. */
  static nameOf(name: string): string {
    return name.replaceAll(/\s+/gu, ' ').trim().slice(0, MAX_NAME_LENGTH);
  }

  async rename(id: string, name: string): Promise<void> {
    const run = await this.find(id);
    if (run) await this.vault.change([[runKey(id), { ...run, name: Shelf.nameOf(name) || run.name }]]);
  }

  async duplicate(id: string, copyId: string, name: string): Promise<void> {
    const run = await this.find(id);
    if (!run) return;
    const slots = await this.vault.list(`slot/${id}/`);
    const copies = slots.map(([key, value]) => [key.replace(`slot/${id}/`, `slot/${copyId}/`), value] as const);
    const copy: KeptRun = { ...run, id: copyId, name: Shelf.nameOf(name), savedAt: Date.now() };
    await this.vault.change([[runKey(copyId), copy], ...copies], [], true);
  }

  /** Deletes a run, and pairs that no other run is trained on. */
  async delete(id: string): Promise<Deleted> {
    const run = await this.find(id);
    if (!run) return [];
    const entries: (readonly [string, unknown])[] = [[runKey(id), run], ...(await this.vault.list(`slot/${id}/`))];
    if (run.pairsKey !== null) {
      const others = (await this.list()).filter((other) => other.id !== id && other.pairsKey === run.pairsKey);
      const key = pairsKey(run.pairsKey);
      if (others.length === 0) {
        entries.push([key, await this.vault.get(key)]);
        this.#stored.delete(run.pairsKey);
      }
    }
    await this.vault.change(
      [],
      entries.map(([key]) => key),
    );
    return entries;
  }

  async undelete(deleted: Deleted): Promise<void> {
    await this.vault.change(deleted, [], true);
  }

  /** Deletes the oldest runs without a name. @returns whether there were any */
  async prune(current: string, kept = UNNAMED_RUNS): Promise<boolean> {
    const unnamed = (await this.list()).filter(({ id, name }) => name === null && id !== current);
    for (const { id } of unnamed.slice(kept)) await this.delete(id);
    return unnamed.length > kept;
  }
}
