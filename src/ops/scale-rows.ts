/** Rows times a factor each: a temperature, or a part of the model that is switched off. */

import index from '#shaders/lib/index.wgsl?raw';
import scaleRows from '#shaders/scale-rows.wgsl?raw';
import { ShapeError } from '../lib/errors.ts';
import { cover, expectShape, type OpDefinition, operand } from './op.ts';
import type { Operands } from './view.ts';

/** y_r,j = f_(r mod B) x_r,j, in plain loops. */
function scaleRowsForward({ x, factor, y }: Operands): void {
  const from = x ?? y;
  for (let r = 0; r < y.rows; r++) {
    const f = factor.data[factor.offset + (r % factor.rows) * factor.stride];
    for (let c = 0; c < y.columns; c++)
      y.data[y.offset + r * y.stride + c] = f * from.data[from.offset + r * from.stride + c];
  }
}

/** y [N, C] = x [N, C] times factor [B, 1] at every step, N being a multiple of B; without x in place. */
export const scaleRowsForwardOp: OpDefinition = {
  operands: { x: { access: 'read', optional: true }, factor: { access: 'read' }, y: { access: 'update' } },
  check(call) {
    const [factor, y] = [operand(call, 'factor'), operand(call, 'y')];
    expectShape(call, 'x', y.rows, y.columns);
    expectShape(call, 'factor', factor.rows, 1);
    if (y.rows % factor.rows !== 0)
      throw new ShapeError(`${call.op}: y expected a multiple of ${factor.rows} rows, got ${y.rows}`);
  },
  dispatches(call) {
    const { rows, columns } = operand(call, 'y');
    return [
      {
        label: call.op,
        wgsl: `${index}\n${scaleRows}`,
        entry: call.operands.x ? 'forward' : 'in_place',
        bindings: call.operands,
        uniforms: { rows, columns, batch: operand(call, 'factor').rows },
        workgroups: cover(rows * columns, 64),
      },
    ];
  },
  reference: scaleRowsForward,
};
