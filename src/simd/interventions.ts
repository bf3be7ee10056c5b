// What a visitor changes about a decoding; formulas and shapes stand in the WGSL files of the same names.

import { storeLanes } from './lib/vector';

/** y_r = f_(r mod batch) x_r; x and y may be the same */
export function scaleRows(
  rows: i32,
  columns: i32,
  x: usize,
  xStride: usize,
  batch: i32,
  factor: usize,
  factorStride: usize,
  y: usize,
  yStride: usize,
): void {
  for (let r = 0; r < rows; r++) {
    const f = v128.load32_splat(factor + <usize>(r % batch) * factorStride);
    for (let c = 0; c < columns; c += 4) {
      const at = <usize>(c << 2);
      storeLanes(y + at, f32x4.mul(f, v128.load(x + at)), columns - c);
    }
    x += xStride;
    y += yStride;
  }
}

/** w_b = forced_b where isForced_b is not 0 */
export function overrideWeights(
  rows: i32,
  steps: i32,
  forced: usize,
  forcedStride: usize,
  isForced: usize,
  weights: usize,
  weightsStride: usize,
): void {
  for (let b = 0; b < rows; b++) {
    if (load<u32>(isForced + <usize>(b << 2))) memory.copy(weights, forced, <usize>(steps << 2));
    forced += forcedStride;
    weights += weightsStride;
  }
}

/** fed_b = given_b where that is not all ones, else produced_b */
export function chooseToken(batch: i32, given: usize, produced: usize, fed: usize): void {
  for (let b = 0; b < batch; b++) {
    const at = <usize>(b << 2);
    const wanted = load<u32>(given + at);
    store<u32>(fed + at, wanted === 0xffffffff ? load<u32>(produced + at) : wanted);
  }
}
