/** Masked softmax in plain loops; formulas and shapes stand in `softmax.wgsl`. */

import type { Operands } from './view.ts';

/** w_j = exp(a_j - m) / Σ_k exp(a_k - m) over j < length */
export function softmaxForward({ lengths, scores, weights }: Operands): void {
  for (let b = 0; b < weights.rows; b++) {
    const real = Math.min(lengths.data[lengths.offset + b], weights.columns);
    const a = scores.offset + b * scores.stride;
    const w = weights.offset + b * weights.stride;
    let maximum = scores.data[a];
    for (let j = 1; j < real; j++) maximum = Math.max(maximum, scores.data[a + j]);
    let total = 0;
    for (let j = 0; j < real; j++) {
      weights.data[w + j] = Math.exp(scores.data[a + j] - maximum);
      total += weights.data[w + j];
    }
    for (let j = 0; j < real; j++) weights.data[w + j] /= total;
    weights.data.fill(0, w + real, w + weights.columns);
  }
}

/** da_j = w_j (dw_j - Σ_k w_k dw_k) */
export function softmaxBackward({ weights, dWeights, dScores }: Operands): void {
  for (let b = 0; b < weights.rows; b++) {
    const w = weights.offset + b * weights.stride;
    const dw = dWeights.offset + b * dWeights.stride;
    const da = dScores.offset + b * dScores.stride;
    let inner = 0;
    for (let j = 0; j < weights.columns; j++) inner += weights.data[w + j] * dWeights.data[dw + j];
    for (let j = 0; j < weights.columns; j++)
      dScores.data[da + j] = weights.data[w + j] * (dWeights.data[dw + j] - inner);
  }
}
