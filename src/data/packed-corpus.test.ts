import { describe, expect, it } from 'vitest';
import { atOnce } from '../lib/slices.ts';
import { TASKS } from '../model/config.ts';
import { createBatcher, measureLimits } from './batching.ts';
import type { Corpus, PairList, SentencePair } from './corpus.ts';
import { type PackedCorpus, packingCorpus, unpackCorpus } from './packed-corpus.ts';
import { loadCorpus } from './tasks.ts';

const GENERATED = ['phrases', 'phrases-de', 'long-dates', 'long-dates-hu', 'long-dates-fr', 'messages', 'messages-ja'];
const PACKED = [...GENERATED, 'blocks', 'blocks-ja', 'autoencode', 'denoise'];

const pairsOf = (list: PairList) => Array.from({ length: list.length }, (_, index) => list.at(index));

/** Everything of a corpus beside its pairs: vocabularies by what they answer, functions as they are. */
const frame = ({ sourceVocabulary, targetVocabulary, train, validation, test, ...rest }: Corpus) => ({
  ...rest,
  lengths: [train, validation, test].map(({ length }) => length),
  vocabularies: [sourceVocabulary, targetVocabulary].map(({ tokens, size, id }) => ({
    tokens,
    size,
    ids: tokens.map(id),
    unknown: id('no token of any task'),
  })),
});

const pairs = ({ train, validation, test }: Corpus) => [train, validation, test].map(pairsOf);

describe.each(TASKS)('the pairs of the task %s', (task) => {
  it(`are ${PACKED.includes(task) ? 'the same after a way through another thread' : 'made where they are needed'}`, async () => {
    const corpus = await loadCorpus({ task, seed: 0 });
    const packed = atOnce(packingCorpus(corpus));
    expect(packed !== null).toBe(PACKED.includes(task));
    if (!packed) return;
    const unpacked = await unpackCorpus(structuredClone(packed));
    expect(frame(unpacked)).toStrictEqual(frame(corpus));
    // As texts, since tens of thousands of objects take seconds to compare.
    expect(JSON.stringify(pairs(unpacked)) === JSON.stringify(pairs(corpus))).toBe(true);
    expect(measureLimits(unpacked)).toEqual(measureLimits(corpus));
  });
});

describe('a packed corpus', () => {
  const pair = (source: string, target: string, alignment?: number[][]): SentencePair => ({
    source: source.split(' '),
    target: target.split(' '),
    ...(alignment ? { alignment } : {}),
  });

  it('keeps words that are in no vocabulary, rows without links, and pairs without an alignment', async () => {
    const corpus: Corpus = {
      ...(await loadCorpus({ task: 'phrases', seed: 0 })),
      train: [pair('the cat', 'le chat', [[0], []]), pair('the dog', 'le chien')],
      validation: [pair('the okapi', "l' okapi dort", [[0], [1, 0], [1]])],
      test: [],
      probes: [],
    };
    const packed = atOnce(packingCorpus(corpus));
    expect(packed?.source.tokens.at(-1)).toBe('okapi');
    expect(packed && pairs(await unpackCorpus(packed))).toStrictEqual(pairs(corpus));
  });

  it('of the task phrases is small, and gives the same batches', async () => {
    const corpus = await loadCorpus({ task: 'phrases', seed: 0 });
    const packed = atOnce(packingCorpus(corpus)) as PackedCorpus;
    expect(packed.pairs.byteLength).toBeLessThan(3_000_000);
    const unpacked = await unpackCorpus(packed);
    const [again, made] = [unpacked, corpus].map((one) => createBatcher(one, { batchSize: 16, seed: 3 }));
    const steps = [0, 1, 2, 1000, 3000];
    expect(steps.map(again.batchAt)).toEqual(steps.map(made.batchAt));
  });

  it("is not made of the visitor's own pairs, which were kept as they came", async () => {
    const text = Array.from({ length: 20 }, (_, k) => `number ${k}\tnuméro ${k}`).join('\n');
    const own = await loadCorpus({ task: 'own', seed: 0 }, { fileName: 'pairs.tsv', text });
    expect(atOnce(packingCorpus(own))).toBeNull();
  });
});
