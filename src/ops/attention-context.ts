/** Context vector: annotations weighted by attention, and its gradient. */

import context from '#shaders/attention-context.wgsl?raw';
import index from '#shaders/lib/index.wgsl?raw';
import { attentionContextBackward, attentionContextForward } from './attention-context.reference.ts';
import { cover, expectShape, type OpDefinition, operand } from './op.ts';

const wgsl = `${index}\n${context}`;

/** context [B, De] = Σ_j weights [B, S] · annotations [S·B, De]. */
export const attentionContextForwardOp: OpDefinition = {
  operands: {
    lengths: { access: 'read' },
    weights: { access: 'read' },
    annotations: { access: 'read' },
    context: { access: 'write' },
  },
  check(call) {
    const { rows: batch, columns: steps } = operand(call, 'weights');
    const size = operand(call, 'annotations').columns;
    expectShape(call, 'annotations', steps * batch, size);
    expectShape(call, 'context', batch, size);
    expectShape(call, 'lengths', batch, 1);
  },
  dispatches(call) {
    const { rows: batch, columns: steps } = operand(call, 'weights');
    const size = operand(call, 'annotations').columns;
    return [
      {
        label: call.op,
        wgsl,
        entry: 'forward',
        bindings: call.operands,
        uniforms: { batch, steps, size },
        workgroups: cover(batch * size, 64),
      },
    ];
  },
  reference: attentionContextForward,
};

/** dWeights [B, S], and adds to dAnnotations [S·B, De]. */
export const attentionContextBackwardOp: OpDefinition = {
  operands: {
    lengths: { access: 'read' },
    weights: { access: 'read' },
    annotations: { access: 'read' },
    dContext: { access: 'read' },
    dWeights: { access: 'write' },
    dAnnotations: { access: 'update' },
  },
  check(call) {
    const { rows: batch, columns: steps } = operand(call, 'weights');
    const size = operand(call, 'annotations').columns;
    expectShape(call, 'annotations', steps * batch, size);
    expectShape(call, 'dAnnotations', steps * batch, size);
    expectShape(call, 'dContext', batch, size);
    expectShape(call, 'dWeights', batch, steps);
    expectShape(call, 'lengths', batch, 1);
  },
  dispatches(call) {
    const { rows: batch, columns: steps } = operand(call, 'weights');
    const size = operand(call, 'annotations').columns;
    return [
      {
        label: call.op,
        wgsl,
        entry: 'backward',
        bindings: call.operands,
        uniforms: { batch, steps, size },
        workgroups: cover(batch * steps, 64),
      },
    ];
  },
  reference: attentionContextBackward,
};
