import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kendallTauB, overallAgreement, rowAgreements, topPlace } from './rank-agreement.ts';

describe('Kendall’s τ-b', () => {
  it('is 1 for the same order, −1 for the opposite one', () => {
    expect(kendallTauB([1, 2, 3, 4], [10, 20, 30, 40])).toBe(1);
    expect(kendallTauB([1, 2, 3, 4], [4, 3, 2, 1])).toBe(-1);
  });

  it('is (C − D) / P without ties', () => {
    // Of six pairs, only that of the last two is in the opposite order.
    expect(kendallTauB([1, 2, 3, 4], [1, 2, 4, 3])).toBeCloseTo((5 - 1) / 6, 12);
  });

  it('takes ties out of each list’s pairs, as scipy.stats.kendalltau does', () => {
    // scipy: kendalltau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]) = -0.47140452…
    expect(kendallTauB([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])).toBeCloseTo(-0.47140452079103173, 12);
    // Pairs: (1,2) tied in a; all others in the same order: C = 5, √(5 · 6).
    expect(kendallTauB([1, 1, 2, 3], [1, 2, 3, 4])).toBeCloseTo(5 / Math.sqrt(30), 12);
    expect(kendallTauB([0, 0, 1], [0, 0, 1])).toBe(1);
  });

  it('is not defined for one place, or where all are alike', () => {
    expect(kendallTauB([1], [2])).toBeNull();
    expect(kendallTauB([], [])).toBeNull();
    expect(kendallTauB([3, 3, 3], [1, 2, 3])).toBeNull();
    expect(kendallTauB([1, 2, 3], [0, 0, 0])).toBeNull();
  });

  it('is symmetric, lies between −1 and 1, and changes its sign with the order', () => {
    const list = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), { maxLength: 12 });
    fc.assert(
      fc.property(list, (pairs) => {
        const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
        const tau = kendallTauB(a, b);
        const mirrored = kendallTauB(
          a,
          b.map((y) => -y),
        );
        expect(kendallTauB(b, a)).toBe(tau);
        if (tau === null) expect(mirrored).toBeNull();
        else {
          expect(Math.abs(tau)).toBeLessThanOrEqual(1 + 1e-12);
          expect(mirrored).toBeCloseTo(-tau, 12);
        }
      }),
      { seed: 4 },
    );
  });
});

describe('the largest value', () => {
  it('has a place only where it is alone and there is a choice', () => {
    expect(topPlace([0.1, 0.7, 0.2])).toBe(1);
    expect(topPlace([0.7, 0.1, 0.7])).toBeNull();
    expect(topPlace([0.7, 0.7, 0.9])).toBe(2);
    expect(topPlace([1])).toBeNull();
    expect(topPlace([])).toBeNull();
  });
});

describe('agreement of two tables', () => {
  const a = Float32Array.of(3, 2, 1, 0.5, 0.5, 0.5, 1, 2, 2);
  const b = Float32Array.of(9, 4, 1, 1, 2, 3, 5, 1, 1);

  it('is given row by row', () => {
    const [first, second, third] = rowAgreements(a, b, 3);
    expect(first).toEqual({ tau: 1, isTopSame: true });
    expect(second).toEqual({ tau: null, isTopSame: null });
    expect(third).toEqual({ tau: -1, isTopSame: null });
  });

  it('counts the rows where there is something to compare', () => {
    expect(overallAgreement(rowAgreements(a, b, 3))).toEqual({ tau: 0, tauRows: 2, topSame: 1, topRows: 1 });
    expect(overallAgreement([])).toEqual({ tau: null, tauRows: 0, topSame: 0, topRows: 0 });
  });
});
