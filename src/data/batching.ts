/** Training batches of fixed shapes, each a pure function of the seed and the step. */

import { ShapeError } from '../lib/errors.ts';
import { createRandom } from '../lib/random.ts';
import { type Bucket, chooseBuckets, type LengthHistogram } from './buckets.ts';
import type { Corpus, PairLengths, PairList, SentencePair } from './corpus.ts';
import { BOS, EOS, PAD } from './vocabulary.ts';

export type { Bucket } from './buckets.ts';

/** Token ids of B pairs, time-major: the token of row b at time t is at t·B + b. `PAD` fills what a row leaves free. */
export interface EncodedPairs {
  /** B. */
  readonly batchSize: number;
  /** S. */
  readonly sourceLength: number;
  /** T, the end symbol included. */
  readonly targetLength: number;
  /** [S, B] */
  readonly source: Uint32Array<ArrayBuffer>;
  /** [B], each from 1 to S. */
  readonly sourceLengths: Uint32Array<ArrayBuffer>;
  /** [T, B], what the decoder is fed: `BOS`, then the target but for its last token. */
  readonly targetIn: Uint32Array<ArrayBuffer>;
  /** [T, B], what it has to answer: the target, then `EOS` where the task has an end symbol. */
  readonly targetOut: Uint32Array<ArrayBuffer>;
  /** Tokens in `source` that are not padding. */
  readonly sourceTokens: number;
  /** Tokens in `targetOut` that are not padding. */
  readonly targetTokens: number;
}

export interface Batch extends EncodedPairs {
  /** Index into `Batcher.buckets`. */
  readonly bucket: number;
}

/** The longest pair of all three parts. */
export interface LengthLimits {
  readonly maxSource: number;
  /** The end symbol included. */
  readonly maxTarget: number;
}

export interface Batcher {
  /** From short to long; the last one holds any training pair. */
  readonly buckets: readonly Bucket[];
  readonly limits: LengthLimits;
  /** Steps until every training pair has been used. */
  readonly stepsPerEpoch: number;
  /** The batch of a step from 0 on; any order of steps gives the same batches. */
  batchAt(step: number): Batch;
}

export interface BatcherOptions {
  /** B, rows of every batch. */
  readonly batchSize: number;
  readonly seed: number;
}

/** Token ids of a pair, without special symbols. */
interface PairIds {
  readonly source: readonly number[];
  readonly target: readonly number[];
}

/** Training pairs up to which their ids are kept once they were looked up: looking up is most of the work of a batch. */
const MAX_KEPT_PAIRS = 100_000;

/** A bucket is made for no fewer batches than this, so that filling up its last one repeats few pairs. */
const MINIMUM_BATCHES = 4;

/** Decoder steps of a pair: its target tokens and the end symbol, where there is one. */
const endSymbols = (corpus: Pick<Corpus, 'hasEndSymbol'>): number => (corpus.hasEndSymbol ? 1 : 0);

function lengthsOf(list: PairList, index: number): PairLengths {
  if (list.lengthsAt) return list.lengthsAt(index);
  const pair = list.at(index) as SentencePair;
  return { source: pair.source.length, target: pair.target.length };
}

/** The longest source and target over the given parts: all three, as a rule; held-out pairs may be longer than any training pair. */
export function measureLimits(
  corpus: Corpus,
  parts: readonly PairList[] = [corpus.train, corpus.validation, corpus.test],
): LengthLimits {
  let [maxSource, maxTarget] = [1, 1];
  for (const list of parts) {
    for (let index = 0; index < list.length; index++) {
      const { source, target } = lengthsOf(list, index);
      maxSource = Math.max(maxSource, source);
      maxTarget = Math.max(maxTarget, target + endSymbols(corpus));
    }
  }
  return { maxSource, maxTarget };
}

function countLengths(corpus: Corpus, { maxSource, maxTarget }: LengthLimits): LengthHistogram {
  const counts = new Uint32Array((maxSource + 1) * (maxTarget + 1));
  for (let index = 0; index < corpus.train.length; index++) {
    const { source, target } = lengthsOf(corpus.train, index);
    counts[source * (maxTarget + 1) + target + endSymbols(corpus)]++;
  }
  return { maxSource, maxTarget, counts, total: corpus.train.length };
}

/** Indices of the training pairs in each bucket: the first one that a pair fits into. */
function assign(corpus: Corpus, buckets: readonly Bucket[]): Uint32Array[] {
  const members: number[][] = buckets.map(() => []);
  for (let index = 0; index < corpus.train.length; index++) {
    const { source, target } = lengthsOf(corpus.train, index);
    const steps = target + endSymbols(corpus);
    members[buckets.findIndex((bucket) => source <= bucket.sourceLength && steps <= bucket.targetLength)].push(index);
  }
  return members.map((indices) => Uint32Array.from(indices));
}

/**
 * Plans an epoch: every bucket's pairs shuffled and cut into batches, and the batches of all buckets shuffled.
 * A bucket's last batch is filled up with pairs from the front of its shuffle.
 */
function planEpoch(members: readonly Uint32Array[], batchSize: number, seed: number, epoch: number) {
  const random = createRandom(seed, epoch);
  const shuffled = members.map((indices) => random.shuffle(indices.slice()));
  const batches = shuffled.flatMap((indices, bucket) =>
    Array.from({ length: Math.ceil(indices.length / batchSize) }, (_, chunk) => ({ bucket, start: chunk * batchSize })),
  );
  return { shuffled, batches: random.shuffle(batches) };
}

/**
 * Draws training batches: within an epoch every pair once, but for the few that fill up a bucket's last batch.
 * @throws ShapeError when the corpus has no training pairs
 */
export function createBatcher(corpus: Corpus, { batchSize, seed }: BatcherOptions): Batcher {
  if (corpus.train.length === 0) throw new ShapeError('batcher: expected training pairs, got none');
  const limits = measureLimits(corpus);
  const trained = measureLimits(corpus, [corpus.train]);
  const buckets = chooseBuckets(countLengths(corpus, trained), MINIMUM_BATCHES * batchSize);
  const members = assign(corpus, buckets);
  const stepsPerEpoch = members.reduce((sum, indices) => sum + Math.ceil(indices.length / batchSize), 0);
  const kept = new Map<number, PairIds>();
  const idsAt = (index: number): PairIds => {
    const ids = kept.get(index) ?? idsOf(corpus, corpus.train.at(index) as SentencePair);
    if (corpus.train.length <= MAX_KEPT_PAIRS) kept.set(index, ids);
    return ids;
  };
  let planned = { epoch: -1, plan: planEpoch([], batchSize, seed, 0) };

  return {
    buckets,
    limits,
    stepsPerEpoch,
    batchAt(step) {
      const epoch = Math.floor(step / stepsPerEpoch);
      if (planned.epoch !== epoch) planned = { epoch, plan: planEpoch(members, batchSize, seed, epoch) };
      const { bucket, start } = planned.plan.batches[step % stepsPerEpoch];
      const indices = planned.plan.shuffled[bucket];
      const pairs = Array.from({ length: batchSize }, (_, row) => idsAt(indices[(start + row) % indices.length]));
      const { sourceLength, targetLength } = buckets[bucket];
      return { bucket, ...arrange(corpus, pairs, sourceLength, targetLength, batchSize) };
    },
  };
}

type Vocabularies = Pick<Corpus, 'sourceVocabulary' | 'targetVocabulary' | 'hasEndSymbol'>;

const idsOf = (
  { sourceVocabulary, targetVocabulary }: Vocabularies,
  { source, target }: Pick<SentencePair, 'source' | 'target'>,
): PairIds => ({
  source: source.map((token) => sourceVocabulary.id(token)),
  target: target.map((token) => targetVocabulary.id(token)),
});

/**
 * Encodes up to B pairs. Rows without a pair hold one `PAD` as their source and nothing to answer, so that the loss
 * passes them over.
 * @throws ShapeError when there are more than B pairs, or one is longer than S or T
 */
export const encodePairs = (
  corpus: Vocabularies,
  pairs: readonly Pick<SentencePair, 'source' | 'target'>[],
  sourceLength: number,
  targetLength: number,
  batchSize: number,
): EncodedPairs =>
  arrange(
    corpus,
    pairs.map((pair) => idsOf(corpus, pair)),
    sourceLength,
    targetLength,
    batchSize,
  );

/** Puts ids in their places, time-major, with the symbols around them. @throws ShapeError as `encodePairs` */
function arrange(
  corpus: Pick<Corpus, 'hasEndSymbol'>,
  pairs: readonly PairIds[],
  sourceLength: number,
  targetLength: number,
  batchSize: number,
): EncodedPairs {
  if (pairs.length > batchSize)
    throw new ShapeError(`encodePairs: expected at most B=${batchSize} pairs, got ${pairs.length}`);
  const source = new Uint32Array(sourceLength * batchSize).fill(PAD);
  const sourceLengths = new Uint32Array(batchSize).fill(1);
  const targetIn = new Uint32Array(targetLength * batchSize).fill(PAD);
  const targetOut = new Uint32Array(targetLength * batchSize).fill(PAD);
  let [sourceTokens, targetTokens] = [0, 0];
  const endLength = endSymbols(corpus);
  pairs.forEach(({ source: from, target: to }, row) => {
    const steps = to.length + endLength;
    if (from.length > sourceLength || steps > targetLength || from.length === 0)
      throw new ShapeError(
        `encodePairs: pair ${row} expected [1..S=${sourceLength}, ..T=${targetLength}], got [${from.length}, ${steps}]`,
      );
    sourceLengths[row] = from.length;
    for (let t = 0; t < from.length; t++) source[t * batchSize + row] = from[t];
    for (let t = 0; t < steps; t++) {
      targetOut[t * batchSize + row] = t < to.length ? to[t] : EOS;
      targetIn[t * batchSize + row] = t === 0 ? BOS : to[t - 1];
    }
    sourceTokens += from.length;
    targetTokens += steps;
  });
  return {
    batchSize,
    sourceLength,
    targetLength,
    source,
    sourceLengths,
    targetIn,
    targetOut,
    sourceTokens,
    targetTokens,
  };
}
