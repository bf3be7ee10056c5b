import { describe, expect, it } from 'vitest';
import type { SentencePair } from '../../data/corpus.ts';
import { bucketsByLength, longestSource } from './length-quality.ts';

const pair = (length: number): SentencePair => ({
  source: Array.from({ length }, (_, i) => `${i}`),
  target: ['x'],
});
const pairs = (...lengths: number[]): SentencePair[] => lengths.map(pair);
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('buckets by length', () => {
  it('are single lengths where there are few, with at most so many pairs each', () => {
    const buckets = bucketsByLength([pairs(3, 4, 4, 6), pairs(4, 4, 5)], 6, 3);
    expect(buckets.map(({ from, to, pairs: { length } }) => [from, to, length])).toEqual([
      [3, 3, 1],
      [4, 4, 3],
      [5, 5, 1],
      [6, 6, 1],
    ]);
  });

  it('end where training ends, so that none mixes trained and untrained lengths', () => {
    const buckets = bucketsByLength([pairs(...range(5, 40))], 20, 64);
    expect(buckets.map(({ from, to }) => [from, to])).toEqual([
      [5, 8],
      [9, 12],
      [13, 16],
      [17, 20],
      [21, 24],
      [25, 28],
      [29, 32],
      [33, 36],
      [37, 40],
    ]);
    expect(buckets.every(({ pairs: members }) => members.length === 4)).toBe(true);
  });

  it('take the first pairs of the first list', () => {
    const first = pairs(3, 3);
    const [bucket] = bucketsByLength([first, pairs(3)], 3, 2);
    expect(bucket?.pairs).toEqual(first);
  });

  it('are none without pairs', () => {
    expect(bucketsByLength([[], []], 5, 10)).toEqual([]);
    expect(longestSource([])).toBe(0);
  });
});
