/** How the sentences of the phrases task are read and written, without the grammar that makes them. */

import type { CorpusText } from '../outline.ts';
import { joinEnglish, joinFrenchText, tokenizeEnglish } from './english-text.ts';

export const PHRASES_TEXT: CorpusText = {
  task: 'phrases',
  sourceLanguage: 'en',
  targetLanguage: 'fr',
  tokenUnit: { source: 'words', target: 'words' },
  hasEndSymbol: true,
  hasGoldAlignment: true,
  tokenizeSource: tokenizeEnglish,
  joinTarget: joinFrenchText,
  joinSource: joinEnglish,
};
