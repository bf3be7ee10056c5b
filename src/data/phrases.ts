/** English phrases to French, from a written grammar that knows the alignment of every pair. */

import type { Corpus, SentencePair } from './corpus.ts';
import { holdOut } from './hold-out.ts';
import { alignPair } from './phrases/alignment.ts';
import { drawPairs, PROBES, SEED } from './phrases/draw.ts';
import { renderEnglish } from './phrases/english.ts';
import { renderFrench } from './phrases/french.ts';
import type { Clause } from './phrases/meaning.ts';
import { PHRASES_TEXT } from './phrases/text.ts';
import { createVocabulary } from './vocabulary.ts';

const TRAIN = 30_000;
const VALIDATION = 1000;
const TEST = 2000;

/** An English sentence and its translation, with the gold alignment. */
export const translate = (clause: Clause): SentencePair => alignPair(renderEnglish(clause), renderFrench(clause));

/** 30,000 pairs to train on, 1,000 and 2,000 that are never trained on, the same for every seed. */
export function loadPhrases(): Corpus {
  const probes = PROBES.map(translate);
  const pairs = drawPairs(TRAIN + VALIDATION + TEST, translate);
  const parts = holdOut(pairs, { validation: VALIDATION, test: TEST, seed: SEED, probes, keepInTraining: 5 });
  return {
    ...PHRASES_TEXT,
    sourceVocabulary: createVocabulary(parts.train.flatMap(({ source }) => source)),
    targetVocabulary: createVocabulary(parts.train.flatMap(({ target }) => target)),
    ...parts,
    probes,
  };
}
