/** Elementwise activations and their gradients. */

import activation from '#shaders/activation.wgsl?raw';
import activations from '#shaders/lib/activations.wgsl?raw';
import index from '#shaders/lib/index.wgsl?raw';
import { reluBackward, reluForward, tanhBackward, tanhForward } from './activation.reference.ts';
import { cover, expectShape, type OpCall, type OpDefinition, operand } from './op.ts';

const wgsl = `${activations}\n${index}\n${activation}`;

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

const forward = (entry: string, reference: OpDefinition['reference']): OpDefinition => ({
  operands: { x: { access: 'read' }, y: { access: 'write' } },
  check: (call) => expectShape(call, 'x', operand(call, 'y').rows, operand(call, 'y').columns),
  dispatches: (call) => elementwise(call, entry),
  reference,
});

const backward = (entry: string, reference: OpDefinition['reference']): OpDefinition => ({
  operands: { y: { access: 'read' }, dY: { access: 'read' }, dX: { access: 'write' } },
  check(call) {
    const { rows, columns } = operand(call, 'y');
    expectShape(call, 'dY', rows, columns);
    expectShape(call, 'dX', rows, columns);
  },
  dispatches: (call) => elementwise(call, entry),
  reference,
});

/** y [N, C] = max(x [N, C], 0). */
export const reluForwardOp = forward('relu_forward', reluForward);

/** dX [N, C] = dY [N, C] where y > 0, else 0. */
export const reluBackwardOp = backward('relu_backward', reluBackward);

/** y [N, C] = tanh(x [N, C]). */
export const tanhForwardOp = forward('tanh_forward', tanhForward);

/** dX [N, C] = dY [N, C] · (1 - y²). */
export const tanhBackwardOp = backward('tanh_backward', tanhBackward);
