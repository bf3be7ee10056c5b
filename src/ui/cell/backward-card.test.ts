import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backwardCard } from './backward-card.ts';
import { type Printed, print, readPrinted } from './printed.ts';

const read = ({ text }: Printed): number => readPrinted(text);
const written = (value: number, like: Printed): string => print(value, like.decimals).text;

describe('backwardCard', () => {
  it('is right to the last digit for any weights and gradients, however small', () => {
    const words = fc.array(
      fc.tuple(fc.double({ min: 0.001, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(words, fc.integer({ min: -9, max: 3 }), (row, power) => {
        const total = row.reduce((sum, [weight]) => sum + weight, 0);
        const weights = Float32Array.from(row, ([weight]) => weight / total);
        const dWeights = Float32Array.from(row, ([, gradient]) => gradient * 10 ** power);
        const inner = weights.reduce((sum, weight, j) => sum + weight * dWeights[j], 0);
        const dScores = Float32Array.from(weights, (weight, j) => weight * (dWeights[j] - inner));
        const card = backwardCard(weights, dWeights, dScores);
        expect(card).not.toBeNull();
        if (!card) return;
        const sum = card.entries.reduce((all, { product }) => all + read(product), 0);
        expect(card.inner.text).toBe(written(Number(sum.toFixed(card.inner.decimals)), card.inner));
        card.entries.forEach((entry, j) => {
          expect(entry.product.text).toBe(written(read(entry.weight) * read(entry.dWeight), entry.product));
          expect(entry.difference.text).toBe(written(read(entry.dWeight) - read(card.inner), entry.difference));
          expect(entry.dScore.text).toBe(written(read(entry.weight) * read(entry.difference), entry.dScore));
          const own = dScores[j] / 10 ** card.exponent;
          expect(entry.dScore.text).toBe(print(own, entry.dScore.decimals).text);
        });
      }),
    );
  });
});
