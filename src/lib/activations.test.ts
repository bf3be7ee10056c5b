import { describe, expect, it } from 'vitest';
import { sigmoid } from './activations.ts';

describe('sigmoid', () => {
  it('is 1 / (1 + exp(-x)), without overflow at either end', () => {
    for (const x of [-30, -1, -1e-9, 0, 0.5, 30]) expect(sigmoid(x)).toBeCloseTo(1 / (1 + Math.exp(-x)), 15);
    expect([sigmoid(-1e4), sigmoid(1e4)]).toEqual([0, 1]);
    expect([sigmoid(Number.NEGATIVE_INFINITY), sigmoid(Number.POSITIVE_INFINITY)]).toEqual([0, 1]);
  });

  it('is symmetric about one half', () => {
    for (const x of [0.1, 3, 700]) expect(sigmoid(x) + sigmoid(-x)).toBeCloseTo(1, 15);
  });

  it('passes on what is no number', () => {
    expect(sigmoid(Number.NaN)).toBeNaN();
  });
});
