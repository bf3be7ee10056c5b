/** Formulas without words: of the schematic and of the ops, the same in every language. */

import type { Config, ScoreKind } from '../../model/config.ts';

const SCORE_FORMULAS: Record<ScoreKind, string> = {
  additive: 'aⱼ = vᵀ tanh(W hⱼ + U s + b)',
  'linear-concat': 'aⱼ = W hⱼ + U s + b',
  general: 'aⱼ = (W hⱼ) · s',
  dot: 'aⱼ = hⱼ · s',
  'scaled-dot': 'aⱼ = hⱼ · s ∕ √n',
  uniform: 'aⱼ = 0',
  none: '',
};

export const scoreFormula = ({ score }: Config): string => SCORE_FORMULAS[score];
export const encoderFormula = ({ bidirectional }: Config): string =>
  bidirectional ? 'hⱼ = [LSTM→(xⱼ) ; LSTM←(xⱼ)]' : 'hⱼ = LSTM(xⱼ, hⱼ₋₁)';
/** Layers of a reader: two that halve the picture, and those over its cells. */
export const convolutionFormula = ({ layers }: Config): string =>
  `h = tanh(conv(${'relu(conv('.repeat(layers + 1)}x${')'.repeat(2 * layers + 4)}`;
export const decoderFormula = ({ score, placement }: Config): string =>
  placement !== 'after' || score === 'none' ? 'sₜ = LSTM([yₜ₋₁ ; c], sₜ₋₁)' : 'sₜ = LSTM([yₜ₋₁ ; cₜ₋₁], sₜ₋₁)';
/** Empty where there is no attention. */
export const whereAttention =
  (formula: string) =>
  ({ score }: Config): string =>
    score === 'none' ? '' : formula;

/** By op, as far as one fits on a line and has no word in it. */
export const OP_FORMULAS: Readonly<Record<string, string>> = {
  'embedding.forward': 'y = E[id]',
  'embedding.backward': 'dE[id] += dy',
  'linear.forward': 'y = x Wᵀ + b',
  'linear.backward-input': 'dx = dy W',
  'linear.backward-weight': 'dW = dyᵀ x',
  'linear.backward-bias': 'db = Σ dy',
  'lstm.forward': 'c = f c₋₁ + i g;  h = o tanh c',
  'lstm.backward': 'dz = gates′ (dh + Wᵀ dz₊₁)',
  'score.additive.forward': 'aⱼ = vᵀ tanh(kⱼ + q)',
  'score.additive.backward': 'dkⱼ = daⱼ v (1 − tanh²)',
  'score.product.forward': 'aⱼ = kⱼ · q',
  'score.product.backward': 'dkⱼ = daⱼ q;  dq = Σ daⱼ kⱼ',
  'score.sum.forward': 'aⱼ = kⱼ + q',
  'score.sum.backward': 'dkⱼ = daⱼ',
  'score.zero.forward': 'aⱼ = 0',
  'softmax.forward': 'αⱼ = exp(aⱼ) ∕ Σₖ exp(aₖ)',
  'softmax.backward': 'daⱼ = αⱼ (dαⱼ − Σ αₖ dαₖ)',
  'context.forward': 'c = Σⱼ αⱼ hⱼ',
  'context.backward': 'dαⱼ = dc · hⱼ;  dhⱼ += αⱼ dc',
  'repeat.forward': 'yₜ = x',
  'repeat.backward': 'dx = Σₜ dyₜ',
  'pixels.forward': 'x = [g ∕ 3, u, v]',
  'conv-patches.forward': 'y[q, 9c + k] = x[p(q, k), c]',
  'conv-patches.backward': 'dx[p, c] = Σ dy[q, 9c + k]',
  'relu.forward': 'y = max(x, 0)',
  'relu.backward': 'dx = dy · [y > 0]',
  'tanh.forward': 'y = tanh x',
  'tanh.backward': 'dx = dy (1 − y²)',
  'grad-norm': '‖g‖ = √Σ g²',
  adam: 'θ −= η m̂ ∕ (√v̂ + ε)',
  sgd: 'm = μ m + g;  θ −= η m',
  zero: 'y = 0',
};
