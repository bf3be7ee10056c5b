/** The same block of rows at every time step, and the sum of their gradients. */

import index from '#shaders/lib/index.wgsl?raw';
import repeat from '#shaders/repeat.wgsl?raw';
import { ShapeError } from '../lib/errors.ts';
import { cover, type OpCall, type OpDefinition, operand } from './op.ts';
import { repeatBackward, repeatForward } from './repeat.reference.ts';

const wgsl = `${index}\n${repeat}`;

function check(call: OpCall, block: string, sequence: string): void {
  const x = operand(call, block);
  const y = operand(call, sequence);
  if (y.columns !== x.columns || y.rows % x.rows !== 0)
    throw new ShapeError(
      `${call.op}: ${sequence} expected [a multiple of ${x.rows}, ${x.columns}], got [${y.rows}, ${y.columns}]`,
    );
}

/** y [T·B, C] = x [B, C] at every step. */
export const repeatForwardOp: OpDefinition = {
  operands: { x: { access: 'read' }, y: { access: 'write' } },
  check: (call) => check(call, 'x', 'y'),
  dispatches(call) {
    const { rows, columns } = operand(call, 'y');
    return [
      {
        label: call.op,
        wgsl,
        entry: 'forward',
        bindings: call.operands,
        uniforms: { rows, columns, batch: operand(call, 'x').rows },
        workgroups: cover(rows * columns, 64),
      },
    ];
  },
  reference: repeatForward,
};

/** dX [B, C] (+)= Σ over the steps of dY [T·B, C]. */
export const repeatBackwardOp: OpDefinition = {
  operands: { dY: { access: 'read' }, dX: { access: 'update' } },
  check: (call) => check(call, 'dX', 'dY'),
  dispatches(call) {
    const dX = operand(call, 'dX');
    return [
      {
        label: call.op,
        wgsl,
        entry: 'backward',
        bindings: call.operands,
        uniforms: {
          rows: operand(call, 'dY').rows,
          columns: dX.columns,
          batch: dX.rows,
          accumulate: call.numbers.accumulate ?? 0,
        },
        workgroups: cover(dX.rows * dX.columns, 64),
      },
    ];
  },
  reference: repeatBackward,
};
