/** The gradients of all weights and biases as one dispatch: the jobs, their tiles, and the kernel. */

import kernel from '#shaders/weight-gradients.wgsl?raw';
import { type OpCall, operand } from './op.ts';
import { isParameter } from './row-form.ts';
import { accumulate, declareSums, sumsArray, type Tile } from './tile.ts';
import type { View } from './view.ts';

/** Invocations of a workgroup as a grid of column groups by row groups, each with a tile of rows by four columns. */
export interface WeightTile extends Tile {
  readonly columnGroups: number;
  readonly rowGroups: number;
}

export interface WeightJob {
  readonly kind: 'weight' | 'bias';
  /** dY [L, rows] */
  readonly left: View;
  /** x [L, columns]; that of a bias is dY itself. */
  readonly right: View;
  readonly result: View;
  readonly accumulate: boolean;
}

/** The job of a call that can be one: its operands lie in the memory of the plan. */
export function weightJob(call: OpCall): WeightJob | null {
  if (call.operands.x && isParameter(call.operands.x)) return null;
  const isAccumulated = (call.numbers.accumulate ?? 0) !== 0;
  if (call.op === 'linear.backward-weight') {
    const [left, right] = [operand(call, 'dY'), operand(call, 'x')];
    return { kind: 'weight', left, right, result: operand(call, 'dWeight'), accumulate: isAccumulated };
  }
  if (call.op === 'linear.backward-bias') {
    const left = operand(call, 'dY');
    return { kind: 'bias', left, right: left, result: operand(call, 'dBias'), accumulate: isAccumulated };
  }
  return null;
}

const tileColumns = (tile: WeightTile, { result }: WeightJob) => Math.ceil(result.columns / (4 * tile.columnGroups));
const tileRows = (tile: WeightTile, { kind, result }: WeightJob) =>
  kind === 'bias' ? 1 : Math.ceil(result.rows / (tile.rows * tile.rowGroups));

/** Tiles of all jobs. */
export const weightTiles = (tile: WeightTile, jobs: readonly WeightJob[]): number =>
  jobs.reduce((total, job) => total + tileColumns(tile, job) * tileRows(tile, job), 0);

const JOB_WORDS = 13;

/** The jobs as words, see `Job` in the kernel. @param start first element of a tensor in the buffer that holds it */
export function jobWords(jobs: readonly WeightJob[], tile: WeightTile, start: (tensor: string) => number): Uint32Array {
  const words = new Uint32Array(jobs.length * JOB_WORDS);
  let first = 0;
  jobs.forEach((job, i) => {
    const { kind, left, right, result } = job;
    const at = (view: View) => [start(view.tensor) + view.offset, view.stride];
    const sides = tileColumns(tile, job);
    const shape = [result.rows, result.columns, left.rows];
    words.set(
      [
        kind === 'bias' ? 1 : 0,
        first,
        sides,
        ...shape,
        ...at(left),
        ...at(right),
        ...at(result),
        job.accumulate ? 1 : 0,
      ],
      i * JOB_WORDS,
    );
    first += sides * tileRows(tile, job);
  });
  return words;
}

/** WGSL with the entry points `run` and `combine`. */
export function weightKernel(tile: WeightTile): string {
  const quads = tile.hasQuads;
  return `${quads ? 'enable subgroups;\n' : ''}
const ROWS = ${tile.rows}u;
const GROUP_COLUMNS = ${tile.columnGroups}u;
const GROUP_ROWS = ${tile.rowGroups}u;
const LANES = ${tile.columnGroups * tile.rowGroups}u;
${kernel}
@compute @workgroup_size(LANES)
fn run(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) lane: u32,${quads ? '\n  @builtin(subgroup_invocation_id) in_subgroup: u32,' : ''}
) {
  ${quads ? 'let quad_lane = in_subgroup & 3u;' : ''}
  let job = job_of(group.x);
  let tile = group.x - jobs[job].first_tile;
  let share = group.y;
  let share_terms = (jobs[job].depth + uniforms.shares - 1u) / uniforms.shares;
  let first = min(share * share_terms, jobs[job].depth);
  let end = min(first + share_terms, jobs[job].depth);
  if (jobs[job].kind == BIAS) {
    bias_tile(job, tile, lane, share, first, end);
    return;
  }
  let rows = jobs[job].rows;
  let columns = jobs[job].columns;
  let row = ((tile / jobs[job].tile_columns) * GROUP_ROWS + lane / GROUP_COLUMNS) * ROWS;
  let column = ((tile % jobs[job].tile_columns) * GROUP_COLUMNS + lane % GROUP_COLUMNS) * 4u;
  let left_stride = jobs[job].left_stride;
  let right_stride = jobs[job].right_stride;
  let left = jobs[job].left + first * left_stride;
  let right = jobs[job].right + first * right_stride;
  let depth = end - first;
  ${declareSums(tile)}
  ${accumulate(tile, {
    depth: 'depth',
    left: (r) => `left + min(row + ${r}u, rows - 1u)`,
    leftTerm: 'left_stride',
    leftArray: 'memory',
    right: 'right + min(column + vec4u(0u, 1u, 2u, 3u), vec4u(columns - 1u))',
    rightTerm: 'right_stride',
    rightArray: 'memory',
  })}
  var sums = ${sumsArray(tile)};
  let result_stride = jobs[job].result_stride;
  let to = jobs[job].result + row * result_stride + column;
  let stored = select(0u, min(ROWS, rows - min(row, rows)), column < columns);
  let is_shared = uniforms.shares > 1u;
  let keeps = jobs[job].accumulate != 0u;
  let width = min(4u, columns - min(column, columns));
  let offset = share * uniforms.length;
  let shared_rows = select(0u, stored, is_shared);
  for (var p = 0u; p < shared_rows; p++) {
    let four = sums[p];
    for (var j = 0u; j < width; j++) {
      partial[offset + to + p * result_stride + j] = four[j];
    }
  }
  let plain_rows = select(0u, stored, !is_shared && !keeps);
  for (var p = 0u; p < plain_rows; p++) {
    let four = sums[p];
    let at = to + p * result_stride;
    gradients[at] = four.x;
    if (width > 1u) {
      gradients[at + 1u] = four.y;
    }
    if (width > 2u) {
      gradients[at + 2u] = four.z;
    }
    if (width > 3u) {
      gradients[at + 3u] = four.w;
    }
  }
  let added_rows = select(0u, stored, !is_shared && keeps);
  for (var p = 0u; p < added_rows; p++) {
    let four = sums[p];
    for (var j = 0u; j < width; j++) {
      gradients[to + p * result_stride + j] += four[j];
    }
  }
}
`;
}
