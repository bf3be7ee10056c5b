/** How a column of text becomes tokens and back, as the visitor chose. */

import { createWordTokenizer, joinWords, punctuationStyle } from '../word-tokens.ts';
import { unspacedLanguage } from './languages.ts';

/** Words and punctuation; characters; or words found by `Intl.Segmenter` where a script has no spaces. */
export const TOKEN_CHOICES = ['words', 'characters', 'segmenter'] as const;
export type TokenChoice = (typeof TOKEN_CHOICES)[number];

/** Words after which a segmenter stops: each takes it longer than the one before, and no model reads as many. */
const MAX_SEGMENTS = 500;

export interface Tokenizer {
  readonly choice: TokenChoice;
  /** BCP 47, `und` where the script does not tell. */
  readonly language: string;
  tokenize(text: string): string[];
  join(tokens: readonly string[]): string;
}

/** What suits a text: the segmenter for scripts without spaces, else words. */
export const likelyTokens = (text: string): TokenChoice => (unspacedLanguage(text) ? 'segmenter' : 'words');

/** A tokenizer for a column of a language, from a sample of its text. */
export function createTokenizer(choice: TokenChoice, sample: string, language: string): Tokenizer {
  if (choice === 'characters')
    return {
      choice,
      language,
      tokenize: (text) => [...text.normalize('NFC').trim()],
      join: (tokens) => tokens.join(''),
    };
  const style = punctuationStyle(sample);
  const join = (tokens: readonly string[]): string => joinWords(tokens, style);
  if (choice === 'words') return { choice, language, tokenize: createWordTokenizer(), join };
  const segmenter = new Intl.Segmenter(language, { granularity: 'word' });
  return {
    choice,
    language,
    tokenize: (text) => {
      const tokens: string[] = [];
      for (const { segment } of segmenter.segment(text.normalize('NFC').toLowerCase())) {
        if (tokens.length === MAX_SEGMENTS) break;
        const token = segment.trim();
        if (token !== '') tokens.push(token);
      }
      return tokens;
    },
    join,
  };
}
