/** Mean cross-entropy over targets that are not padding, and its gradient. */

import crossEntropy from '#shaders/cross-entropy.wgsl?raw';
import index from '#shaders/lib/index.wgsl?raw';
import { crossEntropyBackward, crossEntropyForward } from './cross-entropy.reference.ts';
import { cover, expectShape, type OpCall, type OpDefinition, operand } from './op.ts';
import { METRICS_LENGTH } from './step-data.ts';

const wgsl = `${index}\n${crossEntropy}`;

function check(call: OpCall): void {
  const { rows: count, columns: vocabulary } = operand(call, 'logits');
  expectShape(call, 'targets', count, 1);
  expectShape(call, 'rows', count, 3);
  expectShape(call, 'metrics', 1, METRICS_LENGTH);
  expectShape(call, 'dLogits', count, vocabulary);
}

/** metrics: loss in nats a token, count and number right, of logits [N, V] against targets [N]; a target is a column plus `shift`, and 0 is padding. */
export const crossEntropyForwardOp: OpDefinition = {
  operands: {
    logits: { access: 'read' },
    targets: { access: 'read' },
    rows: { access: 'write' },
    metrics: { access: 'update' },
  },
  check,
  dispatches(call) {
    const { rows: count, columns: vocabulary } = operand(call, 'logits');
    const { logits, targets, rows, metrics } = call.operands as Record<string, ReturnType<typeof operand>>;
    const shared = { label: call.op, wgsl, uniforms: { count, vocabulary, shift: call.numbers.shift ?? 0 } };
    return [
      { ...shared, entry: 'forward', bindings: { logits, targets, rows }, workgroups: cover(count, 64) },
      { ...shared, entry: 'reduce', bindings: { targets, rows, metrics }, workgroups: [1, 1, 1] },
    ];
  },
  reference: crossEntropyForward,
};

/** dLogits [N, V], from what the forward call left in rows [N, 3] and metrics. */
export const crossEntropyBackwardOp: OpDefinition = {
  operands: {
    logits: { access: 'read' },
    targets: { access: 'read' },
    rows: { access: 'read' },
    metrics: { access: 'read' },
    dLogits: { access: 'write' },
  },
  check,
  dispatches(call) {
    const { rows: count, columns: vocabulary } = operand(call, 'logits');
    return [
      {
        label: call.op,
        wgsl,
        entry: 'backward',
        bindings: call.operands,
        uniforms: { count, vocabulary, shift: call.numbers.shift ?? 0 },
        workgroups: cover(count * vocabulary, 64),
      },
    ];
  },
  reference: crossEntropyBackward,
};
