/**
 * Reverse, copy and sort: sequences of letters with nothing to know but where to look. Training sequences have 5 to 20 letters;
 * the test part goes on to 40, so that quality can be measured against length beyond what was trained.
 */

import { createRandom, type Random } from '../lib/random.ts';
import type { Corpus, SentencePair } from './corpus.ts';
import { createVocabulary } from './vocabulary.ts';

export type ListTask = 'reverse' | 'copy' | 'sort';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const TRAIN = 30_000;
const VALIDATION = 1000;
export const SHORTEST = 5;
/** Letters of the longest training and validation sequences. */
export const LONGEST_TRAINED = 20;
/** Letters of the longest test sequences. */
export const LONGEST = 40;
/** Test sequences of each length. */
const TEST_OF_EACH = 60;
/** One set of sequences for every run, whatever its seed. */
const SEED = 5040;
const PROBES = ['attention', 'playground', 'encoder', 'alphabetical'];

/** For each place of the result, the place of the source that its letter comes from; equal letters keep their order. */
const ORDERS: Record<ListTask, (source: readonly string[]) => number[]> = {
  reverse: (source) => source.map((_, index) => source.length - 1 - index),
  copy: (source) => source.map((_, index) => index),
  sort: (source) =>
    source.map((_, index) => index).sort((a, b) => LETTERS.indexOf(source[a]) - LETTERS.indexOf(source[b]) || a - b),
};

/** A sequence and its answer, with the gold alignment. */
export function answer(task: ListTask, source: readonly string[]): SentencePair {
  const order = ORDERS[task](source);
  return { source, target: order.map((from) => source[from]), alignment: order.map((from) => [from]) };
}

const drawLetters = (random: Random, length: number): string =>
  Array.from({ length }, () => LETTERS[random.integer(LETTERS.length)]).join('');

/** Different sequences of the given lengths, none of which was drawn before. */
function drawSequences(random: Random, lengths: Iterable<number>, drawn: Set<string>): string[] {
  const sequences: string[] = [];
  for (const length of lengths) {
    let text = drawLetters(random, length);
    while (drawn.has(text)) text = drawLetters(random, length);
    drawn.add(text);
    sequences.push(text);
  }
  return sequences;
}

/** 30,000 sequences to train on and 1,000 of the same lengths held out; 60 of each length from 5 to 40 to test with. */
export function loadList(task: ListTask): Corpus {
  const random = createRandom(SEED);
  const drawn = new Set(PROBES);
  const trainedLengths = (count: number) =>
    Array.from({ length: count }, () => SHORTEST + random.integer(LONGEST_TRAINED - SHORTEST + 1));
  const testLengths = Array.from(
    { length: (LONGEST - SHORTEST + 1) * TEST_OF_EACH },
    (_, index) => SHORTEST + Math.floor(index / TEST_OF_EACH),
  );
  const pairOf = (text: string): SentencePair => answer(task, [...text]);
  const train = drawSequences(random, trainedLengths(TRAIN), drawn).map(pairOf);
  const validation = drawSequences(random, trainedLengths(VALIDATION - PROBES.length), drawn).map(pairOf);
  // Shuffled, so that the first few hundred are of all lengths.
  const test = drawSequences(random, random.shuffle(testLengths), drawn).map(pairOf);
  const probes = PROBES.map(pairOf);
  const vocabulary = createVocabulary(LETTERS);
  return {
    task,
    // Letters of no language: read out one by one, as in English.
    sourceLanguage: 'en',
    targetLanguage: 'en',
    tokenUnit: { source: 'characters', target: 'characters' },
    sourceVocabulary: vocabulary,
    targetVocabulary: vocabulary,
    train,
    validation: [...probes, ...validation],
    test,
    hasEndSymbol: true,
    probes,
    hasGoldAlignment: true,
    referenceOf: (source) => (source.every(vocabulary.has) ? answer(task, source) : undefined),
    tokenizeSource: (text) => [...text.normalize('NFC').toLowerCase().replace(/\s+/gu, '')],
    joinTarget: (tokens) => tokens.join(''),
    joinSource: (tokens) => tokens.join(''),
  };
}
