import { describe, expect, it } from 'vitest';
import { compare, TOLERANCES } from './tolerance.ts';

describe('compare', () => {
  const tolerance = { rtol: 0.1, atol: 1 };

  it('accepts what is within atol + rtol · |want|, for each element', () => {
    expect(compare([100, -100, 0.5], [110, -110, 0], tolerance)).toMatchObject({ values: 3, isWithin: true });
    expect(compare([112], [100], tolerance).isWithin).toBe(false);
    expect(compare([111], [100], tolerance)).toMatchObject({ worst: 1, isWithin: true });
  });

  it('reports the largest errors', () => {
    const { maxAbsError, maxRelError, worst } = compare([1, 4], [2, 2], { rtol: 0, atol: 4 });
    expect({ maxAbsError, maxRelError, worst }).toEqual({ maxAbsError: 2, maxRelError: 1, worst: 0.5 });
  });

  it('refuses NaN, infinity, missing and superfluous values', () => {
    for (const got of [[Number.NaN, 1], [Number.POSITIVE_INFINITY, 1], [1], [1, 1, 1], []])
      expect(compare(got, [1, 1], { rtol: 1, atol: 100 })).toMatchObject({ isWithin: false, worst: Infinity });
    expect(compare([Number.NaN], [Number.NaN], tolerance).isWithin).toBe(false);
  });

  it('accepts two empty lists', () => {
    expect(compare([], [], tolerance)).toEqual({
      values: 0,
      maxAbsError: 0,
      maxRelError: 0,
      worst: 0,
      isWithin: true,
    });
  });
});

describe('the tolerances', () => {
  it('are those of the model’s description', () => {
    expect(TOLERANCES).toEqual({
      float32: {
        value: { rtol: 1e-4, atol: 1e-5 },
        gradient: { rtol: 1e-3, atol: 1e-5 },
        parameter: { rtol: 1e-3, atol: 1e-4 },
      },
      float64: {
        value: { rtol: 1e-9, atol: 1e-9 },
        gradient: { rtol: 1e-9, atol: 1e-9 },
        parameter: { rtol: 1e-9, atol: 1e-9 },
      },
    });
  });
});
