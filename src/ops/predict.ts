/** The most likely token of each row, with probabilities. */

import index from '#shaders/lib/index.wgsl?raw';
import predict from '#shaders/predict.wgsl?raw';
import { rowMaximum } from './cross-entropy.reference.ts';
import { cover, expectShape, type OpDefinition, operand } from './op.ts';
import type { Numbers, Operands } from './view.ts';

/** arg max and softmax probabilities of the best and of the expected token, in plain loops. */
function predictForward({ logits, expected, tokens, probabilities }: Operands, { shift = 0 }: Numbers): void {
  for (let n = 0; n < logits.rows; n++) {
    const { best, maximum, total } = rowMaximum(logits, n);
    const column = Math.max(expected.data[expected.offset + n] - shift, 0);
    const wanted = Math.min(column, logits.columns - 1);
    const to = probabilities.offset + n * probabilities.stride;
    tokens.data[tokens.offset + n] = best + shift;
    probabilities.data[to] = 1 / total;
    probabilities.data[to + 1] = Math.exp(logits.data[logits.offset + n * logits.stride + wanted] - maximum) / total;
  }
}

/** tokens [N] = arg max of logits [N, V]; probabilities [N, 2] of that token and of expected [N]. A token is a column plus `shift`. */
export const predictOp: OpDefinition = {
  operands: {
    logits: { access: 'read' },
    expected: { access: 'read' },
    tokens: { access: 'write' },
    probabilities: { access: 'write' },
  },
  check(call) {
    const { rows } = operand(call, 'logits');
    expectShape(call, 'expected', rows, 1);
    expectShape(call, 'tokens', rows, 1);
    expectShape(call, 'probabilities', rows, 2);
  },
  dispatches(call) {
    const { rows: count, columns: vocabulary } = operand(call, 'logits');
    return [
      {
        label: call.op,
        wgsl: `${index}\n${predict}`,
        entry: 'forward',
        bindings: call.operands,
        uniforms: { count, vocabulary, shift: call.numbers.shift ?? 0 },
        workgroups: cover(count, 64),
      },
    ];
  },
  reference: predictForward,
};
