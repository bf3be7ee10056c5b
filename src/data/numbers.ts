/** Numbers from 0 to 9,999, digit by digit, to French words. */

import { toCardinal } from 'n2words/fr-FR';
import type { Corpus, SentencePair } from './corpus.ts';
import { holdOut } from './hold-out.ts';
import { createVocabulary } from './vocabulary.ts';

const COUNT = 10_000;
/** The digits by themselves, of which all others are made, are always trained on. */
const ALWAYS_TRAINED = 10;
/** One split for every run, whatever its seed. */
const SPLIT_SEED = 9797;
/** Shown before training: 97 is four words, 4,280 takes the plural of eighty, 671 and 5,391 count on from sixty and eighty. */
const PROBES = [1997, 4280, 671, 5391];

/** The French words of a number, at the spaces and hyphens of its standard spelling. */
export const numberWords = (value: number): string[] => toCardinal(value).split(/[ -]/);

const digits = (value: number): string[] => [...String(value)];

const TENS = new Set(['vingt', 'trente', 'quarante', 'cinquante', 'soixante']);
const BELOW_TWENTY = new Set(
  'un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize'.split(' '),
);

/**
 * Whether two neighbouring words of a number are written with a hyphen (the spelling before 1990): within a number
 * below one hundred, except around `et`.
 */
function isHyphenated(left: string, right: string): boolean {
  if (left === 'quatre') return right === 'vingt' || right === 'vingts';
  if (left === 'dix') return right === 'sept' || right === 'huit' || right === 'neuf';
  return TENS.has(left) && BELOW_TWENTY.has(right);
}

/** Number words in their standard spelling: `quatre-vingt-dix-sept`, `vingt et un`. */
export function joinNumberWords(words: readonly string[]): string {
  return words.reduce(
    (text, word, index) => (index === 0 ? word : `${text}${isHyphenated(words[index - 1], word) ? '-' : ' '}${word}`),
    '',
  );
}

/** 7,000 numbers to train on and 1,000 and 2,000 that are never trained on, the same for every seed. */
export function loadNumbers(): Corpus {
  const pairOf = (value: number): SentencePair => ({ source: digits(value), target: numberWords(value) });
  const pairs = Array.from({ length: COUNT }, (_, value) => pairOf(value));
  const probes = PROBES.map((value) => pairs[value]);
  const { train, validation, test } = holdOut(pairs.slice(ALWAYS_TRAINED), {
    validation: 1000,
    test: 2000,
    seed: SPLIT_SEED,
    probes,
    keepInTraining: 1,
  });
  return {
    task: 'numbers',
    sourceLanguage: 'en',
    targetLanguage: 'fr',
    tokenUnit: { source: 'characters', target: 'words' },
    sourceVocabulary: createVocabulary('0123456789'),
    targetVocabulary: createVocabulary(pairs.flatMap(({ target }) => target)),
    train: [...pairs.slice(0, ALWAYS_TRAINED), ...train],
    validation,
    test,
    hasEndSymbol: true,
    probes,
    hasGoldAlignment: false,
    // People group digits in many ways: 1,234, 1.234, 1 234, 1’234.
    tokenizeSource: (text) => [...text.normalize('NFKC').replace(/[\s.,'’_]/gu, '')],
    joinTarget: joinNumberWords,
    joinSource: (tokens) => tokens.join(''),
  };
}
