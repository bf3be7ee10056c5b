/** Two-dimensional views on named tensors: the operands of every op, and the same views on plain arrays for the references. */

import { ShapeError } from '../lib/errors.ts';

/**
 * Rows and columns within a named one-dimensional tensor: element (r, c) is at `offset + r * stride + c`.
 * Sequences are time-major: [T, B, X] is a view of T·B rows and X columns.
 */
export interface View {
  readonly tensor: string;
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
}

/** A view bound to its numbers, as the references read and write it. */
export interface Operand {
  readonly data: Float64Array | Float32Array | Uint32Array;
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
}

export const wholeView = (tensor: string, rows: number, columns: number): View => ({
  tensor,
  offset: 0,
  rows,
  columns,
  stride: columns,
});

/** `count` rows of a view, from row `first`. */
export function rowsOf(view: View, first: number, count: number): View {
  if (first < 0 || count < 0 || first + count > view.rows)
    throw new ShapeError(`${view.tensor}: rows ${first} to ${first + count} are outside of ${view.rows}`);
  return { ...view, offset: view.offset + first * view.stride, rows: count };
}

/** `count` columns of a view, from column `first`. */
export function columnsOf(view: View, first: number, count: number): View {
  if (first < 0 || count < 0 || first + count > view.columns)
    throw new ShapeError(`${view.tensor}: columns ${first} to ${first + count} are outside of ${view.columns}`);
  return { ...view, offset: view.offset + first, columns: count };
}

/** Index of the last element of a view, plus one. */
export const viewEnd = (view: View): number =>
  view.rows === 0 ? view.offset : view.offset + (view.rows - 1) * view.stride + view.columns;

/** A whole array as an operand. */
export const operandOf = (data: Operand['data'], rows: number, columns: number): Operand => ({
  data,
  offset: 0,
  rows,
  columns,
  stride: columns,
});

/** What a reference gets: the operands by name. Those that an op declares are there; optional ones may be undefined. */
export type Operands = Readonly<Record<string, Operand>>;
export type Numbers = Readonly<Record<string, number>>;
