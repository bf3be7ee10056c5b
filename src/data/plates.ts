/** Pictures of handwritten numbers of three to six digits, to the digits. Drawn by `plates/draw.ts`, the same on every machine. */

import { cellCount, cellTokens } from '../lib/picture-cells.ts';
import { createRandom, type Random } from '../lib/random.ts';
import type { Corpus, PairList, SentencePair } from './corpus.ts';
import { drawPlate, PICTURE } from './plates/draw.ts';
import { CELL_VOCABULARY, PARTS, type Part, PLATES_TEXT, SEED } from './plates/text.ts';
import { createVocabulary } from './vocabulary.ts';

/** So many that a training of a few thousand steps sees no picture twice. */
const TRAIN = 160_000;
const VALIDATION = 1000;
const TEST = 2000;
const SHORTEST = 3;
const LONGEST = 6;
/** One number in so many is held out: all its pictures are of the validation and test part, and none is trained on. */
const HELD_OUT_SHARE = 8;

/** Which part the pictures of a number belong to. */
function partOf(digits: readonly number[]): Part {
  // Begins with their count, so that 007 is another number than 07.
  const number = digits.reduce((value, digit) => 10 * value + digit, digits.length);
  const share = createRandom(SEED, number).integer(2 * HELD_OUT_SHARE);
  return share === 0 ? 'validation' : share === 1 ? 'test' : 'train';
}

/** Draws until a number belongs to the part. */
function drawNumber(random: Random, part: Part): number[] {
  for (;;) {
    const digits = Array.from({ length: SHORTEST + random.integer(LONGEST - SHORTEST + 1) }, () => random.integer(10));
    if (partOf(digits) === part) return digits;
  }
}

/** The stream that a pair's number and picture come from. */
const streamOf = (part: Part, index: number): Random => createRandom(SEED, PARTS.indexOf(part), index);

function pairAt(part: Part, index: number): SentencePair {
  const random = streamOf(part, index);
  const digits = drawNumber(random, part);
  const { cells, places } = drawPlate(random, digits);
  return { source: cellTokens(cells, PICTURE), target: digits.map(String), alignment: places };
}

function listOf(part: Part, length: number): PairList {
  /** Digits of each number, once they were counted; 0 before. */
  const lengths = new Uint8Array(length);
  return {
    length,
    at: (index) => (index >= 0 && index < length ? pairAt(part, index) : undefined),
    lengthsAt: (index) => {
      lengths[index] ||= drawNumber(streamOf(part, index), part).length;
      return { source: cellCount(PICTURE), target: lengths[index] as number };
    },
  };
}

/** The first held-out picture of each length. */
function chooseProbes(): SentencePair[] {
  const first = (length: number): SentencePair => {
    for (let index = 0; ; index++) {
      const pair = pairAt('validation', index);
      if (pair.target.length === length) return pair;
    }
  };
  return [5, 3, 6, 4].map(first);
}

/**
 * 160,000 pictures to train on, 1,000 and 2,000 held out. No number of one part is written in another, so that no picture is
 * either. The gold alignment of a digit are the cells that it covers.
 */
export function loadPlates(): Corpus {
  return {
    ...PLATES_TEXT,
    sourceVocabulary: CELL_VOCABULARY,
    targetVocabulary: createVocabulary('0123456789'),
    train: listOf('train', TRAIN),
    validation: listOf('validation', VALIDATION),
    test: listOf('test', TEST),
    probes: chooseProbes(),
  };
}
