import { describe, expect, it } from 'vitest';
import { CorpusFormatError } from '../lib/errors.ts';
import { TASKS } from '../model/config.ts';
import type { Corpus, PairList, SentencePair } from './corpus.ts';
import { loadCorpus } from './tasks.ts';

/** Pairs of a part that is drawn on demand which are looked at; other parts are looked at whole. */
const MOST = 20_000;
const pairs = (list: PairList, count = MOST): SentencePair[] =>
  Array.from({ length: Math.min(count, list.length) }, (_, index) => list.at(index) as SentencePair);
const sources = (list: PairList, count = MOST) => pairs(list, count).map(({ source }) => source.join(' '));
const parts = ({ train, validation, test }: Corpus) => [train, validation, test];

describe.each(TASKS)('the task %s', (task) => {
  it('has the same held-out pairs for every seed', async () => {
    const [first, second] = await Promise.all([0, 1].map((seed) => loadCorpus({ task, seed })));
    expect(first.task).toBe(task);
    expect(sources(second.test, 500)).toEqual(sources(first.test, 500));
    expect(sources(second.validation, 500)).toEqual(sources(first.validation, 500));
  });

  it('takes its probes from the held-out part and reads them as they are written', async () => {
    const corpus = await loadCorpus({ task, seed: 0 });
    const heldOut = new Set(sources(corpus.validation));
    expect(corpus.probes).toHaveLength(4);
    for (const { source } of corpus.probes) {
      expect(heldOut.has(source.join(' '))).toBe(true);
      expect(corpus.tokenizeSource(corpus.joinSource(source))).toEqual(source);
    }
  });

  it('shares no source sentence between its parts', async () => {
    const [train, validation, test] = parts(await loadCorpus({ task, seed: 0 })).map((list) => new Set(sources(list)));
    expect([...validation].filter((source) => train.has(source) || test.has(source))).toEqual([]);
    expect([...test].filter((source) => train.has(source))).toEqual([]);
  });

  it('links target words to source words that are there, where it knows the alignment', async () => {
    const corpus = await loadCorpus({ task, seed: 0 });
    const isPlausible = ({ source, target, alignment }: SentencePair): boolean => {
      if (source.length === 0 || target.length === 0) return false;
      if (!alignment) return !corpus.hasGoldAlignment;
      const linked = alignment.filter((row) => row.length > 0).length;
      const isInside = alignment.flat().every((from) => from >= 0 && from < source.length);
      return isInside && alignment.length === target.length && linked > 0;
    };
    const looked = parts(corpus).flatMap((list) => pairs(list, 1000));
    expect(looked.filter((pair) => !isPlausible(pair))).toEqual([]);
  });

  it('has all words of its held-out pairs in its vocabularies', async () => {
    const corpus = await loadCorpus({ task, seed: 0 });
    const unknown = [corpus.validation, corpus.test]
      .flatMap((list) => pairs(list, 2000))
      .flatMap(({ source, target }) => [
        ...source.filter((token) => !corpus.sourceVocabulary.has(token)),
        ...target.filter((token) => !corpus.targetVocabulary.has(token)),
      ]);
    expect(unknown).toEqual([]);
  });
});

describe('loadCorpus', () => {
  it('reads the pairs that came with the task own, and says when there are none', async () => {
    const text = Array.from({ length: 20 }, (_, k) => `number ${k}\tnuméro ${k}`).join('\n');
    const own = await loadCorpus({ task: 'own', seed: 0 }, { fileName: 'pairs.tsv', text });
    expect(own.train.length).toBe(18);
    await expect(loadCorpus({ task: 'own', seed: 0 })).rejects.toThrow(CorpusFormatError);
  });
});
