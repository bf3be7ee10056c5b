/** Masked softmax over rows, and its gradient. */

import index from '#shaders/lib/index.wgsl?raw';
import softmax from '#shaders/softmax.wgsl?raw';
import { cover, expectShape, type OpCall, type OpDefinition, operand } from './op.ts';
import { softmaxBackward, softmaxForward } from './softmax.reference.ts';

const wgsl = `${index}\n${softmax}`;

const rowwise = (call: OpCall, entry: string) => {
  const { rows, columns } = operand(call, 'weights');
  return [
    {
      label: call.op,
      wgsl,
      entry,
      bindings: call.operands,
      uniforms: { rows, steps: columns },
      workgroups: cover(rows, 64),
    },
  ];
};

/** weights [B, S] = softmax of scores [B, S] over the first lengths[b] positions. */
export const softmaxForwardOp: OpDefinition = {
  operands: { lengths: { access: 'read' }, scores: { access: 'read' }, weights: { access: 'write' } },
  check(call) {
    const { rows, columns } = operand(call, 'weights');
    expectShape(call, 'scores', rows, columns);
    expectShape(call, 'lengths', rows, 1);
  },
  dispatches: (call) => rowwise(call, 'forward'),
  reference: softmaxForward,
};

/** dScores [B, S] from weights and dWeights [B, S]; padding has weight 0 and so gradient 0. */
export const softmaxBackwardOp: OpDefinition = {
  operands: { weights: { access: 'update' }, dWeights: { access: 'read' }, dScores: { access: 'write' } },
  check(call) {
    const { rows, columns } = operand(call, 'weights');
    expectShape(call, 'dWeights', rows, columns);
    expectShape(call, 'dScores', rows, columns);
  },
  dispatches: (call) => rowwise(call, 'backward'),
  reference: softmaxBackward,
};
