/**
 * A corpus without its pairs: what it takes to show a trained model before the pairs are made, which for a written grammar takes a
 * second or two.
 */

import type { TaskId } from '../model/config.ts';
import { type LengthLimits, measureLimits } from './batching.ts';
import type { Corpus, PairLengths, PairList, SentencePair } from './corpus.ts';
import { createVocabulary, SPECIAL_TOKENS } from './vocabulary.ts';

/** What is known of a corpus before it is made: nothing in it depends on the pairs. */
export type CorpusText = Omit<
  Corpus,
  'train' | 'validation' | 'test' | 'sourceVocabulary' | 'targetVocabulary' | 'probes' | 'notes'
>;

/** The tasks whose pairs take long to make; any other corpus is made in the time that a picture takes. */
const TEXTS: Partial<Record<TaskId, () => Promise<CorpusText>>> = {
  phrases: async () => (await import('./phrases/text.ts')).PHRASES_TEXT,
  'phrases-de': async () => (await import('./phrases/text.ts')).GERMAN_PHRASES_TEXT,
};

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

/** The corpus of an outline; its lists are as long as they should be and have no pair. Null for a task without one. */
export async function loadOutlined(
  task: TaskId,
  { trainPairs, validationPairs, testPairs, limits, probes }: CorpusOutline,
  tokens: { readonly source: readonly string[]; readonly target: readonly string[] },
): Promise<Corpus | null> {
  const text = await TEXTS[task]?.();
  if (!text) return null;
  const longest = { source: limits.maxSource, target: limits.maxTarget - (text.hasEndSymbol ? 1 : 0) };
  const vocabulary = (all: readonly string[]) => createVocabulary(all.slice(SPECIAL_TOKENS.length));
  return {
    ...text,
    sourceVocabulary: vocabulary(tokens.source),
    targetVocabulary: vocabulary(tokens.target),
    train: withoutPairs(trainPairs, longest),
    validation: withoutPairs(validationPairs, longest),
    test: withoutPairs(testPairs, longest),
    probes,
  };
}
