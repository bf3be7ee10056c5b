/** Attention weights that a visitor sets in place of the model's own. */

import index from '#shaders/lib/index.wgsl?raw';
import overrideWeights from '#shaders/override-weights.wgsl?raw';
import { cover, expectShape, type OpDefinition, operand } from './op.ts';
import type { Operands } from './view.ts';

/** w_b,j = forced_b,j where isForced_b is not 0, in plain loops. */
function overrideWeightsForward({ forced, isForced, weights }: Operands): void {
  for (let b = 0; b < weights.rows; b++) {
    if (isForced.data[isForced.offset + b] === 0) continue;
    for (let j = 0; j < weights.columns; j++)
      weights.data[weights.offset + b * weights.stride + j] = forced.data[forced.offset + b * forced.stride + j];
  }
}

/** weights [B, S] = forced [B, S] in the rows where isForced [B] is not 0; the others stay. */
export const overrideWeightsForwardOp: OpDefinition = {
  operands: { forced: { access: 'read' }, isForced: { access: 'read' }, weights: { access: 'update' } },
  check(call) {
    const { rows, columns } = operand(call, 'weights');
    expectShape(call, 'forced', rows, columns);
    expectShape(call, 'isForced', rows, 1);
  },
  dispatches(call) {
    const { rows, columns } = operand(call, 'weights');
    return [
      {
        label: call.op,
        wgsl: `${index}\n${overrideWeights}`,
        entry: 'forward',
        bindings: call.operands,
        uniforms: { rows, steps: columns },
        workgroups: cover(rows * columns, 64),
      },
    ];
  },
  reference: overrideWeightsForward,
};
