import { describe, expect, it } from 'vitest';
import type { PairList, SentencePair } from './corpus.ts';
import { DATE_FORMATS, loadDates } from './dates.ts';

const corpus = loadDates();
const parts: readonly PairList[] = [corpus.train, corpus.validation, corpus.test];
const pairAt = (list: PairList, index: number) => list.at(index) as SentencePair;
const isoOf = (list: PairList, index: number) => pairAt(list, index).target.join('');

describe('dates', () => {
  it('renders the published example in each of the 20 formats', () => {
    expect(DATE_FORMATS).toHaveLength(20);
    for (const { example, format } of DATE_FORMATS) expect(format({ year: 2019, month: 1, day: 5 })).toBe(example);
    expect(DATE_FORMATS.map(({ format }) => format({ year: 2003, month: 12, day: 31 })).join(' · ')).toBe(
      '31DEC2003 · 123103 · 12/31/03 · 12/31/2003 · 12/31/2003 · 31-12-2003 · 31-12-2003 · DEC 31 03 · 12/31/03 · ' +
        'DEC 31 2003 · DEC 31, 03 · DEC 31, 2003 · 31.12.2003 · 31.12.2003 · 2003.12.31 · 2003.12.31 · 20031231 · ' +
        '2003-12-31 · 31 DEC 2003 · 2003-12-31',
    );
  });

  it('splits the 36,525 days as published, each day in all its formats on one side', () => {
    expect(parts.map((part) => part.length)).toEqual([182_620, 109_560, 438_320]);
    const seen = new Set<string>();
    for (const part of parts) {
      for (let index = 0; index < part.length; index += 20) {
        const day = isoOf(part, index);
        expect(seen.has(day)).toBe(false);
        seen.add(day);
      }
    }
    expect(seen.size).toBe(36_525);
    const sorted = [...seen].sort();
    expect([sorted[0], sorted.at(-1)]).toEqual(['1950-01-01', '2049-12-31']);
  });

  it('puts 200 whole days into the first 4,000 test pairs', () => {
    const days = new Map<string, Set<string>>();
    for (let index = 0; index < 4000; index++) {
      const { source, target } = pairAt(corpus.test, index);
      const formats = days.get(target.join('')) ?? new Set();
      days.set(target.join(''), formats.add(String(index % 20)));
      expect(source.length).toBeGreaterThanOrEqual(6);
    }
    expect(days.size).toBe(200);
    for (const formats of days.values()) expect(formats.size).toBe(20);
  });

  it('has the published alphabets, in their order, after the special ids', () => {
    expect(corpus.sourceVocabulary.tokens.slice(4).join('')).toBe('0123456789/-., JANFEBMRPYULGSOCTVD');
    expect(corpus.targetVocabulary.tokens.slice(4).join('')).toBe('0123456789-');
    expect([corpus.sourceVocabulary.size, corpus.targetVocabulary.size]).toEqual([38, 15]);
  });

  it('knows every symbol it writes, in 10 characters at most 12 long at the source', () => {
    for (const part of parts) {
      for (let index = 0; index < part.length; index += 137) {
        const { source, target } = pairAt(part, index);
        expect(source.every((token) => corpus.sourceVocabulary.has(token))).toBe(true);
        expect(target.every((token) => corpus.targetVocabulary.has(token))).toBe(true);
        expect(source.length).toBeLessThanOrEqual(12);
        expect(target.length).toBe(10);
        expect(part.lengthsAt?.(index)).toEqual({ source: source.length, target: 10 });
      }
    }
  });

  it('probes held-out days', () => {
    const heldOut = new Set(
      Array.from({ length: corpus.validation.length / 20 }, (_, k) => isoOf(corpus.validation, 20 * k)),
    );
    expect(corpus.probes).toHaveLength(4);
    for (const { target } of corpus.probes) expect(heldOut.has(target.join(''))).toBe(true);
    expect(corpus.probes.map(({ source, target }) => `${source.join('')} ${target.join('')}`)).toMatchInlineSnapshot(`
      [
        "AUG 14, 1996 1996-08-14",
        "6.3.1966 1966-03-06",
        "11/22/73 1973-11-22",
        "042111 2011-04-21",
      ]
    `);
  });

  it('reads typed text as upper-case characters', () => {
    expect(corpus.tokenizeSource(' jan 5, 2019\n').join('')).toBe('JAN 5, 2019');
    expect(corpus.joinTarget([...'2019-01-05'])).toBe('2019-01-05');
    expect(corpus.train.at(-1)).toBeUndefined();
    expect(corpus.train.at(182_620)).toBeUndefined();
  });
});
