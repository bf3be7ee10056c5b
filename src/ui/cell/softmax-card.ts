/** The softmax of one row of scores with printed numbers: minus the maximum, exponential, sum, share. */

import { differenceOf, fewestDigits, type Printed, print, sumOf } from './printed.ts';

/** Decimals of α. */
export const WEIGHT_DECIMALS = 3;

export interface SoftmaxEntry {
  readonly score: Printed;
  /** score / τ; null at τ = 1 */
  readonly scaled: Printed | null;
  /** score (or scaled) − maximum */
  readonly shifted: Printed;
  readonly exp: Printed;
  readonly weight: Printed;
}

export interface SoftmaxCard {
  readonly entries: readonly SoftmaxEntry[];
  readonly temperature: Printed | null;
  readonly maximum: Printed;
  /** Σ exp over the padding behind the sentence, where that is not masked, and its share of the row; else null. */
  readonly padding: { readonly exp: Printed; readonly weight: Printed } | null;
  /** Σ exp */
  readonly sum: Printed;
}

/**
 * @param scores raw scores a_j
 * @param weights α_j as the executor has them
 * @param temperature τ that the scores are divided by
 * @param hasPadding whether padding shares in the softmax: it has what the words' weights leave
 * @returns null where no digits fit, as for weights that are not the softmax of these scores
 */
export function softmaxCard(
  scores: ArrayLike<number>,
  weights: ArrayLike<number>,
  temperature = 1,
  hasPadding = false,
): SoftmaxCard | null {
  // As it was typed: a temperature has few digits.
  const onWords = Array.from(weights).reduce((sum, weight) => sum + weight, 0);
  const tau = temperature === 1 ? null : print(temperature, decimalsOf(temperature));
  return fewestDigits(WEIGHT_DECIMALS, (decimals, rounding) => {
    const printed = Array.from(scores, (score) => print(score, decimals));
    const scaled = printed.map((score) => (tau ? print(score.value / tau.value, decimals) : null));
    const logits = printed.map((score, j) => scaled[j] ?? score);
    const maximum = logits.reduce((most, logit) => (logit.value > most.value ? logit : most));
    const shifted = logits.map((logit) => differenceOf(logit, maximum));
    const exps = shifted.map(({ value }) => print(Math.exp(value), decimals));
    const onPadding = hasPadding
      ? print(exps.reduce((sum, { value }) => sum + value, 0) * (1 / onWords - 1), decimals)
      : null;
    const sum = sumOf(onPadding ? [...exps, onPadding] : exps);
    const entries: SoftmaxEntry[] = [];
    for (let j = 0; j < printed.length; j++) {
      const exp = exps[j] as Printed;
      const weight = rounding(exp.value / sum.value, weights[j] as number, WEIGHT_DECIMALS);
      if (!weight) return null;
      const score = printed[j] as Printed;
      entries.push({ score, scaled: scaled[j] as Printed | null, shifted: shifted[j] as Printed, exp, weight });
    }
    const share = onPadding && rounding(onPadding.value / sum.value, 1 - onWords, WEIGHT_DECIMALS);
    if (onPadding && !share) return null;
    const padding = onPadding && share ? { exp: onPadding, weight: share } : null;
    return { entries, temperature: tau, maximum, padding, sum };
  });
}

function decimalsOf(value: number): number {
  for (let decimals = 0; decimals < 6; decimals++) if (Number(value.toFixed(decimals)) === value) return decimals;
  return 6;
}
