import { describe, expect, it } from 'vitest';
import { createBatcher } from './batching.ts';
import type { SentencePair } from './corpus.ts';
import { answer, LONGEST, LONGEST_TRAINED, loadList, SHORTEST } from './lists.ts';

const lengths = (pairs: unknown) => (pairs as readonly SentencePair[]).map(({ source }) => source.length);

describe('lists', () => {
  it.each([
    ['reverse', 'attention', 'noitnetta'],
    ['copy', 'attention', 'attention'],
    ['sort', 'attention', 'aeinnottt'],
  ] as const)('%s %s: %s', (task, source, target) => {
    const pair = answer(task, [...source]);
    expect(pair.target.join('')).toBe(target);
    pair.alignment?.forEach((row, at) => {
      expect(row.map((from) => source[from])).toEqual([target[at]]);
    });
  });

  it('sorts equal letters in the order in which they stand', () => {
    expect(answer('sort', [...'tat']).alignment).toEqual([[1], [0], [2]]);
  });

  it('trains on 5 to 20 letters and tests on as many sequences of each length up to 40', () => {
    const { train, validation, test } = loadList('reverse');
    for (const list of [train, validation]) {
      expect(Math.min(...lengths(list))).toBe(SHORTEST);
      expect(Math.max(...lengths(list))).toBe(LONGEST_TRAINED);
    }
    const counts = new Map<number, number>();
    for (const length of lengths(test)) counts.set(length, (counts.get(length) ?? 0) + 1);
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual(
      Array.from({ length: LONGEST - SHORTEST + 1 }, (_, index) => SHORTEST + index),
    );
    expect(new Set(counts.values()).size).toBe(1);
  });

  it('makes training batches no longer than what is trained on, and takes held-out sequences of any length', () => {
    const batcher = createBatcher(loadList('reverse'), { batchSize: 64, seed: 0 });
    expect(batcher.buckets.at(-1)).toMatchObject({ sourceLength: LONGEST_TRAINED, targetLength: LONGEST_TRAINED + 1 });
    expect(batcher.limits).toEqual({ maxSource: LONGEST, maxTarget: LONGEST + 1 });
  });

  it('knows the answer of any letters, and of nothing else', () => {
    const corpus = loadList('sort');
    const typed = corpus.tokenizeSource('Bad  Cafe');
    expect(corpus.referenceOf?.(typed)?.target.join('')).toBe('aabcdef');
    expect(corpus.referenceOf?.(corpus.tokenizeSource('a1'))).toBeUndefined();
  });
});
