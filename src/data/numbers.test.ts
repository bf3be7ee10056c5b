import { toCardinal as arabic } from 'n2words/ar-SA';
import { toCardinal as german } from 'n2words/de-DE';
import { toCardinal as english } from 'n2words/en-US';
import { toCardinal } from 'n2words/fr-FR';
import { toCardinal as turkish } from 'n2words/tr-TR';
import { describe, expect, it } from 'vitest';
import type { SentencePair } from './corpus.ts';
import { ARABIC, ENGLISH, FRENCH, GERMAN, TURKISH } from './number-words.ts';
import { loadNumbers } from './numbers.ts';

const { split: numberWords, join: joinNumberWords } = FRENCH;

const corpus = loadNumbers('numbers');
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

  it.each([
    [FRENCH, toCardinal],
    [ENGLISH, english],
    [GERMAN, german],
    [ARABIC, arabic],
    [TURKISH, turkish],
  ])('restores the standard spelling of all 10,000 numbers', ({ split, join }, spell) => {
    for (let value = 0; value < 10_000; value++) expect(join(split(value))).toBe(spell(value));
  });

  it('cuts German words where their parts meet, and the Arabic and from the word after it', () => {
    expect(GERMAN.split(342)).toEqual(['drei', 'hundert', 'zwei', 'und', 'vierzig']);
    expect(GERMAN.split(1716)).toEqual(['ein', 'tausend', 'sieben', 'hundert', 'sechzehn']);
    expect(ARABIC.split(342)).toEqual(['ثلاثمائة', 'و', 'اثنان', 'و', 'أربعون']);
    expect(ARABIC.split(101)).toEqual(['مائة', 'و', 'واحد']);
  });

  it('reads typed English words however they are joined', () => {
    const { tokenizeSource } = loadNumbers('number-words-de');
    for (const text of ['three hundred forty-two', ' Three  hundred and forty two '])
      expect(tokenizeSource(text)).toEqual(['three', 'hundred', 'forty', 'two']);
  });

  it('holds the same numbers out whatever they are written in', () => {
    const targets = (loadNumbers('number-words').test as readonly SentencePair[]).map(({ target }) => target);
    expect(targets).toEqual((corpus.test as readonly SentencePair[]).map(({ target }) => target));
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
    expect(loadNumbers('numbers').test).toEqual(corpus.test);
    expect(corpus.probes.map(numberOf)).toEqual([1997, 4280, 671, 5391]);
    expect((corpus.validation as readonly SentencePair[]).slice(0, 4)).toEqual(corpus.probes);
  });

  it('reads typed numbers whatever their grouping', () => {
    for (const text of ['1234', '1,234', '1 234', '1’234', ' 1 234 ', '1234'])
      expect(corpus.tokenizeSource(text)).toEqual(['1', '2', '3', '4']);
    expect(corpus.tokenizeSource('1x')).toEqual(['1', 'x']);
  });
});
