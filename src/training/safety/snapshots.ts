/** The last good state of a training, in memory: what a run goes back to when its device is lost or its weights are. */

import type { TrainingState } from '../training-state.ts';

/** Least and greatest time between two snapshots. */
const LEAST_SPACING_MS = 1000;
const MOST_SPACING_MS = 5000;
/** A snapshot may take this share of the time at most. */
const SHARE = 0.02;

/** What a snapshot is taken of. */
export interface Capturable {
  readonly step: number;
  capture(): Promise<TrainingState>;
}

/**
 * Takes snapshots beside the training. A state is good when a later step has shown that it is: the loss of a step is that of the
 * weights before it, so that a snapshot says nothing about itself.
 */
export class Snapshots {
  #good: TrainingState | null = null;
  #candidate: TrainingState | null = null;
  #isTaking = false;
  #takenAt = Number.NEGATIVE_INFINITY;
  #costMs = 0;
  /** Counts the times that all was forgotten, so that what is on its way then is not kept. */
  #generation = 0;

  /** @param onGood told of every state that turned out good */
  constructor(private readonly onGood: (state: TrainingState) => void = () => {}) {}

  /** The newest good state; null stands for the initial weights. */
  get good(): TrainingState | null {
    return this.#good;
  }

  /** The newest state, though no later step has spoken for it: what a lost device is made up for with. */
  get newest(): TrainingState | null {
    return this.#candidate ?? this.#good;
  }

  /** Time from one snapshot to the next, in ms. */
  get spacingMs(): number {
    return Math.min(MOST_SPACING_MS, Math.max(LEAST_SPACING_MS, this.#costMs / SHARE));
  }

  /** Takes a snapshot where one is due. */
  takeWhenDue(source: Capturable, now: number): void {
    if (this.#isTaking || this.#candidate || now < this.#takenAt + this.spacingMs) return;
    void this.take(source);
  }

  /** Takes one now. What goes wrong is told by whatever else reads from the device. */
  async take(source: Capturable): Promise<void> {
    const generation = this.#generation;
    const started = performance.now();
    this.#isTaking = true;
    try {
      const state = await source.capture();
      if (generation === this.#generation && areNumbers(state)) this.#candidate = state;
    } catch {
      // There is the one before.
    }
    this.#isTaking = false;
    this.#takenAt = performance.now();
    this.#costMs = this.#takenAt - started;
  }

  /** A step was healthy: its loss is that of the weights after the step before it. */
  confirm(step: number): void {
    if (!this.#candidate || step <= this.#candidate.step) return;
    this.#good = this.#candidate;
    this.#candidate = null;
    this.onGood(this.#good);
  }

  /** A step was not; the state that was to be confirmed is of no use. */
  doubt(): void {
    this.#candidate = null;
  }

  /** The same run again, from its newest state. */
  keep(): void {
    this.#generation++;
    this.#takenAt = Number.NEGATIVE_INFINITY;
  }

  /** Another run, or the same from another state. */
  restart(good: TrainingState | null): void {
    this.#good = good;
    this.#candidate = null;
    this.#generation++;
    this.#takenAt = Number.NEGATIVE_INFINITY;
  }
}

/** Whether all weights and moments are numbers. */
function areNumbers({ parameters, moment1, moment2 }: TrainingState): boolean {
  for (const data of [parameters, moment1, ...(moment2 ? [moment2] : [])])
    for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i] as number)) return false;
  return true;
}
