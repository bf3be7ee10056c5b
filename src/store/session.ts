/** One visit: the stores, the worker behind them, and everything that the visitor can do. Runs without React. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ReportedError } from '../lib/errors.ts';
import type { Config, Field, LiveSettings } from '../model/config.ts';
import { defaultConfig } from '../model/config.ts';
import { RequestError, type TrainingClient } from '../training/client.ts';
import type {
  DecodingMode,
  Event,
  ExecutorPreference,
  RunSource,
  StrategyPreference,
  Translation,
} from '../training/protocol.ts';
import type { Answer, Question, QuestionKind } from '../training/questions.ts';
import { bindEdits } from './edits-asker.ts';
import { createEditsStore, type EditsStore, resetEdits } from './edits-store.ts';
import { createFaults, type Handover } from './faults.ts';
import {
  createFrameStore,
  type FrameStore,
  openFrames,
  PROBE_COUNT,
  receiveFrame,
  receiveOwn,
  type Staged,
  sentenceKey,
  stage,
  stagedKey,
} from './frame-store.ts';
import { stageHypothesis } from './hypotheses.ts';
import { createImportStore, type ImportStore } from './import-store.ts';
import {
  createLessonStore,
  type LessonState,
  type LessonStore,
  leaveLesson,
  openLesson,
} from './lessons/lesson-store.ts';
import type { LinkProblem, LinkState } from './link.ts';
import { viewOf } from './link-view.ts';
import { createNoticeStore, dismiss, type NoticeStore, notify } from './notice-store.ts';
import { type PaceName, paceName, paceOf } from './pace.ts';
import type { RaceLink } from './race-store.ts';
import { applyRunEvent, createRunStore, isRunning, type RunStore } from './run-store.ts';
import { createRunsStore, type RunsStore } from './runs-store.ts';
import { bindPin, waitingEdits, waitingPin } from './session-link.ts';
import { createSessionRuns, type SessionRuns } from './session-runs.ts';
import {
  changesBetween,
  createSettingsStore,
  isLive,
  type SettingsState,
  type SettingsStore,
  withField,
} from './settings-store.ts';
import { createTimelineStore, type TimelineStore } from './timeline-store.ts';
import { createViewStore, type ViewState, type ViewStore } from './view-store.ts';

/** Time to wait for further changes before a run is opened again, so that dragging a slider opens one run. */
const REOPEN_DELAY_MS = 300;

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
  ask<K extends QuestionKind>(kind: K, question: Question<K>): Promise<Answered<K>>;
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

/** What computes a run, and how. */
type Place = Pick<SettingsState, 'executor' | 'strategy'>;

/** What came of a question: an answer, or why there is none. */
export type Answered<K extends QuestionKind> =
  | { readonly answer: Answer<K>; readonly error?: never }
  | { readonly answer?: never; readonly error: ReportedError };

export type AskedState = { readonly [K in QuestionKind]?: Question<K> };
export type AskedStore = StoreApi<AskedState>;

export interface Session {
  readonly settings: SettingsStore;
  readonly run: RunStore;
  readonly frames: FrameStore;
  /** What the visitor changed about the sentence on the stage. */
  readonly edits: EditsStore;
  /** The run's past, as far as it is kept. */
  readonly timeline: TimelineStore;
  /** The visitor's own pairs, on their way in. */
  readonly imports: ImportStore;
  readonly view: ViewStore;
  readonly notices: NoticeStore;
  /** The runs that this browser keeps. */
  readonly runs: RunsStore;
  /** Which lesson is open, and how far each is done. */
  readonly lessons: LessonStore;
  /** The last question of each kind that was answered. */
  readonly asked: AskedStore;
  /** The runs of this visit. */
  readonly visit: SessionRuns;
  /** Races beside the run; whoever shows one makes a store of it. */
  readonly races: RaceLink;
  readonly actions: Actions;
  dispose(): void;
}

/** What an opening begins with, where that is not the initial weights. */
interface Opening {
  readonly handover?: Handover | undefined;
  readonly source?: RunSource | undefined;
  /** The model that ships with the settings is shown, if nothing else is found. */
  readonly isFirstLook?: boolean;
}

export interface SessionOptions {
  readonly startClient: () => TrainingClient;
  readonly link: LinkState;
  readonly problems?: readonly LinkProblem[];
  readonly view?: Partial<ViewState>;
  /** What this browser remembers of the lessons. */
  readonly lessons?: Partial<LessonState>;
  /** Goes on with the run that this browser saved last: with any, or only where it is the one that the link describes. */
  readonly resumes?: 'any' | 'same';
  /** Address of the folder of the models that ship with the page. */
  readonly models?: string;
}

/** Starts a worker and opens the run that the link describes. */
export function createSession(options: SessionOptions): Session {
  const { link } = options;
  const settings = createSettingsStore({
    config: link.config,
    executor: link.executor,
    strategy: link.strategy,
  });
  const run = createRunStore();
  const visit = createSessionRuns(run, () => settings.getState().config);
  const frames = createFrameStore();
  const timeline = createTimelineStore(frames, run);
  const edits = createEditsStore();
  edits.setState({ waiting: waitingEdits(link) });
  const view = createViewStore({ ...options.view, ...viewOf(link), waitingPin: waitingPin(link) });
  const lessons = createLessonStore(options.lessons);
  if (link.lesson) openLesson(lessons, link.lesson, link.card);
  const asked = createStore<AskedState>(() => ({}));
  const notices = createNoticeStore();
  const imports = createImportStore(() => client);
  const faults = createFaults({ run, notices, timeline, restart });
  const runs = createRunsStore({
    client: () => client,
    openFrom,
    refuse: (error) => notify(notices, { kind: 'refused', error }),
  });
  /** Of parts of the page that are there only while they are looked at. */
  const listeners = new Set<(event: Event) => void>();
  const races: RaceLink = {
    act: (action) => client.race(action),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  let client = connect();
  /** Counts the runs asked for: an answer to an earlier question changes nothing any more. */
  let opening = 0;
  let reopenTimer: ReturnType<typeof setTimeout> | undefined;
  /** Where the visitor wanted the run that is open. */
  let openedOn: Place = { executor: link.executor, strategy: link.strategy };
  let moves = 0;
  /** Typed while no run was ready. */
  let waitingSentence = link.sentence;

  function connect(): TrainingClient {
    const next = options.startClient();
    next.subscribe(receive);
    next.subscribe((event) => {
      for (const listener of listeners) listener(event);
    });
    return next;
  }

  function receive(event: Event): void {
    if (faults.receive(event)) return;
    const isFromStart = event.type === 'status' && event.step < (timeline.record.moments.at(-1)?.step ?? 0);
    visit.receive(event);
    applyRunEvent(run, event);
    imports.receive(event);
    if (event.type === 'opened' || isFromStart) timeline.restart();
    const origin = event.type === 'opened' && event.resumed?.origin;
    if (origin && origin.kind !== 'shipped')
      notify(notices, { kind: 'resumed', origin, step: event.resumed?.step ?? 0 });
    if (event.type === 'not-saved') notify(notices, { kind: 'not-saved', problem: event.problem });
    if (event.type === 'opened') openFrames(frames, event.run.samples);
    if (event.type === 'frame') {
      timeline.receive(event);
      receiveFrame(frames, event);
    }
    if (event.type === 'failed') frames.setState({ isTranslating: false });
  }

  /** Opens the settings as they are now. `isAnnounced` tells the visitor what changed. */
  async function open(
    isTrainingAfter: boolean,
    isAnnounced: boolean,
    { handover, source, isFirstLook = false }: Opening = {},
  ): Promise<void> {
    const question = ++opening;
    const { config, executor, strategy } = settings.getState();
    dismiss(notices, 'resumed');
    const previous = run.getState().run?.config;
    clearTimeout(reopenTimer);
    run.setState({ phase: 'opening', failure: null });
    try {
      const data = config.task === 'own' ? ({ kind: 'imported' } as const) : undefined;
      const place = { executor, strategy };
      const isShowing = isFirstLook && !isTrainingAfter && view.getState().showsShipped;
      const models = isShowing ? options.models : undefined;
      const state = handover?.state ?? undefined;
      const opened = await client.open(config, executor, data, strategy, state, source, models);
      openedOn = place;
      if (question !== opening) return;
      if (source) takeOverOpened(opened.config, source);
      if (handover) faults.recovered(handover);
      greet();
      if (isTrainingAfter) actions.train();
      if (!previous || !isAnnounced) return;
      const changes = changesBetween(previous, config).filter(({ field }) => !isLive(field));
      if (changes.length > 0) notify(notices, { kind: 'reopened', changes, previous });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (question !== opening) return;
      // The run before ended with its worker: there is none to go back to.
      if (handover) run.setState({ phase: 'failed', failure: error.reported, intent: null });
      else refuse(error);
    }
  }

  /** The settings of a run that was kept are those of the page; what a link says of the live ones holds. */
  function takeOverOpened(config: Config, source: RunSource): void {
    const before = settings.getState().config;
    const isAsked = source.kind === 'last' && source.wanted !== null;
    settings.setState({ config: isAsked ? { ...config, ...liveSettings(before) } : config });
    if (before.task !== config.task) frames.setState({ own: null, staged: { kind: 'probe', index: 0 }, problem: null });
  }

  /** Opens what was kept. @returns whether it could be; else the run before is as it was */
  async function openFrom(source: RunSource): Promise<boolean> {
    dismiss(notices, 'refused');
    await open(false, false, { source });
    return !notices.getState().notices.some(({ kind }) => kind === 'refused');
  }

  function restart(handover: Handover): void {
    client.dispose();
    client = connect();
    // A new worker has read none of the visitor's pairs; what was saved has them.
    const { config } = settings.getState();
    const source = config.task === 'own' ? ({ kind: 'last', wanted: config } as const) : undefined;
    void open(handover.isTraining, false, source ? { source } : { handover });
  }

  async function begin(): Promise<void> {
    const wanted = options.resumes === 'same' ? settings.getState().config : null;
    const source = options.resumes ? ({ kind: 'last', wanted } as const) : undefined;
    await open(false, false, { source, isFirstLook: true });
  }

  /** Tells a new run what the page already has: speed, decoding, sentences, live settings that changed meanwhile. */
  function greet(): void {
    const { pace, run: description } = run.getState();
    const { mode, staged, own } = frames.getState();
    if (pace.kind !== 'full') client.send({ type: 'pace', pace });
    if (mode !== 'free-running') client.send({ type: 'decoding', mode });
    const { config } = settings.getState();
    if (description && changesBetween(description.config, config).some(({ field }) => isLive(field)))
      client.send({ type: 'configure', live: liveSettings(config) });
    const text = waitingSentence || (staged.kind === 'own' ? (own?.text ?? '') : '');
    waitingSentence = '';
    if (text) void actions.translate(text);
    else if (staged.kind === 'probe' && staged.index > 0) pinProbes();
  }

  function refuse(error: RequestError): void {
    const { phase, run: description } = run.getState();
    if (phase === 'failed') return;
    if (!description) {
      run.setState({ phase: 'failed', failure: error.reported });
      return;
    }
    // The run before is untouched; the settings go back to it.
    run.setState({ phase: 'ready' });
    settings.setState({ config: description.config, ...openedOn });
    notify(notices, { kind: 'refused', error: error.reported });
  }

  /** Goes on elsewhere from the same state; opens the run where there is none that could. */
  async function move(place: Partial<Place>): Promise<void> {
    settings.setState(place);
    const { config, executor, strategy } = settings.getState();
    const { run: description, phase } = run.getState();
    const isSame = description && changesBetween(description.config, config).every(({ field }) => isLive(field));
    if (phase !== 'ready' || !isSame) return open(isRunning(run.getState()), false);
    const turn = ++moves;
    dismiss(notices, 'refused');
    run.setState({ isMoving: true });
    try {
      await client.move(executor, strategy);
      openedOn = { executor, strategy };
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (turn !== moves || run.getState().phase === 'failed') return;
      settings.setState(openedOn);
      notify(notices, { kind: 'refused', error: error.reported });
    } finally {
      if (turn === moves) run.setState({ isMoving: false });
    }
  }

  function reopenSoon(): void {
    clearTimeout(reopenTimer);
    reopenTimer = setTimeout(() => void open(isRunning(run.getState()), true, firstLook()), REOPEN_DELAY_MS);
  }

  /** Another task than that of the run that is open: nothing has been trained for it yet. */
  const firstLook = (): Opening => ({
    isFirstLook: run.getState().run?.config.task !== settings.getState().config.task,
  });

  function takeOver(config: Config): void {
    const before = settings.getState().config;
    settings.setState({ config });
    const changes = changesBetween(before, config);
    if (changes.some(({ field }) => !isLive(field))) reopenSoon();
    else if (changes.length > 0) client.send({ type: 'configure', live: liveSettings(config) });
    if (before.task !== config.task) frames.setState({ own: null, staged: { kind: 'probe', index: 0 }, problem: null });
  }

  /** Tells the worker which sentences to keep translating, the one on the stage first. */
  function pinProbes(): void {
    const samples =
      run
        .getState()
        .run?.samples.slice(0, PROBE_COUNT)
        .map(({ sourceText }) => sourceText) ?? [];
    const { staged, own } = frames.getState();
    const first = staged.kind === 'own' ? own?.text : samples[staged.index];
    const others = samples.filter((text) => text !== first);
    client.send({ type: 'probes', sources: first === undefined ? others : [first, ...others] });
  }

  /** Puts the best translation that beam search finds for the typed sentence in the greedy one's place. */
  async function searchOwn({ source }: Translation): Promise<void> {
    const tokens = source.map((token) => token.text);
    const { answer } = await actions.ask('beam', { source: tokens, width: view.getState().beamWidth });
    if (answer && stagedKey(frames.getState()) === sentenceKey(tokens)) stageHypothesis(edits, answer, 0);
  }

  const actions: Actions = {
    train() {
      if (run.getState().phase !== 'ready') return;
      run.setState({ intent: 'train' });
      client.send({ type: 'train', isFromStart: run.getState().isShipped });
    },
    goOn() {
      if (run.getState().phase !== 'ready') return;
      run.setState({ intent: 'train' });
      client.send({ type: 'train' });
    },
    getReady: () => client.send({ type: 'get-ready' }),
    pause() {
      run.setState({ intent: 'pause' });
      client.send({ type: 'pause' });
    },
    toggle() {
      if (isRunning(run.getState())) actions.pause();
      else actions.train();
    },
    step(count) {
      if (run.getState().phase !== 'ready') return;
      run.setState({ intent: 'train' });
      client.send({ type: 'step', count, isFromStart: run.getState().isShipped });
    },
    reset() {
      if (run.getState().phase !== 'ready') return;
      run.setState({ intent: 'pause' });
      client.send({ type: 'reset' });
    },
    setPace(name) {
      const pace = paceOf(name);
      run.setState({ pace, ...(name !== 'slow-motion' && { stage: null }) });
      client.send({ type: 'pace', pace });
    },
    set(field, value) {
      takeOver(withField(settings.getState().config, field, value));
    },
    setExecutor: (executor) => void move({ executor }),
    setStrategy: (strategy) => void move({ strategy }),
    backToDefaults: () => takeOver(defaultConfig(settings.getState().config.task)),
    restore: takeOver,
    setMode(mode) {
      frames.setState({ mode });
      client.send({ type: 'decoding', mode });
    },
    stage(staged) {
      const { past } = timeline.getState();
      stage(frames, staged);
      // Another sentence, still at the same moment.
      if (past) timeline.goToStep(past.step);
      view.setState({ hovered: null, pinned: null, waitingPin: null });
      pinProbes();
    },
    async translate(text) {
      if (run.getState().phase === 'opening') {
        waitingSentence = text;
        return;
      }
      frames.setState({ isTranslating: true, problem: null });
      try {
        const { step, translation } = await client.translate(text);
        view.setState({ hovered: null, pinned: null });
        receiveOwn(frames, text, step, translation);
        pinProbes();
        if (view.getState().beamWidth > 1) await searchOwn(translation);
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        frames.setState({ isTranslating: false, problem: error.reported });
      }
    },
    async ask(kind, question) {
      try {
        const answer = await client.ask(kind, question);
        asked.setState({ [kind]: question });
        return { answer };
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        return { error: error.reported };
      }
    },
    async importFiles(files) {
      view.setState({ panel: 'data' });
      await imports.read(files);
    },
    cancelImport: () => imports.cancel(),
    async trainOnImported() {
      const config = ownConfig(settings.getState().config);
      settings.setState({ config });
      frames.setState({ own: null, staged: { kind: 'probe', index: 0 }, problem: null });
      await open(false, false);
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
      frames.setState({ staged: { kind: 'probe', index: state.probe }, own: null, problem: null });
      const changes = changesBetween(config, state.config);
      if (changes.some(({ field }) => !isLive(field))) {
        waitingSentence = state.sentence;
        if (goesOn) void openFrom({ kind: 'last', wanted: state.config });
        else void open(isRunning(run.getState()), false, firstLook());
      } else {
        if (executor !== state.executor || strategy !== state.strategy) void move({});
        if (changes.length > 0) client.send({ type: 'configure', live: liveSettings(state.config) });
        if (state.sentence) void actions.translate(state.sentence);
        else actions.stage({ kind: 'probe', index: state.probe });
      }
      view.setState({ waitingPin: waitingPin(state) });
    },
    startAfresh: () => void open(false, false),
    goOnAt(learningRate) {
      dismiss(notices, 'diverged');
      actions.set('learningRate', learningRate);
      actions.train();
    },
    reopen() {
      client.dispose();
      client = connect();
      void open(false, false);
    },
  };

  run.setState({ pace: paceOf(link.pace) });
  frames.setState({ mode: link.mode, staged: { kind: 'probe', index: link.probe } });
  if (options.problems?.length) notify(notices, { kind: 'link-problems', problems: options.problems });
  const stops = [bindEdits({ edits, frames, run, ask: actions.ask }), bindPin(view, frames, run)];
  void begin();

  return {
    settings,
    run,
    frames,
    edits,
    imports,
    timeline,
    view,
    notices,
    runs,
    lessons,
    asked,
    visit,
    races,
    actions,
    dispose() {
      clearTimeout(reopenTimer);
      timeline.pause();
      for (const stop of stops) stop();
      client.dispose();
    },
  };
}

/** What own pairs start with; a visitor who has chosen settings for them keeps those. */
const ownConfig = (config: Config): Config => (config.task === 'own' ? config : defaultConfig('own'));

const liveSettings = ({ learningRate, teacherForcing, dropout }: Config): LiveSettings => ({
  learningRate,
  teacherForcing,
  dropout,
});
