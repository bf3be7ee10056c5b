import { describe, expect, test } from 'vitest';
import { median } from './statistics.ts';

describe('median', () => {
  test('is the middle value, whatever the order', () => {
    expect(median([3])).toBe(3);
    expect(median([9, 1, 5])).toBe(5);
  });

  test('is the mean of the middle two of an even number', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  test('leaves its argument as it was', () => {
    const values = [2, 1];
    median(values);
    expect(values).toEqual([2, 1]);
  });

  test('refuses no values', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});
