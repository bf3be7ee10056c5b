/** The way back through one row of attention with printed numbers: dα, then da, then the largest gradients of the parameters. */

import type { Placement } from '../../model/config.ts';
import type { Backward } from '../../training/questions.ts';
import { differenceOf, exponentOf, fewestDigits, type Printed, print, sumOf } from './printed.ts';
import { largestOf, matrixOf, rowOf } from './tensor-rows.ts';

/** Decimals of a gradient whose largest neighbour has one digit before the point. */
export const GRADIENT_DECIMALS = 3;
/** Decimals that a small gradient may have beyond that, beside large ones. */
const MORE_DECIMALS = 2;
/** Entries of each parameter on the card. */
export const LARGEST_ENTRIES = 3;

export interface BackwardEntry {
  readonly weight: Printed;
  /** dL/dα_j, in the card's power of ten */
  readonly dWeight: Printed;
  /** α_j dα_j */
  readonly product: Printed;
  /** dα_j − Σ_k α_k dα_k */
  readonly difference: Printed;
  /** dL/da_j */
  readonly dScore: Printed;
}

export interface BackwardCard {
  /** All gradients of the card stand in units of 10^exponent. */
  readonly exponent: number;
  readonly entries: readonly BackwardEntry[];
  /** Σ_k α_k dα_k */
  readonly inner: Printed;
}

/** da_j = α_j (dα_j − Σ_k α_k dα_k); all [S], the last as the executor has it. */
export function backwardCard(
  weights: ArrayLike<number>,
  dWeights: ArrayLike<number>,
  dScores: ArrayLike<number>,
): BackwardCard | null {
  const exponent = exponentOf(Array.from(dWeights));
  const unit = 10 ** exponent;
  const smaller = Math.max(0, exponent - exponentOf(Array.from(dScores)));
  const wanted = GRADIENT_DECIMALS + Math.min(MORE_DECIMALS, smaller);
  return fewestDigits(wanted, (decimals, rounding) => {
    const alphas = Array.from(weights, (weight) => print(weight, decimals));
    const given = Array.from(dWeights, (gradient) => print(gradient / unit, decimals));
    const products = alphas.map((alpha, j) => print(alpha.value * (given[j] as Printed).value, decimals));
    const inner = sumOf(products);
    const entries: BackwardEntry[] = [];
    for (let j = 0; j < alphas.length; j++) {
      const [weight, dWeight, product] = [alphas[j], given[j], products[j]] as [Printed, Printed, Printed];
      const difference = differenceOf(dWeight, inner);
      const dScore = rounding(weight.value * difference.value, (dScores[j] as number) / unit, wanted);
      if (!dScore) return null;
      entries.push({ weight, dWeight, product, difference, dScore });
    }
    return { exponent, entries, inner };
  });
}

/** One summand of a parameter's gradient. */
export interface GradientTerm {
  /** Word that it comes from: a source position for W and b, a target position for U and v. */
  readonly position: number;
  /** Its factors; none where the term itself is what the executor has, or a sum. */
  readonly factors: readonly Printed[];
  readonly term: Printed;
}

export interface GradientCard {
  /** PyTorch name. */
  readonly parameter: string;
  readonly row: number;
  readonly column: number;
  readonly side: 'source' | 'target';
  /** What the terms are, in the words of `MODEL.md`. */
  readonly form: 'dKeys·h' | 'dQueries·s' | 'dKeys' | 'Σ da·tanh';
  /** Factors stand in units of 10^factorExponent where they are gradients, terms and gradient in 10^exponent. */
  readonly exponent: number;
  readonly terms: readonly GradientTerm[];
  readonly gradient: Printed;
}

/** The largest entries of the gradient of each of the attention's parameters, each as the sum that it is. */
export function gradientCards(backward: Backward, model: Shape): GradientCard[] {
  return Object.keys(backward.gradients).flatMap((parameter) => {
    const { data, columns } = matrixOf(backward.gradients, parameter);
    return largestOf(data, LARGEST_ENTRIES)
      .filter((index) => data[index] !== 0)
      .flatMap((index) => {
        const entry = { parameter, row: Math.floor(index / columns), column: index % columns };
        const card = gradientCard(backward, model, entry, data[index] as number);
        return card ? [card] : [];
      });
  });
}

/** What the sums need to know of the model. */
export interface Shape {
  readonly layers: number;
  readonly placement: Placement;
}

interface Entry {
  readonly parameter: string;
  readonly row: number;
  readonly column: number;
}

function gradientCard(backward: Backward, model: Shape, entry: Entry, truth: number): GradientCard | null {
  const sum = summandsOf(backward, model, entry);
  if (!sum) return null;
  const exponent = exponentOf([truth]);
  const unit = 10 ** exponent;
  return fewestDigits(GRADIENT_DECIMALS, (decimals, rounding) => {
    const terms = sum.summands.map(({ gradient, factor }, position): GradientTerm => {
      const d = print(gradient / unit, decimals);
      if (factor === null) return { position, factors: [], term: d };
      const other = print(factor, decimals);
      return { position, factors: [d, other], term: print(d.value * other.value, decimals) };
    });
    const gradient = rounding(sumOf(terms.map(({ term }) => term)).value, truth / unit, GRADIENT_DECIMALS);
    return gradient && { ...entry, side: sum.side, form: sum.form, exponent, terms, gradient };
  });
}

interface Summands extends Pick<GradientCard, 'side' | 'form'> {
  /** A gradient, and what it is multiplied with; null for nothing. */
  readonly summands: readonly { readonly gradient: number; readonly factor: number | null }[];
}

function summandsOf({ tensors, source, target }: Backward, model: Shape, { parameter, row, column }: Entry) {
  const at = (name: string, r: number, c: number): number => rowOf(matrixOf(tensors, name), r)[c] as number;
  // W and U have a row for each unit, b and v are one row.
  switch (parameter) {
    case 'attention.W.weight':
      return {
        side: 'source',
        form: 'dKeys·h',
        summands: source.map((_, j) => ({
          gradient: at('attention.dKeys', j, row),
          factor: at(`encoder.h.l${model.layers - 1}`, j + 1, column),
        })),
      } satisfies Summands;
    case 'attention.b':
      return {
        side: 'source',
        form: 'dKeys',
        summands: source.map((_, j) => ({ gradient: at('attention.dKeys', j, column), factor: null })),
      } satisfies Summands;
    case 'attention.U.weight': {
      const first = model.placement === 'before' ? 0 : 1;
      const factor = (t: number): number =>
        tensors.query ? at('query', t, column) : at('decoder.h', t + first, column);
      return {
        side: 'target',
        form: 'dQueries·s',
        summands: target.map((_, t) => ({
          gradient: at('attention.dQueries', t, row),
          factor: factor(t),
        })),
      } satisfies Summands;
    }
    case 'attention.v':
      return {
        side: 'target',
        form: 'Σ da·tanh',
        summands: target.map((_, t) => ({
          gradient: source.reduce(
            (sum, _, j) =>
              sum +
              at('attention.dScores', t, j) *
                Math.tanh(at('attention.keys', j, column) + at('attention.queries', t, column)),
            0,
          ),
          factor: null,
        })),
      } satisfies Summands;
    default:
      return null;
  }
}
