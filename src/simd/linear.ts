// What a linear layer needs beside its products (`product.ts`).

import { storeLanes } from './lib/vector';

/** y [rows, columns] += bias [columns]. */
export function addBias(y: usize, yStride: usize, rows: i32, columns: i32, bias: usize): void {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c += 4) {
      const at = <usize>(c << 2);
      storeLanes(y + at, f32x4.add(v128.load(y + at), v128.load(bias + at)), columns - c);
    }
    y += yStride;
  }
}

/** db [columns] (+)= Σ over the rows of dY: blocks of 16 columns, each a line of the cache. */
export function sumRows(dY: usize, dYStride: usize, rows: i32, columns: i32, dBias: usize, accumulate: i32): void {
  for (let c = 0; c < columns; c += 16) {
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    let from = dY + <usize>(c << 2);
    for (let r = 0; r < rows; r++) {
      s0 = f32x4.add(s0, v128.load(from));
      s1 = f32x4.add(s1, v128.load(from, 16));
      s2 = f32x4.add(s2, v128.load(from, 32));
      s3 = f32x4.add(s3, v128.load(from, 48));
      from += dYStride;
    }
    addTo(dBias, c, columns, s0, accumulate);
    addTo(dBias, c + 4, columns, s1, accumulate);
    addTo(dBias, c + 8, columns, s2, accumulate);
    addTo(dBias, c + 12, columns, s3, accumulate);
  }
}

function addTo(x: usize, column: i32, columns: i32, value: v128, accumulate: i32): void {
  if (column >= columns) return;
  const at = x + <usize>(column << 2);
  storeLanes(at, accumulate ? f32x4.add(v128.load(at), value) : value, columns - column);
}
