/** Formulas of the schematic, the same in every language. */

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
export const decoderFormula = ({ score, placement }: Config): string =>
  placement === 'before' || score === 'none' ? 'sₜ = LSTM([yₜ₋₁ ; c], sₜ₋₁)' : 'sₜ = LSTM([yₜ₋₁ ; cₜ₋₁], sₜ₋₁)';
/** Empty where there is no attention. */
export const whereAttention =
  (formula: string) =>
  ({ score }: Config): string =>
    score === 'none' ? '' : formula;
