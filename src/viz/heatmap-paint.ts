/** Weights to pixels: one pixel a cell, and a fade between two states of the same heatmap. */

import { type AttentionScale, scaleIndex } from './attention-scale.ts';

/** Writes one RGBA pixel for each weight; `pixels` holds at least four bytes a weight. */
export function paintWeights(weights: ArrayLike<number>, scale: AttentionScale, pixels: Uint8ClampedArray): void {
  for (let i = 0; i < weights.length; i++) {
    const from = 4 * scaleIndex(weights[i]);
    for (let channel = 0; channel < 4; channel++) pixels[4 * i + channel] = scale.bytes[from + channel];
  }
}

/** Starts slowly and ends slowly. */
const ease = (t: number): number => t * t * (3 - 2 * t);

/** Cells on their way from what is seen to what is known. */
export class WeightFade {
  #from: Float32Array = new Float32Array();
  #to: Float32Array = new Float32Array();
  #columns = 0;
  #startMs = 0;
  #durationMs = 0;

  /**
   * Heads for new weights `[rows, columns]`, from what is seen now. Another width is another sentence: that jumps.
   * Rows that were not there fade in from nothing.
   */
  aim(weights: Float32Array, columns: number, nowMs: number, durationMs: number): void {
    const isSameSentence = columns === this.#columns && this.#to.length > 0;
    const seen = this.at(nowMs);
    this.#from = new Float32Array(weights.length);
    if (isSameSentence) this.#from.set(seen.subarray(0, weights.length));
    this.#to = weights;
    this.#columns = columns;
    this.#startMs = nowMs;
    this.#durationMs = isSameSentence ? durationMs : 0;
  }

  /** The weights as they are seen at a time. */
  at(nowMs: number): Float32Array {
    if (!this.isRunning(nowMs)) return this.#to;
    const share = ease((nowMs - this.#startMs) / this.#durationMs);
    return this.#to.map((to, i) => this.#from[i] + (to - this.#from[i]) * share);
  }

  isRunning(nowMs: number): boolean {
    return nowMs < this.#startMs + this.#durationMs;
  }
}
