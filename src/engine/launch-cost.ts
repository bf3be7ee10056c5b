/** What a launch costs the device, roughly, and how one that costs too much is cut: a device has to answer in time. */

import type { RowInstruction } from '../ops/row-form.ts';
import { columnsOf, rowsOf, type View } from '../ops/view.ts';
import type { WeightJob, WeightTile } from '../ops/weight-gradients.ts';
import { callWork } from '../ops/work.ts';
import type { Launch } from './lowering.ts';

/** An exponential and the loads around it, in floating-point operations of a product. */
const COST_OF_ELEMENT = 16;

/** Products alone run faster than launches that mix them with the rest. */
const COST_OF_PRODUCT = 2 / 3;

/** Floating-point operations of an instruction, roughly. */
export function costOf({ kind, blocks, columns, numbers, products }: RowInstruction, rows: number): number {
  const depth = products.reduce((sum, { x }) => sum + x.columns, 0);
  const isAttention = /^(additive|product|sum|context)_/.test(kind);
  const elements = columns * (isAttention ? (numbers[0] as number) : 1);
  return rows * blocks * (2 * columns * depth + COST_OF_ELEMENT * elements);
}

/** A linear instruction over many blocks in parts that each keep within the cost. */
export function cutBlocks(instruction: RowInstruction, rows: number, maxCost: number): RowInstruction[] {
  const { kind, blocks, views, products } = instruction;
  const parts = Math.min(blocks, Math.ceil(costOf(instruction, rows) / maxCost));
  if (kind !== 'linear' || parts < 2) return [instruction];
  return Array.from({ length: parts }, (_, i) => {
    const first = Math.floor((i * blocks) / parts);
    const count = Math.floor(((i + 1) * blocks) / parts) - first;
    const part = (view: View) => rowsOf(view, first * rows, count * rows);
    const [y, ...others] = views;
    return {
      ...instruction,
      blocks: count,
      views: [part(y as View), ...others],
      products: products.map((product) => ({ ...product, x: part(product.x) })),
    };
  });
}

/** As `costOf`, of the gradient of a weight or a bias. */
export const costOfJob = ({ result, left }: WeightJob): number =>
  COST_OF_PRODUCT * 2 * result.rows * result.columns * left.rows;

/** A job in parts of whole rows of tiles that each keep within the cost. */
export function cutJob(job: WeightJob, tile: WeightTile, maxCost: number): WeightJob[] {
  const height = tile.rows * tile.rowGroups;
  const tiles = Math.ceil(job.result.rows / height);
  const parts = Math.min(tiles, Math.ceil(costOfJob(job) / maxCost));
  if (job.kind !== 'weight' || parts < 2) return [job];
  return Array.from({ length: parts }, (_, i) => {
    const first = Math.floor((i * tiles) / parts) * height;
    const count = Math.min(job.result.rows, Math.floor(((i + 1) * tiles) / parts) * height) - first;
    return { ...job, left: columnsOf(job.left, first, count), result: rowsOf(job.result, first, count) };
  });
}

/** As `costOf`, of a launch. */
export function launchCost(launch: Launch): number {
  if (launch.kind === 'rows') return launch.costs.reduce((sum, cost) => sum + cost, 0);
  if (launch.kind === 'weights') return launch.jobs.reduce((sum, job) => sum + costOfJob(job), 0);
  return launch.calls.reduce((sum, call) => sum + callWork(call), 0);
}
