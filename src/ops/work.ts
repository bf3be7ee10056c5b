/** The arithmetic that an op call asks for, products and everything else: what the machine room holds against the time it took. */

import { lstmRange } from './lstm-range.ts';
import { type OpCall, operand } from './op.ts';
import { type OpName, opDefinition } from './registry.ts';

const elements = (call: OpCall, name: string): number => operand(call, name).rows * operand(call, name).columns;

/** Comparisons of a row's maximum, difference, exponential and sum for each logit; logarithm and differences for each row. */
const perLogit = (call: OpCall): number => 4 * elements(call, 'logits') + 3 * operand(call, 'logits').rows;

/** Elements of the scores [B, S] times the columns of the keys or annotations. */
const perKey = (call: OpCall, scores: string, keys: string): number =>
  elements(call, scores) * operand(call, keys).columns;

/** Units of an LSTM call over all its positions and rows. */
function lstmUnits(call: OpCall): number {
  const { batch, positions } = lstmRange(call.numbers);
  return batch * positions.length * operand(call, 'weight').columns;
}

/** Operations outside of the matrix products, after the loops of the references; what only copies and selects is left out. */
const ELEMENTWISE: Readonly<Partial<Record<OpName, (call: OpCall) => number>>> = {
  'embedding.backward': (call) => elements(call, 'dY'),
  'linear.forward': (call) => (call.operands.bias ? elements(call, 'y') : 0),
  'linear.backward-bias': (call) => elements(call, 'dY'),
  'lstm.forward': (call) => 13 * lstmUnits(call),
  'lstm.backward': (call) => 23 * lstmUnits(call),
  'score.additive.forward': (call) => 4 * perKey(call, 'scores', 'keys'),
  'score.additive.backward': (call) => 10 * perKey(call, 'dScores', 'keys'),
  'score.product.forward': (call) => 2 * perKey(call, 'scores', 'keys') + elements(call, 'scores'),
  'score.product.backward': (call) => 4 * perKey(call, 'dScores', 'keys') + elements(call, 'dScores'),
  'score.sum.forward': (call) => elements(call, 'scores'),
  'score.sum.backward': (call) => elements(call, 'dScores'),
  'softmax.forward': (call) => 5 * elements(call, 'weights'),
  'softmax.backward': (call) => 4 * elements(call, 'weights'),
  'context.forward': (call) => 2 * perKey(call, 'weights', 'annotations'),
  'context.backward': (call) => 4 * perKey(call, 'weights', 'annotations'),
  'repeat.backward': (call) => elements(call, 'dY'),
  'pixels.forward': (call) => elements(call, 'x'),
  'conv-patches.backward': (call) => elements(call, 'dY'),
  'relu.forward': (call) => elements(call, 'y'),
  'relu.backward': (call) => elements(call, 'dX'),
  'tanh.forward': (call) => elements(call, 'y'),
  'tanh.backward': (call) => 3 * elements(call, 'dX'),
  'dropout.forward': (call) => 2 * elements(call, 'y'),
  'dropout.backward': (call) => 2 * elements(call, 'dX'),
  'cross-entropy.forward': perLogit,
  'cross-entropy.backward': (call) => 4 * elements(call, 'logits'),
  predict: perLogit,
  'teacher-forcing': (call) => elements(call, 'fed'),
  'grad-norm': (call) => 2 * elements(call, 'gradients'),
  adam: (call) => (call.numbers.weightDecay ? 16 : 14) * elements(call, 'parameters'),
  sgd: (call) => (call.numbers.weightDecay ? 7 : 5) * elements(call, 'parameters'),
};

/**
 * Floating-point operations of a call. Addition, multiplication, division, comparison, exp, tanh, log and square root count as one
 * each; padding counts as if it were real, as the kernels' shapes have it.
 */
export const callWork = (call: OpCall): number =>
  (opDefinition(call.op).flops?.(call) ?? 0) + (ELEMENTWISE[call.op]?.(call) ?? 0);
