/** Sets a view to zero, before several calls add to it. */

import index from '#shaders/lib/index.wgsl?raw';
import zero from '#shaders/zero.wgsl?raw';
import { cover, type OpDefinition, operand } from './op.ts';
import type { Operands } from './view.ts';

/** y = 0, in plain loops. */
function zeroForward({ y }: Operands): void {
  for (let r = 0; r < y.rows; r++) y.data.fill(0, y.offset + r * y.stride, y.offset + r * y.stride + y.columns);
}

/** y [N, C] = 0. */
export const zeroOp: OpDefinition = {
  operands: { y: { access: 'write' } },
  check: (call) => void operand(call, 'y'),
  dispatches(call) {
    const { rows, columns } = operand(call, 'y');
    return [
      {
        label: call.op,
        wgsl: `${index}\n${zero}`,
        entry: 'forward',
        bindings: call.operands,
        uniforms: { rows, columns },
        workgroups: cover(rows * columns, 64),
      },
    ];
  },
  reference: zeroForward,
};
