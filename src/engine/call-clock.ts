/** Times the calls of a program on the CPU, one after the other, in slices that leave the thread time for everything else. */

import { nextTask } from '../lib/next-task.ts';
import { median } from './profile.ts';

/** For how long the whole run is timed, and then its calls. */
const WHOLE_MS = 250;
const EACH_MS = 500;
const GROUPS = 5;
const MAX_REPETITIONS = 20;
/** Longest stretch between two looks at the messages, but for a single call that takes longer. */
const SLICE_MS = 20;

export interface ClockedCalls {
  readonly calls: readonly (() => void)[];
  /** Puts the state back to where the first run began. */
  readonly restore: () => void;
}

export interface CallTimes {
  /** Median of whole runs, ms. */
  readonly stepMs: number;
  /** Mean time of each call in ms, by group of runs. */
  readonly groups: readonly (readonly number[])[];
}

/**
 * Runs all calls in slices and returns what they took in ms, without what the thread did in between.
 * @param totals takes the time of each call, where it is given
 */
async function run(calls: readonly (() => void)[], totals?: number[]): Promise<number> {
  await nextTask();
  let ms = 0;
  let from = performance.now();
  let last = from;
  for (const [i, call] of calls.entries()) {
    call();
    const now = performance.now();
    if (totals) totals[i] += now - last;
    last = now;
    if (now < from + SLICE_MS) continue;
    ms += now - from;
    await nextTask();
    from = performance.now();
    last = from;
  }
  return ms + performance.now() - from;
}

/** Mean time of each call over so many runs. Browsers round their clocks to 0.1 ms, so that only a mean tells of a short call. */
async function timeEach({ calls, restore }: ClockedCalls, repetitions: number): Promise<number[]> {
  const totals = calls.map(() => 0);
  restore();
  for (let i = 0; i < repetitions; i++) await run(calls, totals);
  return totals.map((total) => total / repetitions);
}

/** Times calls; the first run, in which kernels are compiled and weights packed, does not count. */
export async function timeCalls(clocked: ClockedCalls): Promise<CallTimes> {
  const { calls, restore } = clocked;
  restore();
  const firstMs = await run(calls);
  const wholes: number[] = [];
  const started = performance.now();
  while (wholes.length < 3 * GROUPS && (wholes.length === 0 || performance.now() - started + firstMs < WHOLE_MS)) {
    restore();
    wholes.push(await run(calls));
  }
  const stepMs = median(wholes);
  const repetitions = Math.max(1, Math.min(MAX_REPETITIONS, Math.floor(EACH_MS / GROUPS / Math.max(stepMs, 1e-3))));
  const groups: (readonly number[])[] = [];
  const from = performance.now();
  while (groups.length < GROUPS && (groups.length === 0 || performance.now() - from + repetitions * stepMs < EACH_MS))
    groups.push(await timeEach(clocked, repetitions));
  return { stepMs, groups };
}
