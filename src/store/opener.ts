/** Opens runs in the worker and moves them, and has the page's settings agree with the run that comes of it. */

import type { Config } from '../model/config.ts';
import { RequestError } from '../training/client.ts';
import type { RunSource, Succession } from '../training/protocol.ts';
import type { Connection } from './connection.ts';
import type { Faults, Handover } from './faults.ts';
import { stageProbe } from './frame-store.ts';
import { dismiss, notify } from './notice-store.ts';
import { isRunning } from './run-store.ts';
import type { Sentences } from './sentences.ts';
import type { SessionStores } from './session-stores.ts';
import { changesBetween, isLive, isSameRun, liveSettings, type SettingsState } from './settings-store.ts';

/** Time to wait for further changes before a run is opened again, so that dragging a slider opens one run. */
const REOPEN_DELAY_MS = 300;

/** What computes a run, and how. */
type Place = Pick<SettingsState, 'executor' | 'strategy'>;

/** What an opening begins with, where that is not the initial weights, and what comes of it. */
export interface Opening {
  readonly handover?: Handover | undefined;
  readonly source?: RunSource | undefined;
  /** What the worker before has left. */
  readonly succession?: Succession | undefined;
  /** The model that ships with the settings is shown, if nothing else is found. */
  readonly isFirstLook?: boolean;
  readonly isTrainingAfter?: boolean;
  /** The visitor is told which settings changed. */
  readonly isAnnounced?: boolean;
}

export interface OpenerContext {
  readonly stores: SessionStores;
  readonly connection: Connection;
  readonly sentences: Sentences;
  readonly faults: Faults;
  /** Trains the run that was opened. */
  readonly train: () => void;
  /** Address of the folder of the models that ship with the page. */
  readonly models: string | undefined;
}

export interface Opener {
  /** Opens the settings as they are now. */
  open(opening?: Opening): Promise<void>;
  /** As `open`, once the settings have come to rest; what was being trained is trained again. */
  openSoon(): void;
  /** As `openSoon`, at once and without a word. */
  openAgain(): void;
  /** Opens what was kept. @returns whether it could be; else the run before is as it was */
  openFrom(source: RunSource): Promise<boolean>;
  /** Opens in another worker the run that the one before ended with. */
  restart(handover: Handover): void;
  /** Goes on elsewhere from the same state; opens the run where there is none that could. */
  move(place: Partial<Place>): Promise<void>;
  /** Calls off what waits to be opened. */
  dispose(): void;
}

export function createOpener({ stores, connection, sentences, faults, train, models }: OpenerContext): Opener {
  const { settings, run, frames, notices, view } = stores;
  /** Counts the runs asked for: an answer to an earlier question changes nothing any more. */
  let openings = 0;
  let moves = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Where the visitor wanted the run that is open. */
  let openedOn: Place = placeNow();

  function placeNow(): Place {
    const { executor, strategy } = settings.getState();
    return { executor, strategy };
  }

  async function open(opening: Opening = {}): Promise<void> {
    const { handover, source, succession, isFirstLook = false, isTrainingAfter = false, isAnnounced = false } = opening;
    const question = ++openings;
    const { config } = settings.getState();
    const place = placeNow();
    dismiss(notices, 'resumed');
    const previous = run.getState().run?.config;
    clearTimeout(timer);
    run.setState({ phase: 'opening', failure: null });
    try {
      const data = config.task === 'own' ? ({ kind: 'imported' } as const) : undefined;
      const isShowing = isFirstLook && !isTrainingAfter && view.getState().showsShipped;
      const { executor, strategy } = place;
      const state = handover?.state ?? undefined;
      const shown = isShowing ? models : undefined;
      const { client } = connection;
      const opened = await client.open(config, executor, data, strategy, state, source, shown, succession);
      openedOn = place;
      if (question !== openings) return;
      if (source) takeOver(opened.config, source);
      if (handover) faults.recovered(handover);
      greet();
      if (isTrainingAfter) train();
      if (!previous || !isAnnounced) return;
      const changes = changesBetween(previous, config).filter(({ field }) => !isLive(field));
      if (changes.length > 0) notify(notices, { kind: 'reopened', changes, previous });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (question !== openings) return;
      // The run before ended with its worker: there is none to go back to.
      if (handover) run.setState({ phase: 'failed', failure: error.reported, intent: null });
      else refuse(error);
    }
  }

  /** The settings of a run that was kept are those of the page; what a link says of the live ones holds. */
  function takeOver(config: Config, source: RunSource): void {
    const before = settings.getState().config;
    const isAsked = source.kind === 'last' && source.wanted !== null;
    settings.setState({ config: isAsked ? { ...config, ...liveSettings(before) } : config });
    if (before.task !== config.task) stageProbe(frames);
  }

  /** Tells a new run what the page already has: speed, decoding, live settings that changed meanwhile, sentences. */
  function greet(): void {
    const { client } = connection;
    const { pace, run: description } = run.getState();
    const { mode } = frames.getState();
    if (pace.kind !== 'full') client.send({ type: 'pace', pace });
    if (mode !== 'free-running') client.send({ type: 'decoding', mode });
    const { config } = settings.getState();
    if (description && changesBetween(description.config, config).some(({ field }) => isLive(field)))
      client.send({ type: 'configure', live: liveSettings(config) });
    sentences.greet();
  }

  function refuse({ reported }: RequestError): void {
    const { phase, run: description } = run.getState();
    if (phase === 'failed') return;
    if (!description) {
      run.setState({ phase: 'failed', failure: reported });
      return;
    }
    // The run before is untouched; the settings go back to it.
    run.setState({ phase: 'ready' });
    settings.setState({ config: description.config, ...openedOn });
    notify(notices, { kind: 'refused', error: reported });
  }

  /** Goes on training where it did; for another task than that of the run that is open nothing has been trained yet. */
  const again = (): Opening => ({
    isFirstLook: run.getState().run?.config.task !== settings.getState().config.task,
    isTrainingAfter: isRunning(run.getState()),
  });

  return {
    open,
    openSoon() {
      clearTimeout(timer);
      timer = setTimeout(() => void open({ ...again(), isAnnounced: true }), REOPEN_DELAY_MS);
    },
    openAgain: () => void open(again()),
    async openFrom(source) {
      dismiss(notices, 'refused');
      await open({ source });
      return !notices.getState().notices.some(({ kind }) => kind === 'refused');
    },
    restart(handover) {
      connection.reconnect();
      // A new worker has read none of the visitor's pairs; what was saved has them.
      const { config } = settings.getState();
      const { isTraining: isTrainingAfter, corpus, hadGpu, reasons } = handover;
      const succession = { corpus: corpus?.task === config.task ? corpus : null, hadGpu, reasons };
      if (config.task === 'own') void open({ isTrainingAfter, succession, source: { kind: 'last', wanted: config } });
      else void open({ isTrainingAfter, succession, handover });
    },
    async move(place) {
      settings.setState(place);
      const { config } = settings.getState();
      const wanted = placeNow();
      const { run: description, phase } = run.getState();
      if (phase !== 'ready' || !description || !isSameRun(description.config, config))
        return open({ isTrainingAfter: isRunning(run.getState()) });
      const turn = ++moves;
      dismiss(notices, 'refused');
      run.setState({ isMoving: true });
      try {
        await connection.client.move(wanted.executor, wanted.strategy);
        openedOn = wanted;
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        if (turn !== moves || run.getState().phase === 'failed') return;
        settings.setState(openedOn);
        notify(notices, { kind: 'refused', error: error.reported });
      } finally {
        if (turn === moves) run.setState({ isMoving: false });
      }
    },
    dispose: () => clearTimeout(timer),
  };
}
