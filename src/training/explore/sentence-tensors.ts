/** Cuts one sentence out of the time-major tensors of a program. */

import type { TensorData } from '../../engine/executor.ts';
import type { Matrix } from '../questions.ts';

export interface Cut {
  /** B of the program. */
  readonly batch: number;
  /** The sentence's row of the batch. */
  readonly row: number;
  /** Positions or slots wanted, from the first. */
  readonly rows: number;
  /** Elements wanted of each row of `stride` elements; all by default. */
  readonly columns?: number;
  readonly stride: number;
}

/** The rows [rows, columns] of one sentence of a tensor [blocks·B, stride]. */
export function cutSentence(data: TensorData, { batch, row, rows, stride, columns = stride }: Cut): Matrix {
  const cut = new Float32Array(rows * columns);
  for (let t = 0; t < rows; t++) {
    const from = (t * batch + row) * stride;
    cut.set(data.subarray(from, from + columns), t * columns);
  }
  return { rows, columns, data: cut };
}
