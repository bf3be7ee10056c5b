/** Generated tasks whose answer is one word, the name of a class; the gold alignment is the words that decide it. */

import { createRandom, type Random } from '../../lib/random.ts';
import type { TaskId } from '../../model/config.ts';
import type { Corpus, SentencePair } from '../corpus.ts';
import { holdOut } from '../hold-out.ts';
import { joinEnglish } from '../phrases/english-text.ts';
import { createVocabulary } from '../vocabulary.ts';

/** A sentence, its class, and the places of the words that decide, the most telling one first. */
export interface Classified {
  readonly words: readonly string[];
  readonly className: string;
  readonly deciding: readonly number[];
}

export interface ClassTask {
  readonly task: TaskId;
  /** In the order of the output layer. */
  readonly classes: readonly string[];
  /** Draws a sentence; longer ones than `longest` are drawn anew. */
  readonly draw: (random: Random) => Classified;
  readonly longest: number;
  /** Shown before training; four of them. */
  readonly probes: readonly Classified[];
  readonly tokenize: (text: string) => string[];
  /** The task's own, so that every run is measured on the same sentences. */
  readonly seed: number;
}

const TRAIN = 12_000;
const VALIDATION = 1000;
const TEST = 2000;

const pairOf = ({ words, className, deciding }: Classified): SentencePair => ({
  source: words,
  target: [className],
  alignment: [deciding],
});

/** 12,000 different sentences to train on, 1,000 and 2,000 that are never trained on, the same for every seed. */
export function loadClasses({ task, classes, draw, longest, probes, tokenize, seed }: ClassTask): Corpus {
  const random = createRandom(seed);
  const shown = probes.map(pairOf);
  const pairs = new Map(shown.map((pair) => [pair.source.join(' '), pair]));
  while (pairs.size < TRAIN + VALIDATION + TEST) {
    const drawn = draw(random);
    const key = drawn.words.join(' ');
    if (drawn.words.length <= longest && !pairs.has(key)) pairs.set(key, pairOf(drawn));
  }
  const sizes = { validation: VALIDATION, test: TEST, seed, probes: shown, keepInTraining: 5 };
  const parts = holdOut([...pairs.values()], sizes);
  return {
    task,
    sourceLanguage: 'en',
    targetLanguage: 'en',
    tokenUnit: { source: 'words', target: 'words' },
    sourceVocabulary: createVocabulary(parts.train.flatMap(({ source }) => source)),
    targetVocabulary: createVocabulary(classes),
    ...parts,
    hasEndSymbol: false,
    probes: shown,
    hasGoldAlignment: true,
    tokenizeSource: tokenize,
    joinTarget: (tokens) => tokens.join(' '),
    joinSource: joinEnglish,
  };
}
