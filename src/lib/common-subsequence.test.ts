import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonSubsequence } from './common-subsequence.ts';

const words = (text: string): string[] => text.split(' ');

describe('commonSubsequence', () => {
  it('pairs equal lists place by place', () => {
    expect(commonSubsequence(words('a b c'), words('a b c'))).toEqual([0, 1, 2]);
  });

  it('skips what one of the lists has more', () => {
    expect(commonSubsequence(words('a x b'), words('a b'))).toEqual([0, null, 1]);
    expect(commonSubsequence(words('a b'), words('a x b'))).toEqual([0, 2]);
  });

  it('pairs nothing with an empty list', () => {
    expect(commonSubsequence([], words('a'))).toEqual([]);
    expect(commonSubsequence(words('a'), [])).toEqual([null]);
  });

  it('pairs equal items in rising order, for any lists', () => {
    const list = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 9 });
    fc.assert(
      fc.property(list, list, (a, b) => {
        const partners = commonSubsequence(a, b);
        let last = -1;
        partners.forEach((partner, i) => {
          if (partner === null) return;
          expect(b[partner]).toBe(a[i]);
          expect(partner).toBeGreaterThan(last);
          last = partner;
        });
      }),
      { seed: 1 },
    );
  });
});
