/** Redoes the cards from their printed texts, as a reader with a calculator would. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCORES, type ScoreKind } from '../../model/config.ts';
import { tinyShape } from '../../testing/tiny-models.ts';
import { tracedModel } from '../../testing/traced.ts';
import type { Trace } from '../../training/questions.ts';
import { contextCard } from './context-card.ts';
import { type Printed, print, readPrinted } from './printed.ts';
import { annotationOf, scoreCard } from './score-card.ts';
import { type SoftmaxCard, softmaxCard } from './softmax-card.ts';
import { elementOf, matrixOf, rowOf } from './tensor-rows.ts';

const [S, T] = [7, 5];

const models = async (score: ScoreKind): Promise<Trace[]> => [
  await tracedModel(tinyShape({ score }), S, T),
  await tracedModel(tinyShape({ score, placement: 'after', bidirectional: false, layers: 1 }), S, T, 4),
  await tracedModel(tinyShape({ score, hidden: 24, attention: 48, decoderHidden: 32, layers: 1 }), S, T, 2),
  await tracedModel(tinyShape({ score }), 1, 1),
];

const read = ({ text }: Printed): number => readPrinted(text);
/** A recomputed number, as it would be written down beside `like`. */
const written = (value: number, like: Printed): string => print(value, like.decimals).text;
const added = (terms: readonly Printed[]): number => {
  const digits = Math.max(...terms.map(({ decimals }) => decimals));
  return Number(terms.reduce((sum, term) => sum + read(term), 0).toFixed(digits));
};

for (const kind of SCORES.filter((score) => score !== 'none')) {
  describe(`the cards of a ${kind} score`, () => {
    it('give their printed score when they are redone, and it is the executor’s', async () => {
      for (const trace of await models(kind)) {
        const scores = matrixOf(trace.tensors, 'attention.scores');
        for (let t = 0; t < scores.rows; t++)
          for (let j = 0; j < scores.columns; j++) {
            const card = scoreCard(trace, t, j);
            expect(card?.kind).toBe(kind);
            if (!card) continue;
            expect(card.score.text).toBe(print(elementOf(scores, t, j), card.score.decimals).text);
            if (card.kind === 'additive') {
              for (const term of card.terms) {
                expect(term.inner.text).toBe(written(added([term.key, term.query, term.bias]), term.inner));
                expect(term.tanh.text).toBe(written(Math.tanh(read(term.inner)), term.tanh));
                expect(term.term.text).toBe(written(read(term.v) * read(term.tanh), term.term));
              }
              expect(card.score.decimals).toBeGreaterThanOrEqual(2);
            }
            if (card.kind === 'general' || card.kind === 'dot' || card.kind === 'scaled-dot')
              for (const term of card.terms)
                expect(term.term.text).toBe(written(read(term.key) * read(term.query), term.term));
            if (card.kind === 'linear-concat')
              expect(card.score.text).toBe(written(added([card.key, card.query, card.bias]), card.score));
            if ('terms' in card) {
              const shown = card.rest ? card.terms.slice(0, 6) : card.terms;
              const all = card.terms.map(({ term }) => term);
              const sum = added([...shown.map(({ term }) => term), ...(card.rest ? [card.rest] : [])]);
              expect(sum).toBe(added(all));
              const scaled = 'divisor' in card && card.divisor ? sum / read(card.divisor) : sum;
              expect(card.score.text).toBe(written(scaled, card.score));
            }
          }
      }
    });

    it('give their printed weights and contexts when they are redone, and they are the executor’s', async () => {
      for (const trace of await models(kind)) {
        const [scores, weights, contexts] = ['attention.scores', 'attention.weights', 'decoder.contexts'].map((name) =>
          matrixOf(trace.tensors, name),
        );
        for (let t = 0; t < weights.rows; t++) {
          const card = softmaxCard(rowOf(scores, t), rowOf(weights, t));
          expect(card).not.toBeNull();
          if (card) redoSoftmax(card, rowOf(weights, t));
          for (let d = 0; d < contexts.columns; d++) {
            const values = trace.translation.source.map((_, j) => annotationOf(trace, j)[d]);
            const context = contextCard(rowOf(weights, t), values, elementOf(contexts, t + 1, d));
            expect(context).not.toBeNull();
            if (!context) continue;
            for (const term of context.terms)
              expect(term.term.text).toBe(written(read(term.weight) * read(term.value), term.term));
            expect(context.context.text).toBe(written(added(context.terms.map(({ term }) => term)), context.context));
            expect(context.context.text).toBe(print(elementOf(contexts, t + 1, d), context.context.decimals).text);
          }
        }
      }
    });
  });
}

function redoSoftmax(card: SoftmaxCard, weights: ArrayLike<number>): void {
  const logits = card.entries.map(({ score, scaled }) => scaled ?? score);
  expect(read(card.maximum)).toBe(Math.max(...logits.map(read)));
  expect(card.sum.text).toBe(written(added(card.entries.map(({ exp }) => exp)), card.sum));
  card.entries.forEach((entry, j) => {
    if (entry.scaled && card.temperature)
      expect(entry.scaled.text).toBe(written(read(entry.score) / read(card.temperature), entry.scaled));
    expect(entry.shifted.text).toBe(written(read(entry.scaled ?? entry.score) - read(card.maximum), entry.shifted));
    expect(entry.exp.text).toBe(written(Math.exp(read(entry.shifted)), entry.exp));
    expect(entry.weight.text).toBe(written(read(entry.exp) / read(card.sum), entry.weight));
    expect(entry.weight.text).toBe(print(weights[j] as number, entry.weight.decimals).text);
  });
}

/** Softmax in float32, as a kernel has it. */
function softmax32(scores: readonly number[], temperature: number): Float32Array {
  const logits = scores.map((score) => score / temperature);
  const most = Math.max(...logits);
  const exps = logits.map((logit) => Math.fround(Math.exp(logit - most)));
  const sum = exps.reduce((total, exp) => total + exp, 0);
  return Float32Array.from(exps, (exp) => exp / sum);
}

describe('softmaxCard', () => {
  it('is right to the last digit for any scores and any temperature', () => {
    const scores = fc.array(fc.float({ min: -30, max: 30, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(scores, fc.constantFrom(1, 0.1, 0.5, 2, 3.7), (row, temperature) => {
        const weights = softmax32(row, temperature);
        const card = softmaxCard(row, weights, temperature);
        expect(card).not.toBeNull();
        if (card) redoSoftmax(card, weights);
      }),
    );
  });

  it('counts padding into the sum where that shares in the softmax', () => {
    const scores = fc.array(fc.float({ min: -8, max: 8, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(scores, fc.float({ min: -8, max: 8, noNaN: true }), (row, behind) => {
        const all = softmax32([...row, behind, behind], 1);
        const weights = all.subarray(0, row.length);
        const card = softmaxCard(row, weights, 1, true);
        expect(card).not.toBeNull();
        if (!card?.padding) return;
        expect(card.padding.weight.value).toBeCloseTo((all.at(-1) as number) * 2, 2);
        expect(card.sum.value).toBeCloseTo(
          [...card.entries, card.padding].reduce((sum, { exp }) => sum + exp.value, 0),
          9,
        );
      }),
    );
  });

  it('refuses weights that are not the softmax of the scores', () => {
    expect(softmaxCard([1, 2], [0.9, 0.1])).toBeNull();
  });
});

describe('contextCard', () => {
  it('is right to the last digit for any weights and states', () => {
    const words = fc.array(
      fc.tuple(fc.float({ min: 0, max: 1, noNaN: true }), fc.float({ min: -1, max: 1, noNaN: true })),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(words, (row) => {
        const truth = Math.fround(row.reduce((sum, [alpha, h]) => Math.fround(sum + Math.fround(alpha * h)), 0));
        const card = contextCard(
          row.map(([alpha]) => alpha),
          row.map(([, h]) => h),
          truth,
        );
        expect(card).not.toBeNull();
        if (!card) return;
        expect(card.context.text).toBe(written(added(card.terms.map(({ term }) => term)), card.context));
        expect(card.context.text).toBe(print(truth, card.context.decimals).text);
      }),
    );
  });
});
