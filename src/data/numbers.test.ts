import { toCardinal } from 'n2words/fr-FR';
import { describe, expect, it } from 'vitest';
import type { SentencePair } from './corpus.ts';
import { joinNumberWords, loadNumbers, numberWords } from './numbers.ts';

const corpus = loadNumbers();
const train = corpus.train as readonly SentencePair[];
const heldOut = [...(corpus.validation as readonly SentencePair[]), ...(corpus.test as readonly SentencePair[])];
const numberOf = ({ source }: SentencePair) => Number(source.join(''));

describe('numbers', () => {
  it('writes 97 as four words and restores its hyphens', () => {
    expect(numberWords(97)).toEqual(['quatre', 'vingt', 'dix', 'sept']);
    expect(joinNumberWords(['quatre', 'vingt', 'dix', 'sept'])).toBe('quatre-vingt-dix-sept');
    expect(joinNumberWords(numberWords(4280))).toBe('quatre mille deux cent quatre-vingts');
    expect(joinNumberWords(numberWords(71))).toBe('soixante et onze');
  });

  it('restores the standard spelling of all 10,000 numbers', () => {
    for (let value = 0; value < 10_000; value++) expect(joinNumberWords(numberWords(value))).toBe(toCardinal(value));
  });

  it('splits the numbers 7,000 to 1,000 to 2,000, each number on one side', () => {
    expect([corpus.train.length, corpus.validation.length, corpus.test.length]).toEqual([7000, 1000, 2000]);
    const values = [...train, ...heldOut].map(numberOf);
    expect(new Set(values).size).toBe(10_000);
    for (const { source, target } of [...train, ...heldOut])
      expect(joinNumberWords(target)).toBe(toCardinal(source.join('')));
  });

  it('trains on every word that is held out', () => {
    const known = new Set(train.flatMap(({ target }) => target));
    for (const { target } of heldOut) for (const word of target) expect(known.has(word)).toBe(true);
    expect(train.slice(0, 10).map(numberOf)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(known.size).toBe(corpus.targetVocabulary.size - 4);
  });

  it('splits the same way each time and probes held-out numbers', () => {
    expect(loadNumbers().test).toEqual(corpus.test);
    expect(corpus.probes.map(numberOf)).toEqual([1997, 4280, 671, 5391]);
    expect((corpus.validation as readonly SentencePair[]).slice(0, 4)).toEqual(corpus.probes);
  });

  it('reads typed numbers whatever their grouping', () => {
    for (const text of ['1234', '1,234', '1 234', '1’234', ' 1 234 ', '1234'])
      expect(corpus.tokenizeSource(text)).toEqual(['1', '2', '3', '4']);
    expect(corpus.tokenizeSource('1x')).toEqual(['1', 'x']);
  });
});
