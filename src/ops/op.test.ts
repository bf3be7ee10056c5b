import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShapeError } from '../lib/errors.ts';
import { constant, cover, expectShape, type OpCall, operand } from './op.ts';
import { wholeView } from './view.ts';

describe('cover', () => {
  it('has enough workgroups, few too many, and none beyond the limit of a dimension', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.constantFrom(1, 16, 64, 256), (count, size) => {
        const [x, y, z] = cover(count, size);
        fc.pre(Math.ceil(count / size) <= 65_535 ** 2);
        expect(x * y * z * size).toBeGreaterThanOrEqual(count);
        expect(x * y * z - count / size).toBeLessThan(y + 1);
        expect(Math.min(x, y, z)).toBeGreaterThanOrEqual(1);
        expect(Math.max(x, y, z)).toBeLessThanOrEqual(65_535);
      }),
      { seed: 1 },
    );
  });

  it('folds only beyond the limit', () => {
    expect(cover(65_535 * 64, 64)).toEqual([65_535, 1, 1]);
    expect(cover(65_535 * 64 + 1, 64)).toEqual([32_768, 2, 1]);
    expect(cover(0, 64)).toEqual([1, 1, 1]);
  });
});

describe('the parts of a check', () => {
  const call: OpCall = { op: 'zero', operands: { y: wholeView('t', 2, 3) }, numbers: { scale: 2 } };

  it('pass what is there as it should be, and optional operands that are not there', () => {
    expect(operand(call, 'y')).toEqual(wholeView('t', 2, 3));
    expect(constant(call, 'scale')).toBe(2);
    expectShape(call, 'y', 2, 3);
    expectShape(call, 'bias', 1, 3);
  });

  it('say who, what was expected and what came', () => {
    expect(() => operand(call, 'x')).toThrow(new ShapeError('zero: operand x is missing'));
    expect(() => constant(call, 'salt')).toThrow(new ShapeError('zero: constant salt is missing'));
    expect(() => expectShape(call, 'y', 3, 2)).toThrow(new ShapeError('zero: y expected [3, 2], got [2, 3]'));
  });
});
