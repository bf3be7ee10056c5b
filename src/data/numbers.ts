/** Numbers from 0 to 9,999, digit by digit or in English words, to the words of another language. */

import type { BuiltInTask } from '../model/config.ts';
import type { Corpus, SentencePair } from './corpus.ts';
import { holdOut } from './hold-out.ts';
import { ARABIC, ENGLISH, FRENCH, GERMAN, NUMBER_COUNT, type NumberLanguage, TURKISH } from './number-words.ts';
import { createVocabulary } from './vocabulary.ts';

/** The digits by themselves, of which all others are made, are always trained on. */
const ALWAYS_TRAINED = 10;
/** One split for every run, whatever its seed. */
const SPLIT_SEED = 9797;
/** Shown before training: 97 is four words in French, 4,280 takes the plural of eighty, 671 and 5,391 count on from sixty and eighty. */
const PROBES = [1997, 4280, 671, 5391];

const VARIANTS = {
  numbers: { isInWords: false, target: FRENCH },
  'numbers-de': { isInWords: false, target: GERMAN },
  'numbers-ar': { isInWords: false, target: ARABIC },
  'numbers-tr': { isInWords: false, target: TURKISH },
  'number-words': { isInWords: true, target: FRENCH },
  'number-words-de': { isInWords: true, target: GERMAN },
  'number-words-ar': { isInWords: true, target: ARABIC },
  'number-words-tr': { isInWords: true, target: TURKISH },
} as const satisfies Partial<Record<BuiltInTask, { isInWords: boolean; target: NumberLanguage }>>;
export type NumberTask = keyof typeof VARIANTS;

/** People group digits in many ways: 1,234, 1.234, 1 234, 1’234. */
const readDigits = (text: string): string[] => [...text.normalize('NFKC').replace(/[\s.,'’_]/gu, '')];

/** Typed words of a number, however they are joined; `one hundred and two` is as good as `one hundred two`. */
const readWords = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s,-]+/u)
    .filter((word) => word !== '' && word !== 'and');

/** 7,000 numbers to train on and 1,000 and 2,000 that are never trained on, the same for every seed and every language. */
export function loadNumbers(task: NumberTask): Corpus {
  const { isInWords, target } = VARIANTS[task];
  const pairs = Array.from(
    { length: NUMBER_COUNT },
    (_, value): SentencePair => ({
      source: isInWords ? ENGLISH.split(value) : [...String(value)],
      target: target.split(value),
    }),
  );
  const probes = PROBES.map((value) => pairs[value]);
  const { train, validation, test } = holdOut(pairs.slice(ALWAYS_TRAINED), {
    validation: 1000,
    test: 2000,
    seed: SPLIT_SEED,
    probes,
    keepInTraining: 1,
  });
  return {
    task,
    sourceLanguage: 'en',
    targetLanguage: target.language,
    tokenUnit: { source: isInWords ? 'words' : 'characters', target: 'words' },
    sourceVocabulary: createVocabulary(isInWords ? pairs.flatMap(({ source }) => source) : '0123456789'),
    targetVocabulary: createVocabulary(pairs.flatMap(({ target }) => target)),
    train: [...pairs.slice(0, ALWAYS_TRAINED), ...train],
    validation,
    test,
    hasEndSymbol: true,
    probes,
    hasGoldAlignment: false,
    tokenizeSource: isInWords ? readWords : readDigits,
    joinTarget: target.join,
    joinSource: isInWords ? ENGLISH.join : (tokens) => tokens.join(''),
  };
}
