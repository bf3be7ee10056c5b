// Cross-entropy over the vocabulary; formulas and shapes stand in `shaders/cross-entropy.wgsl`. Rows hold log-sum-exp, loss and
// whether the most likely token is the target.

import { expNegative } from './lib/activations';
import { firstLanes, maxLane, storeLanes, sumLanes } from './lib/vector';

/** Largest of n numbers. */
export function maximumOf(z: usize, n: i32): f32 {
  let highest = f32x4.splat(f32.load(z));
  let v = 0;
  for (; v + 4 <= n; v += 4) highest = f32x4.max(highest, v128.load(z + <usize>(v << 2)));
  if (v < n) {
    const rest = v128.load(z + <usize>(v << 2));
    highest = f32x4.max(highest, v128.bitselect(rest, highest, firstLanes(n - v)));
  }
  return maxLane(highest);
}

/** Index of the first of n numbers that is the maximum; 0 where none is, because of a NaN. */
export function firstIndexOf(z: usize, n: i32, maximum: f32): i32 {
  const wanted = f32x4.splat(maximum);
  for (let v = 0; v < n; v += 4) {
    const found = i32x4.bitmask(f32x4.eq(v128.load(z + <usize>(v << 2)), wanted));
    if (found) {
      const index = v + ctz(found);
      return index < n ? index : 0;
    }
  }
  return 0;
}

/** Σ_v exp(z_v - maximum) */
export function sumOfExp(z: usize, n: i32, maximum: f32): f32 {
  const shift = f32x4.splat(maximum);
  let total = f32x4.splat(0);
  let v = 0;
  for (; v + 4 <= n; v += 4) total = f32x4.add(total, expNegative(f32x4.sub(v128.load(z + <usize>(v << 2)), shift)));
  if (v < n) {
    const rest = expNegative(f32x4.sub(v128.load(z + <usize>(v << 2)), shift));
    total = f32x4.add(total, v128.and(rest, firstLanes(n - v)));
  }
  return sumLanes(total);
}

/** Loss, count and number right go to the first three of the metrics. */
export function crossEntropyForward(
  count: i32,
  vocabulary: i32,
  logits: usize,
  logitsStride: usize,
  targets: usize,
  rows: usize,
  rowsStride: usize,
  metrics: usize,
  shift: i32,
): void {
  let loss: f64 = 0;
  let real = 0;
  let right = 0;
  for (let n = 0; n < count; n++) {
    const maximum = maximumOf(logits, vocabulary);
    const logTotal = Mathf.log(sumOfExp(logits, vocabulary, maximum));
    const logSum = logTotal + maximum;
    const wanted = load<i32>(targets + <usize>(n << 2));
    let rowLoss: f32 = 0;
    let isRight = false;
    if (wanted !== 0) {
      // The difference of the logits first: it is exact where they are large.
      rowLoss = logTotal + (maximum - f32.load(logits + <usize>((wanted - shift) << 2)));
      isRight = firstIndexOf(logits, vocabulary, maximum) + shift === wanted;
      real++;
    }
    if (isRight) right++;
    loss += rowLoss;
    f32.store(rows, logSum);
    f32.store(rows, rowLoss, 4);
    f32.store(rows, isRight ? 1 : 0, 8);
    logits += logitsStride;
    rows += rowsStride;
  }
  f32.store(metrics, <f32>(loss / <f64>max(real, 1)));
  f32.store(metrics, <f32>real, 4);
  f32.store(metrics, <f32>right, 8);
}

/** dz_n,v = (exp(z_n,v - L_n) - [v = target_n]) / count */
export function crossEntropyBackward(
  count: i32,
  vocabulary: i32,
  logits: usize,
  logitsStride: usize,
  targets: usize,
  rows: usize,
  rowsStride: usize,
  metrics: usize,
  dLogits: usize,
  dLogitsStride: usize,
  shift: i32,
): void {
  const share: f32 = 1 / max<f32>(f32.load(metrics, 4), 1);
  const factor = f32x4.splat(share);
  for (let n = 0; n < count; n++) {
    const wanted = load<i32>(targets + <usize>(n << 2));
    if (wanted === 0) memory.fill(dLogits, 0, <usize>(vocabulary << 2));
    else {
      const logSum = v128.load32_splat(rows);
      for (let v = 0; v < vocabulary; v += 4) {
        const at = <usize>(v << 2);
        const probability = expNegative(f32x4.sub(v128.load(logits + at), logSum));
        storeLanes(dLogits + at, f32x4.mul(probability, factor), vocabulary - v);
      }
      const to = dLogits + <usize>((wanted - shift) << 2);
      const probability = f32x4.extract_lane(
        expNegative(f32x4.splat(f32.load(logits + <usize>((wanted - shift) << 2)) - f32.load(rows))),
        0,
      );
      f32.store(to, (probability - 1) * share);
    }
    logits += logitsStride;
    rows += rowsStride;
    dLogits += dLogitsStride;
  }
}
