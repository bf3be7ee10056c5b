import { describe, expect, it } from 'vitest';
import { Series } from '../../lib/series.ts';
import { heldAt, spread } from './places.ts';

describe('the value of a curve at a step', () => {
  const curve = new Series();
  curve.push(25, 0.2);
  curve.push(50, 0.6);

  it.each([
    [24, Number.NaN],
    [25, 0.2],
    [49, 0.2],
    [50, 0.6],
    [1000, 0.6],
    [null, 0.6],
  ])('is that of the measurement before it: %s', (step, value) => {
    expect(heldAt(curve, step)).toBe(value);
  });

  it('is none where nothing was measured', () => {
    expect(heldAt(new Series(), null)).toBeNaN();
  });
});

describe('names at the ends of lines', () => {
  it('stay where they are while there is room, and are pushed down where there is none', () => {
    expect(spread([10, 100, 40], 16)).toEqual([10, 100, 40]);
    expect(spread([50, 48, 50], 16)).toEqual([64, 48, 80]);
    expect(spread([], 16)).toEqual([]);
  });
});
