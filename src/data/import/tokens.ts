/** How a column of text becomes tokens and back, as the visitor chose. */

import { joinWords, punctuationStyle, tokenizeWords } from '../word-tokens.ts';

/** Words and punctuation; characters; or words found by `Intl.Segmenter` where a script has no spaces. */
export const TOKEN_CHOICES = ['words', 'characters', 'segmenter'] as const;
export type TokenChoice = (typeof TOKEN_CHOICES)[number];

export interface Tokenizer {
  readonly choice: TokenChoice;
  /** BCP 47, `und` where the script does not tell. */
  readonly language: string;
  tokenize(text: string): string[];
  join(tokens: readonly string[]): string;
}

const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Han}/gu, 'zh'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Khmer}/gu, 'km'],
  [/\p{Script=Lao}/gu, 'lo'],
];
/** Share of the letters that a script has to have; Japanese is written in Han too, and told by its kana. */
const SCRIPT_SHARE = 0.2;

/** The language of a text whose script writes no spaces, as far as the script tells; null for all others. */
export function unspacedLanguage(text: string): string | null {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const found = SCRIPTS.find(([script]) => (text.match(script)?.length ?? 0) > SCRIPT_SHARE * letters);
  return letters > 0 && found ? found[1] : null;
}

/** What suits a text: the segmenter for scripts without spaces, else words. */
export const likelyTokens = (text: string): TokenChoice => (unspacedLanguage(text) ? 'segmenter' : 'words');

/** A tokenizer for a column, from a sample of its text. */
export function createTokenizer(choice: TokenChoice, sample: string): Tokenizer {
  const language = unspacedLanguage(sample) ?? 'und';
  if (choice === 'characters')
    return {
      choice,
      language,
      tokenize: (text) => [...text.normalize('NFC').trim()],
      join: (tokens) => tokens.join(''),
    };
  const style = punctuationStyle(sample);
  const join = (tokens: readonly string[]): string => joinWords(tokens, style);
  if (choice === 'words') return { choice, language, tokenize: tokenizeWords, join };
  const segmenter = new Intl.Segmenter(language === 'und' ? undefined : language, { granularity: 'word' });
  return {
    choice,
    language,
    tokenize: (text) =>
      Array.from(segmenter.segment(text.normalize('NFC').toLowerCase()), ({ segment }) => segment.trim()).filter(
        (segment) => segment !== '',
      ),
    join,
  };
}
