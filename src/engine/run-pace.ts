/**
 * Cuts the runs of a plan into submits by the time that they were measured to take, so that the screen and other pages, which share
 * the GPU, get their turn in between. Of one submit a GPU may not let go before its end.
 */

/** Longest that a submit should keep a GPU. */
const MAX_SUBMIT_MS = 50;
/** What a part of a run is made for: half of that, since how a run's time divides among its launches is an estimate. */
const PART_MS = 25;
/** Runs looked back on, and how many there have to be. */
const WINDOW = 8;
const LEAST_RUNS = 3;

/** Launches of a run in parts of about `PART_MS`, whole launches each. @param costs of the launches, in any unit */
export function cutByTime<T>(launches: readonly T[], costs: readonly number[], runMs: number): T[][] {
  const msPerCost = runMs / costs.reduce((sum, cost) => sum + cost, 0);
  const parts: T[][] = [];
  let ms = Number.POSITIVE_INFINITY;
  launches.forEach((launch, i) => {
    const launchMs = (costs[i] as number) * msPerCost;
    if (ms + launchMs > PART_MS) {
      parts.push([]);
      ms = 0;
    }
    parts.at(-1)?.push(launch);
    ms += launchMs;
  });
  return parts;
}

/** How long the runs of a plan take. */
export class RunPace {
  #durations: number[] = [];

  /** @param ms from when the device began with a run to its end */
  done(ms: number): void {
    this.#durations.push(ms);
    if (this.#durations.length > WINDOW) this.#durations.shift();
  }

  /**
   * The shortest of the last runs: whatever else the device or this thread did only makes a run look longer. 0 until there are
   * enough.
   */
  get runMs(): number {
    return this.#durations.length < LEAST_RUNS ? 0 : Math.min(...this.#durations);
  }

  /** Whether a run keeps the device for longer than one submit should. */
  get isLong(): boolean {
    return this.runMs > MAX_SUBMIT_MS;
  }

  /** Other launches run from now on. */
  restart(): void {
    this.#durations = [];
  }
}

/**
 * The cost beyond which launches have to be cut for each to keep within its time, where one does not; else null.
 * @param longest cost of the launch that costs most, of those that can be cut
 * @param total cost of all launches of a run, which takes `runMs`
 * @param maxCost by which they are cut now
 */
export function shorterLaunches(longest: number, total: number, runMs: number, maxCost: number): number | null {
  const costPerMs = total / runMs;
  const wanted = PART_MS * costPerMs;
  // What is hardly less would cut nothing that is not cut.
  return longest / costPerMs > MAX_SUBMIT_MS && wanted < maxCost / 2 ? wanted : null;
}
