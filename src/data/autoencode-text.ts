/** How the sentences of the autoencoder tasks are read and written, without the grammar that makes them. */

import type { CorpusText } from './outline.ts';
import { joinEnglish, tokenizeEnglish } from './phrases/english-text.ts';

export type AutoencoderTask = 'autoencode' | 'denoise';

/** Stands for a word that was blotted out. */
export const MASK = '_';

/** Typed English with blots; punctuation is left out. */
const tokenizeBlotted = (text: string): string[] => {
  const parts = text.split(/(_+)/u);
  return parts.flatMap((part, index) => (index % 2 === 1 ? [MASK] : tokenizeEnglish(part)));
};

const ENGLISH = {
  sourceLanguage: 'en',
  targetLanguage: 'en',
  tokenUnit: { source: 'words', target: 'words' },
  hasEndSymbol: true,
  hasGoldAlignment: true,
  tokenizeSource: tokenizeBlotted,
  joinTarget: joinEnglish,
  joinSource: joinEnglish,
} as const;

export const AUTOENCODER_TEXTS: Record<AutoencoderTask, CorpusText> = {
  autoencode: {
    task: 'autoencode',
    ...ENGLISH,
    referenceOf: (source) => ({ source, target: source, alignment: source.map((_, index) => [index]) }),
  },
  // What was dropped is anybody's guess, so that a typed sentence has no known answer.
  denoise: { task: 'denoise', ...ENGLISH },
};
