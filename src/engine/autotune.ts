/**
 * Finds out by measuring which settings run a program fastest on an adapter: which candidates are tried, in what order they are
 * timed, and what it takes to win. It knows no GPU: the bench that it is given runs the candidates.
 */

import type { ExcludedChoice } from './executor.ts';
import { choiceOf, type EngineSettings, isSameChoice } from './strategy.ts';

/** Tiles that are tried; 256 is the default limit of invocations a workgroup. */
const ROWS = [2, 4, 8];
const LANES = [64, 128, 256];

/** Rounds in which all candidates are timed in turn, and the least time of a candidate in one. */
const ROUNDS = 3;
const ROUND_MS = 10;
const MAX_REPETITIONS = 1000;
/** Time that all of it may keep the device. */
export const BUDGET_MS = 1500;
/** What a single timing can tell from nothing: browsers round to 0.1 ms. */
const SHORTEST_LOOK_MS = 0.5;
/** A candidate that is so many times as slow as the fastest is not timed any further. */
const HOPELESS = 2;
/** Less is not worth another plan, and may be noise. */
export const MIN_GAIN = 1.05;
/** Relative difference of a result beyond which two candidates do not compute the same, and the loss down to which it holds. */
export const TOLERANCE = 1e-4;
const MILD_LOSS = 0.1;

/** What a step computes, from the same state on the same batch. */
export interface StepResult {
  readonly loss: number;
  readonly gradientNorm: number;
  readonly gradients: ArrayLike<number>;
}

/** A candidate, recorded and ready to run. */
export interface Trial {
  /** One step from the state at which the tuning began, and what it computed. */
  result(): Promise<StepResult>;
  /** Mean time of a step in ms over so many of them; not a number where the clock failed. */
  time(repetitions: number): Promise<number>;
}

export interface TrialBench {
  /** Compiles and records a candidate while the training goes on. Rejects where that fails. */
  prepare(settings: EngineSettings): Promise<Trial>;
  /** Lets the training go on for about so long. */
  rest(ms: number): Promise<void>;
}

export interface TuningResult {
  /** Indices of the candidates. */
  readonly winner: number;
  /** What the winner was measured against: the first candidate, or where that is the winner, the best of the others. */
  readonly rival: number | null;
  /** Time of the rival divided by that of the winner. */
  readonly gain: number;
  /** Candidates that were timed. */
  readonly measured: number;
  readonly excluded: readonly ExcludedChoice[];
}

/** The value next to another; at the end of the list the one on the other side. */
function neighbour(values: readonly number[], value: number, direction: 1 | -1): number {
  const at = values.indexOf(value);
  return values[at + direction] ?? values[at - direction] ?? value;
}

/** The settings to try, the ones that are in use first: the other large strategy, and tiles next to the one in use. */
export function candidatesAround(base: EngineSettings): EngineSettings[] {
  const { rows, lanes } = base.tile;
  const other = base.strategy === 'persistent' ? 'wide' : 'persistent';
  const fewerRows = neighbour(ROWS, rows, -1);
  const moreLanes = neighbour(LANES, lanes, 1);
  const candidates: EngineSettings[] = [
    base,
    { ...base, strategy: other },
    { ...base, tile: { rows: fewerRows, lanes } },
    { ...base, tile: { rows, lanes: moreLanes } },
    { ...base, tile: { rows: fewerRows, lanes: moreLanes } },
    { ...base, tile: { rows, lanes: neighbour(LANES, moreLanes, 1) } },
  ];
  return candidates.filter(
    (candidate, i) => candidates.findIndex((same) => isSameChoice(choiceOf(same), choiceOf(candidate))) === i,
  );
}

const norm = (length: number, at: (i: number) => number): number => {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += at(i) ** 2;
  return Math.sqrt(sum);
};

/** Whether there is something to compare with. */
const isUsable = ({ loss, gradientNorm }: StepResult): boolean => Number.isFinite(loss) && gradientNorm > 0;

/** Whether two steps computed the same, up to the order of their sums: loss, norm, and the gradients by their distance. */
export function agrees(result: StepResult, expected: StepResult): boolean {
  const [got, want] = [result.gradients, expected.gradients];
  // Once most words are foreseen, gradients are small differences of probabilities, and rounding is a larger part of them.
  const tolerance = TOLERANCE * Math.max(1, MILD_LOSS / expected.loss);
  const isClose = (a: number, b: number): boolean => Math.abs(a - b) <= tolerance * Math.abs(b);
  if (!isClose(result.loss, expected.loss) || !isClose(result.gradientNorm, expected.gradientNorm)) return false;
  const distance = norm(want.length, (i) => (got[i] as number) - (want[i] as number));
  // Not the negation: a distance that is not a number is none.
  return got.length === want.length && distance <= tolerance * norm(want.length, (i) => want[i] as number);
}

/** The median of measured times; infinite where the clock gave none. */
function median(times: readonly number[]): number {
  const sorted = times.filter((ms) => ms > 0).sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? Number.POSITIVE_INFINITY : (low + high) / 2;
}

/**
 * Chooses between candidates by the median of their times in ms, null for those that are out: the fastest, if it is enough faster
 * than the first, which else stays.
 */
export function choose(times: readonly (readonly number[] | null)[]): Omit<TuningResult, 'excluded'> | null {
  const [first, ...others] = times.map((own) => median(own ?? [])) as [number, ...number[]];
  const measured = [first, ...others].filter(Number.isFinite).length;
  const best = Math.min(...others);
  // Without a time of the first there is nothing to measure against.
  if (!Number.isFinite(first)) return null;
  if (!Number.isFinite(best)) return { winner: 0, rival: null, gain: 1, measured };
  const rival = 1 + others.indexOf(best);
  if (first >= MIN_GAIN * best) return { winner: rival, rival: 0, gain: first / best, measured };
  return { winner: 0, rival, gain: best / first, measured };
}

/** Adds up for how long the training was held, so that it ends in time. */
class Budget {
  #spentMs = 0;

  constructor(
    private readonly bench: TrialBench,
    private readonly totalMs: number,
  ) {}

  /** Whether there is time for a piece of work. */
  isLeft(ms: number): boolean {
    return this.#spentMs + (Number.isFinite(ms) ? ms : 0) <= this.totalMs;
  }

  /** Runs a piece of it, then lets the training go on for as long as that took. */
  async spend<T>(body: () => Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await body();
    const ms = performance.now() - started;
    this.#spentMs += ms;
    await this.bench.rest(ms);
    return result;
  }
}

interface Entry {
  readonly trial: Trial;
  /** Of a first look, which lets a clock that rounds be off by half. */
  readonly lookMs: number;
  readonly times: number[];
}

/**
 * Measures candidates, of which the first is the one in use; those that there is no time for are left out.
 * @returns null where nothing can be said: the first one fails or computes no numbers, the time is used up, or `signal` aborts
 */
export async function autotune(
  candidates: readonly EngineSettings[],
  bench: TrialBench,
  signal: AbortSignal,
  budgetMs = BUDGET_MS,
): Promise<TuningResult | null> {
  const budget = new Budget(bench, budgetMs);
  const excluded: ExcludedChoice[] = [];
  const entries: (Entry | null)[] = [];
  let expected: StepResult | null = null;
  for (const candidate of candidates) {
    if (!budget.isLeft(0)) break;
    const tried = await tryOut(candidate, expected, bench, budget, signal);
    if (signal.aborted) return null;
    if (typeof tried === 'string') excluded.push({ ...choiceOf(candidate), problem: tried });
    else expected ??= tried.result;
    if (!expected || !isUsable(expected)) return null;
    entries.push(typeof tried === 'string' ? null : await look(tried.trial, budget));
    if (signal.aborted) return null;
  }
  await timeRounds(entries, budget, signal);
  const chosen = signal.aborted ? null : choose(entries.map((entry) => entry?.times ?? null));
  return chosen && { ...chosen, excluded };
}

/** The time of one step; where that is long, it is exact enough to count. */
async function look(trial: Trial, budget: Budget): Promise<Entry> {
  const lookMs = await budget.spend(() => trial.time(1));
  return { trial, lookMs, times: lookMs >= ROUND_MS ? [lookMs] : [] };
}

/** Steps that fill a round; many of those that are too short for the clock, one where it failed. */
const repetitionsFor = (ms: number): number =>
  Number.isFinite(ms) ? Math.min(MAX_REPETITIONS, Math.ceil(ROUND_MS / Math.max(ms, 1e-3))) : 1;

/** Times in turn all that are not hopeless, every other round backwards, so that a clock that rises or falls is no one's advantage. */
async function timeRounds(entries: readonly (Entry | null)[], budget: Budget, signal: AbortSignal): Promise<void> {
  const all = entries.filter((entry) => entry !== null);
  const looks = all.map(({ lookMs }) => lookMs).filter(Number.isFinite);
  const fastest = Math.max(SHORTEST_LOOK_MS, Math.min(...looks));
  const running = all.filter((entry, i) => {
    // The one in use is what the others are measured against.
    const isHopeless = i > 0 && entry.lookMs > HOPELESS * fastest;
    if (isHopeless && entry.times.length === 0) entry.times.push(entry.lookMs);
    return !isHopeless;
  });
  for (let round = 0; round < ROUNDS; round++) {
    for (const { trial, lookMs, times } of round % 2 === 0 ? running : running.toReversed()) {
      if (signal.aborted || !budget.isLeft(Math.max(lookMs, ROUND_MS))) return;
      if (times.length > round) continue;
      times.push(await budget.spend(() => trial.time(repetitionsFor(lookMs))));
    }
  }
}

/**
 * Whether the second of two candidates computes what the first does.
 * @returns the problem where it does not; `unknown` where the first can't tell, or `signal` aborts
 */
export async function agreesWithFirst(
  [first, second]: readonly [EngineSettings, EngineSettings],
  bench: TrialBench,
  signal: AbortSignal,
): Promise<ExcludedChoice['problem'] | 'unknown' | null> {
  const budget = new Budget(bench, BUDGET_MS);
  const expected = await tryOut(first, null, bench, budget, signal);
  if (signal.aborted || typeof expected === 'string' || !isUsable(expected.result)) return 'unknown';
  const tried = await tryOut(second, expected.result, bench, budget, signal);
  if (signal.aborted) return 'unknown';
  return typeof tried === 'string' ? tried : null;
}

/** Records a candidate and has it compute one step. */
async function tryOut(
  candidate: EngineSettings,
  expected: StepResult | null,
  bench: TrialBench,
  budget: Budget,
  signal: AbortSignal,
): Promise<{ readonly trial: Trial; readonly result: StepResult } | ExcludedChoice['problem']> {
  try {
    const trial = await bench.prepare(candidate);
    signal.throwIfAborted();
    const result = await budget.spend(() => trial.result());
    return expected && !agrees(result, expected) ? 'differs' : { trial, result };
  } catch {
    return 'fails';
  }
}
