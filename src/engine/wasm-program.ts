/** How a program is split over shards: which rows each takes, and how tensors are cut and put together again. */

import { opDefinition } from '../ops/registry.ts';
import type { View } from '../ops/view.ts';
import type { BatchRows } from '../wasm/place.ts';
import type { TensorData } from './executor.ts';
import type { Program, ProgramCall, TensorSpec } from './program.ts';

/** Fewer rows than this are not worth the exchange of gradients. */
const MIN_SHARD_ROWS = 8;
/** Rows of a tile of the product, of which none should be cut. */
const TILE_ROWS = 4;

/** What shards tell each other before the call `at`: their gradients, where the program has any, and metrics. */
export interface Exchange {
  readonly at: number;
  readonly gradients: View | null;
  readonly metrics: View;
}

/** A program as a shard runs it: plain data, which may be sent to a worker. */
export interface ShardProgram {
  readonly name: string;
  readonly tensors: readonly TensorSpec[];
  readonly calls: readonly ProgramCall[];
  readonly rows: BatchRows | null;
  readonly exchange: Exchange | null;
}

/**
 * Where the shards of a program meet. The rows of a batch do not depend on each other before the global norm of the gradients;
 * a program that trains nothing meets at its end, so that its metrics are those of all rows.
 */
function exchangeOf({ calls }: Program): Exchange | null {
  const norm = calls.findIndex(({ op }) => op === 'grad-norm');
  const { gradients, metrics } = calls[norm]?.operands ?? {};
  if (gradients && metrics) return { at: norm, gradients, metrics };
  const loss = calls.find(({ op }) => op === 'cross-entropy.forward')?.operands.metrics;
  return loss ? { at: calls.length, gradients: null, metrics: loss } : null;
}

/** Rows of each of `count` shards of a batch, in whole tiles but for the last. */
export function splitRows(whole: number, count: number): BatchRows[] {
  const starts = Array.from({ length: count + 1 }, (_, s) =>
    s === count ? whole : TILE_ROWS * Math.round((s * whole) / count / TILE_ROWS),
  );
  return Array.from({ length: count }, (_, s) => {
    const first = starts[s] as number;
    return { first, batch: (starts[s + 1] as number) - first, whole };
  });
}

/** True when every tensor of the whole program is either in blocks of its batch, and so in the part, or the same in both. */
function isSplitBy(whole: Program, part: Program, { batch, whole: rows }: BatchRows): boolean {
  const isSame = part.calls.length === whole.calls.length && part.tensors.size === whole.tensors.size;
  return (
    isSame &&
    [...whole.tensors.values()].every((spec) => {
      const other = part.tensors.get(spec.name);
      return other?.columns === spec.columns && (other.rows === spec.rows || other.rows * rows === spec.rows * batch);
    })
  );
}

const shardOf = (program: Program, rows: BatchRows | null, exchange: Exchange | null): ShardProgram => ({
  name: program.name,
  tensors: [...program.tensors.values()],
  calls: program.calls,
  rows,
  exchange,
});

/** How many shards a batch is worth, of those that there are. */
export const shardsFor = ({ batch = 0, forBatch }: Program, available: number): number =>
  forBatch ? Math.max(1, Math.min(available, Math.floor(batch / MIN_SHARD_ROWS))) : 1;

/** The program of each of `count` shards, or of one alone where it can't be split. */
export function splitProgram(program: Program, count: number): readonly ShardProgram[] {
  const { batch = 0, forBatch } = program;
  const canMeet = exchangeOf(program)?.gradients || sharedWrites(program).length === 0;
  if (count > 1 && batch >= count * TILE_ROWS && forBatch && canMeet) {
    const rows = splitRows(batch, count);
    const parts = new Map(rows.map((part) => [part.batch, forBatch(part.batch)]));
    const partOf = (part: BatchRows) => parts.get(part.batch) as Program;
    if (rows.every((part) => isSplitBy(program, partOf(part), part)))
      return rows.map((part) => shardOf(partOf(part), part, exchangeOf(partOf(part))));
  }
  return [shardOf(program, null, null)];
}

/** The shared tensors that a program changes. */
export const sharedWrites = ({ calls, tensors }: Program): string[] =>
  [...tensors.values()]
    .filter(({ name, role }) => role === 'shared' && calls.some((call) => isWrittenBy(call, name)))
    .map(({ name }) => name);

const isWrittenBy = ({ op, operands }: ProgramCall, tensor: string): boolean =>
  Object.entries(opDefinition(op).operands).some(
    ([name, { access }]) => access !== 'read' && operands[name]?.tensor === tensor,
  );

/** Blocks of B rows that a tensor of the whole program has; 0 for one that every shard has as a whole. */
export function blocksOf(whole: TensorSpec, part: TensorSpec, rows: BatchRows): number {
  return whole.rows === part.rows ? 0 : whole.rows / rows.whole;
}

/** Copies the rows of a shard, block by block, out of the tensor of the whole batch or back into it. */
export function copyRows(
  whole: TensorData,
  part: TensorData,
  { batch, first, whole: rows }: BatchRows,
  blocks: number,
  direction: 'cut' | 'merge',
): void {
  const columns = whole.length / (blocks * rows);
  for (let block = 0; block < blocks; block++) {
    const from = (block * rows + first) * columns;
    const to = block * batch * columns;
    if (direction === 'cut') part.set(whole.subarray(from, from + batch * columns), to);
    else whole.set(part.subarray(to, to + batch * columns), from);
  }
}
