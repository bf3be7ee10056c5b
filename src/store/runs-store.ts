/** The runs that this browser keeps, as the page shows them, and what a visitor does with them. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import { type ReportedError, reportError } from '../lib/errors.ts';
import { RequestError, type TrainingClient } from '../training/client.ts';
import type { KeptRun, RunSource, ShelfAction, ShelfState } from '../training/protocol.ts';
import { MetricsHistory } from './history.ts';

export type { KeptRun } from '../training/protocol.ts';

/** Larger files are no checkpoints of this page. */
const MAX_FILE_BYTES = 64 << 20;

export interface RunsState {
  /** Null until it was asked for. */
  readonly shelf: ShelfState | null;
  /** What was deleted last and can be brought back. */
  readonly deleted: KeptRun | null;
  /** Why the last wish could not be met. */
  readonly problem: ReportedError | null;
}

export interface RunsStore extends StoreApi<RunsState> {
  /** Reads the list again. */
  refresh(): Promise<void>;
  /** Keeps the run as it stands; true where that went well. */
  save(name: string): Promise<boolean>;
  rename(run: KeptRun, name: string): Promise<void>;
  duplicate(run: KeptRun, name: string): Promise<void>;
  delete(run: KeptRun): Promise<void>;
  /** Brings back what was deleted last. */
  undelete(): Promise<void>;
  /** The curves of a kept run; null where they can't be had. */
  curves(run: KeptRun): Promise<MetricsHistory | null>;
  /** Goes on with a kept run. */
  open(run: KeptRun): Promise<boolean>;
  /** Goes on with a checkpoint file. */
  openFile(file: File): Promise<boolean>;
  /** The run as a checkpoint file; null where there is none to be had. */
  checkpoint(): Promise<{ readonly fileName: string; readonly bytes: Uint8Array<ArrayBuffer> } | null>;
}

export interface RunsContext {
  /** The worker's handle at the moment. */
  readonly client: () => TrainingClient;
  /** Opens a run from there; true where that went well. */
  readonly openFrom: (source: RunSource) => Promise<boolean>;
  readonly refuse: (error: ReportedError) => void;
}

export function createRunsStore({ client, openFrom, refuse }: RunsContext): RunsStore {
  const store = createStore<RunsState>(() => ({ shelf: null, deleted: null, problem: null }));

  async function act(action: ShelfAction): Promise<boolean> {
    try {
      store.setState({ shelf: await client().shelf(action), problem: null });
      return true;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      store.setState({ problem: error.reported });
      return false;
    }
  }

  return Object.assign(store, {
    refresh: async () => void (await act({ kind: 'list' })),
    save: (name: string) => act({ kind: 'save', name }),
    rename: async ({ id }: KeptRun, name: string) => void (await act({ kind: 'rename', id, name })),
    duplicate: async ({ id }: KeptRun, name: string) => void (await act({ kind: 'duplicate', id, name })),
    async delete(run: KeptRun) {
      if (await act({ kind: 'delete', id: run.id })) store.setState({ deleted: run });
    },
    async undelete() {
      store.setState({ deleted: null });
      await act({ kind: 'undelete' });
    },
    async curves({ id }: KeptRun) {
      try {
        const saved = await client().curves(id);
        if (!saved) return null;
        const history = new MetricsHistory();
        history.load(saved);
        return history;
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        refuse(error.reported);
        return null;
      }
    },
    open: ({ id }: KeptRun) => openFrom({ kind: 'saved', id }),
    async openFile(file: File) {
      if (file.size > MAX_FILE_BYTES) {
        const message = `checkpoint: more than ${MAX_FILE_BYTES >> 20} MB`;
        refuse({ name: 'CheckpointFormatError', message, details: {} });
        return false;
      }
      try {
        return await openFrom({ kind: 'file', bytes: new Uint8Array(await file.arrayBuffer()) });
      } catch (error) {
        refuse(reportError(error));
        return false;
      }
    },
    async checkpoint() {
      try {
        return await client().checkpoint();
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        refuse(error.reported);
        return null;
      }
    },
  });
}

/** True for the first bytes of a safetensors file: the length of a header as u64, then an object. */
export function isSafetensors(bytes: Uint8Array): boolean {
  if (bytes.length < 9 || bytes[8] !== 0x7b) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const length = view.getUint32(0, true);
  return view.getUint32(4, true) === 0 && length >= 2 && length <= 1 << 20;
}
