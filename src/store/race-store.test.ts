import { describe, expect, it } from 'vitest';
import type { Series } from '../lib/series.ts';
import { defaultConfig } from '../model/config.ts';
import { RequestError } from '../training/client.ts';
import type { Evaluation, Event, LaneNews, RaceAction, RaceNews, RaceSetup } from '../training/protocol.ts';
import { createRaceStores, firstStepAt, timeLeftMs } from './race-store.ts';

const config = defaultConfig('phrases');
const setup: RaceSetup = {
  lanes: [config, { ...config, score: 'none' }],
  sentence: 'the cat',
  measure: 'overall',
  sentencesPerLength: 64,
};
const measured = (step: number, exactMatch: number): Evaluation => ({
  step,
  pairs: 128,
  loss: 1,
  tokenAccuracy: exactMatch,
  exactMatch,
  bleu: exactMatch,
  alignmentError: null,
  decidingWord: null,
  attentionEntropy: null,
});
const nothing: LaneNews = {
  columns: null,
  evaluation: null,
  lengths: null,
  probe: null,
  stepMs: null,
  brokenAt: null,
};

/** A worker that opens whatever it is asked to, and notes it. */
function start() {
  const asked: RaceAction[] = [];
  let race = 0;
  let emit: (event: Event) => void = () => {};
  let refusal: RequestError | null = null;
  const stores = createRaceStores({
    async act(action) {
      asked.push(action);
      if (refusal) throw refusal;
      if (action.kind !== 'open') return null;
      return {
        race: ++race,
        lanes: action.setup.lanes.map((lane) => ({ config: lane, parameterCount: 1000 })),
        executor: 'cpu',
        sourceLanguage: 'en',
        targetLanguage: 'fr',
        longestTrained: 10,
      };
    },
    subscribe(listener) {
      emit = listener;
      return () => {};
    },
  });
  const tell = (news: Partial<RaceNews>) =>
    emit({
      type: 'race',
      news: { race, phase: 'running', step: 0, lanes: [], elapsedMs: 0, error: null, ...news },
    });
  return {
    ...stores,
    asked,
    tell,
    emit: (event: Event) => emit(event),
    refuse: (error: RequestError) => (refusal = error),
  };
}

describe('the races of the page', () => {
  it('open with their lanes, go up to a step, and gather what is told of each', async () => {
    const { race, asked, tell } = start();
    await race.start(setup, 500);
    expect(asked.map(({ kind }) => kind)).toEqual(['open', 'go']);
    tell({ step: 25, elapsedMs: 1000, lanes: [{ ...nothing, evaluation: measured(25, 0.5), stepMs: 4 }, nothing] });
    tell({ step: 50, elapsedMs: 2000, lanes: [{ ...nothing, evaluation: measured(50, 0.95) }, nothing] });
    const { lanes, step, until } = race.getState();
    expect([step, until]).toEqual([50, 500]);
    expect(lanes.map(({ stepMs, evaluation }) => [stepMs, evaluation?.exactMatch])).toEqual([
      [4, 0.95],
      [null, undefined],
    ]);
    const curve = race.histories[0]?.heldOut.exactMatch as Series;
    expect(firstStepAt(curve, 0.9)).toBe(50);
    expect(firstStepAt(curve, 0.96)).toBeNull();
    expect(timeLeftMs(race.getState())).toBe(18_000);
  });

  it('stay where they are when a pause comes while the lanes are being opened', async () => {
    const { race, asked } = start();
    const starting = race.start(setup, 500);
    await race.pause();
    await starting;
    expect(asked.map(({ kind }) => kind)).toEqual(['open', 'pause']);
    expect(race.getState().phase).toBe('paused');
  });

  it('begin anew after a reset: no curve of before is left', async () => {
    const { race, tell } = start();
    await race.start(setup, 500);
    tell({ step: 25, lanes: [{ ...nothing, evaluation: measured(25, 0.5) }, nothing] });
    tell({ step: 0, phase: 'paused', lanes: [nothing, nothing] });
    expect(race.histories[0]?.heldOut.exactMatch.length).toBe(0);
    expect(race.getState().lanes[0]?.evaluation).toBeNull();
    expect(race.getState().step).toBe(0);
  });

  it('keep their figures when the other one takes the worker, and take no news of it', async () => {
    const { race, lengths, tell } = start();
    await race.start(setup, 500);
    tell({ step: 25, lanes: [{ ...nothing, evaluation: measured(25, 0.5) }, nothing] });
    await lengths.start({ ...setup, measure: 'lengths' }, 500);
    tell({ step: 50, lanes: [nothing, nothing] });
    expect(race.getState()).toMatchObject({ phase: 'gone', step: 25 });
    expect(lengths.getState()).toMatchObject({ phase: 'running', step: 50 });
  });

  it('end with their worker, and park only where there is something to park', async () => {
    const { race, asked, emit } = start();
    await race.park();
    expect(asked).toEqual([]);
    await race.start(setup, 500);
    await race.park();
    expect(asked.at(-1)).toEqual({ kind: 'park' });
    emit({ type: 'failed', error: { name: 'WorkerError', message: 'gone', details: {} } });
    expect(race.getState().phase).toBe('gone');
  });

  it('say why they could not be opened', async () => {
    const { race, refuse } = start();
    refuse(new RequestError({ name: 'ConfigError', message: 'no such thing', details: {} }));
    await race.start(setup, 500);
    expect(race.getState()).toMatchObject({ phase: 'gone', isStarting: false });
    expect(race.getState().error?.message).toBe('no such thing');
  });
});
