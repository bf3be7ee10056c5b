/** The runs of this visit: what each was, how far it came, and its curves. */

import type { Config } from '../model/config.ts';
import type { Event } from '../training/protocol.ts';
import { MetricsHistory } from './history.ts';
import { bestOf, type RunRow } from './run-rows.ts';
import type { RunStore } from './run-store.ts';

/** Runs that are remembered; beyond that the oldest go. */
const MOST_RUNS = 50;

export interface SessionRuns {
  /** Has to hear of an event before the run store does: what that is about to forget is kept here. */
  receive(event: Event): void;
  /** The runs that made steps, the oldest first and the one on the stage last. */
  rows(): RunRow[];
}

/** @param settings - the settings as they are, live ones included */
export function createSessionRuns(
  run: RunStore,
  settings: () => Config,
  now: () => number = () => performance.now(),
): SessionRuns {
  const past: RunRow[] = [];
  let count = 1;
  let trainedMs = 0;
  let startedAt: number | null = null;

  function stop(): void {
    if (startedAt !== null) trainedMs += now() - startedAt;
    startedAt = null;
  }

  function current(kind: 'current' | 'session'): RunRow | null {
    const { run: description, step } = run.getState();
    if (!description || step === 0) return null;
    const { learningRate, teacherForcing, dropout } = settings();
    const isSettled = description.config.task === settings().task;
    const live = isSettled ? { learningRate, teacherForcing, dropout } : {};
    const { heldOut } = run.history;
    return {
      key: `run ${count}`,
      kind,
      place: count,
      name: null,
      config: { ...description.config, ...live },
      step,
      bestExact: bestOf(heldOut.exactMatch),
      bestTokens: bestOf(heldOut.tokenAccuracy),
      seconds: (trainedMs + (startedAt === null ? 0 : now() - startedAt)) / 1000,
      executor: description.executor.kind,
      history: run.history,
      kept: null,
    };
  }

  /** The run on the stage ends: another one takes its place, or it begins anew. */
  function close(): void {
    stop();
    const row = current('session');
    if (row) {
      const history = new MetricsHistory();
      history.load(run.history.save());
      past.push({ ...row, history });
      if (past.length > MOST_RUNS) past.shift();
      count++;
    }
    trainedMs = 0;
  }

  return {
    receive(event) {
      if (event.type === 'opened') close();
      if (event.type !== 'status') return;
      if (event.step < run.getState().step) close();
      if (event.status === 'paused') stop();
      else startedAt ??= now();
    },
    rows() {
      const row = current('current');
      return row ? [...past, row] : [...past];
    },
  };
}
