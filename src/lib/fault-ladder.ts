/** What to try next when something that computes has failed. */

import { AllocationError, DeviceLostError, SelfTestError, ShaderCompilationError } from './errors.ts';

/** What went wrong. */
export type FaultCause =
  /** The device went away. */
  | 'lost'
  /** It gave no answer for ten seconds. */
  | 'stuck'
  /** It reported an error that no scope caught, or a kernel did not compile. */
  | 'error'
  | 'memory'
  /** The small step of the self-test came out wrong. */
  | 'self-test'
  /** The page's training worker ended, or one of the CPU's. */
  | 'worker';

/** Where a run goes on. */
export type Rung = 'webgpu' | 'cpu' | 'give-up';

const WINDOW_MS = 60_000;
const TRIES = 2;

/** Whether an error is of the device rather than of settings or data, so that another device may do. */
export const isDeviceFault = (error: unknown): boolean =>
  error instanceof DeviceLostError ||
  error instanceof AllocationError ||
  error instanceof ShaderCompilationError ||
  error instanceof SelfTestError;

export function causeOf(error: unknown): FaultCause {
  if (error instanceof DeviceLostError) return error.cause;
  if (error instanceof AllocationError || error instanceof RangeError) return 'memory';
  if (error instanceof SelfTestError) return 'self-test';
  return isDeviceFault(error) ? 'error' : 'worker';
}

/** Counts the tries of the last minute. */
export class Ladder {
  #tries: number[] = [];

  /**
   * Where to go on: twice a minute where the run was, then on the CPU, then nowhere. A GPU that hangs is not tried again, since it
   * would keep the visitor waiting for as long once more.
   */
  next(cause: FaultCause, from: 'webgpu' | 'cpu', now: number): Rung {
    this.#tries = this.#tries.filter((at) => at > now - WINDOW_MS);
    const isTriedOut = this.#tries.length >= TRIES;
    if (from === 'webgpu' && (cause === 'stuck' || cause === 'self-test' || isTriedOut)) {
      this.#tries = [];
      return 'cpu';
    }
    if (isTriedOut) return 'give-up';
    this.#tries.push(now);
    return from;
  }
}
