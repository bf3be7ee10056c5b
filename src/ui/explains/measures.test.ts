import { describe, expect, it } from 'vitest';
import { agreementsOf, closenessOf, faintRows, measuresOf } from './measures.ts';

const matrix = (...data: number[]) => ({ rows: 2, columns: 3, data: Float32Array.from(data) });
const ATTRIBUTIONS = {
  attention: matrix(0.5, 0.25, 0.25, 0, 0, 1),
  gradientInput: matrix(-2, 1, 1, 0, 0, -4),
  erasure: matrix(3, 1, -5, -1, -2, -3),
};

describe('the three measures', () => {
  it('share out each row: attention as it is, gradients by size, erasure by what it costs', () => {
    const [attention, gradientInput, erasure] = measuresOf(ATTRIBUTIONS);
    expect([...(attention?.shares ?? [])]).toEqual([0.5, 0.25, 0.25, 0, 0, 1]);
    expect([...(gradientInput?.shares ?? [])]).toEqual([0.5, 0.25, 0.25, 0, 0, 1]);
    // Where leaving out any word helps, erasure counts none.
    expect([...(erasure?.shares ?? [])]).toEqual([0.75, 0.25, 0, 0, 0, 0]);
    expect([attention?.limit, gradientInput?.limit, erasure?.limit]).toEqual([1, 4, 5]);
    expect([...(erasure?.raw ?? [])]).toEqual([3, 1, -5, -1, -2, -3]);
  });

  it('are compared two by two', () => {
    const agreements = agreementsOf(measuresOf(ATTRIBUTIONS));
    expect(agreements.map(({ a, b }) => `${a} ${b}`)).toEqual([
      'attention gradientInput',
      'attention erasure',
      'gradientInput erasure',
    ]);
    expect(agreements[0]?.overall).toEqual({ tau: 1, tauRows: 2, topSame: 2, topRows: 2 });
    expect(agreements[1]?.rows[1]).toEqual({ tau: null, isTopSame: null });
  });

  it('are two without attention', () => {
    const none = { rows: 0, columns: 0, data: new Float32Array(0) };
    const measures = measuresOf({ ...ATTRIBUTIONS, attention: none });
    expect(measures.map(({ name }) => name)).toEqual(['gradientInput', 'erasure']);
    expect(agreementsOf(measures)).toHaveLength(1);
  });

  it('count the outputs that no left-out word costs anything', () => {
    expect(faintRows(measuresOf(ATTRIBUTIONS))).toBe(1);
    expect(faintRows(measuresOf({ ...ATTRIBUTIONS, erasure: matrix(0.009, 0, -3, 0.011, 0, 0) }))).toBe(1);
    expect(faintRows([])).toBe(0);
  });

  it('have their agreement put into words', () => {
    expect([0.9, 0.6, 0.45, 0.1, -0.8].map(closenessOf)).toEqual(['close', 'close', 'partly', 'hardly', 'hardly']);
  });
});
