/** What an op is: a shape contract, the dispatches that compute it on a GPU, and the float64 loops that define it. */

import { ShapeError } from '../lib/errors.ts';
import type { OpName } from './registry.ts';
import type { Numbers, Operands, View } from './view.ts';

/** One call in a Program: which op, on which views, with which constants. */
export interface OpCall {
  readonly op: OpName;
  readonly operands: Readonly<Record<string, View>>;
  /** Constants of the call: flags, ranges, coefficients. What changes from step to step is data in a tensor instead. */
  readonly numbers: Numbers;
}

/** How an op uses an operand; `optional` marks one that may be left out. */
export interface OperandRole {
  readonly access: 'read' | 'write' | 'update';
  readonly optional?: boolean;
}

/** One GPU dispatch. Views are bound to the shader's variables by name, `dScores` to `d_scores`. */
export interface Dispatch {
  /** `op.entry`, the label of every GPU object made for it. */
  readonly label: string;
  readonly wgsl: string;
  readonly entry: string;
  readonly bindings: Readonly<Record<string, View>>;
  /** Fields of the shader's `Uniforms`; `<variable>_offset` and `<variable>_stride` are filled in from the bindings. */
  readonly uniforms: Readonly<Record<string, number>>;
  readonly workgroups: readonly [number, number, number];
}

/** What the dispatches of an op may rely on beyond the default features; everything else has to work without. */
export interface Target {
  /** Subgroups of exactly four invocations, which swap values for less than a load costs. */
  readonly hasQuads: boolean;
}

/** Any adapter. */
export const PORTABLE: Target = { hasQuads: false };

/** Tile of the row machine: rows a workgroup owns, and its invocations. */
export interface RowTileSize {
  readonly rows: number;
  readonly lanes: number;
}

export interface OpDefinition {
  readonly operands: Readonly<Record<string, OperandRole>>;
  /** @throws ShapeError when the shapes of the call do not fit each other */
  check(call: OpCall): void;
  dispatches(call: OpCall, target?: Target): Dispatch[];
  /** The definition of the op, on float64 (or float32) arrays, in plain loops. */
  reference(operands: Operands, numbers: Numbers): void;
  /** Floating-point operations of the matrix products in the call; 0 for the rest. */
  flops?(call: OpCall): number;
}

/** The view of an operand that has to be there. */
export function operand(call: OpCall, name: string): View {
  const view = call.operands[name];
  if (view === undefined) throw new ShapeError(`${call.op}: operand ${name} is missing`);
  return view;
}

/** Throws unless a view has the expected rows and columns: who, what was expected, what came. */
export function expectShape(call: OpCall, name: string, rows: number, columns: number): void {
  const view = call.operands[name];
  if (view === undefined) return;
  if (view.rows !== rows || view.columns !== columns)
    throw new ShapeError(`${call.op}: ${name} expected [${rows}, ${columns}], got [${view.rows}, ${view.columns}]`);
}

/** A constant of a call. */
export function constant(call: OpCall, name: string): number {
  const value = call.numbers[name];
  if (value === undefined) throw new ShapeError(`${call.op}: constant ${name} is missing`);
  return value;
}

/** Workgroups that cover `count` invocations of a one-dimensional kernel, spread over y beyond the 65,535 of one dimension. */
export function cover(count: number, workgroupSize: number): [number, number, number] {
  const groups = Math.max(1, Math.ceil(count / workgroupSize));
  if (groups <= 65_535) return [groups, 1, 1];
  const y = Math.ceil(groups / 65_535);
  return [Math.ceil(groups / y), y, 1];
}
