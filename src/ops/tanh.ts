/** Elementwise tanh and its gradient. */

import activations from '#shaders/lib/activations.wgsl?raw';
import index from '#shaders/lib/index.wgsl?raw';
import tanh from '#shaders/tanh.wgsl?raw';
import { cover, expectShape, type OpCall, type OpDefinition, operand } from './op.ts';
import { tanhBackward, tanhForward } from './tanh.reference.ts';

const wgsl = `${activations}\n${index}\n${tanh}`;

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

/** y [N, C] = tanh(x [N, C]). */
export const tanhForwardOp: OpDefinition = {
  operands: { x: { access: 'read' }, y: { access: 'write' } },
  check: (call) => expectShape(call, 'x', operand(call, 'y').rows, operand(call, 'y').columns),
  dispatches: (call) => elementwise(call, 'forward'),
  reference: tanhForward,
};

/** dX [N, C] = dY [N, C] · (1 - y²). */
export const tanhBackwardOp: OpDefinition = {
  operands: { y: { access: 'read' }, dY: { access: 'read' }, dX: { access: 'write' } },
  check(call) {
    const { rows, columns } = operand(call, 'y');
    expectShape(call, 'dY', rows, columns);
    expectShape(call, 'dX', rows, columns);
  },
  dispatches: (call) => elementwise(call, 'backward'),
  reference: tanhBackward,
};
