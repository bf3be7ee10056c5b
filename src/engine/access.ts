/** What calls touch, and which of them have to stay in their order because of it. */

import type { OpCall } from '../ops/op.ts';
import { opDefinition } from '../ops/registry.ts';
import type { RowForm } from '../ops/row-form.ts';
import { type View, viewEnd } from '../ops/view.ts';

/** Whether two views have an element in common, or may have. */
function overlap(a: View, b: View): boolean {
  if (a.tensor !== b.tensor || a.offset >= viewEnd(b) || b.offset >= viewEnd(a)) return false;
  if (a.stride !== b.stride) return true;
  // Columns side by side in the same rows do not meet.
  const { stride } = a;
  const column = (((b.offset - a.offset) % stride) + stride) % stride;
  return column < a.columns || column + b.columns > stride;
}

/** A view that a call reads or writes. */
export interface Access {
  readonly view: View;
  readonly isWrite: boolean;
}

/** What a call touches, but for the operands in `without`. */
export function accessesOf(call: OpCall, without: readonly string[] = []): Access[] {
  const { operands } = opDefinition(call.op);
  return Object.entries(call.operands)
    .filter(([name]) => !without.includes(name))
    .map(([name, view]) => ({ view, isWrite: operands[name]?.access !== 'read' }));
}

/** What the dispatches that remain of a row call touch; what the rows wrote is read now. */
export const accessesOfRest = (call: OpCall, { rest, unused = [] }: RowForm): Access[] =>
  accessesOf(call)
    .filter(({ view }) => rest?.operands.some((name) => call.operands[name] === view))
    .map(({ view }) => ({ view, isWrite: unused.some((name) => call.operands[name] === view) }));

/** Whether two calls have to stay in their order. */
export const conflict = (a: readonly Access[], b: readonly Access[]): boolean =>
  a.some((x) => b.some((y) => (x.isWrite || y.isWrite) && overlap(x.view, y.view)));
