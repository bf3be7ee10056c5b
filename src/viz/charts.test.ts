import { describe, expect, it } from 'vitest';
import { extent, stepAxis, valueAxis } from './chart-scale.ts';
import { bandPath, bucketAt, type Curve, groups, linePath } from './line-path.ts';

const curve = (values: readonly number[]): Curve => ({
  length: values.length,
  x: (i) => i + 1,
  mean: (i) => values[i],
  min: (i) => values[i] - 1,
  max: (i) => values[i] + 1,
});
const same = (value: number): number => value;

describe('line and band paths', () => {
  it('draw nothing for an empty curve', () => {
    expect(linePath(curve([]), same, same, 100)).toBe('');
    expect(bandPath(curve([]), same, same, 100)).toBe('');
  });

  it('draw every point of a short curve', () => {
    expect(linePath(curve([3, 4]), same, same, 100)).toBe('M1 3L2 4');
  });

  it('thin a long curve to as many points as there are columns', () => {
    const long = curve(Array.from({ length: 10_000 }, (_, i) => Math.sin(i)));
    expect(linePath(long, same, same, 200).split('L').length).toBeLessThanOrEqual(200);
  });

  it('lose no spike to thinning', () => {
    const values = Array.from({ length: 5000 }, () => 0);
    values[2345] = 99;
    expect(bandPath(curve(values), same, same, 50)).toContain(' 100');
  });

  it('group buckets without gap or overlap', () => {
    const parts = [...groups(103, 10)];
    expect(parts[0][0]).toBe(0);
    expect(parts.at(-1)?.[1]).toBe(103);
    for (let i = 1; i < parts.length; i++) expect(parts[i][0]).toBe(parts[i - 1][1]);
  });

  it('find the bucket of a step', () => {
    const c = curve([1, 1, 1, 1]);
    expect([bucketAt(c, 0), bucketAt(c, 2.5), bucketAt(c, 99), bucketAt(curve([]), 1)]).toEqual([0, 2, 3, -1]);
  });
});

describe('axes', () => {
  it('span least and greatest over all curves', () => {
    expect(extent([curve([1, 2]), curve([5])])).toEqual([0, 6]);
    expect(extent([curve([])])).toBeNull();
  });

  it('put larger values higher', () => {
    const axis = valueAxis([0, 5], 100);
    expect(axis.position(5)).toBeLessThan(axis.position(0));
    expect(axis.ticks.length).toBeGreaterThan(1);
  });

  it('label powers of ten over a logarithm', () => {
    const axis = valueAxis([0.01, 5], 100, { isLogarithmic: true });
    for (const tick of axis.ticks) expect(Math.log10(tick) % 1).toBeCloseTo(0);
    expect(axis.position(0)).toBeLessThanOrEqual(100);
  });

  it('survive a curve that never changes', () => {
    expect(Number.isFinite(valueAxis([0, 0], 100).position(0))).toBe(true);
  });

  it('reach beyond the last step, and change only now and then', () => {
    const spans = Array.from({ length: 1000 }, (_, step) => stepAxis(step, 300).domain[1]);
    spans.forEach((span, step) => {
      expect(span).toBeGreaterThanOrEqual(step);
    });
    expect(new Set(spans).size).toBeLessThan(12);
  });
});
