import { describe, expect, it } from 'vitest';
import { cutByTime, RunPace, shorterLaunches } from './run-pace.ts';

/** The time of each part. */
const partsMs = (ms: readonly number[], scale = 1): number[] =>
  cutByTime(
    ms,
    ms.map((one) => one * scale),
    ms.reduce((sum, one) => sum + one, 0),
  ).map((part) => part.reduce((sum, one) => sum + one, 0));

describe('cutting a run into submits', () => {
  it('makes parts of at most 25 ms, of whole launches in their order', () => {
    const ms = [10, 10, 10, 24, 3, 12, 12, 1, 1];
    expect(cutByTime(ms, ms, 83)).toEqual([[10, 10], [10], [24], [3, 12], [12, 1, 1]]);
    expect(Math.max(...partsMs(ms))).toBeLessThanOrEqual(25);
  });

  it('goes by shares of the time, whatever the unit of the costs', () => {
    expect(partsMs([20, 20, 20], 1e7)).toEqual(partsMs([20, 20, 20]));
  });

  it('gives a launch that takes longer a submit of its own', () => {
    expect(cutByTime(['a', 'long', 'b', 'c'], [1, 60, 1, 1], 63)).toEqual([['a'], ['long'], ['b', 'c']]);
  });
});

describe('the pace of runs', () => {
  const paceOf = (...durations: number[]): RunPace => {
    const pace = new RunPace();
    for (const ms of durations) pace.done(ms);
    return pace;
  };

  it('is the shortest of the last eight runs, once there are three', () => {
    expect(paceOf(80, 90).runMs).toBe(0);
    expect(paceOf(80, 90, 70).runMs).toBe(70);
    expect(paceOf(10, ...new Array(8).fill(70)).runMs).toBe(70);
  });

  it('is long beyond 50 ms, and not for a run that was held up', () => {
    expect(paceOf(51, 52, 53).isLong).toBe(true);
    expect(paceOf(300, 20, 300).isLong).toBe(false);
    expect(paceOf(80).isLong).toBe(false);
  });

  it('knows nothing after other launches were taken', () => {
    const pace = paceOf(80, 80, 80);
    pace.restart();
    expect(pace.isLong).toBe(false);
  });
});

describe('launches that are too long', () => {
  it('are to cost what the device does in 25 ms', () => {
    // 400 in 400 ms, one of them 300.
    expect(shorterLaunches(300, 400, 400, 1000)).toBe(25);
  });

  it('stay where each keeps within its time, or where they cannot be cut further', () => {
    expect(shorterLaunches(40, 160, 160, 1000)).toBeNull();
    expect(shorterLaunches(300, 400, 400, 30)).toBeNull();
  });
});
