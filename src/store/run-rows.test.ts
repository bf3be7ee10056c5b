import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../model/config.ts';
import type { Evaluation, Event, KeptRun, RunDescription } from '../training/protocol.ts';
import { fieldsThatDiffer } from './differing-fields.ts';
import { fieldsOf, type RunRow, rowsCsv, sortRows, withKept } from './run-rows.ts';
import { applyRunEvent, createRunStore } from './run-store.ts';
import { createSessionRuns } from './session-runs.ts';

const config = defaultConfig('phrases');
const row = (changes: Partial<RunRow>): RunRow => ({
  key: 'run 1',
  kind: 'session',
  place: 1,
  name: null,
  config,
  step: 100,
  bestExact: 0.5,
  bestTokens: 0.8,
  seconds: 12.34,
  executor: 'cpu',
  history: null,
  kept: null,
  ...changes,
});
const kept = (changes: Partial<KeptRun>): KeptRun => ({
  id: 'a',
  name: 'mine',
  config,
  step: 100,
  savedAt: 0,
  bytes: 1000,
  sequence: 1,
  exactMatch: 0.4,
  pairsKey: null,
  ...changes,
});

describe('rows of runs', () => {
  it('take the kept state that is theirs, and leave the others below', () => {
    const rows = withKept(
      [row({}), row({ key: 'run 2', step: 200 })],
      [kept({ id: 'x', step: 7, name: null }), kept({ config: { ...config, learningRate: 0.1 } })],
    );
    expect(rows.map(({ kind, kept: state, name }) => [kind, state?.id ?? null, name])).toEqual([
      ['session', 'a', 'mine'],
      ['session', null, null],
      ['kept', 'x', null],
    ]);
    expect(rows[2]).toMatchObject({ bestExact: 0.4, seconds: null, executor: null });
  });

  it('are sorted by any column, those without a value last', () => {
    const rows = [
      row({ bestExact: null, step: 1 }),
      row({ bestExact: 0.2, step: 3 }),
      row({ bestExact: 0.9, step: 2 }),
    ];
    const steps = (column: Parameters<typeof sortRows>[1], isDescending: boolean) =>
      sortRows(rows, column, isDescending).map(({ step }) => step);
    expect(steps('bestExact', true)).toEqual([2, 3, 1]);
    expect(steps('bestExact', false)).toEqual([3, 2, 1]);
    expect(steps('step', true)).toEqual([3, 2, 1]);
    expect(steps('score', false)).toEqual([1, 3, 2]);
  });

  it('show only the settings that differ, but for a size that follows from the score', () => {
    const dot = { ...config, score: 'dot', decoderHidden: 128 } as const;
    expect(fieldsOf([row({}), row({ config: dot })])).toEqual(['score']);
    expect(fieldsOf([row({})])).toEqual([]);
    expect(fieldsThatDiffer([dot, { ...config, decoderHidden: 32 }, config])).toEqual(['decoderHidden', 'score']);
  });

  it('are written with all their settings', () => {
    const [head, line] = rowsCsv([row({ name: 'a, b' })], ({ name }) => name ?? '').split('\r\n');
    expect(head).toMatch(/^\uFEFFrun,kind,best_exact_match,best_token_accuracy,steps,seconds,executor,task,seed,/);
    expect(line).toMatch(/^"a, b",session,0\.5,0\.8,100,12\.3,cpu,phrases,0,true,/);
  });
});

describe('the runs of a visit', () => {
  const description = (changes = {}): RunDescription =>
    ({ config: { ...config, ...changes }, executor: { kind: 'cpu' } }) as RunDescription;
  const evaluation = (step: number, exactMatch: number) => ({ step, exactMatch, tokenAccuracy: 0.9 }) as Evaluation;

  function start() {
    let time = 0;
    const run = createRunStore();
    const runs = createSessionRuns(
      run,
      () => config,
      () => time,
    );
    const receive = (event: Event): void => {
      runs.receive(event);
      applyRunEvent(run, event);
    };
    const open = (changes = {}): void => receive({ type: 'opened', request: 1, run: description(changes) });
    const train = (to: number, seconds: number, exact: number): void => {
      receive({ type: 'status', status: 'training', step: run.getState().step });
      time += 1000 * seconds;
      receive({ type: 'evaluation', evaluation: evaluation(to, exact) });
      receive({ type: 'status', status: 'paused', step: to });
    };
    return { runs, open, train, receive };
  }

  it('are those that made steps, each with its best figures, its time and its curve', () => {
    const { runs, open, train } = start();
    open();
    expect(runs.rows()).toEqual([]);
    train(50, 3, 0.7);
    train(100, 2, 0.6);
    open({ score: 'dot' });
    train(10, 1, 0.1);
    expect(
      runs.rows().map(({ kind, place, step, seconds, bestExact }) => [kind, place, step, seconds, bestExact]),
    ).toEqual([
      ['session', 1, 100, 5, 0.7],
      ['current', 2, 10, 1, 0.1],
    ]);
    expect(runs.rows()[0]?.history?.heldOut.exactMatch.length).toBe(2);
  });

  it('end with a reset, which begins another one', () => {
    const { runs, open, train, receive } = start();
    open();
    train(50, 1, 0.5);
    receive({ type: 'status', status: 'paused', step: 0 });
    expect(runs.rows().map(({ kind, step }) => [kind, step])).toEqual([['session', 50]]);
    train(20, 1, 0.3);
    expect(runs.rows().map(({ kind, step }) => [kind, step])).toEqual([
      ['session', 50],
      ['current', 20],
    ]);
  });
});
