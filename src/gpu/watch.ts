/** Lets nobody wait for a device that is gone or answers no more: its promises would stay open for ever. */

import { DeviceLostError } from '../lib/errors.ts';

/**
 * Without an answer for so long a device counts as stuck, however fast it was. Much of what silences one ends by itself within seconds:
 * kernels that another page compiles, memory that comes back, a computer that wakes. Being called stuck costs the run its GPU, and
 * races and measurements their end.
 */
export const STUCK_MS = 10_000;
const TICK_MS = 1000;

/** A clock that calls back; a test puts its own in its place. */
export interface Ticker {
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

const TIMERS: Ticker = {
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (timer) => clearTimeout(timer as Parameters<typeof clearTimeout>[0]),
};

interface Waiting {
  readonly reject: (error: Error) => void;
  ticksLeft: number;
}

/**
 * Watches over promises of one device. Time is counted in ticks of a second rather than by the clock, so that a tab that was
 * frozen for an hour has waited for one tick and not for an hour.
 */
export class Watch {
  readonly #waiting = new Set<Waiting>();
  #timer: unknown = null;
  #error: DeviceLostError | null = null;
  #onLost: (error: DeviceLostError) => void = () => {};

  constructor(private readonly ticker: Ticker = TIMERS) {}

  /** Rejects with what ends the device: told by `fail`, or that it was stuck. */
  readonly lost = new Promise<never>((_, reject) => {
    this.#onLost = reject;
  });

  /** The promise, or a rejection when the device is lost first, or when it is not settled in time. */
  over<T>(promise: Promise<T>, who: string, limitMs = STUCK_MS): Promise<T> {
    if (this.#error) {
      // It fails too, and nobody is told twice.
      promise.catch(() => {});
      return Promise.reject(this.#error);
    }
    return new Promise<T>((resolve, reject) => {
      const waiting: Waiting = { reject, ticksLeft: Math.ceil(limitMs / TICK_MS) };
      this.#waiting.add(waiting);
      this.#timer ??= this.ticker.setTimeout(() => this.#tick(who), TICK_MS);
      const settle = (): void => {
        this.#waiting.delete(waiting);
        if (this.#waiting.size > 0 || this.#timer === null) return;
        this.ticker.clearTimeout(this.#timer);
        this.#timer = null;
      };
      promise.then(
        (value) => {
          settle();
          resolve(value);
        },
        (error) => {
          settle();
          reject(error);
        },
      );
    });
  }

  /** Ends all waiting, now and later. */
  fail(error: DeviceLostError): void {
    if (this.#error) return;
    this.#error = error;
    if (this.#timer !== null) this.ticker.clearTimeout(this.#timer);
    this.#timer = null;
    for (const { reject } of [...this.#waiting]) reject(error);
    this.#waiting.clear();
    this.#onLost(error);
  }

  #tick(who: string): void {
    this.#timer = null;
    let isStuck = false;
    for (const waiting of this.#waiting) isStuck = --waiting.ticksLeft <= 0 || isStuck;
    if (isStuck) this.fail(new DeviceLostError(`${who}: no answer for ${STUCK_MS / 1000} s`, 'stuck'));
    else if (this.#waiting.size > 0) this.#timer = this.ticker.setTimeout(() => this.#tick(who), TICK_MS);
  }
}

const watches = new WeakMap<GPUDevice, Watch>();

/** The watch over a device. */
export function watchOf(device: GPUDevice): Watch {
  let watch = watches.get(device);
  if (!watch) {
    watch = new Watch();
    watch.lost.catch(() => {});
    watches.set(device, watch);
  }
  return watch;
}

/** Resolves when everything submitted so far has been computed. @throws DeviceLostError */
export const workDone = (device: GPUDevice): Promise<unknown> =>
  watchOf(device).over(device.queue.onSubmittedWorkDone(), 'the GPU queue');
