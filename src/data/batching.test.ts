import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShapeError } from '../lib/errors.ts';
import { type Batch, createBatcher, encodePairs } from './batching.ts';
import type { Corpus, SentencePair } from './corpus.ts';
import { loadDates } from './dates.ts';
import { BOS, createVocabulary, EOS, PAD, UNK } from './vocabulary.ts';

/** A corpus whose pair k has the given lengths and starts with the token k, so that batches show what they hold. */
function corpusOf(lengths: readonly (readonly [number, number])[], hasEndSymbol = true): Corpus {
  const train: SentencePair[] = lengths.map(([source, target], index) => ({
    source: [`s${index}`, ...Array(source - 1).fill('x')],
    target: [`t${index}`, ...Array(target - 1).fill('y')],
  }));
  return {
    task: 'own',
    sourceLanguage: 'en',
    targetLanguage: 'fr',
    tokenUnit: { source: 'words', target: 'words' },
    sourceVocabulary: createVocabulary(train.flatMap(({ source }) => source)),
    targetVocabulary: createVocabulary(train.flatMap(({ target }) => target)),
    train,
    validation: [],
    test: [],
    hasEndSymbol,
    probes: [],
    hasGoldAlignment: false,
    tokenizeSource: (text) => text.split(' '),
    joinTarget: (tokens) => tokens.join(' '),
    joinSource: (tokens) => tokens.join(' '),
  };
}

/** Which training pairs are in a batch, by their first source token. */
const pairsIn = (corpus: Corpus, batch: Batch) =>
  [...batch.source.slice(0, batch.batchSize)].map((id) => Number(corpus.sourceVocabulary.tokens[id].slice(1)));

const lengthsArbitrary = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })), {
  minLength: 1,
  maxLength: 120,
});

describe('encodePairs', () => {
  const corpus = corpusOf([
    [3, 2],
    [1, 1],
  ]);
  const [first, second] = [corpus.train.at(0), corpus.train.at(1)] as SentencePair[];
  const source = (token: string) => corpus.sourceVocabulary.id(token);
  const target = (token: string) => corpus.targetVocabulary.id(token);

  it('lays tokens out time-major, shifted for the decoder, with the end symbol and padding', () => {
    const encoded = encodePairs(corpus, [first, second], 3, 3, 3);
    expect([...encoded.source]).toEqual([
      source('s0'),
      source('s1'),
      PAD,
      source('x'),
      PAD,
      PAD,
      source('x'),
      PAD,
      PAD,
    ]);
    expect([...encoded.sourceLengths]).toEqual([3, 1, 1]);
    expect([...encoded.targetIn]).toEqual([BOS, BOS, PAD, target('t0'), target('t1'), PAD, target('y'), PAD, PAD]);
    expect([...encoded.targetOut]).toEqual([target('t0'), target('t1'), PAD, target('y'), EOS, PAD, EOS, PAD, PAD]);
    expect([encoded.sourceTokens, encoded.targetTokens]).toEqual([4, 5]);
  });

  it('leaves the end symbol out where the task has none', () => {
    const { targetIn, targetOut } = encodePairs({ ...corpus, hasEndSymbol: false }, [first], 3, 2, 1);
    expect([...targetIn]).toEqual([BOS, target('t0')]);
    expect([...targetOut]).toEqual([target('t0'), target('y')]);
  });

  it('writes words it does not know as unknown', () => {
    const encoded = encodePairs(corpus, [{ source: ['zebra'], target: ['zèbre'] }], 1, 2, 1);
    expect([encoded.source[0], encoded.targetOut[0]]).toEqual([UNK, UNK]);
  });

  it('refuses pairs that do not fit', () => {
    expect(() => encodePairs(corpus, [first], 2, 3, 1)).toThrow(ShapeError);
    expect(() => encodePairs(corpus, [first], 3, 2, 1)).toThrow(ShapeError);
    expect(() => encodePairs(corpus, [first, second], 3, 3, 1)).toThrow(ShapeError);
    expect(() => encodePairs(corpus, [{ source: [], target: ['y'] }], 3, 3, 1)).toThrow(ShapeError);
  });
});

describe('createBatcher', () => {
  it('uses every training pair in every epoch and repeats none more often than filling up needs', () => {
    fc.assert(
      fc.property(lengthsArbitrary, fc.integer({ min: 1, max: 8 }), fc.nat(1000), (lengths, batchSize, seed) => {
        const corpus = corpusOf(lengths);
        const batcher = createBatcher(corpus, { batchSize, seed });
        for (const epoch of [0, 1]) {
          const uses = new Array(lengths.length).fill(0);
          for (let step = 0; step < batcher.stepsPerEpoch; step++) {
            const batch = batcher.batchAt(epoch * batcher.stepsPerEpoch + step);
            const { sourceLength, targetLength } = batcher.buckets[batch.bucket];
            expect([batch.sourceLength, batch.targetLength]).toEqual([sourceLength, targetLength]);
            expect(batch.batchSize).toBe(batchSize);
            for (const index of pairsIn(corpus, batch)) uses[index]++;
          }
          expect(Math.min(...uses)).toBeGreaterThanOrEqual(1);
          const repeats = uses.reduce((sum, count) => sum + count, 0) - lengths.length;
          expect(repeats).toBeLessThan(batcher.buckets.length * batchSize);
        }
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  it('gives the same batch for a step, whatever was asked for before', () => {
    const corpus = corpusOf(Array.from({ length: 50 }, (_, k) => [1 + (k % 7), 1 + (k % 5)] as const));
    const options = { batchSize: 4, seed: 9 };
    const forward = createBatcher(corpus, options);
    const steps = Array.from({ length: 40 }, (_, step) => step);
    const batches = steps.map((step) => forward.batchAt(step));
    for (const step of steps.toReversed()) expect(createBatcher(corpus, options).batchAt(step)).toEqual(batches[step]);
    const other = createBatcher(corpus, { batchSize: 4, seed: 10 });
    expect(steps.map((step) => pairsIn(corpus, other.batchAt(step)))).not.toEqual(
      batches.map((batch) => pairsIn(corpus, batch)),
    );
    expect(pairsIn(corpus, batches[0])).not.toEqual(pairsIn(corpus, batches[forward.stepsPerEpoch]));
  });

  it('takes one bucket where lengths hardly vary', () => {
    const corpus = corpusOf(Array.from({ length: 400 }, (_, k) => [5 + (k % 2), 6] as const));
    const { buckets } = createBatcher(corpus, { batchSize: 8, seed: 0 });
    expect(buckets).toEqual([{ sourceLength: 6, targetLength: 7, share: 1 }]);
  });

  it('finds the buckets of pairs that come in three sizes', () => {
    const sizes = [
      [2, 2],
      [14, 15],
      [30, 30],
    ] as const;
    const corpus = corpusOf(Array.from({ length: 600 }, (_, k) => sizes[k % 3]));
    const { buckets, limits } = createBatcher(corpus, { batchSize: 16, seed: 0 });
    expect(buckets.map(({ sourceLength, targetLength }) => [sourceLength, targetLength])).toEqual([
      [2, 3],
      [14, 16],
      [30, 31],
    ]);
    for (const { share } of buckets) expect(share).toBeCloseTo(1 / 3, 12);
    expect(limits).toEqual({ maxSource: 30, maxTarget: 31 });
  });

  it('fills a batch from fewer pairs than it has rows', () => {
    const corpus = corpusOf([
      [2, 2],
      [3, 1],
    ]);
    const batch = createBatcher(corpus, { batchSize: 5, seed: 0 }).batchAt(0);
    expect(pairsIn(corpus, batch)).toHaveLength(5);
    expect(new Set(pairsIn(corpus, batch)).size).toBe(2);
  });

  it('keeps its buckets to what it trains on, and counts longer held-out pairs into the limits', () => {
    const corpus = { ...corpusOf([[2, 2]]), validation: [{ source: ['a', 'b', 'c'], target: ['a', 'b', 'c', 'd'] }] };
    const { buckets, limits } = createBatcher(corpus, { batchSize: 2, seed: 0 });
    expect(buckets.at(-1)).toEqual({ sourceLength: 2, targetLength: 3, share: 1 });
    expect(limits).toEqual({ maxSource: 3, maxTarget: 5 });
  });

  it('refuses a corpus without training pairs', () => {
    expect(() => createBatcher(corpusOf([]), { batchSize: 2, seed: 0 })).toThrow('batcher: expected training pairs');
  });

  it('trains dates at their published lengths without an end symbol', () => {
    const batcher = createBatcher(loadDates(), { batchSize: 128, seed: 0 });
    expect(batcher.limits).toEqual({ maxSource: 12, maxTarget: 10 });
    expect(batcher.buckets).toEqual([{ sourceLength: 12, targetLength: 10, share: 1 }]);
    expect(batcher.stepsPerEpoch).toBe(1427);
    const batch = batcher.batchAt(1427 * 3 + 5);
    expect(batch.targetTokens).toBe(1280);
    expect(batch.targetOut).not.toContain(EOS);
    expect(batch.targetOut).not.toContain(PAD);
  });
});
