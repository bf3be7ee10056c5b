// Masked softmax over rows; formulas and shapes stand in `shaders/softmax.wgsl`.

import { expNegative } from './lib/activations';
import { firstLanes, maxLane, multiplyAdd, storeLanes, sumLanes } from './lib/vector';

/** w_j = exp(a_j - max) / Σ_k exp(a_k - max) over the real words, 0 on padding */
export function softmaxForward(
  rows: i32,
  steps: i32,
  lengths: usize,
  scores: usize,
  scoresStride: usize,
  weights: usize,
  weightsStride: usize,
): void {
  for (let b = 0; b < rows; b++) {
    const real = min(<i32>load<u32>(lengths + <usize>(b << 2)), steps);
    let highest = f32x4.splat(f32.load(scores));
    for (let j = 0; j < real; j += 4) {
      const a = v128.load(scores + <usize>(j << 2));
      highest = f32x4.max(highest, v128.bitselect(a, highest, firstLanes(real - j)));
    }
    const maximum = f32x4.splat(maxLane(highest));
    let total = f32x4.splat(0);
    for (let j = 0; j < real; j += 4) {
      const at = <usize>(j << 2);
      const e = v128.and(expNegative(f32x4.sub(v128.load(scores + at), maximum)), firstLanes(real - j));
      total = f32x4.add(total, e);
      storeLanes(weights + at, e, steps - j);
    }
    const inverse = f32x4.splat(1 / sumLanes(total));
    for (let j = 0; j < real; j += 4) {
      const at = <usize>(j << 2);
      storeLanes(weights + at, f32x4.mul(v128.load(weights + at), inverse), real - j);
    }
    memory.fill(weights + <usize>(real << 2), 0, <usize>((steps - real) << 2));
    scores += scoresStride;
    weights += weightsStride;
  }
}

/** da_j = w_j (dw_j - Σ_k w_k dw_k) */
export function softmaxBackward(
  rows: i32,
  steps: i32,
  weights: usize,
  weightsStride: usize,
  dWeights: usize,
  dWeightsStride: usize,
  dScores: usize,
  dScoresStride: usize,
): void {
  for (let b = 0; b < rows; b++) {
    let total = f32x4.splat(0);
    for (let j = 0; j < steps; j += 4) {
      const at = <usize>(j << 2);
      const part = multiplyAdd(v128.load(weights + at), v128.load(dWeights + at), total);
      total = v128.bitselect(part, total, firstLanes(steps - j));
    }
    const inner = f32x4.splat(sumLanes(total));
    for (let j = 0; j < steps; j += 4) {
      const at = <usize>(j << 2);
      const d = f32x4.sub(v128.load(dWeights + at), inner);
      storeLanes(dScores + at, f32x4.mul(v128.load(weights + at), d), steps - j);
    }
    weights += weightsStride;
    dWeights += dWeightsStride;
    dScores += dScoresStride;
  }
}
