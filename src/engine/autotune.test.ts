import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { agrees, autotune, candidatesAround, choose, type StepResult, type TrialBench } from './autotune.ts';
import { choiceOf, type EngineSettings } from './strategy.ts';

const base: EngineSettings = {
  strategy: 'persistent',
  hasQuads: false,
  isSoftware: false,
  isSized: false,
  tile: { rows: 4, lanes: 64 },
  maxLaunchCost: 1e10,
};

const nameOf = ({ strategy, tile }: EngineSettings) => `${strategy} ${tile.rows}x${tile.lanes}`;

const RESULT: StepResult = { loss: 2, gradientNorm: 5, gradients: [3, -4, 0, 1e-9] };

describe('the candidates', () => {
  it.each([
    ['persistent', 4],
    ['persistent', 8],
    ['wide', 2],
    ['wide', 4],
  ] as const)(
    'of %s with %i rows are four to six, the one in use first, both large strategies among them',
    (strategy, rows) => {
      const candidates = candidatesAround({ ...base, strategy, tile: { rows, lanes: 64 } });
      expect(candidates[0]).toEqual({ ...base, strategy, tile: { rows, lanes: 64 } });
      expect(candidates.length).toBeGreaterThanOrEqual(4);
      expect(candidates.length).toBeLessThanOrEqual(6);
      expect(new Set(candidates.map(nameOf)).size).toBe(candidates.length);
      expect(new Set(candidates.map((candidate) => candidate.strategy))).toEqual(new Set(['persistent', 'wide']));
      expect(new Set(candidates.map(({ tile }) => tile.lanes))).toEqual(new Set([64, 128, 256]));
      for (const { tile } of candidates) {
        expect([2, 4, 8]).toContain(tile.rows);
        expect([64, 128, 256]).toContain(tile.lanes);
      }
    },
  );
});

describe('the rule of agreement', () => {
  it('takes what differs by rounding', () => {
    expect(agrees({ loss: 2.0001, gradientNorm: 4.9997, gradients: [3.0003, -4, 0, -1e-9] }, RESULT)).toBe(true);
  });

  it.each([
    ['another loss', { loss: 2.001 }],
    ['another norm', { gradientNorm: 5.01 }],
    ['a gradient off', { gradients: [3, -4, 0.001, 0] }],
    ['gradients of another length', { gradients: [3, -4, 0] }],
    ['a gradient that is not a number', { gradients: [3, -4, Number.NaN, 0] }],
    ['a loss that is not a number', { loss: Number.NaN }],
  ])('refuses %s', (_, changed) => {
    expect(agrees({ ...RESULT, ...changed }, RESULT)).toBe(false);
  });

  it('allows for rounding where the loss is next to nothing', () => {
    const late = { loss: 0.001, gradientNorm: 0.01, gradients: [0.006, 0.008] };
    expect(agrees({ ...late, gradients: [0.006, 0.00805] }, late)).toBe(true);
    expect(agrees({ ...late, gradients: [0.006, 0.0085] }, late)).toBe(false);
  });
});

describe('the choice', () => {
  it('switches for a gain of five per cent by the medians, and says over what', () => {
    const times = [[10, 10.4, 30], [8, 8, 8], null, [9, 1, 9.4]];
    expect(choose(times)).toEqual({ winner: 1, rival: 0, gain: 10.4 / 8, measured: 3 });
  });

  it('stays for less, and says how the best of the others compares', () => {
    expect(choose([[10], [9.6], [12]])).toEqual({ winner: 0, rival: 1, gain: 0.96, measured: 3 });
    expect(choose([[10], [20], [12]])).toEqual({ winner: 0, rival: 2, gain: 1.2, measured: 3 });
  });

  it('has no rival where all others are out, and nothing to say without a time of the first', () => {
    expect(choose([[10], null, [Number.NaN]])).toEqual({ winner: 0, rival: null, gain: 1, measured: 1 });
    expect(choose([[], [1]])).toBeNull();
  });
});

interface Behaviour {
  readonly ms: number;
  readonly result?: Partial<StepResult>;
  readonly fails?: boolean;
}

/** A bench on a clock of its own, where each candidate takes the given time. */
function fakeBench(behaviour: (name: string, index: number) => Behaviour) {
  const log: string[] = [];
  let index = 0;
  const bench: TrialBench = {
    async prepare(settings) {
      const name = nameOf(settings);
      const { ms, result = {}, fails } = behaviour(name, index++);
      if (fails) throw new Error('does not compile');
      return {
        async result() {
          log.push(`check ${name}`);
          vi.advanceTimersByTime(ms);
          return { ...RESULT, ...result };
        },
        async time(repetitions) {
          log.push(`time ${name} ${repetitions}`);
          vi.advanceTimersByTime(repetitions * ms);
          return ms;
        },
      };
    },
    async rest(ms) {
      log.push(`rest ${ms}`);
    },
  };
  return { bench, log, times: () => log.filter((line) => line.startsWith('time')) };
}

describe('autotune', () => {
  const candidates = candidatesAround(base);
  const { signal } = new AbortController();
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('finds the fastest in three rounds, in turn, each of at least ten milliseconds, and lets the training on between', async () => {
    const { bench, log, times } = fakeBench((_, i) => ({ ms: i === 3 ? 2 : 4 }));
    expect(await autotune(candidates, bench, signal)).toEqual({
      winner: 3,
      rival: 0,
      gain: 2,
      measured: 6,
      excluded: [],
    });
    const rounds = times().filter((line) => !line.endsWith(' 1'));
    expect(rounds).toHaveLength(3 * candidates.length);
    const names = candidates.map((candidate, i) => `time ${nameOf(candidate)} ${i === 3 ? 5 : 3}`);
    expect(rounds).toEqual([...names, ...names.toReversed(), ...names]);
    expect(log.filter((line) => line.startsWith('rest')).length).toBe(log.length / 2);
  });

  it('leaves out what does not compile and what computes something else, and names both', async () => {
    const { bench } = fakeBench((_, i) => ({
      ms: i === 0 ? 10 : 1,
      fails: i === 1,
      ...(i === 2 && { result: { gradientNorm: 5.1 } }),
      ...(i > 2 && { ms: 12 }),
    }));
    const tuned = await autotune(candidates, bench, signal);
    expect(tuned).toMatchObject({ winner: 0, rival: 3, gain: 1.2, measured: 4 });
    expect(tuned?.excluded).toEqual([
      { ...choiceOf(candidates[1] as EngineSettings), problem: 'fails' },
      { ...choiceOf(candidates[2] as EngineSettings), problem: 'differs' },
    ]);
  });

  it('times what is hopeless only once', async () => {
    const { bench, times } = fakeBench((_, i) => ({ ms: i === 1 ? 50 : 5 }));
    const hopeless = nameOf(candidates[1] as EngineSettings);
    expect(await autotune(candidates, bench, signal)).toMatchObject({ winner: 0, measured: 6 });
    expect(times().filter((line) => line.includes(`${hopeless} `))).toEqual([`time ${hopeless} 1`]);
  });

  it('times steps too short for the clock many at a time', async () => {
    const { bench, times } = fakeBench(() => ({ ms: 0.001 }));
    expect(await autotune(candidates, bench, signal)).toMatchObject({ winner: 0, gain: 1, measured: 6 });
    expect(times().at(-1)).toMatch(/ 1000$/);
  });

  it('ends within its budget: with fewer rounds, then with fewer candidates, then without an answer', async () => {
    const run = async (ms: (index: number) => number) => {
      const fake = fakeBench((_, i) => ({ ms: ms(i) }));
      const started = performance.now();
      const tuned = await autotune(candidates, fake.bench, signal);
      return { tuned, tookMs: performance.now() - started, timed: fake.times().length };
    };
    const long = await run((i) => (i === 2 ? 60 : 90));
    expect(long.tuned).toMatchObject({ winner: 2, gain: 1.5, measured: 6 });
    expect(long.timed).toBeLessThan(3 * candidates.length);
    const longer = await run((i) => (i === 2 ? 200 : 300));
    expect(longer.tuned).toMatchObject({ winner: 2, gain: 1.5, measured: 3 });
    for (const { tookMs } of [long, longer]) expect(tookMs).toBeLessThan(1900);
    const endless = await run(() => 2000);
    expect(endless.tuned).toMatchObject({ winner: 0, rival: null, measured: 1 });
    expect(endless.timed).toBe(1);
  });

  it('says nothing where the one in use fails, or has computed no numbers', async () => {
    expect(await autotune(candidates, fakeBench(() => ({ ms: 1, fails: true })).bench, signal)).toBeNull();
    const result = { loss: Number.NaN };
    expect(await autotune(candidates, fakeBench(() => ({ ms: 1, result })).bench, signal)).toBeNull();
  });

  it.each([1, 3, 7, 13, 20])('stops at once when it is called off, after %i pieces of work', async (pieces) => {
    const controller = new AbortController();
    const { bench, log } = fakeBench(() => ({ ms: 4 }));
    const rest = vi.spyOn(bench, 'rest').mockImplementation(async () => {
      if (rest.mock.calls.length === pieces) controller.abort();
    });
    expect(await autotune(candidates, bench, controller.signal)).toBeNull();
    expect(log.filter((line) => !line.startsWith('rest'))).toHaveLength(pieces);
  });

  it('passes on what the device throws while it times', async () => {
    const { bench } = fakeBench(() => ({ ms: 4 }));
    const prepare = bench.prepare;
    vi.spyOn(bench, 'prepare').mockImplementation(async (settings) => ({
      ...(await prepare(settings)),
      time: () => Promise.reject(new Error('lost')),
    }));
    await expect(autotune(candidates, bench, signal)).rejects.toThrow('lost');
  });
});
