// Embedding lookup; formulas and shapes stand in `shaders/embedding.wgsl`. An id beyond the table reads its last row.

import { storeLanes } from './lib/vector';

function rowOf(table: usize, stride: usize, vocabulary: u32, ids: usize, n: i32): usize {
  return table + <usize>min(load<u32>(ids + <usize>(n << 2)), vocabulary - 1) * stride;
}

/** y_n = table[ids_n] */
export function embeddingForward(
  count: i32,
  size: i32,
  vocabulary: u32,
  ids: usize,
  table: usize,
  tableStride: usize,
  y: usize,
  yStride: usize,
): void {
  for (let n = 0; n < count; n++) {
    memory.copy(y, rowOf(table, tableStride, vocabulary, ids, n), <usize>(size << 2));
    y += yStride;
  }
}

/** dtable[v] (+)= Σ_{n: ids_n = v} dy_n */
export function embeddingBackward(
  count: i32,
  size: i32,
  vocabulary: u32,
  ids: usize,
  dY: usize,
  dYStride: usize,
  dTable: usize,
  dTableStride: usize,
  accumulate: i32,
): void {
  if (!accumulate)
    for (let v: u32 = 0; v < vocabulary; v++) memory.fill(dTable + <usize>v * dTableStride, 0, <usize>(size << 2));
  for (let n = 0; n < count; n++) {
    const row = rowOf(dTable, dTableStride, vocabulary, ids, n);
    for (let e = 0; e < size; e += 4) {
      const at = <usize>(e << 2);
      storeLanes(row + at, f32x4.add(v128.load(row + at), v128.load(dY + at)), size - e);
    }
    dY += dYStride;
  }
}
