/**
 * A corpus without its pairs: what it takes to show a trained model before the pairs are made, which takes up to two seconds where a
 * grammar writes them.
 */

import type { BuiltInTask, TaskId } from '../model/config.ts';
import type { AutoencoderTask } from './autoencode-text.ts';
import { type LengthLimits, measureLimits } from './batching.ts';
import type { Corpus, PairLengths, PairList, SentencePair } from './corpus.ts';
import type { LongDateTask } from './long-dates-text.ts';
import type { BlockTask, MessageTask } from './templates-text.ts';
import { createVocabulary, SPECIAL_TOKENS, type Vocabulary } from './vocabulary.ts';

/** What is known of a corpus before it is made: nothing in it depends on the pairs. */
export type CorpusText = Omit<
  Corpus,
  'train' | 'validation' | 'test' | 'sourceVocabulary' | 'targetVocabulary' | 'probes' | 'notes'
> & {
  /** Set where it is no list of tokens. */
  readonly sourceVocabulary?: Vocabulary;
};

type TextLoader = () => Promise<CorpusText>;

const longDates =
  (task: LongDateTask): TextLoader =>
  async () =>
    (await import('./long-dates-text.ts')).LONG_DATE_TEXTS[task];
const messages =
  (task: MessageTask): TextLoader =>
  async () =>
    (await import('./templates-text.ts')).MESSAGE_TEXTS[task];
const blocks =
  (task: BlockTask): TextLoader =>
  async () =>
    (await import('./templates-text.ts')).BLOCK_TEXTS[task];
const autoencoder =
  (task: AutoencoderTask): TextLoader =>
  async () =>
    (await import('./autoencode-text.ts')).AUTOENCODER_TEXTS[task];

/** The tasks whose pairs take long to make or count; any other corpus is made in the time that a picture takes. */
const TEXTS: Partial<Record<BuiltInTask, TextLoader>> = {
  phrases: async () => (await import('./phrases/text.ts')).PHRASES_TEXT,
  'phrases-de': async () => (await import('./phrases/text.ts')).GERMAN_PHRASES_TEXT,
  messages: messages('messages'),
  'messages-ja': messages('messages-ja'),
  blocks: blocks('blocks'),
  'blocks-ja': blocks('blocks-ja'),
  'long-dates': longDates('long-dates'),
  'long-dates-hu': longDates('long-dates-hu'),
  'long-dates-fr': longDates('long-dates-fr'),
  autoencode: autoencoder('autoencode'),
  denoise: autoencoder('denoise'),
  plates: async () => (await import('./plates/text.ts')).PLATES_TEXT,
};

/** Loads what is known of a task before its pairs; undefined for one whose pairs are made at once. */
export const textOf = (task: TaskId): TextLoader | undefined => (task === 'own' ? undefined : TEXTS[task]);

/** What is kept of the pairs. */
export interface CorpusOutline {
  readonly trainPairs: number;
  readonly validationPairs: number;
  readonly testPairs: number;
  readonly limits: LengthLimits;
  readonly probes: readonly SentencePair[];
}

export const outlineOf = (corpus: Corpus): CorpusOutline => ({
  trainPairs: corpus.train.length,
  validationPairs: corpus.validation.length,
  testPairs: corpus.test.length,
  limits: measureLimits(corpus),
  probes: corpus.probes,
});

/** A list that knows how long it is and what its longest pair is like. */
const withoutPairs = (length: number, longest: PairLengths): PairList => ({
  length,
  at: () => undefined,
  lengthsAt: () => longest,
});

/** Begins to load what `loadOutlined` needs for a task. */
export function preloadOutlined(task: TaskId): void {
  textOf(task)?.().catch(() => {});
}

/** The corpus of an outline; its lists are as long as they should be and have no pair. Null for a task without one. */
export async function loadOutlined(
  task: TaskId,
  { trainPairs, validationPairs, testPairs, limits, probes }: CorpusOutline,
  tokens: { readonly source: readonly string[]; readonly target: readonly string[] },
): Promise<Corpus | null> {
  const text = await textOf(task)?.();
  if (!text) return null;
  const longest = { source: limits.maxSource, target: limits.maxTarget - (text.hasEndSymbol ? 1 : 0) };
  const vocabulary = (all: readonly string[]) => createVocabulary(all.slice(SPECIAL_TOKENS.length));
  return {
    ...text,
    sourceVocabulary: text.sourceVocabulary ?? vocabulary(tokens.source),
    targetVocabulary: vocabulary(tokens.target),
    train: withoutPairs(trainPairs, longest),
    validation: withoutPairs(validationPairs, longest),
    test: withoutPairs(testPairs, longest),
    probes,
  };
}
