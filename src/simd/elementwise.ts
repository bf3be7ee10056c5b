// Small ops over rows and columns; shapes stand in the WGSL files of the same names.

import { tanh } from './lib/activations';
import { drawKey, uniformRandom } from './lib/random';
import { multiplySubtract, storeLanes } from './lib/vector';

/** y = tanh(x) */
export function tanhForward(rows: i32, columns: i32, x: usize, xStride: usize, y: usize, yStride: usize): void {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c += 4) {
      const at = <usize>(c << 2);
      storeLanes(y + at, tanh(v128.load(x + at)), columns - c);
    }
    x += xStride;
    y += yStride;
  }
}

/** dx = dy (1 - y²) */
export function tanhBackward(
  rows: i32,
  columns: i32,
  y: usize,
  yStride: usize,
  dY: usize,
  dYStride: usize,
  dX: usize,
  dXStride: usize,
): void {
  const one = f32x4.splat(1);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c += 4) {
      const at = <usize>(c << 2);
      const value = v128.load(y + at);
      const bend = multiplySubtract(value, value, one);
      storeLanes(dX + at, f32x4.mul(v128.load(dY + at), bend), columns - c);
    }
    y += yStride;
    dY += dYStride;
    dX += dXStride;
  }
}

/** y = x where x > 0, else 0 */
export function reluForward(rows: i32, columns: i32, x: usize, xStride: usize, y: usize, yStride: usize): void {
  const nothing = f32x4.splat(0);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c += 4) {
      const at = <usize>(c << 2);
      storeLanes(y + at, f32x4.max(v128.load(x + at), nothing), columns - c);
    }
    x += xStride;
    y += yStride;
  }
}

/** dx = dy where y > 0, else 0 */
export function reluBackward(
  rows: i32,
  columns: i32,
  y: usize,
  yStride: usize,
  dY: usize,
  dYStride: usize,
  dX: usize,
  dXStride: usize,
): void {
  const nothing = f32x4.splat(0);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c += 4) {
      const at = <usize>(c << 2);
      const isOn = f32x4.gt(v128.load(y + at), nothing);
      storeLanes(dX + at, v128.and(v128.load(dY + at), isOn), columns - c);
    }
    y += yStride;
    dY += dYStride;
    dX += dXStride;
  }
}

/**
 * y = keep · x / (1 - rate). Row r of the call is row b = r mod `batch` of a block, and row `first` + b of `wholeBatch` rows
 * where the batch is split: the draws are those of the whole.
 */
export function dropout(
  rows: i32,
  columns: i32,
  x: usize,
  xStride: usize,
  y: usize,
  yStride: usize,
  rate: f32,
  counters: usize,
  salt: u32,
  batch: i32,
  wholeBatch: i32,
  first: i32,
): void {
  const key = drawKey(counters, salt);
  const kept: f32 = 1 - rate;
  for (let r = 0; r < rows; r++) {
    let index = <u32>((r / batch) * wholeBatch + first + (r % batch)) * <u32>columns;
    for (let c = 0; c < columns; c++) {
      const at = <usize>(c << 2);
      f32.store(y + at, uniformRandom(key, index++) >= rate ? f32.load(x + at) / kept : 0);
    }
    x += xStride;
    y += yStride;
  }
}

/** fed_b = given_b with probability `rate`, else produced_b; row b is row `first` + b of the whole batch. */
export function teacherForcing(
  batch: i32,
  given: usize,
  produced: usize,
  fed: usize,
  rate: f32,
  counters: usize,
  salt: u32,
  first: i32,
): void {
  const key = drawKey(counters, salt);
  for (let b = 0; b < batch; b++) {
    const at = <usize>(b << 2);
    const from = uniformRandom(key, <u32>(first + b)) < rate ? given : produced;
    store<u32>(fed + at, load<u32>(from + at));
  }
}

/** y [T·B, C] = x [B, C] at every step */
export function repeatForward(
  rows: i32,
  columns: i32,
  batch: i32,
  x: usize,
  xStride: usize,
  y: usize,
  yStride: usize,
): void {
  for (let r = 0; r < rows; r++) {
    memory.copy(y, x + <usize>(r % batch) * xStride, <usize>(columns << 2));
    y += yStride;
  }
}

/** dx_b (+)= Σ_t dy_t,b */
export function repeatBackward(
  rows: i32,
  columns: i32,
  batch: i32,
  dY: usize,
  dYStride: usize,
  dX: usize,
  dXStride: usize,
  accumulate: i32,
): void {
  for (let r = 0; r < rows; r++) {
    const to = dX + <usize>(r % batch) * dXStride;
    if (r < batch && !accumulate) memory.copy(to, dY, <usize>(columns << 2));
    else
      for (let c = 0; c < columns; c += 4) {
        const at = <usize>(c << 2);
        storeLanes(to + at, f32x4.add(v128.load(to + at), v128.load(dY + at)), columns - c);
      }
    dY += dYStride;
  }
}

/** x = 0 */
export function zero(rows: i32, columns: i32, x: usize, stride: usize): void {
  for (let r = 0; r < rows; r++) {
    memory.fill(x, 0, <usize>(columns << 2));
    x += stride;
  }
}

/** history[step mod slots] = metrics; the step is the second of the counters */
export function record(slots: u32, columns: i32, metrics: usize, counters: usize, history: usize, stride: usize): void {
  const slot = load<u32>(counters, 4) % slots;
  memory.copy(history + <usize>slot * stride, metrics, <usize>(columns << 2));
}
