/** Elementwise rectifier and its gradient. */

import index from '#shaders/lib/index.wgsl?raw';
import relu from '#shaders/relu.wgsl?raw';
import { cover, expectShape, type OpCall, type OpDefinition, operand } from './op.ts';
import { reluBackward, reluForward } from './relu.reference.ts';

const wgsl = `${index}\n${relu}`;

const elementwise = (call: OpCall, entry: string) => {
  const { rows, columns } = operand(call, 'y');
  return [
    {
      label: call.op,
      wgsl,
      entry,
      bindings: call.operands,
      uniforms: { rows, columns },
      workgroups: cover(rows * columns, 64),
    },
  ];
};

/** y [N, C] = max(x [N, C], 0). */
export const reluForwardOp: OpDefinition = {
  operands: { x: { access: 'read' }, y: { access: 'write' } },
  check: (call) => expectShape(call, 'x', operand(call, 'y').rows, operand(call, 'y').columns),
  dispatches: (call) => elementwise(call, 'forward'),
  reference: reluForward,
};

/** dX [N, C] = dY [N, C] where y > 0, else 0. */
export const reluBackwardOp: OpDefinition = {
  operands: { y: { access: 'read' }, dY: { access: 'read' }, dX: { access: 'write' } },
  check(call) {
    const { rows, columns } = operand(call, 'y');
    expectShape(call, 'dY', rows, columns);
    expectShape(call, 'dX', rows, columns);
  },
  dispatches: (call) => elementwise(call, 'backward'),
  reference: reluBackward,
};
