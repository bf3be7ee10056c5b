/** Splits generated pairs into training and held-out parts that share no source sentence. */

import { createRandom } from '../lib/random.ts';
import { atOnce, type Sliced } from '../lib/slices.ts';
import type { SentencePair } from './corpus.ts';

export interface HoldOutOptions {
  /** Pairs of the validation part. */
  readonly validation: number;
  /** Pairs of the test part; the rest is for training. */
  readonly test: number;
  /** The task's own, so that every run is measured on the same pairs. */
  readonly seed: number;
  /** Pairs that have to be held out for being shown; they open the validation part. */
  readonly probes: readonly SentencePair[];
  /** How often each word of a held-out pair is at least left in the training part. */
  readonly keepInTraining: number;
}

export interface Parts {
  readonly train: SentencePair[];
  readonly validation: SentencePair[];
  readonly test: SentencePair[];
}

/** The words of a pair, source and target told apart. */
const wordsOf = ({ source, target }: SentencePair): string[] => [
  ...source.map((token) => `source ${token}`),
  ...target.map((token) => `target ${token}`),
];

/**
 * Shuffles pairs with different sources and holds out those whose words stay known from the training part.
 * @throws RangeError when the words are too rare to hold so many pairs out
 */
export const holdOut = (pairs: readonly SentencePair[], options: HoldOutOptions): Parts =>
  atOnce(holdingOut(pairs, options));

/** Pairs between two rests. */
const SLICE = 500;

/** `holdOut`, resting now and then. @throws RangeError as `holdOut` */
export function* holdingOut(pairs: readonly SentencePair[], options: HoldOutOptions): Sliced<Parts> {
  const left = new Map<string, number>();
  for (const [i, pair] of pairs.entries()) {
    for (const word of wordsOf(pair)) left.set(word, (left.get(word) ?? 0) + 1);
    if (i % SLICE === 0) yield;
  }
  const parts: Parts = { train: [], validation: [], test: [] };

  /** Takes a pair out of the training part if its words stay there. */
  const takeOut = (pair: SentencePair): boolean => {
    const words = wordsOf(pair);
    for (const word of words) left.set(word, (left.get(word) ?? 0) - 1);
    if (words.every((word) => (left.get(word) ?? 0) >= options.keepInTraining)) return true;
    for (const word of words) left.set(word, (left.get(word) ?? 0) + 1);
    return false;
  };

  const key = (pair: SentencePair): string => pair.source.join(' ');
  const probes = new Set(options.probes.map(key));
  for (const pair of options.probes) {
    if (!takeOut(pair)) throw new RangeError(`hold-out: the probe '${key(pair)}' has a word that is too rare`);
    parts.validation.push(pair);
  }
  for (const [i, pair] of createRandom(options.seed)
    .shuffle([...pairs])
    .entries()) {
    if (i % SLICE === 0) yield;
    if (probes.has(key(pair))) continue;
    if (parts.validation.length < options.validation && takeOut(pair)) parts.validation.push(pair);
    else if (parts.test.length < options.test && takeOut(pair)) parts.test.push(pair);
    else parts.train.push(pair);
  }
  if (parts.validation.length < options.validation || parts.test.length < options.test)
    throw new RangeError(
      `hold-out: expected ${options.validation} + ${options.test} pairs of known words, got ${parts.validation.length} + ${parts.test.length}`,
    );
  return parts;
}
