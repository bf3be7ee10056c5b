/** Attention scores before the softmax, for all kinds of `MODEL.md`: additive, product (general, dot, scaled), sum, zero. */

import score from '#shaders/attention-score.wgsl?raw';
import activations from '#shaders/lib/activations.wgsl?raw';
import index from '#shaders/lib/index.wgsl?raw';
import * as reference from './attention-score.reference.ts';
import { cover, expectShape, type OpCall, type OpDefinition, operand } from './op.ts';

const wgsl = `${activations}\n${index}\n${score}`;

type Family = 'additive' | 'product' | 'sum' | 'zero';

function checkForward(call: OpCall, family: Family): void {
  const { rows: batch, columns: steps } = operand(call, 'scores');
  const size = family === 'sum' ? 1 : (call.operands.query?.columns ?? 0);
  expectShape(call, 'keys', batch * steps, size);
  expectShape(call, 'query', batch, size);
  expectShape(call, 'v', 1, size);
  expectShape(call, 'lengths', batch, 1);
}

function checkBackward(call: OpCall): void {
  const { rows: batch, columns: steps } = operand(call, 'dScores');
  const size = call.operands.query?.columns ?? 1;
  for (const name of ['keys', 'dKeys']) expectShape(call, name, batch * steps, size);
  for (const name of ['query', 'dQuery', 'dV']) expectShape(call, name, batch, size);
  expectShape(call, 'v', 1, size);
  expectShape(call, 'lengths', batch, 1);
}

function forwardOp(family: Family, run: OpDefinition['reference']): OpDefinition {
  const operands: OpDefinition['operands'] = {
    ...(family === 'zero' ? {} : { keys: { access: 'read' }, query: { access: 'read' }, lengths: { access: 'read' } }),
    ...(family === 'additive' ? { v: { access: 'read' } } : {}),
    scores: { access: 'write' },
  };
  return {
    operands,
    check: (call) => checkForward(call, family),
    dispatches(call) {
      const { rows: batch, columns: steps } = operand(call, 'scores');
      const size = call.operands.query?.columns ?? 0;
      return [
        {
          label: call.op,
          wgsl,
          entry: `${family}_forward`,
          bindings: call.operands,
          uniforms: { batch, steps, size, scale: call.numbers.scale ?? 1 },
          workgroups: cover(batch * steps, 64),
        },
      ];
    },
    reference: run,
  };
}

function backwardOp(family: Exclude<Family, 'zero'>, run: OpDefinition['reference']): OpDefinition {
  const isSum = family === 'sum';
  return {
    operands: {
      ...(isSum ? {} : { keys: { access: 'read' }, query: { access: 'read' }, dQuery: { access: 'update' } }),
      ...(family === 'additive' ? { v: { access: 'read' }, dV: { access: 'update' } } : {}),
      lengths: { access: 'read' },
      dScores: { access: 'read' },
      dKeys: { access: 'update' },
    },
    check: checkBackward,
    dispatches(call) {
      const { rows: batch, columns: steps } = operand(call, 'dScores');
      const size = operand(call, 'dKeys').columns;
      return [
        {
          label: call.op,
          wgsl,
          entry: `${family}_backward`,
          bindings: call.operands,
          uniforms: { batch, steps, size, scale: call.numbers.scale ?? 1, accumulate: call.numbers.accumulate ?? 0 },
          workgroups: cover(batch * (isSum ? steps : size), 64),
        },
      ];
    },
    reference: run,
  };
}

/** scores [B, S] from keys [S·B, A], query [B, A], v [1, A]; shapes of all families as in `attention-score.wgsl`. */
export const additiveScoreForwardOp = forwardOp('additive', reference.additiveForward);
/** Adds to dKeys and dV; writes dQuery, or adds to it with `accumulate`. */
export const additiveScoreBackwardOp = backwardOp('additive', reference.additiveBackward);
/** scores = scale · keys·query; `scale` is 1 for dot and general, 1/√De for scaled-dot. */
export const productScoreForwardOp = forwardOp('product', reference.productForward);
export const productScoreBackwardOp = backwardOp('product', reference.productBackward);
/** scores = keys + query, both of one column; the backward pass has no dQuery, see `attention-score.wgsl`. */
export const sumScoreForwardOp = forwardOp('sum', reference.sumForward);
export const sumScoreBackwardOp = backwardOp('sum', reference.sumBackward);
export const zeroScoreForwardOp = forwardOp('zero', reference.zeroForward);
