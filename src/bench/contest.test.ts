import { describe, expect, test } from 'vitest';
import {
  type ContestHost,
  type ContestOptions,
  compareLosses,
  type Entry,
  entryName,
  fasterModes,
  holdContest,
  type RemoteSeat,
} from './contest.ts';
import { ENGINES, type Engine } from './engines.ts';
import { type BenchModel, MODELS } from './models.ts';

const MODEL = MODELS[1] as BenchModel;
const LOSSES = [5, 4, 3, 2, 1];
const OPTIONS: ContestOptions = {
  rounds: 3,
  lossSteps: 4,
  turnMs: 1000,
  entryMs: 60_000,
  deadline: Number.POSITIVE_INFINITY,
  repeatsNoisyTurns: false,
};

const OPENED = { adapter: '', bytes: null, strategy: null };

const entry = (name: string, mode: Entry['mode'] = 'plain'): Entry => ({
  engine: ENGINES.find((engine) => engine.name === name) as Engine,
  mode,
  strategy: null,
});

interface FakeEngine {
  readonly stepMs: number;
  readonly losses?: readonly number[];
  readonly complaint?: string;
  /** The turn, from 1, that throws. */
  readonly failingTurn?: number;
}

/** A clock that only turns move, and a log of who took a turn of how many steps. */
function fakeHost(engines: Record<string, FakeEngine>, others: (turn: number) => number = () => 0) {
  const log: string[] = [];
  const closed: string[] = [];
  let now = 0;
  let watches = 0;
  const openSeat = async (who: Entry): Promise<RemoteSeat> => {
    const name = entryName(who);
    const engine = engines[name];
    if (!engine) throw new Error(`${name} does not start`);
    let step = 0;
    let turns = 0;
    return {
      opened: OPENED,
      tune: async () => OPENED,
      async turn(steps) {
        turns++;
        if (turns === engine.failingTurn) throw new Error('the page crashed');
        now += steps * engine.stepMs;
        step += steps;
        log.push(`${name} ${steps}`);
        return { stepMs: engine.stepMs, submitMs: 0.1, loss: (engine.losses ?? LOSSES)[step - 1] ?? 0 };
      },
      calls: async (steps) => ({ dispatches: 10 * steps, submits: 1, buffers: 0, bindGroups: 0, pipelines: 0 }),
      complaint: () => engine.complaint ?? null,
      async close() {
        closed.push(name);
      },
    };
  };
  const host: ContestHost = {
    openSeat,
    now: () => now,
    async watch() {
      const lostCores = others(++watches);
      return () => ({ lostCores });
    },
    beforeRound: async () => {
      log.push('round');
    },
    report: () => {},
  };
  return { host, log, closed };
}

describe('compareLosses', () => {
  test('allows what float32 makes of the same sums', () => {
    expect(compareLosses([5.001, 4], [5, 4.0001])).toBeNull();
  });

  test('names the first step that differs, and what it should have been', () => {
    expect(compareLosses([5, 4.1, 9], [5, 4, 3])).toBe('computes other losses: 4.1 at step 2, expected 4');
  });

  test('takes no loss that is not a number', () => {
    expect(compareLosses([Number.NaN], [5])).toContain('NaN at step 1');
  });
});

describe('holdContest', () => {
  test('takes turns A B, then B A, after losses and a warm-up, as many steps as fit in one', async () => {
    const { host, log, closed } = fakeHost({ 'heed webgpu': { stepMs: 250 }, 'jax-js webgpu': { stepMs: 50 } });
    const entries = [entry('heed webgpu'), entry('jax-js webgpu')];
    const [heed, jax] = await holdContest(MODEL, entries, host, { ...OPTIONS, rounds: 2, lossSteps: 2 });
    const opening = ['heed webgpu 1', 'heed webgpu 1', 'heed webgpu 4'];
    const openingJax = ['jax-js webgpu 1', 'jax-js webgpu 1', 'jax-js webgpu 10'];
    const rounds = ['round', 'heed webgpu 4', 'jax-js webgpu 10', 'round', 'jax-js webgpu 10', 'heed webgpu 4'];
    expect(log).toEqual([...opening, ...openingJax, ...rounds]);
    expect(heed).toMatchObject({ stepsPerTurn: 4, firstStepMs: 250, error: null, losses: [5, 4] });
    expect(jax?.turns.map(({ stepMs }) => stepMs)).toEqual([50, 50]);
    expect(closed).toEqual(['heed webgpu', 'jax-js webgpu']);
  });

  test('compares every contestant with the first one that runs, and keeps one that differs out of the rounds', async () => {
    const { host, log } = fakeHost({
      'heed cpu': { stepMs: 100 },
      'tfjs webgpu': { stepMs: 100, losses: [5, 4.5, 4, 4], complaint: 'Invalid ComputePipeline' },
    });
    const entries = ['heed webgpu', 'heed cpu', 'tfjs webgpu'].map((name) => entry(name));
    const [missing, right, wrong] = await holdContest(MODEL, entries, host, OPTIONS);
    expect(missing?.error).toBe('heed webgpu does not start');
    expect(right?.error).toBeNull();
    expect(wrong?.error).toBe('computes other losses: 4.5 at step 2, expected 4; Invalid ComputePipeline');
    expect(wrong?.turns).toEqual([]);
    expect(log.slice(log.indexOf('round'))).not.toContain('tfjs webgpu 10');
  });

  test('goes on without a contestant that fails on the way', async () => {
    const { host } = fakeHost({ 'heed cpu': { stepMs: 10 }, 'jax-js webgpu': { stepMs: 10, failingTurn: 6 } });
    const measurements = await holdContest(MODEL, [entry('heed cpu'), entry('jax-js webgpu')], host, OPTIONS);
    expect(measurements.map(({ error }) => error)).toEqual([null, 'the page crashed']);
    expect(measurements[0]?.turns).toHaveLength(3);
  });

  test('stops a slow contestant after two losses and two turns', async () => {
    const { host } = fakeHost({ 'tfjs webgpu': { stepMs: 64_000 } });
    const [slow] = await holdContest(MODEL, [entry('tfjs webgpu')], host, OPTIONS);
    expect(slow).toMatchObject({ losses: [5, 4], stepsPerTurn: 1, error: null });
    expect(slow?.turns).toHaveLength(2);
  });

  test('takes no turn that would end after the deadline, but one', async () => {
    const { host } = fakeHost({ 'heed cpu': { stepMs: 100 } });
    const [only] = await holdContest(MODEL, [entry('heed cpu')], host, { ...OPTIONS, deadline: 2000 });
    expect(only?.turns).toHaveLength(1);
    const { host: late } = fakeHost({ 'heed cpu': { stepMs: 100 } });
    const [none] = await holdContest(MODEL, [entry('heed cpu')], late, { ...OPTIONS, deadline: -1 });
    expect(none?.error).toBe('not run: no time was left');
  });

  test('repeats turns that other processes disturbed, and counts the quiet ones', async () => {
    const { host } = fakeHost({ 'heed cpu': { stepMs: 100 } }, (turn) => (turn === 2 ? 0.9 : 0));
    const [only] = await holdContest(MODEL, [entry('heed cpu')], host, { ...OPTIONS, repeatsNoisyTurns: true });
    expect(only?.turns).toHaveLength(3);
    expect(only?.lostCores).toBe(0);
  });

  test('ends on a machine that is never quiet', async () => {
    const { host } = fakeHost({ 'heed cpu': { stepMs: 100 } }, () => 1);
    const [only] = await holdContest(MODEL, [entry('heed cpu')], host, { ...OPTIONS, repeatsNoisyTurns: true });
    expect(only?.turns).toHaveLength(6);
    expect(only?.lostCores).toBe(1);
  });

  test('counts GPU calls of engines on the GPU only', async () => {
    const { host } = fakeHost({ 'heed webgpu': { stepMs: 100 }, 'heed cpu': { stepMs: 100 } });
    const [gpu, cpu] = await holdContest(MODEL, [entry('heed webgpu'), entry('heed cpu')], host, OPTIONS);
    expect(gpu?.calls?.dispatches).toBe(20);
    expect(cpu?.calls).toBeNull();
  });
});

describe('fasterModes', () => {
  test('keeps the faster page mode of an engine, and one that failed only where all did', async () => {
    const { host } = fakeHost({ 'jax-js wasm (plain)': { stepMs: 300 }, 'jax-js wasm (isolated)': { stepMs: 200 } });
    const entries = [entry('jax-js wasm'), entry('jax-js wasm', 'isolated'), entry('tfjs wasm')];
    const kept = fasterModes(await holdContest(MODEL, entries, host, OPTIONS));
    expect(kept.map((measurement) => entryName(measurement.entry))).toEqual([
      'jax-js wasm (isolated)',
      'tfjs wasm (plain)',
    ]);
    expect(kept[1]?.error).not.toBeNull();
  });
});
