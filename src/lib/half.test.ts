import { describe, expect, it } from 'vitest';
import { fromHalf, toHalf } from './half.ts';

describe('half-precision floats', () => {
  it('come back from their bits, all of them', () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = fromHalf(bits);
      if (Number.isNaN(value)) expect(Number.isNaN(fromHalf(toHalf(value)))).toBe(true);
      else if (toHalf(value) !== bits) expect.unreachable(`${bits} became ${toHalf(value)}`);
    }
  });

  it.each([
    [0, 0],
    [1, 1],
    [-2.5, -2.5],
    [65504, 65504],
    [2 ** -24, 2 ** -24],
    [2 ** -26, 0],
    // Halfway between two: the even one.
    [1 + 2 ** -11, 1],
    [1 + 3 * 2 ** -11, 1 + 2 ** -9],
    [3 * 2 ** -25, 2 ** -23],
    [65519, 65504],
    [65520, Number.POSITIVE_INFINITY],
    [-1e9, Number.NEGATIVE_INFINITY],
  ])('are the nearest ones: %s is %s', (value, nearest) => {
    expect(fromHalf(toHalf(value))).toBe(nearest);
  });

  it('are off by at most 2^-11 of a value', () => {
    for (let i = 1; i < 20_000; i++) {
      const value = Math.fround(i * 0.00317);
      expect(Math.abs(fromHalf(toHalf(value)) - value)).toBeLessThanOrEqual(value * 2 ** -11);
    }
  });
});
