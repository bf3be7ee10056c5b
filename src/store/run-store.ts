/** The run as the worker reports it: what it is, where it stands, how well it does. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ReportedError } from '../lib/errors.ts';
import { goalOf } from '../model/config.ts';
import type { Evaluation, Event, Pace, RunDescription, RunStatus, StageReport } from '../training/protocol.ts';
import { MetricsHistory } from './history.ts';

/** Newest figures of the training steps. */
export interface LiveFigures {
  readonly loss: number;
  readonly tokenAccuracy: number;
  readonly gradientNorm: number;
  readonly learningRate: number;
  readonly stepsPerSecond: number;
  readonly tokensPerSecond: number;
  readonly stepMs: number;
}

export interface RunState {
  /** `opening` until the worker answers; `failed` until the visitor opens the run again. */
  readonly phase: 'opening' | 'ready' | 'failed';
  readonly run: RunDescription | null;
  readonly status: RunStatus;
  /** What the visitor asked for and the worker has not yet confirmed, so that a press shows at once. */
  readonly intent: 'train' | 'pause' | null;
  readonly step: number;
  readonly figures: LiveFigures | null;
  readonly evaluation: Evaluation | null;
  /** Step of the first evaluation that met the goal. */
  readonly goalStep: number | null;
  readonly stage: StageReport | null;
  /** What it shall go on on is being prepared. */
  readonly isMoving: boolean;
  readonly pace: Pace;
  readonly failure: ReportedError | null;
  /** The run is the model that ships with the page, as it came: whoever trains begins anew, unless they ask to go on. */
  readonly isShipped: boolean;
}
export interface RunStore extends StoreApi<RunState> {
  /** Curves of the run, outside the state because they change in place. */
  readonly history: MetricsHistory;
}

const FRESH = {
  status: 'paused',
  intent: null,
  step: 0,
  figures: null,
  evaluation: null,
  goalStep: null,
  stage: null,
  failure: null,
  isShipped: false,
} as const satisfies Partial<RunState>;

export function createRunStore(): RunStore {
  const store = createStore<RunState>(() => ({
    ...FRESH,
    phase: 'opening',
    run: null,
    isMoving: false,
    pace: { kind: 'full' },
  }));
  return Object.assign(store, { history: new MetricsHistory() });
}

/** True while steps are being made, or are about to be. */
export const isRunning = (state: Pick<RunState, 'status' | 'intent'>): boolean =>
  state.intent === null ? state.status !== 'paused' : state.intent === 'train';

/** Takes over what an event says about the run; events about other things leave it as it is. */
export function applyRunEvent(store: RunStore, event: Event): void {
  if (event.type === 'opened') {
    store.history.clear();
    const { resumed } = event;
    if (resumed) store.history.load(resumed.curves);
    // Figures of a model that ships are of more pairs than its curves: the newest point is what the other figures say.
    if (resumed?.evaluation) store.history.amendEvaluation(resumed.evaluation);
    store.setState({
      ...FRESH,
      phase: 'ready',
      run: event.run,
      step: resumed?.step ?? 0,
      evaluation: resumed?.evaluation ?? null,
      goalStep: resumed ? firstGoal(store.history, goalOf(event.run.config.task)) : null,
      isShipped: resumed?.origin?.kind === 'shipped',
    });
  } else if (event.type === 'moved') {
    store.setState({ run: event.run, stage: null });
  } else if (event.type === 'recovered') {
    store.history.load(event.curves);
    store.setState({ phase: 'ready', run: event.run, step: event.recovery.step, stage: null });
  } else if (event.type === 'diverged') {
    store.history.load(event.curves);
    store.setState({ step: event.divergence.step, figures: null, evaluation: null, intent: null, stage: null });
  } else if (event.type === 'executor') {
    store.setState(({ run }) => ({ run: run && { ...run, executor: event.executor } }));
  } else if (event.type === 'strategy') {
    const { strategy, dispatchesPerStep } = event;
    store.setState(({ run }) => ({ run: run && { ...run, strategy, dispatchesPerStep } }));
  } else if (event.type === 'status') {
    applyStatus(store, event.status, event.step);
  } else if (event.type === 'progress') {
    applyProgress(store, event);
  } else if (event.type === 'evaluation') {
    store.history.addEvaluation(event.evaluation);
    const { evaluation } = event;
    store.setState(({ goalStep, run }) => ({
      evaluation,
      goalStep: goalStep ?? (run && evaluation.exactMatch >= goalOf(run.config.task) ? evaluation.step : null),
    }));
  } else if (event.type === 'stage') {
    store.setState({ stage: event.report });
  } else if (event.type === 'failed') {
    store.setState({ phase: 'failed', failure: event.error, status: 'paused', intent: null, stage: null });
  }
}

/** Step of the first evaluation that met the goal, as far as the curve tells. */
function firstGoal({ heldOut: { exactMatch } }: MetricsHistory, goal: number): number | null {
  for (let i = 0; i < exactMatch.length; i++) if (exactMatch.max(i) >= goal) return exactMatch.x(i);
  return null;
}

function applyStatus(store: RunStore, status: RunStatus, step: number): void {
  const before = store.getState();
  if (step < before.step) {
    store.history.clear();
    store.setState({ figures: null, evaluation: null, goalStep: null, stage: null });
  }
  const isPaused = status === 'paused';
  const isStillWanted = before.intent === 'pause' && !isPaused;
  store.setState({
    status,
    step,
    intent: isStillWanted ? 'pause' : null,
    isShipped: before.isShipped && isPaused && step === before.step,
    ...(isPaused && { stage: null }),
  });
}

function applyProgress(store: RunStore, event: Extract<Event, { type: 'progress' }>): void {
  const { columns, stepsPerSecond, tokensPerSecond, stepMs } = event;
  store.history.addProgress(columns, { stepsPerSecond, tokensPerSecond });
  const last = columns.step.length - 1;
  if (last < 0) return;
  store.setState({
    step: columns.step[last],
    figures: {
      loss: columns.loss[last],
      tokenAccuracy: columns.tokenAccuracy[last],
      gradientNorm: columns.gradientNorm[last],
      learningRate: columns.learningRate[last],
      stepsPerSecond,
      tokensPerSecond,
      stepMs,
    },
  });
}
