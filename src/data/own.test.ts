import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CorpusFormatError } from '../lib/errors.ts';
import type { SentencePair } from './corpus.ts';
import { TOKEN_LIMIT } from './import/selection.ts';
import { loadOwn } from './own.ts';
import { createWordTokenizer, joinWords, punctuationStyle, tokenizeWords } from './word-tokens.ts';

/** `count` pairs with different sources, of which `targets` translations each. */
const lines = (count: number, targets = 1) =>
  Array.from({ length: count * targets }, (_, k) => `We saw ${k % count} cats.\tNous avons vu ${k} chats.`);

const caught = (text: string): CorpusFormatError => {
  try {
    loadOwn('pairs.tsv', text);
  } catch (error) {
    if (error instanceof CorpusFormatError) return error;
  }
  throw new Error('expected a CorpusFormatError');
};

describe('tokenizeWords', () => {
  const french = { hasHighSpaces: true };
  const english = { hasHighSpaces: false };

  it.each([
    ["J'ai travaillé avec Tom.", "j' ai travaillé avec tom .", "j'ai travaillé avec tom."],
    ['Qu’est-ce que c’est ?', "qu' est -ce que c' est ?", "qu'est-ce que c'est\u202f?"],
    ['Va\u202f!', 'va !', 'va\u202f!'],
    ["Aujourd'hui, quelqu'un l'a dit.", "aujourd'hui , quelqu'un l' a dit .", "aujourd'hui, quelqu'un l'a dit."],
    ['« Laissez-moi »\u00a0!', '« laissez -moi » !', '«\u202flaissez-moi\u202f»!'],
  ])('takes French %j apart and puts it together', (text, tokens, joined) => {
    expect(tokenizeWords(text).join(' ')).toBe(tokens);
    expect(joinWords(tokens.split(' '), french)).toBe(joined);
  });

  it.each([
    ["I've met Tom's dog.", "i 've met tom 's dog .", "i've met tom's dog."],
    ["Don’t! He can't, won't.", "do n't ! he can n't , wo n't .", "don't! he can't, won't."],
    ['"Yes," he said (3.5 or 1,000).', '" yes , " he said ( 3.5 or 1,000 ) .', '"yes," he said (3.5 or 1,000).'],
    ["It's 7:30 o'clock, well-known...", "it 's 7:30 o'clock , well -known ...", "it's 7:30 o'clock, well-known ..."],
    ["the dogs' house", "the dogs ' house", "the dogs' house"],
  ])('takes English %j apart and puts it together', (text, tokens, joined) => {
    expect(tokenizeWords(text).join(' ')).toBe(tokens);
    expect(joinWords(tokens.split(' '), english)).toBe(joined);
  });

  it('cuts scripts without spaces into characters', () => {
    expect(tokenizeWords('我是学生。')).toEqual(['我', '是', '学', '生', '。']);
    expect(tokenizeWords('B2 word我')).toEqual(['b2', 'word', '我']);
    expect(joinWords(['我', '是', '学', '生', '。'], english)).toBe('我是学生。');
  });

  it('composes letters, so that é is one way only', () => {
    expect(tokenizeWords('e\u0301te\u0301')).toEqual(['\u00e9t\u00e9']);
  });

  it('loses no letter and makes no empty token, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const tokens = tokenizeWords(text);
        expect(tokens).not.toContain('');
        const letters = (value: string) => value.toLowerCase().match(/[a-z]/gu)?.join('') ?? '';
        if (!/n['’]t/iu.test(text)) expect(letters(tokens.join(''))).toBe(letters(text.normalize('NFC')));
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('cuts many sentences as it cuts each of them', () => {
    const tokenize = createWordTokenizer();
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.lorem(), fc.constant(' \u00a0')), { maxLength: 9 }),
        (parts) => {
          const text = parts.join(' ');
          expect(tokenize(text)).toEqual(tokenizeWords(text));
        },
      ),
      { seed: 4, numRuns: 300 },
    );
  });

  it('sees from the text whether high punctuation is spaced', () => {
    expect(punctuationStyle('Va !\nQuoi\u202f?').hasHighSpaces).toBe(true);
    expect(punctuationStyle('Go!\nWhat?').hasHighSpaces).toBe(false);
    expect(punctuationStyle('Go.').hasHighSpaces).toBe(false);
  });
});

describe('loadOwn', () => {
  it('splits 90 to 5 to 5 by source sentence, the translations of one staying together', () => {
    const corpus = loadOwn('pairs.tsv', lines(200, 3).join('\n'));
    expect([corpus.train.length, corpus.validation.length, corpus.test.length]).toEqual([540, 30, 30]);
    const parts = [corpus.train, corpus.validation, corpus.test].map(
      (part) => new Set((part as readonly SentencePair[]).map(({ source }) => source.join(' '))),
    );
    expect(parts.map((part) => part.size)).toEqual([180, 10, 10]);
    expect(new Set(parts.flatMap((part) => [...part])).size).toBe(200);
    expect(corpus.probes).toHaveLength(4);
    for (const probe of corpus.probes) expect(corpus.validation).toContain(probe);
  });

  it('reads a byte order mark, Windows line ends, blank lines and further columns', () => {
    const text = `\ufeff${lines(12)
      .map((line) => `${line}\tCC-BY 2.0 (someone)`)
      .join('\r\n\r\n')}\r\n`;
    const corpus = loadOwn('deck.txt', text);
    expect(corpus.train.length + corpus.validation.length + corpus.test.length).toBe(12);
    expect(corpus.sourceVocabulary.has('\ufeffwe')).toBe(false);
    expect(corpus.targetVocabulary.has('cc-by')).toBe(false);
    expect(corpus.notes).toEqual({
      linesRead: 12,
      droppedTooLong: 0,
      droppedEmptySide: 0,
      droppedDuplicate: 0,
      tokenLimit: TOKEN_LIMIT,
      unknownSourceWords: 0,
      unknownTargetWords: 0,
      unknownSourceExamples: [],
      unknownTargetExamples: [],
    });
  });

  it('counts what it leaves out', () => {
    const long = Array(TOKEN_LIMIT + 1)
      .fill('very')
      .join(' ');
    const text = [...lines(12), `${long}\tcourt`, `short\t${long}`, 'nothing\t ', lines(1)[0], lines(1)[0]].join('\n');
    expect(loadOwn('pairs.tsv', text).notes).toMatchObject({
      linesRead: 17,
      droppedTooLong: 2,
      droppedEmptySide: 1,
      droppedDuplicate: 2,
    });
  });

  it('leaves words seen once out of a large vocabulary', () => {
    const text = Array.from({ length: 1500 }, (_, k) => `word${k} a b\tmot${k} c d`);
    const corpus = loadOwn('pairs.tsv', text.join('\n'));
    expect(corpus.targetVocabulary.tokens.slice(4)).toEqual(['c', 'd']);
    expect(corpus.notes?.unknownTargetWords).toBe(1350);
  });

  it('names the file, the line and the reason of a line without a tab', () => {
    const error = caught([...lines(12), '', 'no tab here'].join('\n'));
    expect(error.line).toBe(14);
    expect(error.details).toEqual({ line: '14' });
    expect(error.message).toBe("pairs.tsv, line 14: expected two columns, got 'no tab here'");
  });

  it('refuses empty files, files that are no text, and too few pairs', () => {
    expect(caught('').message).toContain('pairs.tsv is empty');
    expect(caught(' \n\r\n').line).toBe(1);
    expect(caught('PK\u0003\u0004zip').message).toContain('is not a text file');
    expect(caught('a\0b\tc').message).toContain('is not a text file');
    expect(caught(lines(9, 5).join('\n')).message).toContain('at least 10 different source sentences');
    expect(loadOwn('pairs.tsv', lines(10).join('\n')).train.length).toBe(8);
  });

  it('splits the same way each time', () => {
    const text = lines(60).join('\n');
    expect(loadOwn('a.tsv', text).test).toEqual(loadOwn('b.tsv', text).test);
  });
});
