/** How translated texts with slots are read and written, without the texts. */

import type { CorpusText } from './outline.ts';
import { cutText, joinText, lowerTokens } from './running-text.ts';

const textOf = (task: CorpusText['task'], targetLanguage: string): CorpusText => ({
  task,
  sourceLanguage: 'en',
  targetLanguage,
  tokenUnit: { source: 'words', target: 'words' },
  hasEndSymbol: true,
  hasGoldAlignment: true,
  tokenizeSource: (text) => lowerTokens(cutText(text)),
  joinTarget: (tokens) => joinText(tokens, targetLanguage === 'fr'),
  joinSource: (tokens) => joinText(tokens),
});

export type MessageTask = 'messages' | 'messages-ja';
export const MESSAGE_TEXTS: Record<MessageTask, CorpusText> = {
  messages: textOf('messages', 'fr'),
  'messages-ja': textOf('messages-ja', 'ja'),
};

export type BlockTask = 'blocks' | 'blocks-ja';
export const BLOCK_TEXTS: Record<BlockTask, CorpusText> = {
  blocks: textOf('blocks', 'de'),
  'blocks-ja': textOf('blocks-ja', 'ja'),
};
