/** One attention score as the sum that it is, with printed numbers (`MODEL.md`, score kinds). */

import type { ScoreKind } from '../../model/config.ts';
import type { Trace } from '../../training/questions.ts';
import { fewestDigits, type Printed, print, type Rounding, sumOf } from './printed.ts';
import { elementOf, matrixOf, rowOf } from './tensor-rows.ts';

/** Decimals of a score. */
export const SCORE_DECIMALS = 3;
/** Units that stand on a card of their own accord. */
export const SHOWN_UNITS = 6;

/** v_k tanh((W h)_k + (U s)_k + b_k) */
export interface AdditiveTerm {
  readonly unit: number;
  readonly key: Printed;
  readonly query: Printed;
  readonly bias: Printed;
  /** key + query + bias */
  readonly inner: Printed;
  readonly tanh: Printed;
  readonly v: Printed;
  readonly term: Printed;
}

/** A product of two numbers. */
export interface ProductTerm {
  readonly unit: number;
  readonly key: Printed;
  readonly query: Printed;
  readonly term: Printed;
}

interface Sum<Term> {
  /** All units, the largest contribution first; the card shows `SHOWN_UNITS` of them. */
  readonly terms: readonly Term[];
  /** Σ of the terms that are not shown; null where all are. */
  readonly rest: Printed | null;
}

export type ScoreCard =
  | ({ readonly kind: 'additive'; readonly score: Printed } & Sum<AdditiveTerm>)
  | ({
      readonly kind: 'general' | 'dot' | 'scaled-dot';
      /** Σ of all terms, before it is scaled. */
      readonly sum: Printed;
      /** √De of the scaled kind. */
      readonly divisor: Printed | null;
      readonly score: Printed;
    } & Sum<ProductTerm>)
  | {
      readonly kind: 'linear-concat';
      readonly key: Printed;
      readonly query: Printed;
      readonly bias: Printed;
      readonly score: Printed;
    }
  | { readonly kind: 'uniform'; readonly words: number; readonly score: Printed };

/** Parameters that the card of a score kind needs beside the trace. */
export const scoreParameters = (score: ScoreKind): readonly string[] =>
  score === 'additive' ? ['attention.v', 'attention.b'] : score === 'linear-concat' ? ['attention.b'] : [];

/** State that the decoder looks with at target position t, or the classifier's query [Hd]. */
export const queryOf = (trace: Trace, position: number): Float32Array =>
  trace.tensors.query
    ? rowOf(trace.tensors.query, position)
    : rowOf(matrixOf(trace.tensors, 'decoder.h'), trace.placement === 'before' ? position : position + 1);

/** The context [De] of a target position: of an attention that comes too late the one that nothing reads. */
export function contextOf({ tensors }: Pick<Trace, 'tensors'>, position: number): Float32Array {
  const own = tensors.context ?? tensors['decoder.lateContexts'];
  return own ? rowOf(own, position) : rowOf(matrixOf(tensors, 'decoder.contexts'), position + 1);
}

/** h_j, state of the last encoder layer over source position j [De]. */
export const annotationOf = ({ layers, tensors }: Pick<Trace, 'layers' | 'tensors'>, position: number): Float32Array =>
  rowOf(matrixOf(tensors, `encoder.h.l${layers - 1}`), position + 1);

/**
 * The card of one cell; null where there is no attention, or where the numbers do not fit together.
 * @param trace with `scoreParameters` of its score kind
 */
export function scoreCard(trace: Trace, row: number, column: number): ScoreCard | null {
  const { score: kind, tensors, parameters } = trace;
  if (kind === 'none') return null;
  const truth = elementOf(matrixOf(tensors, 'attention.scores'), row, column);
  if (kind === 'uniform') return { kind, words: trace.translation.source.length, score: print(truth, 0) };
  if (kind === 'additive') {
    const keys = rowOf(matrixOf(tensors, 'attention.keys'), column);
    const query = rowOf(matrixOf(tensors, 'attention.queries'), row);
    const v = rowOf(matrixOf(parameters, 'attention.v'), 0);
    const bias = rowOf(matrixOf(parameters, 'attention.b'), 0);
    return fewestDigits(SCORE_DECIMALS + 1, (decimals, rounding) => {
      const all = additiveTerms(keys, query, bias, v, decimals);
      const sum = sumOf(all.map(({ term }) => term));
      const score = rounding(sum.value, truth, SCORE_DECIMALS);
      return score && { kind, ...shown(all), score };
    });
  }
  if (kind === 'linear-concat') {
    const b = elementOf(matrixOf(parameters, 'attention.b'), 0, 0);
    const key = elementOf(matrixOf(tensors, 'attention.keys'), column, 0) - b;
    const query = elementOf(matrixOf(tensors, 'attention.queries'), row, 0);
    return fewestDigits(SCORE_DECIMALS, (decimals, rounding) => {
      const operands = { key: print(key, decimals), query: print(query, decimals), bias: print(b, decimals) };
      const score = rounding(sumOf(Object.values(operands)).value, truth, SCORE_DECIMALS);
      return score && { kind, ...operands, score };
    });
  }
  const keys = kind === 'general' ? rowOf(matrixOf(tensors, 'attention.keys'), column) : annotationOf(trace, column);
  return productCard(kind, keys, queryOf(trace, row), truth);
}

function additiveTerms(
  keys: Float32Array,
  query: Float32Array,
  biases: Float32Array,
  vector: Float32Array,
  decimals: number,
): AdditiveTerm[] {
  return Array.from(keys, (sum, unit) => {
    const bias = print(biases[unit] as number, decimals);
    // The executor adds the bias to W h once for every word; the card shows the two apart.
    const key = print(sum - (biases[unit] as number), decimals);
    const u = print(query[unit] as number, decimals);
    const inner = sumOf([key, u, bias]);
    const tanh = print(Math.tanh(inner.value), decimals);
    const v = print(vector[unit] as number, decimals);
    return { unit, key, query: u, bias, inner, tanh, v, term: print(v.value * tanh.value, decimals) };
  });
}

function productCard(
  kind: 'general' | 'dot' | 'scaled-dot',
  keys: Float32Array,
  query: Float32Array,
  truth: number,
): ScoreCard | null {
  return fewestDigits(SCORE_DECIMALS + 1, (decimals, rounding: Rounding) => {
    const all = Array.from(keys, (key, unit): ProductTerm => {
      const [a, b] = [print(key, decimals), print(query[unit] as number, decimals)];
      return { unit, key: a, query: b, term: print(a.value * b.value, decimals) };
    });
    const sum = sumOf(all.map(({ term }) => term));
    const divisor = kind === 'scaled-dot' ? print(Math.sqrt(keys.length), decimals) : null;
    const score = rounding(divisor ? sum.value / divisor.value : sum.value, truth, SCORE_DECIMALS);
    return score && { kind, ...shown(all), sum, divisor, score };
  });
}

/** Sorts by size; what is not shown goes into one number, unless that would stand for a single term. */
function shown<Term extends { readonly unit: number; readonly term: Printed }>(terms: readonly Term[]): Sum<Term> {
  const sorted = terms.toSorted((a, b) => Math.abs(b.term.value) - Math.abs(a.term.value) || a.unit - b.unit);
  if (sorted.length <= SHOWN_UNITS) return { terms: sorted, rest: null };
  return { terms: sorted, rest: sumOf(sorted.slice(SHOWN_UNITS).map(({ term }) => term)) };
}
