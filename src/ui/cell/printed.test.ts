import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agree, agreeAt, differenceOf, exponentOf, fewestDigits, print, readPrinted, sumOf } from './printed.ts';

const numbers = fc.double({ min: -50, max: 50, noNaN: true });
const decimals = fc.integer({ min: 0, max: 9 });

describe('printed numbers', () => {
  it('say what they hold, with a true minus sign and without a negative zero', () => {
    expect(print(-0.12345, 3)).toEqual({ text: '−0.123', value: -0.123, decimals: 3 });
    expect(print(-0.0001, 3).text).toBe('0.000');
    fc.assert(
      fc.property(numbers, decimals, (value, digits) => {
        const printed = print(value, digits);
        expect(readPrinted(printed.text)).toBe(printed.value);
        expect(Math.abs(printed.value - value)).toBeLessThanOrEqual(0.5000001 * 10 ** -digits);
      }),
    );
  });

  it('add up as on paper', () => {
    expect(sumOf([print(0.1, 1), print(0.2, 1)]).text).toBe('0.3');
    expect(differenceOf(print(0.3, 1), print(0.25, 2)).text).toBe('0.05');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 0, max: 6 }))), (terms) => {
        const exact = terms.reduce((sum, [count, digits]) => sum + BigInt(count) * 10n ** BigInt(6 - digits), 0n);
        const sum = sumOf(terms.map(([count, digits]) => print(count / 10 ** digits, digits)));
        expect(BigInt(Math.round(sum.value * 1e6))).toBe(exact);
      }),
    );
  });

  it('agree on a number of decimals or on one fewer, where two numbers are closer than half a unit', () => {
    fc.assert(
      fc.property(
        numbers,
        fc.double({ min: -0.49, max: 0.49, noNaN: true }),
        fc.integer({ min: 1, max: 6 }),
        (a, by, d) => {
          const b = a + by * 10 ** -d;
          const agreed = agree(a, b, d);
          expect(agreed).not.toBeNull();
          if (!agreed) return;
          expect(agreed.text).toBe(print(a, agreed.decimals).text);
          expect(agreed.text).toBe(print(b, agreed.decimals).text);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('never stand on an edge where two people would round differently', () => {
    expect(agreeAt(0.0005, 0.0005, 3)).toBeNull();
    expect(agreeAt(1.2345, 1.2345, 3)).toBeNull();
    expect(agree(0.0005, 0.0005, 3)?.text).toBe('0.00');
  });

  it('find the fewest digits that serve', () => {
    const tried: number[] = [];
    const card = fewestDigits(3, (digits) => {
      tried.push(digits);
      return digits < 6 ? null : digits;
    });
    expect([card, tried]).toEqual([6, [3, 4, 5, 6]]);
    expect(fewestDigits(3, () => null)).toBeNull();
  });

  it('take a power of ten out of numbers that are very small or very large', () => {
    expect(exponentOf([0.5, -3])).toBe(0);
    expect(exponentOf([0, 1e-40])).toBe(0);
    expect(exponentOf([0.00012, -0.00034])).toBe(-4);
    expect(exponentOf([12345])).toBe(4);
  });
});
