/** English phrases to French or German, from written grammars that know the alignment of every pair. */

import { atOnce, type Sliced } from '../lib/slices.ts';
import type { Corpus, SentencePair } from './corpus.ts';
import { holdingOut } from './hold-out.ts';
import { alignPair, type MarkedToken } from './phrases/alignment.ts';
import { drawingPairs, PROBES, SEED } from './phrases/draw.ts';
import { renderEnglish } from './phrases/english.ts';
import { renderFrench } from './phrases/french.ts';
import { renderGerman } from './phrases/german.ts';
import type { Clause } from './phrases/meaning.ts';
import { GERMAN_PHRASES_TEXT, PHRASES_TEXT } from './phrases/text.ts';
import { createVocabulary } from './vocabulary.ts';

const TRAIN = 30_000;
const VALIDATION = 1000;
const TEST = 2000;

/** An English sentence and its French translation, with the gold alignment. */
export const translate = (clause: Clause, english: readonly MarkedToken[] = renderEnglish(clause)): SentencePair =>
  alignPair(english, renderFrench(clause));

/** The same in German. */
export const translateToGerman = (
  clause: Clause,
  english: readonly MarkedToken[] = renderEnglish(clause),
): SentencePair => alignPair(english, renderGerman(clause));

const LANGUAGES = {
  phrases: { text: PHRASES_TEXT, render: translate },
  'phrases-de': { text: GERMAN_PHRASES_TEXT, render: translateToGerman },
};
export type PhrasesTask = keyof typeof LANGUAGES;

/** 30,000 pairs to train on, 1,000 and 2,000 that are never trained on, the same for every seed. */
export const loadPhrases = (task: PhrasesTask = 'phrases'): Corpus => atOnce(makePhrases(task));

/** `loadPhrases`, resting now and then: it takes a second or two. */
export function* makePhrases(task: PhrasesTask): Sliced<Corpus> {
  const { text, render } = LANGUAGES[task];
  const probes = PROBES.map((clause) => render(clause));
  const pairs = yield* drawingPairs(TRAIN + VALIDATION + TEST, render);
  const parts = yield* holdingOut(pairs, { validation: VALIDATION, test: TEST, seed: SEED, probes, keepInTraining: 5 });
  const sourceVocabulary = createVocabulary(parts.train.flatMap(({ source }) => source));
  yield;
  const targetVocabulary = createVocabulary(parts.train.flatMap(({ target }) => target));
  return {
    ...text,
    sourceVocabulary,
    targetVocabulary,
    ...parts,
    probes,
  };
}
