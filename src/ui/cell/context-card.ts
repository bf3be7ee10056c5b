/** One dimension of a context vector as the weighted sum that it is, with printed numbers. */

import { fewestDigits, type Printed, print, sumOf } from './printed.ts';

/** Decimals of a context. */
export const CONTEXT_DECIMALS = 3;

export interface WeightedTerm {
  /** Position j in the source. */
  readonly position: number;
  readonly weight: Printed;
  readonly value: Printed;
  readonly term: Printed;
}

export interface ContextCard {
  readonly terms: readonly WeightedTerm[];
  readonly context: Printed;
}

/**
 * c[d] = Σ_j α_j h_j[d]
 * @param weights α_j
 * @param values h_j[d]
 * @param truth c[d] as the executor has it
 */
export function contextCard(weights: ArrayLike<number>, values: ArrayLike<number>, truth: number): ContextCard | null {
  return fewestDigits(CONTEXT_DECIMALS, (decimals, rounding) => {
    const terms = Array.from(weights, (alpha, position): WeightedTerm => {
      const weight = print(alpha, decimals);
      const value = print(values[position] as number, decimals);
      return { position, weight, value, term: print(weight.value * value.value, decimals) };
    });
    const context = rounding(sumOf(terms.map(({ term }) => term)).value, truth, CONTEXT_DECIMALS);
    return context && { terms, context };
  });
}
