/** The page's typed handle on the training worker: commands in, events out, questions answered as promises. */

import type { Encoding } from '../data/import/encoding.ts';
import type { PairChoice } from '../data/import/selection.ts';
import type { ReportedError } from '../lib/errors.ts';
import { type Locks, whenEnded } from '../lib/life-lock.ts';
import type { Config } from '../model/config.ts';
import type { SavedHistory } from './metrics-history.ts';
import type {
  Command,
  Evaluation,
  Event,
  ExecutorPreference,
  ImportAnswer,
  ImportPreview,
  OwnData,
  RunDescription,
  RunSource,
  ShelfAction,
  ShelfState,
  StrategyPreference,
  Succession,
  Translation,
} from './protocol.ts';
import type { Answer, AskedQuestion, Question, QuestionKind } from './questions.ts';
import type { RaceAction, RaceDescription } from './race/race-protocol.ts';
import type { TrainingState } from './training-state.ts';

/** What the client needs of a `Worker`, so that a test can put something else in its place. */
export interface WorkerPort {
  postMessage(message: Command, transfer?: Transferable[]): void;
  addEventListener(type: 'message' | 'error' | 'messageerror', listener: (event: globalThis.Event) => void): void;
  terminate(): void;
}

/** A question that the worker refused or could not answer; the run is as it was. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  constructor(readonly reported: ReportedError) {
    super(reported.message);
  }
}

/** A command that asks for no answer of its own. */
export type PlainCommand = Exclude<Command, { readonly request: number }>;

export interface TrainingClient {
  send(command: PlainCommand): void;
  /** @throws RequestError when the configuration or the data can't be used */
  open(
    config: Config,
    executor: ExecutorPreference,
    data?: OwnData,
    strategy?: StrategyPreference,
    resume?: TrainingState,
    source?: RunSource,
    models?: string,
    succession?: Succession,
  ): Promise<RunDescription>;
  /** @throws RequestError where there is no room for what is to be kept */
  shelf(action: ShelfAction): Promise<ShelfState>;
  /** The curves of a kept run; null where it is not there any more. */
  curves(id: string): Promise<SavedHistory | null>;
  /** @throws RequestError where it can't be had; the run stays where it is */
  move(executor: ExecutorPreference, strategy: StrategyPreference): Promise<RunDescription>;
  /** Reads files of sentence pairs; null when it was cancelled. @throws RequestError for what can't be used */
  importFiles(files: readonly File[], encoding?: Encoding): Promise<ImportAnswer | null>;
  /** @throws RequestError for a choice that the imported table does not have */
  choosePairs(choice: PairChoice): Promise<ImportPreview | null>;
  /** @throws RequestError for an empty sentence or one that is too long */
  translate(text: string): Promise<{ readonly step: number; readonly translation: Translation }>;
  evaluate(split: 'validation' | 'test', limit: number): Promise<Evaluation>;
  /** @throws RequestError for a question about a sentence or a part that this run does not have */
  ask<K extends QuestionKind>(kind: K, question: Question<K>): Promise<Answer<K>>;
  /** Resolves when it is done; with what a race is made of where one was opened. @throws RequestError where it can't be */
  race(action: RaceAction): Promise<RaceDescription | null>;
  checkpoint(): Promise<{ readonly fileName: string; readonly bytes: Uint8Array<ArrayBuffer> }>;
  /** Calls back for every event, answers included, in the order of their arrival. */
  subscribe(listener: (event: Event) => void): () => void;
  /** Ends the worker; open questions are rejected. */
  dispose(): void;
}

interface OpenQuestion {
  readonly resolve: (event: Event) => void;
  readonly reject: (error: RequestError) => void;
  readonly isLong: boolean;
}

/** Name of the error of a worker that stopped by itself: it did not load, threw outside of a run, or sent garbage. */
export const WORKER_ERROR = 'WorkerError';

/**
 * A worker that does not answer for so many ticks hangs, or has ended where there are no locks to tell of it: it is noticed one tick
 * later, within ten seconds. Counted in ticks, since none pass in a frozen tab. Less would not do: what looks like a loop without end may be one step of a computer that is busy
 * elsewhere, and to end a worker costs the steps since the last good state.
 */
const TICK_MS = 1000;
const SILENT_TICKS = 9;
/** Work that may keep the worker for longer than that. */
const LONG_COMMANDS: ReadonlySet<Command['type']> = new Set(['open', 'move', 'import', 'choose-pairs', 'race']);

const workerError = (message: string): ReportedError => ({ name: WORKER_ERROR, message, details: {} });

/**
 * Wraps a worker that speaks `protocol.ts`.
 * @param locks where the worker holds the lock that it tells of, the browser's by default
 */
export function createTrainingClient(port: WorkerPort, locks?: Locks | null): TrainingClient {
  const listeners = new Set<(event: Event) => void>();
  const questions = new Map<number, OpenQuestion>();
  let silentTicks = 0;
  const heartbeat = setInterval(() => {
    if ([...questions.values()].some(({ isLong }) => isLong)) silentTicks = 0;
    if (silentTicks++ < SILENT_TICKS) port.postMessage({ type: 'ping' });
    else if (silentTicks === SILENT_TICKS + 1)
      receive({ type: 'failed', error: workerError(`no answer for ${(SILENT_TICKS * TICK_MS) / 1000} s`) });
  }, TICK_MS);
  let stopWaiting = (): void => {};
  let nextRequest = 1;

  const receive = (event: Event): void => {
    if (event.type !== 'failed') silentTicks = 0;
    if (event.type === 'pong') return;
    if (event.type === 'alive') {
      stopWaiting = whenEnded(event.lock, end, locks);
      return;
    }
    for (const listener of listeners) listener(event);
    if (event.type === 'failed') rejectAll(event.error);
    if (!('request' in event)) return;
    const question = questions.get(event.request);
    questions.delete(event.request);
    if (event.type === 'refused' || event.type === 'rejected') question?.reject(new RequestError(event.error));
    else question?.resolve(event);
  };
  const end = (): void => {
    clearInterval(heartbeat);
    receive({ type: 'failed', error: workerError('the training worker has ended') });
  };
  const rejectAll = (error: ReportedError): void => {
    const open = [...questions.values()];
    questions.clear();
    for (const question of open) question.reject(new RequestError(error));
  };

  port.addEventListener('message', (event) => receive((event as MessageEvent<Event>).data));
  port.addEventListener('error', (event) => {
    const { message } = event as Partial<ErrorEvent>;
    receive({ type: 'failed', error: workerError(message || 'the training worker did not start') });
  });
  port.addEventListener('messageerror', () =>
    receive({ type: 'failed', error: workerError('a message of the training worker could not be read') }),
  );

  /** Sends a command that carries a request number; resolves with the event that answers it. */
  const ask = <T extends Event['type']>(
    command: (request: number) => Command,
    transfer: Transferable[] = [],
  ): Promise<Extract<Event, { type: T }>> =>
    new Promise((resolve, reject) => {
      const request = nextRequest++;
      const message = command(request);
      const isLong = LONG_COMMANDS.has(message.type);
      questions.set(request, { resolve: resolve as (event: Event) => void, reject, isLong });
      port.postMessage(message, transfer);
    });

  return {
    send: (command) => port.postMessage(command),
    async open(config, executor, data, strategy = 'auto', resume, source, models, succession) {
      const corpus = succession?.corpus;
      // To copy them would keep the page for a frame; the worker hands them over once more.
      const transfer = corpus ? [corpus.pairs.buffer, corpus.starts.buffer] : [];
      const opened = await ask<'opened'>(
        (request) => ({
          type: 'open',
          request,
          config,
          executor,
          strategy,
          ...(data ? { data } : {}),
          ...(resume ? { resume } : {}),
          ...(source ? { source } : {}),
          ...(models === undefined ? {} : { models }),
          ...(succession ? { succession } : {}),
        }),
        transfer,
      );
      return opened.run;
    },
    async shelf(action) {
      const { shelf } = await ask<'shelf'>((request) => ({ type: 'shelf', request, action }));
      return shelf;
    },
    async curves(id) {
      const { curves } = await ask<'curves'>((request) => ({ type: 'curves', request, id }));
      return curves;
    },
    async move(executor, strategy) {
      const moved = await ask<'moved'>((request) => ({ type: 'move', request, executor, strategy }));
      return moved.run;
    },
    async importFiles(files, encoding) {
      const { imported } = await ask<'imported'>((request) => ({
        type: 'import',
        request,
        files,
        ...(encoding ? { encoding } : {}),
      }));
      return imported;
    },
    async choosePairs(choice) {
      const { preview } = await ask<'previewed'>((request) => ({ type: 'choose-pairs', request, choice }));
      return preview;
    },
    translate: (text) => ask<'translated'>((request) => ({ type: 'translate', request, text })),
    async evaluate(split, limit) {
      const evaluated = await ask<'evaluated'>((request) => ({ type: 'evaluate', request, split, limit }));
      return evaluated.evaluation;
    },
    async ask(kind, question) {
      const { answer } = await ask<'answered'>((request) => ({
        type: 'ask',
        request,
        question: { kind, ...question } as AskedQuestion,
      }));
      return answer as Answer<typeof kind>;
    },
    async race(action) {
      const { race } = await ask<'raced'>((request) => ({ type: 'race', request, action }));
      return race;
    },
    checkpoint: () => ask<'checkpointed'>((request) => ({ type: 'checkpoint', request })),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      clearInterval(heartbeat);
      stopWaiting();
      listeners.clear();
      rejectAll(workerError('the training worker was ended'));
      port.terminate();
    },
  };
}

/** Starts the training worker of this page. */
export const startTrainingWorker = (): TrainingClient =>
  createTrainingClient(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }));
