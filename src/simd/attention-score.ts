// Attention scores before the softmax; formulas and shapes stand in `shaders/attention-score.wgsl`. Position j of row b of the
// keys is row j·B + b. Scores of padding are 0.

import { tanh } from './lib/activations';
import { firstLanes, multiplyAdd, multiplySubtract, storeLanes, sumLanes } from './lib/vector';

/** Words of row b, at most `steps`. */
function realWords(lengths: usize, b: i32, steps: i32): i32 {
  return min(<i32>load<u32>(lengths + <usize>(b << 2)), steps);
}

/** a_j = Σ_a v_a tanh(key_j,a + query_a) */
export function additiveForward(
  batch: i32,
  steps: i32,
  size: i32,
  keys: usize,
  keysStride: usize,
  query: usize,
  queryStride: usize,
  v: usize,
  lengths: usize,
  scores: usize,
  scoresStride: usize,
): void {
  const mask = firstLanes(((size - 1) & 3) + 1);
  const last = (size - 1) & ~3;
  const nextPosition = <usize>batch * keysStride;
  for (let b = 0; b < batch; b++) {
    const real = realWords(lengths, b, steps);
    let key = keys + <usize>b * keysStride;
    for (let j = 0; j < real; j++) {
      let total = f32x4.splat(0);
      for (let a = 0; a < last; a += 4) {
        const at = <usize>(a << 2);
        const u = tanh(f32x4.add(v128.load(key + at), v128.load(query + at)));
        total = multiplyAdd(v128.load(v + at), u, total);
      }
      const at = <usize>(last << 2);
      const u = tanh(f32x4.add(v128.load(key + at), v128.load(query + at)));
      total = f32x4.add(total, v128.and(f32x4.mul(v128.load(v + at), u), mask));
      f32.store(scores + <usize>(j << 2), sumLanes(total));
      key += nextPosition;
    }
    clearFrom(scores, real, steps);
    query += queryStride;
    scores += scoresStride;
  }
}

/** dkey_j,a += d_j v_a (1 - u²), dquery_a (+)= Σ_j d_j v_a (1 - u²), dv_a += Σ_j d_j u, with u = tanh(key_j,a + query_a) */
export function additiveBackward(
  batch: i32,
  steps: i32,
  size: i32,
  keys: usize,
  keysStride: usize,
  query: usize,
  queryStride: usize,
  v: usize,
  lengths: usize,
  dScores: usize,
  dScoresStride: usize,
  dQuery: usize,
  dQueryStride: usize,
  dKeys: usize,
  dKeysStride: usize,
  dV: usize,
  dVStride: usize,
  accumulate: i32,
): void {
  const one = f32x4.splat(1);
  for (let b = 0; b < batch; b++) {
    const real = realWords(lengths, b, steps);
    if (!accumulate) memory.fill(dQuery, 0, <usize>(size << 2));
    let key = keys + <usize>b * keysStride;
    let dKey = dKeys + <usize>b * dKeysStride;
    for (let j = 0; j < real; j++) {
      const d = v128.load32_splat(dScores + <usize>(j << 2));
      for (let a = 0; a < size; a += 4) {
        const left = size - a;
        const at = <usize>(a << 2);
        const u = tanh(f32x4.add(v128.load(key + at), v128.load(query + at)));
        const bend = multiplySubtract(u, u, one);
        const inner = f32x4.mul(f32x4.mul(d, v128.load(v + at)), bend);
        storeLanes(dKey + at, f32x4.add(v128.load(dKey + at), inner), left);
        storeLanes(dQuery + at, f32x4.add(v128.load(dQuery + at), inner), left);
        storeLanes(dV + at, multiplyAdd(d, u, v128.load(dV + at)), left);
      }
      key += <usize>batch * keysStride;
      dKey += <usize>batch * dKeysStride;
    }
    query += queryStride;
    dScores += dScoresStride;
    dQuery += dQueryStride;
    dV += dVStride;
  }
}

/** a_j = scale Σ_a key_j,a query_a */
export function productForward(
  batch: i32,
  steps: i32,
  size: i32,
  keys: usize,
  keysStride: usize,
  query: usize,
  queryStride: usize,
  lengths: usize,
  scores: usize,
  scoresStride: usize,
  scale: f32,
): void {
  const mask = firstLanes(((size - 1) & 3) + 1);
  const last = (size - 1) & ~3;
  for (let b = 0; b < batch; b++) {
    const real = realWords(lengths, b, steps);
    let key = keys + <usize>b * keysStride;
    for (let j = 0; j < real; j++) {
      let total = f32x4.splat(0);
      for (let a = 0; a < last; a += 4) {
        const at = <usize>(a << 2);
        total = multiplyAdd(v128.load(key + at), v128.load(query + at), total);
      }
      const at = <usize>(last << 2);
      total = f32x4.add(total, v128.and(f32x4.mul(v128.load(key + at), v128.load(query + at)), mask));
      f32.store(scores + <usize>(j << 2), scale * sumLanes(total));
      key += <usize>batch * keysStride;
    }
    clearFrom(scores, real, steps);
    query += queryStride;
    scores += scoresStride;
  }
}

/** dkey_j,a += scale d_j query_a, dquery_a (+)= scale Σ_j d_j key_j,a */
export function productBackward(
  batch: i32,
  steps: i32,
  size: i32,
  keys: usize,
  keysStride: usize,
  query: usize,
  queryStride: usize,
  lengths: usize,
  dScores: usize,
  dScoresStride: usize,
  dQuery: usize,
  dQueryStride: usize,
  dKeys: usize,
  dKeysStride: usize,
  scale: f32,
  accumulate: i32,
): void {
  for (let b = 0; b < batch; b++) {
    const real = realWords(lengths, b, steps);
    if (!accumulate) memory.fill(dQuery, 0, <usize>(size << 2));
    let key = keys + <usize>b * keysStride;
    let dKey = dKeys + <usize>b * dKeysStride;
    for (let j = 0; j < real; j++) {
      const d = f32x4.splat(scale * f32.load(dScores + <usize>(j << 2)));
      for (let a = 0; a < size; a += 4) {
        const left = size - a;
        const at = <usize>(a << 2);
        // Read before dKeys is written, which may be the gradient that dQuery adds to as well.
        const q = v128.load(query + at);
        storeLanes(dQuery + at, multiplyAdd(d, v128.load(key + at), v128.load(dQuery + at)), left);
        storeLanes(dKey + at, multiplyAdd(d, q, v128.load(dKey + at)), left);
      }
      key += <usize>batch * keysStride;
      dKey += <usize>batch * dKeysStride;
    }
    query += queryStride;
    dScores += dScoresStride;
    dQuery += dQueryStride;
  }
}

/** a_j = key_j + query */
export function sumForward(
  batch: i32,
  steps: i32,
  keys: usize,
  keysStride: usize,
  query: usize,
  queryStride: usize,
  lengths: usize,
  scores: usize,
  scoresStride: usize,
): void {
  for (let b = 0; b < batch; b++) {
    const real = realWords(lengths, b, steps);
    const q = f32.load(query);
    for (let j = 0; j < real; j++)
      f32.store(scores + <usize>(j << 2), f32.load(keys + <usize>(j * batch + b) * keysStride) + q);
    clearFrom(scores, real, steps);
    query += queryStride;
    scores += scoresStride;
  }
}

/** dkey_j += d_j */
export function sumBackward(
  batch: i32,
  steps: i32,
  lengths: usize,
  dScores: usize,
  dScoresStride: usize,
  dKeys: usize,
  dKeysStride: usize,
): void {
  for (let b = 0; b < batch; b++) {
    const real = realWords(lengths, b, steps);
    for (let j = 0; j < real; j++) {
      const to = dKeys + <usize>(j * batch + b) * dKeysStride;
      f32.store(to, f32.load(to) + f32.load(dScores + <usize>(j << 2)));
    }
    dScores += dScoresStride;
  }
}

function clearFrom(row: usize, first: i32, count: i32): void {
  memory.fill(row + <usize>(first << 2), 0, <usize>((count - first) << 2));
}
