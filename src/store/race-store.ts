/** A race as the page shows it: its lanes, their curves and figures. Made when the panel is first opened. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ReportedError } from '../lib/errors.ts';
import type { Series } from '../lib/series.ts';
import { RequestError } from '../training/client.ts';
import type {
  Evaluation,
  Event,
  LaneDescription,
  LaneNews,
  RaceAction,
  RaceDescription,
  RaceNews,
  RacePhase,
  RaceSetup,
  Translation,
} from '../training/protocol.ts';
import { MetricsHistory } from './history.ts';
import { bestOf, type RunRow } from './run-rows.ts';

export interface LaneState extends LaneDescription {
  readonly stepMs: number | null;
  readonly brokenAt: number | null;
  readonly evaluation: Evaluation | null;
  readonly lengths: LaneNews['lengths'];
  readonly probe: Translation | null;
}

export interface RaceState {
  /** `none` before the first race; `gone` where only its figures are left. */
  readonly phase: RacePhase | 'none' | 'gone';
  /** Pressed and not yet confirmed. */
  readonly isStarting: boolean;
  readonly setup: RaceSetup | null;
  readonly race: RaceDescription | null;
  readonly lanes: readonly LaneState[];
  readonly step: number;
  /** Step at which it is over. */
  readonly until: number;
  readonly elapsedMs: number;
  readonly error: ReportedError | null;
  /** Counts the changes of the curves. */
  readonly version: number;
}

export interface RaceStore extends StoreApi<RaceState> {
  /** Curves of each lane, outside the state because they change in place. */
  readonly histories: readonly MetricsHistory[];
  /** The lanes of this race, and of those before it. */
  rows(): RunRow[];
  /** Opens another race and trains it up to a step. */
  start(setup: RaceSetup, until: number): Promise<void>;
  /** Goes on with the race there is. */
  goOn(until: number): Promise<void>;
  pause(): Promise<void>;
  reset(): Promise<void>;
  follow(sentence: string): Promise<void>;
  /** Nobody looks any more: it stops, and holds nothing of the device. */
  park(): Promise<void>;
}

/** What a race needs of a session. */
export interface RaceLink {
  /** @throws RequestError for what the worker refuses */
  readonly act: (action: RaceAction) => Promise<RaceDescription | null>;
  readonly subscribe: (listener: (event: Event) => void) => () => void;
}

const EMPTY_LANE = { stepMs: null, brokenAt: null, evaluation: null, lengths: null, probe: null } as const;
const NO_RACE = { setup: null, race: null, lanes: [], step: 0, until: 0, elapsedMs: 0, error: null } as const;

/** Races of a session: the worker has one at a time, the page keeps the figures of each kind. */
export function createRaceStores({ act, subscribe }: RaceLink): Readonly<Record<'race' | 'lengths', RaceStore>> {
  const receivers: ((news: RaceNews) => void)[] = [];
  const stores = { race: create(), lengths: create() };

  function create(): RaceStore {
    const store = createStore<RaceState>(() => ({ ...NO_RACE, phase: 'none', isStarting: false, version: 0 }));
    const histories: MetricsHistory[] = [];
    /** Lanes of races before. */
    const past: RunRow[] = [];
    /** Counts what the visitor asked for, so that a later wish holds. */
    let turn = 0;
    /** False from a pause to the next start, also where the lanes are still being opened. */
    let isWanted = false;

    const receive = (news: RaceNews): void => {
      if (news.race !== store.getState().race?.race) return;
      if (news.step < store.getState().step) for (const history of histories) history.clear();
      news.lanes.forEach(({ columns, evaluation, lengths }, i) => {
        const history = histories[i];
        if (!history) return;
        if (columns) history.addSteps(columns);
        if (evaluation) history.addEvaluation(evaluation);
        if (lengths) history.lastStep = Math.max(history.lastStep, lengths.step);
      });
      store.setState((before) => ({
        phase: news.phase,
        step: news.step,
        elapsedMs: news.elapsedMs,
        error: news.error ?? before.error,
        version: before.version + 1,
        lanes: before.lanes.map((lane, i) =>
          laneAfter(news.step < before.step ? { ...lane, ...FRESH } : lane, news.lanes[i]),
        ),
      }));
    };

    const ask = async (action: RaceAction): Promise<RaceDescription | null> => {
      const mine = ++turn;
      store.setState({ isStarting: action.kind === 'open' || action.kind === 'go', error: null });
      try {
        return await act(action);
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        if (mine === turn) store.setState({ error: error.reported });
        return null;
      } finally {
        if (mine === turn) store.setState({ isStarting: false });
      }
    };

    receivers.push(receive);
    const own: RaceStore = Object.assign(store, {
      histories,
      rows: () => [...past, ...rowsOf(store.getState(), histories, past.length)],
      async start(setup: RaceSetup, until: number) {
        isWanted = true;
        for (const other of Object.values(stores)) if (other !== own) leave(other);
        past.push(...rowsOf(store.getState(), histories, past.length));
        past.splice(0, past.length - MOST_LANES);
        histories.splice(0, histories.length, ...setup.lanes.map(() => new MetricsHistory()));
        store.setState({ ...NO_RACE, phase: 'opening', setup, until, version: 0 });
        const race = await ask({ kind: 'open', setup });
        if (!race) {
          if (store.getState().phase === 'opening') store.setState({ phase: 'gone' });
          return;
        }
        store.setState({ race, phase: 'paused', lanes: race.lanes.map((lane) => ({ ...lane, ...EMPTY_LANE })) });
        if (isWanted) await ask({ kind: 'go', until });
      },
      async goOn(until: number) {
        store.setState({ until });
        await ask({ kind: 'go', until });
      },
      async pause() {
        isWanted = false;
        await ask({ kind: 'pause' });
      },
      reset: async () => void (await ask({ kind: 'reset' })),
      follow: async (sentence: string) => void (await ask({ kind: 'follow', sentence })),
      async park() {
        isWanted = false;
        if (isHeld(store.getState())) await ask({ kind: 'park' });
      },
    });
    return own;
  }

  subscribe((event) => {
    if (event.type === 'race') for (const receive of receivers) receive(event.news);
    // A worker that ended took its race along.
    if (event.type === 'failed') for (const store of Object.values(stores)) leave(store);
  });
  return stores;
}

const FRESH = { evaluation: null, lengths: null, brokenAt: null } as const;

function laneAfter(lane: LaneState, news: LaneNews | undefined): LaneState {
  if (!news) return lane;
  return {
    ...lane,
    stepMs: news.stepMs ?? lane.stepMs,
    brokenAt: news.brokenAt,
    evaluation: news.evaluation ?? lane.evaluation,
    lengths: news.lengths ?? lane.lengths,
    probe: news.probe ?? lane.probe,
  };
}

/** Lanes of past races that are remembered. */
const MOST_LANES = 20;

/** Lanes that made steps, as rows of the table of runs. */
function rowsOf({ lanes, step, race }: RaceState, histories: readonly MetricsHistory[], before: number): RunRow[] {
  if (step === 0) return [];
  return lanes.map((lane, i): RunRow => {
    const history = histories[i] as MetricsHistory;
    const { heldOut, lastStep } = history;
    return {
      key: `lane ${race?.race} ${i}`,
      kind: 'lane',
      place: before + i + 1,
      name: null,
      config: lane.config,
      step: Math.min(step, lane.brokenAt ?? lastStep),
      bestExact: bestOf(heldOut.exactMatch),
      bestTokens: bestOf(heldOut.tokenAccuracy),
      seconds: lane.stepMs === null ? null : (step * lane.stepMs) / 1000,
      executor: race?.executor ?? null,
      history,
      kept: null,
    };
  });
}

/** The worker has this race, running or not. */
export const isHeld = ({ phase }: Pick<RaceState, 'phase'>): boolean =>
  phase !== 'none' && phase !== 'gone' && phase !== 'failed';

function leave(store: RaceStore): void {
  if (isHeld(store.getState())) store.setState({ phase: 'gone' });
}

/** Step of the first measurement at or above `share`; null where there is none yet. */
export function firstStepAt(curve: Series, share: number): number | null {
  for (let i = 0; i < curve.length; i++) if (curve.max(i) >= share) return curve.x(i);
  return null;
}

/** Time until a race is over, ms, by the pace so far; null before there is one. */
export const timeLeftMs = ({
  step,
  until,
  elapsedMs,
}: Pick<RaceState, 'step' | 'until' | 'elapsedMs'>): number | null =>
  step > 0 && until > step ? ((until - step) * elapsedMs) / step : null;
