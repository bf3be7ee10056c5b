/** What a lowering needs to know of the instance that it writes calls for: where operands lie, and packed weights. */

import { ShapeError } from '../lib/errors.ts';
import type { View } from '../ops/view.ts';
import type { Kernels } from './kernels.ts';

export const BYTES = 4;

/** Which rows of a batch an instance computes: `batch` rows from `first` of `whole`. */
export interface BatchRows {
  readonly batch: number;
  readonly first: number;
  readonly whole: number;
}

/** The panels of a weight for `multiplyPanels`; they are made again when the weight has changed. */
export interface Panels {
  readonly address: number;
  refresh(): void;
}

export interface Place {
  readonly kernels: Kernels;
  /** Null where the program works on no batch that could be split. */
  readonly rows: BatchRows | null;
  /** Address of a view's first element, for an operand that the call only reads. */
  read(view: View): number;
  /** The same for an operand that the call changes. */
  write(view: View): number;
  /** The memory as float32, as it is at the moment. */
  floats(): Float32Array;
  /** Panels of a view [k, n] or, transposed, [n, k]. */
  panels(weight: View, isTransposed: boolean): Panels;
  /** Address of a block for what a call needs while it runs; other calls of the program use it too. */
  scratch(bytes: number): number;
}

/** One kernel call with all its numbers. */
export type Step = () => void;

/** Address of the first element, and bytes from row to row: how kernels take a matrix. */
export type Matrix = readonly [address: number, stride: number];

/** Bytes from row to row. */
export const strideOf = (view: View): number => view.stride * BYTES;

/** An operand that the call reads. */
export const reading = (place: Place, view: View): Matrix => [place.read(view), strideOf(view)];

/** An operand that the call changes. */
export const writing = (place: Place, view: View): Matrix => [place.write(view), strideOf(view)];

/** The B rows of a position or slot within a sequence. */
export const blockOf = ([address, stride]: Matrix, batch: number, block: number): Matrix => [
  address + block * batch * stride,
  stride,
];

/** Address of an operand of one number a row, which kernels take without a stride. */
export function column(view: View): View {
  if (view.rows > 1 && view.stride !== 1)
    throw new ShapeError(`${view.tensor}: expected rows side by side, got a stride of ${view.stride}`);
  return view;
}

/** True when the rows of a view follow each other without a gap. */
const isDense = (view: View): boolean => view.rows === 1 || view.stride === view.columns;

/** Rows and columns of an elementwise call: one long row where no operand has gaps. */
export function extentOf(...views: readonly View[]): readonly [number, number] {
  const { rows, columns } = views[0] as View;
  return views.every(isDense) ? [1, rows * columns] : [rows, columns];
}
