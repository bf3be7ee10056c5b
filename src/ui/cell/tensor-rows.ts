/** Rows and elements of the matrices of an answer, as plain numbers. */

import type { Matrices, Matrix } from '../../training/questions.ts';

/** @throws RangeError for a tensor that the answer lacks */
export function matrixOf(tensors: Matrices, name: string): Matrix {
  const matrix = tensors[name];
  if (!matrix) throw new RangeError(`the answer has no tensor ${name}`);
  return matrix;
}

export const rowOf = ({ data, columns }: Matrix, row: number): Float32Array =>
  data.subarray(row * columns, (row + 1) * columns);

export const elementOf = ({ data, columns }: Matrix, row: number, column: number): number =>
  data[row * columns + column] as number;

/** Indices of the `count` largest numbers by size, the largest first; the earlier of equals first. */
export function largestOf(values: ArrayLike<number>, count: number): number[] {
  return Array.from(values, (_, index) => index)
    .sort((a, b) => Math.abs(values[b] as number) - Math.abs(values[a] as number) || a - b)
    .slice(0, count);
}
