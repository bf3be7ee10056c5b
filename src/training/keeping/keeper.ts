/** Saves the run that is open, now and then and by itself, and finds it again on the next visit. */

import { type Config, FIELD_NAMES, LIVE_FIELDS } from '../../model/config.ts';
import { type Checkpoint, decodeCheckpoint } from '../checkpoint.ts';
import type { RunOrigin, RunSource, ShelfAction, ShelfState, StorageProblem } from '../protocol.ts';
import { type Hold, holdRun } from './hold.ts';
import { type Deleted, type KeptRun, Shelf } from './shelf.ts';
import { openVault, type Vault } from './vault.ts';

/** Share of the time that saving may take of this thread. */
const SHARE = 0.02;
/** However dear it is, a run is saved so often. */
const MOST_SPACING_MS = 4000;

/** A run that was found, and where. */
export interface Found {
  readonly checkpoint: Checkpoint;
  readonly origin: RunOrigin;
  /** The run that goes on; null where it is a copy that begins a run of its own. */
  readonly kept: KeptRun | null;
  readonly hold: Hold | null;
}

const newId = (): string => crypto.randomUUID();

/** True where two configurations describe one run, whatever was changed while it was trained. */
const isSameRun = (a: Config, b: Config): boolean =>
  FIELD_NAMES.every((name) => (LIVE_FIELDS as readonly string[]).includes(name) || a[name] === b[name]);

export class Keeper {
  readonly #shelf: Promise<Shelf | null>;
  /** Becomes true when the visitor has been told that nothing can be saved. */
  #isTold = false;
  #id = newId();
  #hold: Hold | null = null;
  #record: KeptRun | null = null;
  /** What the newest save holds. */
  #savedStep = 0;
  #savedAt = Number.NEGATIVE_INFINITY;
  #costMs = 0;
  #saving: Promise<void> | null = null;
  #deleted: Deleted = [];

  constructor(
    private readonly onProblem: (problem: StorageProblem) => void,
    open: () => Promise<Vault> = openVault,
  ) {
    this.#shelf = open().then(
      (vault) => new Shelf(vault),
      () => null,
    );
  }

  /** Time from one save to the next, in ms. */
  get spacingMs(): number {
    return Math.min(MOST_SPACING_MS, this.#costMs / SHARE);
  }

  /** Milliseconds of this thread that the newest save took. */
  get costMs(): number {
    return this.#costMs;
  }

  /** The checkpoint that a source names; null where there is none to be had. @throws CheckpointFormatError for a file that is none */
  async find(source: RunSource): Promise<Found | null> {
    if (source.kind === 'file')
      return { checkpoint: decodeCheckpoint(source.bytes), origin: { kind: 'file' }, kept: null, hold: null };
    const shelf = await this.#shelf;
    if (!shelf) return null;
    if (source.kind === 'saved') {
      const found = await shelf.load(source.id);
      if (!found) return null;
      const { checkpoint, run } = found;
      return { checkpoint, origin: { kind: 'saved', name: run.name, savedAt: run.savedAt }, kept: null, hold: null };
    }
    for (const { id, name, config, savedAt } of await this.#list(shelf)) {
      if (name !== null || (source.wanted && !isSameRun(config, source.wanted))) continue;
      const found = await shelf.load(id);
      if (!found) continue;
      const hold = await holdRun(id);
      const { checkpoint, run } = found;
      const origin = { kind: hold ? ('last' as const) : ('copy' as const), savedAt };
      return { checkpoint, origin, kept: hold ? run : null, hold };
    }
    return null;
  }

  async #list(shelf: Shelf): Promise<KeptRun[]> {
    try {
      return await shelf.list();
    } catch {
      return [];
    }
  }

  /** The run that is open is another one from now on: the one that was found, or one that nothing is kept of. */
  begin(found: Found | null): void {
    this.#hold?.release();
    this.#id = found?.kept?.id ?? newId();
    this.#record = found?.kept ?? null;
    this.#hold = found?.hold ?? null;
    this.#savedStep = found?.kept?.step ?? 0;
    this.#savedAt = Number.NEGATIVE_INFINITY;
  }

  /** Saves a state of the run where that is due; a newer one comes soon otherwise. */
  offer(take: () => Checkpoint, step: number, isLast: boolean): void {
    const isDue = isLast || performance.now() >= this.#savedAt + this.spacingMs;
    if (!isDue || step === this.#savedStep || step === 0) return;
    const before = this.#saving;
    if (before && !isLast) return;
    const id = this.#id;
    const saving = (before ?? Promise.resolve()).then(() => (id === this.#id ? this.#save(id, take()) : undefined));
    this.#saving = saving;
    void saving.finally(() => {
      if (this.#saving === saving) this.#saving = null;
    });
  }

  async #save(id: string, checkpoint: Checkpoint): Promise<void> {
    const shelf = await this.#shelf;
    if (!shelf) {
      this.#tell('unavailable');
      return;
    }
    this.#savedAt = performance.now();
    try {
      this.#hold ??= await holdRun(id);
      const { run, busyMs } = await this.#write(shelf, id, checkpoint);
      this.#costMs = busyMs;
      this.#isTold = false;
      if (id !== this.#id) return;
      if (!this.#record) await shelf.prune(id);
      this.#record = run;
      this.#savedStep = run.step;
    } catch (error) {
      this.#tell(isFull(error) ? 'full' : 'unavailable');
    }
  }

  /** Where there is no room, older runs without a name make some. */
  async #write(shelf: Shelf, id: string, checkpoint: Checkpoint) {
    try {
      return await shelf.save(id, checkpoint, this.#record, null);
    } catch (error) {
      if (!isFull(error) || !(await shelf.prune(id, 0))) throw error;
      return shelf.save(id, checkpoint, this.#record, null);
    }
  }

  #tell(problem: StorageProblem): void {
    if (this.#isTold) return;
    this.#isTold = true;
    this.onProblem(problem);
  }

  /** Does what the visitor asks of the kept runs. @throws DOMException QuotaExceededError where there is no room */
  async act(action: ShelfAction, save: () => Promise<Checkpoint>): Promise<ShelfState> {
    const shelf = await this.#shelf;
    if (!shelf) return { isAvailable: false, runs: [], usage: null };
    if (action.kind === 'save') {
      const name = Shelf.nameOf(action.name);
      const same = (await shelf.list()).find((run) => run.name === name) ?? null;
      await shelf.save(same?.id ?? newId(), await save(), same, name, true);
    } else if (action.kind === 'rename') await shelf.rename(action.id, action.name);
    else if (action.kind === 'duplicate') await shelf.duplicate(action.id, newId(), action.name);
    else if (action.kind === 'delete') this.#deleted = await shelf.delete(action.id);
    else if (action.kind === 'undelete') {
      await shelf.undelete(this.#deleted);
      this.#deleted = [];
    }
    const runs = (await shelf.list()).filter(({ id }) => id !== this.#id);
    return { isAvailable: true, runs, usage: await shelf.vault.usage() };
  }

  /** Resolves when what is being saved has been saved. */
  async settled(): Promise<void> {
    await this.#saving;
  }

  dispose(): void {
    this.#hold?.release();
  }
}

const isFull = (error: unknown): boolean => (error as Partial<DOMException> | null)?.name === 'QuotaExceededError';
