/** Embedding lookup in plain loops; formulas and shapes stand in `embedding.wgsl`. */

import type { Numbers, Operands } from './view.ts';

/** y[n, e] = table[ids[n], e] */
export function embeddingForward({ ids, table, y }: Operands): void {
  for (let n = 0; n < y.rows; n++) {
    const row = table.offset + Math.min(ids.data[ids.offset + n], table.rows - 1) * table.stride;
    for (let e = 0; e < y.columns; e++) y.data[y.offset + n * y.stride + e] = table.data[row + e];
  }
}

/** d_table[v, e] = Σ_{n: ids[n] = v} d_y[n, e] */
export function embeddingBackward({ ids, dY, dTable }: Operands, numbers: Numbers): void {
  for (let v = 0; v < dTable.rows && !numbers.accumulate; v++) {
    const row = dTable.offset + v * dTable.stride;
    dTable.data.fill(0, row, row + dTable.columns);
  }
  for (let n = 0; n < dY.rows; n++) {
    const row = dTable.offset + Math.min(ids.data[ids.offset + n], dTable.rows - 1) * dTable.stride;
    for (let e = 0; e < dY.columns; e++) dTable.data[row + e] += dY.data[dY.offset + n * dY.stride + e];
  }
}
