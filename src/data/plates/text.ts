/** How pictures of numbers are read from text and written as text, without those that are trained on. */

import { cellBits, cellTokens, pictureText, readCell, textTokens } from '../../lib/picture-cells.ts';
import { createRandom } from '../../lib/random.ts';
import type { CorpusText } from '../outline.ts';
import { SPECIAL_TOKENS, type Vocabulary } from '../vocabulary.ts';
import { drawPlate, PICTURE } from './draw.ts';

export const SEED = 1664;

export type Part = 'train' | 'validation' | 'test';
export const PARTS: readonly Part[] = ['train', 'validation', 'test'];

/** Every cell is known; the id is its bits, which the model takes apart into pixels. */
export const CELL_VOCABULARY: Vocabulary = {
  tokens: SPECIAL_TOKENS,
  size: SPECIAL_TOKENS.length,
  id: cellBits,
  has: (token) => readCell(token) !== null,
};

/** Digits written by hand, `4821`, or `4821/2` for the second hand; null for a text that is none. */
function writtenTokens(text: string): string[] | null {
  const [, digits, hand = '1'] = /^\s*(\d{1,6})(?:\/(\d{1,6}))?\s*$/.exec(text) ?? [];
  if (digits === undefined) return null;
  const random = createRandom(SEED, PARTS.length, digits.length, Number(digits), Number(hand));
  return cellTokens(drawPlate(random, [...digits].map(Number)).cells, PICTURE);
}

export const PLATES_TEXT: CorpusText = {
  task: 'plates',
  sourceLanguage: 'zxx',
  targetLanguage: 'en',
  tokenUnit: { source: 'characters', target: 'characters' },
  sourceVocabulary: CELL_VOCABULARY,
  hasEndSymbol: true,
  hasGoldAlignment: true,
  alignsRegions: true,
  picture: PICTURE,
  tokenizeSource: (text) => writtenTokens(text) ?? textTokens(text, PICTURE),
  joinTarget: (tokens) => tokens.join(''),
  joinSource: pictureText,
};
