/** The visitor's own pairs on their way in: what is being read, what was found, what is chosen. The run knows nothing of it yet. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ReportedError } from '../lib/errors.ts';
import { RequestError, type TrainingClient } from '../training/client.ts';
import type { Event, ImportAnswer, ImportedTable, ImportPhase, ImportPreview } from '../training/protocol.ts';

export type Encoding = ImportedTable['encoding'];
export type PairChoice = ImportedTable['choice'];
type Asked = Extract<ImportAnswer, { kind: 'ask-encoding' }>;

export interface ImportState {
  /** What the worker is busy with; null while it waits for the visitor. */
  readonly progress: { readonly phase: ImportPhase /** 0 to 1. */; readonly share: number } | null;
  /** Names of the files that are read or were read last. */
  readonly fileNames: readonly string[];
  /** The encoding has to be chosen. */
  readonly asked: Asked | null;
  readonly table: ImportedTable | null;
  readonly choice: PairChoice | null;
  readonly preview: ImportPreview | null;
  /** Why the files or the choice can't be used. */
  readonly problem: ReportedError | null;
  /** The pairs of `preview` are those of the current run. */
  readonly isInUse: boolean;
}

export interface ImportStore extends StoreApi<ImportState> {
  /** Reads files; an earlier import that is under way stops. */
  read(files: readonly File[], encoding?: Encoding): Promise<void>;
  /** Reads the same files in the encoding that the visitor chose. */
  chooseEncoding(encoding: Encoding): Promise<void>;
  choose(choice: PairChoice): Promise<void>;
  cancel(): void;
  receive(event: Event): void;
}

/** Rows shown for choosing columns. */
const SAMPLE_ROWS = 8;

const NOTHING = {
  progress: null,
  fileNames: [],
  asked: null,
  table: null,
  choice: null,
  preview: null,
  problem: null,
  isInUse: false,
} satisfies ImportState;

/** Names of the columns, and the rows below them, given what the first row is. */
export function readAs({ columns, sample }: ImportedTable, hasHeader: boolean) {
  const [first = [], ...rest] = sample;
  return hasHeader
    ? { names: columns.map((_, i) => first[i]?.trim() ?? ''), rows: rest }
    : { names: columns, rows: sample.slice(0, SAMPLE_ROWS) };
}

/** `client` is the worker's handle at the moment. */
export function createImportStore(client: () => TrainingClient): ImportStore {
  const store = createStore<ImportState>(() => NOTHING);
  let files: readonly File[] = [];
  let turn = 0;

  /** Runs a question; only the newest one changes anything. */
  async function ask<T>(body: () => Promise<T | null>, apply: (answer: T) => Promise<void> | void): Promise<void> {
    const own = ++turn;
    try {
      const answer = await body();
      if (own !== turn) return;
      store.setState({ progress: null });
      if (answer !== null) await apply(answer);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (own === turn) store.setState({ progress: null, problem: error.reported });
    }
  }

  const api: Omit<ImportStore, keyof StoreApi<ImportState>> = {
    async read(next, encoding) {
      if (next.length === 0) return;
      files = next;
      const fileNames = files.map(({ name }) => name);
      store.setState({ fileNames, problem: null, asked: null, progress: { phase: 'reading', share: 0 } });
      await ask(
        () => client().importFiles(files, encoding),
        async (answer) => {
          if (answer.kind === 'ask-encoding') return store.setState({ asked: answer });
          store.setState({ table: answer.table, preview: null, isInUse: false });
          await api.choose(answer.table.choice);
        },
      );
    },
    chooseEncoding: (encoding) => api.read(files, encoding),
    async choose(choice) {
      store.setState({ choice, problem: null, progress: { phase: 'selecting', share: 0 } });
      await ask(
        () => client().choosePairs(choice),
        (preview) => store.setState({ preview, isInUse: false }),
      );
    },
    cancel() {
      turn++;
      client().send({ type: 'cancel-import' });
      const { preview, choice } = store.getState();
      // What the worker has is what was chosen before.
      store.setState({ progress: null, asked: null, choice: preview?.choice ?? choice });
    },
    receive(event) {
      if (event.type === 'import-progress' && store.getState().progress)
        store.setState({ progress: { phase: event.phase, share: event.share } });
      // A new worker has read nothing.
      if (event.type === 'failed') store.setState({ ...NOTHING });
    },
  };
  return Object.assign(store, api);
}
