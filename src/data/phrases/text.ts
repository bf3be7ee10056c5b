/** How the sentences of the phrases task are read and written, without the grammar that makes them. */

import type { CorpusText } from '../outline.ts';
import { joinEnglish, joinFrenchText, tokenizeEnglish } from './english-text.ts';

const ENGLISH_PHRASES = {
  sourceLanguage: 'en',
  tokenUnit: { source: 'words', target: 'words' },
  hasEndSymbol: true,
  hasGoldAlignment: true,
  tokenizeSource: tokenizeEnglish,
  joinSource: joinEnglish,
} as const;

export const PHRASES_TEXT: CorpusText = {
  task: 'phrases',
  ...ENGLISH_PHRASES,
  targetLanguage: 'fr',
  joinTarget: joinFrenchText,
};

export const GERMAN_PHRASES_TEXT: CorpusText = {
  task: 'phrases-de',
  ...ENGLISH_PHRASES,
  targetLanguage: 'de',
  joinTarget: (tokens) => tokens.join(' '),
};
