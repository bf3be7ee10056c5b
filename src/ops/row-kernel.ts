/** The WGSL of the row machine, put together from what a launch needs: fewer kinds compile faster. */

import activations from '#shaders/lib/activations.wgsl?raw';
import random from '#shaders/lib/random.wgsl?raw';
import attention from '#shaders/rows/attention.wgsl?raw';
import elementwise from '#shaders/rows/elementwise.wgsl?raw';
import interventions from '#shaders/rows/interventions.wgsl?raw';
import machine from '#shaders/rows/machine.wgsl?raw';
import products from '#shaders/rows/products.wgsl?raw';
import readout from '#shaders/rows/readout.wgsl?raw';
import { ROW_KINDS, type RowKind } from './row-form.ts';
import { accumulate, putSums, startSums, type Tile, takeSums } from './tile.ts';

export interface RowTile extends Tile {
  /** Invocations of a workgroup. */
  readonly lanes: number;
}

/** The function of each kind; the three products share one. */
const functionOf = (kind: RowKind): string =>
  kind === 'linear' || kind === 'lstm_forward' || kind === 'lstm_backward' ? 'products' : kind;

/**
 * The tile of products of an instruction: all its segments, one after the other. Between two of them the sums lie in an array: as
 * variables of both loops they would slow down the inner one on software adapters.
 */
function productTile(tile: Tile): string {
  return `fn accumulate_tile(op: u32, block_row: u32, first_row: u32, column: u32) -> array<vec4f, ${tile.rows}> {
  let last_row = uniforms.rows - 1u;
  let step = code[op].numbers[5];
  let columns = min(column + vec4u(0u, step, 2u * step, 3u * step), vec4u(code[op].columns - 1u));
  var start = vec4f();
  if (code[op].kind == LINEAR && code[op].numbers[0] != 0u) {
    let bias = code[op].views[1].x + columns;
    start = vec4f(parameters[bias.x], parameters[bias.y], parameters[bias.z], parameters[bias.w]);
  }
  var sums = ${startSums(tile, 'start')};
  let segments = code[op].segments;
  for (var s = 0u; s < segments; s++) {
    let x = code[op].products[s].x;
    let x_stride = code[op].products[s].x_stride;
    let depth = code[op].products[s].depth;
    let w = code[op].products[s].w;
    let w_column = code[op].products[s].w_column;
    let w_term = code[op].products[s].w_term;
    ${takeSums(tile)}
    ${accumulate(tile, {
      depth: 'depth',
      left: (row) => `x + (block_row + min(first_row + ${row}u, last_row)) * x_stride`,
      leftTerm: '1u',
      leftArray: 'memory',
      right: 'w + columns * w_column',
      rightTerm: 'w_term',
      rightArray: 'parameters',
    })}
    ${putSums(tile)}
  }
  return sums;
}`;
}

/** WGSL with the entry point `run`, for instructions of the given kinds. */
export function rowKernel(kinds: ReadonlySet<RowKind>, tile: RowTile): string {
  const functions = [...new Set([...kinds].map(functionOf))].sort();
  const includes = (text: string) => functions.some((name) => text.includes(`fn ${name}(`));
  const parts = [
    ...(tile.hasQuads ? ['enable subgroups;\nvar<private> quad_lane: u32;'] : []),
    `const ROWS = ${tile.rows}u;\nconst LANES = ${tile.lanes}u;`,
    machine,
    activations,
    random,
    ...(includes(products) ? [products, productTile(tile)] : []),
    ...[elementwise, attention, readout, interventions].filter(includes),
  ];
  const cases = functions.map((name) => {
    const selectors = ROW_KINDS.flatMap((kind, i) => (functionOf(kind) === name && kinds.has(kind) ? [`${i}u`] : []));
    return `      case ${selectors.join(', ')}: { ${name}(op, first_row, lane); }`;
  });
  return `${parts.join('\n')}
@compute @workgroup_size(LANES)
fn run(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) lane: u32,${tile.hasQuads ? '\n  @builtin(subgroup_invocation_id) in_subgroup: u32,' : ''}
) {
${tile.hasQuads ? '  quad_lane = in_subgroup & 3u;\n' : ''}  // Every launch binds the same four buffers, whichever of them its kinds use.
  _ = &code;
  _ = &parameters;
  _ = &memory;
  _ = &words;
  let first_row = group.x * ROWS;
  for (var op = uniforms.first; op < uniforms.end; op++) {
    switch code[op].kind {
${cases.join('\n')}
      default: {}
    }
    storageBarrier();
  }
}
`;
}
