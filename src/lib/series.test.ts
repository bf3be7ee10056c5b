import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coarsen, Series } from './series.ts';

const fill = (series: Series, values: readonly number[]): void => {
  values.forEach((value, i) => {
    series.push(i + 1, value);
  });
};
const points = (series: Series): number[][] =>
  Array.from({ length: series.length }, (_, i) => [series.x(i), series.mean(i), series.min(i), series.max(i)]);

describe('Series', () => {
  it('keeps every point of a short run', () => {
    const series = new Series(8);
    fill(series, [5, 4, 3]);
    expect(points(series)).toEqual([
      [1, 5, 5, 5],
      [2, 4, 4, 4],
      [3, 3, 3, 3],
    ]);
  });

  it('joins neighbours when it is full, and keeps their spikes', () => {
    const series = new Series(4);
    fill(series, [1, 9, 1, 1, 1]);
    expect(points(series)[0]).toEqual([2, 5, 1, 9]);
    expect(points(series).at(-1)).toEqual([5, 1, 1, 1]);
  });

  it('never grows beyond its capacity, and loses neither mean, least nor greatest', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 400 }),
        (values) => {
          const series = new Series(16);
          fill(series, values);
          expect(series.length).toBeLessThanOrEqual(16);
          const all = points(series);
          expect(Math.min(...all.map((point) => point[2]))).toBe(Math.min(...values));
          expect(Math.max(...all.map((point) => point[3]))).toBe(Math.max(...values));
          expect(all.at(-1)?.[0]).toBe(values.length);
        },
      ),
      { seed: 2 },
    );
  });

  it('passes over values that are not finite', () => {
    const series = new Series(4);
    fill(series, [1, Number.NaN, Number.POSITIVE_INFINITY, 2]);
    expect(series.length).toBe(2);
  });

  it('starts anew after clear', () => {
    const series = new Series(4);
    fill(series, [1, 2, 3, 4, 5, 6]);
    series.clear();
    fill(series, [7]);
    expect(points(series)).toEqual([[1, 7, 7, 7]]);
  });

  it('goes on in fewer buckets as if it had always had so few', () => {
    const values = Array.from({ length: 29 }, (_, i) => (i * 7) % 11);
    const [long, short] = [new Series(64), new Series(64)];
    fill(long, values);
    short.load(coarsen(long.save(), 8));
    expect(short.length).toBe(8);
    const total = (series: Series): number =>
      Array.from({ length: series.length }, (_, i) => series.save().sum[i]).reduce((a, b) => a + b, 0);
    expect(total(short)).toBe(total(long));
    expect(short.x(7)).toBe(29);
    short.push(30, 3);
    expect([short.length, short.x(7), short.save().count[7]]).toEqual([8, 30, 2]);
  });
});
