/** Decides how many runs may wait on a queue: enough to keep the device busy while this thread does something else, and no more. */

/** Work that may be waiting, so that Pause answers at once. */
const MAX_QUEUED_MS = 50;
/** Beyond this time a run, a single one keeps the device busy for long enough. */
const LONG_RUN_MS = 40;
const MAX_RUNS = 32;
/** Runs that the mean is taken over: they end in clumps, as the browser tells of them. */
const WINDOW = 32;

export class QueueDepth {
  readonly #durations: number[] = [];
  #lastDone = 0;

  /**
   * Takes note that a run is through.
   * @param submitted when it was submitted, in ms as `now`
   * @returns how long it kept the device, in ms
   */
  done(submitted: number, now: number): number {
    // A run begins when the one before it ends, or when it is submitted to an idle device.
    const duration = now - Math.max(submitted, this.#lastDone);
    this.#durations.push(duration);
    if (this.#durations.length > WINDOW) this.#durations.shift();
    this.#lastDone = now;
    return duration;
  }

  /** Runs that may be in flight; one until there is a measurement, so that a slow device is not taken for a stuck one. */
  get limit(): number {
    const { length } = this.#durations;
    if (length === 0) return 1;
    const runMs = this.#durations.reduce((sum, ms) => sum + ms, 0) / length;
    if (runMs > LONG_RUN_MS) return 1;
    return Math.min(MAX_RUNS, Math.max(2, Math.floor(MAX_QUEUED_MS / Math.max(runMs, 1e-3))));
  }
}
