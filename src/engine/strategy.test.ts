import { describe, expect, it } from 'vitest';
import { softwareRows } from './strategy.ts';

describe('rows of a tile on a software adapter', () => {
  it.each([
    { batch: 64, processors: 2, rows: 32, why: 'one large tile each' },
    { batch: 128, processors: 2, rows: 32, why: 'two large tiles each' },
    { batch: 64, processors: 4, rows: 16, why: 'two would have nothing to do' },
    { batch: 96, processors: 2, rows: 16, why: 'three large tiles leave one waiting' },
    { batch: 100, processors: 1, rows: 16, why: 'the last large tile would be mostly empty' },
    { batch: 16, processors: 1, rows: 16, why: 'half of a large tile would be empty' },
  ])('are $rows for $batch rows on $processors: $why', ({ batch, processors, rows }) => {
    expect(softwareRows(batch, processors)).toBe(rows);
  });
});
