import { describe, expect, it } from 'vitest';
import { cellBits, pictureOf, readCell } from '../lib/picture-cells.ts';
import type { PairList, SentencePair } from './corpus.ts';
import { loadPlates } from './plates.ts';

const corpus = loadPlates();
const COUNT = 400;
const first = (list: PairList): SentencePair[] =>
  Array.from({ length: COUNT }, (_, index) => list.at(index) as SentencePair);
const numbersOf = (pairs: readonly SentencePair[]) => new Set(pairs.map(({ target }) => target.join('')));

describe('the pictures of numbers', () => {
  const parts = [corpus.train, corpus.validation, corpus.test].map(first);

  it('are the same whenever they are drawn', () => {
    expect(loadPlates().train.at(7)).toEqual(corpus.train.at(7));
    expect(corpus.train.at(-1)).toBeUndefined();
    expect(corpus.test.at(corpus.test.length)).toBeUndefined();
  });

  it('share no number between the parts, and so no picture', () => {
    const [train, validation, test] = parts.map(numbersOf) as [Set<string>, Set<string>, Set<string>];
    for (const number of [...validation, ...test]) expect(train.has(number)).toBe(false);
    for (const number of test) expect(validation.has(number)).toBe(false);
  });

  it('show three to six digits in 64 cells with something in them', () => {
    for (const { source, target } of parts.flat()) {
      expect(target.length).toBeGreaterThanOrEqual(3);
      expect(target.length).toBeLessThanOrEqual(6);
      expect(pictureOf(source)).toMatchObject({ height: 16, width: 64 });
      expect(source.filter((token) => cellBits(token) !== 0).length).toBeGreaterThan(target.length);
    }
  });

  it('have the length without being drawn', () => {
    for (let index = 0; index < 50; index++) {
      const { source, target } = corpus.train.at(index) as SentencePair;
      expect(corpus.train.lengthsAt?.(index)).toEqual({ source: source.length, target: target.length });
    }
  });

  it('know the cells under each digit, which go from left to right and have ink', () => {
    for (const { source, alignment = [] } of parts.flat()) {
      const columnOf = (cell: number) => readCell(source[cell] as string)?.column as number;
      const middles = alignment.map(([middle]) => columnOf(middle as number));
      expect(middles).toEqual([...middles].sort((a, b) => a - b));
      for (const cells of alignment) expect(cells.some((cell) => cellBits(source[cell] as string) !== 0)).toBe(true);
    }
  });

  it('are written on demand for digits that are typed, each hand its own picture', () => {
    const [plain, same, other] = ['4821', ' 4821/1 ', '4821/2'].map((text) => corpus.tokenizeSource(text));
    expect(plain).toEqual(same);
    expect(plain).not.toEqual(other);
    expect(pictureOf(plain as string[])).toMatchObject({ height: 16, width: 64 });
    for (const text of ['', 'chat', '1234567', '12a']) expect(corpus.tokenizeSource(text)).toEqual([]);
  });
});
