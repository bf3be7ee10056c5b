import { describe, expect, it } from 'vitest';
import { litWord } from '../../store/view-store.ts';
import { openCell } from './use-staged.ts';

const weights = [0.2, 0.7, 0.1, 0.5, 0.1, 0.4];

describe('the open cell', () => {
  it('is the pinned one', () => {
    const pinned = { row: 1, column: 2, sourceToken: 'a', targetToken: 'b' };
    expect(openCell(pinned, weights, 2, 3)).toEqual({ row: 1, column: 2 });
  });

  it('is the largest of a pinned word, down or across', () => {
    expect(openCell(litWord('target', 'b', 1), weights, 2, 3)).toEqual({ row: 1, column: 0 });
    expect(openCell(litWord('source', 'a', 2), weights, 2, 3)).toEqual({ row: 1, column: 2 });
  });

  it('is the largest of the first row where nothing is pinned, or what the sentence does not have', () => {
    expect(openCell(null, weights, 2, 3)).toEqual({ row: 0, column: 1 });
    expect(openCell(litWord('target', 'b', 9), weights, 2, 3)).toEqual({ row: 0, column: 1 });
  });
});
