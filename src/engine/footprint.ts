/** The bytes that op calls have to move: every element of their operands that is read, and every one that is written, once. */

import type { OpCall } from '../ops/op.ts';
import { opDefinition } from '../ops/registry.ts';
import type { View } from '../ops/view.ts';

/** Half-open ranges of rows that do not meet, in order. */
type Ranges = readonly (readonly [from: number, to: number])[];

/** Ranges with one more, merged with those that it meets. */
function withRange(ranges: Ranges, from: number, to: number): Ranges {
  const apart = ranges.filter(([start, end]) => end < from || start > to);
  const met = ranges.filter(([start, end]) => end >= from && start <= to);
  const merged = [Math.min(from, ...met.map(([start]) => start)), Math.max(to, ...met.map(([, end]) => end))] as const;
  return [...apart, merged];
}

/** Elements of tensors that are touched, each counted once. Views on other columns of a tensor are taken to be apart. */
class Touched {
  /** Rows by tensor, stride and columns. */
  readonly #rows = new Map<string, { readonly columns: number; ranges: Ranges }>();

  add({ tensor, offset, rows, columns, stride }: View): void {
    if (rows === 0 || columns === 0) return;
    const step = Math.max(1, stride);
    const key = `${tensor} ${step} ${offset % step} ${columns}`;
    const known = this.#rows.get(key) ?? { columns, ranges: [] };
    const first = Math.floor(offset / step);
    known.ranges = withRange(known.ranges, first, first + rows);
    this.#rows.set(key, known);
  }

  get elements(): number {
    let total = 0;
    for (const { columns, ranges } of this.#rows.values())
      for (const [from, to] of ranges) total += (to - from) * columns;
    return total;
  }
}

/** Whether a call reads what an operand held before. Plans in a pool declare more than that, see `ops/op.ts`. */
function uses({ op, numbers }: OpCall, name: string): { readonly isRead: boolean; readonly isWritten: boolean } {
  const access = opDefinition(op).operands[name]?.access ?? 'read';
  if (op === 'softmax.backward' && name === 'weights') return { isRead: true, isWritten: false };
  // Without `accumulate` the result of a product replaces what was there.
  const isReplaced = (op.startsWith('linear.') || name === 'dQuery' || name === 'dTable') && !numbers.accumulate;
  return { isRead: access === 'read' || (access === 'update' && !isReplaced), isWritten: access !== 'read' };
}

export class Footprint {
  readonly #read = new Touched();
  readonly #written = new Touched();

  /** Adds operands of a call: all of them, or those that one of its dispatches binds. */
  add(call: OpCall, operands: Readonly<Record<string, View>> = call.operands): void {
    for (const [name, view] of Object.entries(operands)) {
      const { isRead, isWritten } = uses(call, name);
      if (isRead) this.#read.add(readPart(call, name, view));
      if (isWritten) this.#written.add(view);
    }
  }

  read(view: View): void {
    this.#read.add(view);
  }

  write(view: View): void {
    this.#written.add(view);
  }

  /** Elements read and elements written. */
  get elements(): number {
    return this.#read.elements + this.#written.elements;
  }
}

/** Of a table of embeddings no more rows are read than there are words. */
function readPart({ op, operands }: OpCall, name: string, view: View): View {
  if (op !== 'embedding.forward' || name !== 'table') return view;
  return { ...view, rows: Math.min(view.rows, operands.y?.rows ?? view.rows) };
}
