/** Everything that a visitor can do. */

import { type Config, defaultConfig, type Field } from '../model/config.ts';
import type { DecodingMode, ExecutorPreference, StrategyPreference } from '../training/protocol.ts';
import type { Ask } from './ask.ts';
import type { Connection } from './connection.ts';
import { resetEdits } from './edits-store.ts';
import { type Staged, stageProbe } from './frame-store.ts';
import type { ImportStore } from './import-store.ts';
import { leaveLesson, openLesson } from './lessons/lesson-store.ts';
import type { LinkProblem, LinkState } from './link.ts';
import { viewOf } from './link-view.ts';
import { dismiss, notify } from './notice-store.ts';
import type { Opener } from './opener.ts';
import { type PaceName, paceName, paceOf } from './pace.ts';
import { isRunning } from './run-store.ts';
import type { Sentences } from './sentences.ts';
import { waitingEdits, waitingPin } from './session-link.ts';
import type { SessionStores } from './session-stores.ts';
import { changesBetween, isSameRun, liveSettings, withField } from './settings-store.ts';

export interface Actions {
  /** Trains; where a model that ships is shown, a new one from its initial weights. */
  train(): void;
  /** Trains what is shown, a model that ships as well. */
  goOn(): void;
  /** Something is about to be asked for that takes more than looking. */
  getReady(): void;
  pause(): void;
  /** Train or pause, whichever the run is not doing. */
  toggle(): void;
  step(count: number): void;
  /** Back to the same initial weights. */
  reset(): void;
  setPace(name: PaceName): void;
  /** Changes one setting: at once where it is live, else by opening the run again. @throws ConfigError */
  set<F extends Field>(field: F, value: Config[F]): void;
  /** Goes on elsewhere, from the state as it is. */
  setExecutor(executor: ExecutorPreference): void;
  setStrategy(strategy: StrategyPreference): void;
  /** All settings of the task as it started. */
  backToDefaults(): void;
  /** Takes over a whole configuration, for undo. */
  restore(config: Config): void;
  setMode(mode: DecodingMode): void;
  stage(staged: Staged): void;
  translate(text: string): Promise<void>;
  /** Asks the worker about the model as it stands. */
  readonly ask: Ask;
  /** Reads files of sentence pairs, and shows what is in them. */
  importFiles(files: readonly File[]): Promise<void>;
  cancelImport(): void;
  /** Opens a run on the pairs that were imported and chosen. */
  trainOnImported(): Promise<void>;
  /** Takes over a link that was opened in this tab; `goesOn` with what this browser has kept of its run, paused. */
  applyLink(state: LinkState, problems: readonly LinkProblem[], goesOn?: boolean): void;
  /** After a breakdown: trains on at another learning rate. */
  goOnAt(learningRate: number): void;
  /** The same settings from their initial weights; the run before stays kept. */
  startAfresh(): void;
  /** After a failure: a fresh worker and the same settings. */
  reopen(): void;
}

export interface ActionsContext {
  readonly stores: SessionStores;
  readonly imports: ImportStore;
  readonly connection: Connection;
  readonly opener: Opener;
  readonly sentences: Sentences;
  readonly ask: Ask;
}

export function createActions({ stores, imports, connection, opener, sentences, ask }: ActionsContext): Actions {
  const { settings, run, frames, edits, view, notices, lessons } = stores;
  const send: Connection['client']['send'] = (command) => connection.client.send(command);

  /** Takes over a configuration: at once where only live settings differ, else by opening the run again. */
  function takeOver(config: Config): void {
    const before = settings.getState().config;
    settings.setState({ config });
    if (!isSameRun(before, config)) opener.openSoon();
    else if (changesBetween(before, config).length > 0) send({ type: 'configure', live: liveSettings(config) });
    if (before.task !== config.task) stageProbe(frames);
  }

  /** Has the run do something of this kind, if it is ready for it. */
  function intend(intent: 'train' | 'pause', command: Parameters<typeof send>[0]): void {
    if (run.getState().phase !== 'ready') return;
    run.setState({ intent });
    send(command);
  }

  const actions: Actions = {
    train: () => intend('train', { type: 'train', isFromStart: run.getState().isShipped }),
    goOn: () => intend('train', { type: 'train' }),
    getReady: () => send({ type: 'get-ready' }),
    pause() {
      run.setState({ intent: 'pause' });
      send({ type: 'pause' });
    },
    toggle() {
      if (isRunning(run.getState())) actions.pause();
      else actions.train();
    },
    step: (count) => intend('train', { type: 'step', count, isFromStart: run.getState().isShipped }),
    reset: () => intend('pause', { type: 'reset' }),
    setPace(name) {
      const pace = paceOf(name);
      run.setState({ pace, ...(name !== 'slow-motion' && { stage: null }) });
      send({ type: 'pace', pace });
    },
    set: (field, value) => takeOver(withField(settings.getState().config, field, value)),
    setExecutor: (executor) => void opener.move({ executor }),
    setStrategy: (strategy) => void opener.move({ strategy }),
    backToDefaults: () => takeOver(defaultConfig(settings.getState().config.task)),
    restore: takeOver,
    setMode(mode) {
      frames.setState({ mode });
      send({ type: 'decoding', mode });
    },
    stage: sentences.stage,
    translate: sentences.translate,
    ask,
    async importFiles(files) {
      view.setState({ panel: 'data' });
      await imports.read(files);
    },
    cancelImport: () => imports.cancel(),
    async trainOnImported() {
      const { config } = settings.getState();
      // A visitor who has chosen settings for their own pairs keeps those.
      settings.setState({ config: config.task === 'own' ? config : defaultConfig('own') });
      stageProbe(frames);
      await opener.open();
      imports.setState({ isInUse: run.getState().run?.config.task === 'own' });
    },
    applyLink(state, problems, goesOn = false) {
      const { config, executor, strategy } = settings.getState();
      view.setState({ ...viewOf(state), pinned: null, waitingPin: null });
      if (state.lesson) openLesson(lessons, state.lesson, state.card);
      else leaveLesson(lessons);
      resetEdits(edits);
      edits.setState({ waiting: waitingEdits(state) });
      if (paceName(run.getState().pace) !== state.pace) actions.setPace(state.pace);
      if (frames.getState().mode !== state.mode) actions.setMode(state.mode);
      if (problems.length > 0) notify(notices, { kind: 'link-problems', problems });
      settings.setState({ executor: state.executor, strategy: state.strategy, config: state.config });
      stageProbe(frames, state.probe);
      if (!isSameRun(config, state.config)) {
        sentences.wait(state.sentence);
        if (goesOn) void opener.openFrom({ kind: 'last', wanted: state.config });
        else opener.openAgain();
      } else {
        if (executor !== state.executor || strategy !== state.strategy) void opener.move({});
        if (changesBetween(config, state.config).length > 0)
          send({ type: 'configure', live: liveSettings(state.config) });
        if (state.sentence) void actions.translate(state.sentence);
        else actions.stage({ kind: 'probe', index: state.probe });
      }
      view.setState({ waitingPin: waitingPin(state) });
    },
    startAfresh: () => void opener.open(),
    goOnAt(learningRate) {
      dismiss(notices, 'diverged');
      actions.set('learningRate', learningRate);
      actions.train();
    },
    reopen() {
      connection.reconnect();
      void opener.open();
    },
  };
  return actions;
}
