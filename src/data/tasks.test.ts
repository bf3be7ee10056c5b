import { describe, expect, it } from 'vitest';
import { CorpusFormatError } from '../lib/errors.ts';
import { TASKS } from '../model/config.ts';
import type { PairList } from './corpus.ts';
import { loadCorpus } from './tasks.ts';

const sources = (list: PairList, count: number) =>
  Array.from({ length: Math.min(count, list.length) }, (_, index) => list.at(index)?.source.join(' '));

describe('loadCorpus', () => {
  it.each(TASKS)('gives %s the same held-out pairs for every seed', (task) => {
    const [first, second] = [0, 1].map((seed) => loadCorpus({ task, seed }));
    expect(first.task).toBe(task);
    expect(sources(second.test, 500)).toEqual(sources(first.test, 500));
    expect(sources(second.validation, 500)).toEqual(sources(first.validation, 500));
  });

  it.each(TASKS)('takes the probes of %s from the held-out part, and knows all their words', (task) => {
    const corpus = loadCorpus({ task, seed: 0 });
    const heldOut = new Set(sources(corpus.validation, Number.POSITIVE_INFINITY));
    expect(corpus.probes).toHaveLength(4);
    for (const { source, target } of corpus.probes) {
      expect(heldOut.has(source.join(' '))).toBe(true);
      expect(source.every(corpus.sourceVocabulary.has)).toBe(true);
      expect(target.every(corpus.targetVocabulary.has)).toBe(true);
      expect(corpus.tokenizeSource(corpus.joinSource(source))).toEqual(source);
    }
  });

  it('reads the pairs that came with the task own, and says when there are none', () => {
    const text = Array.from({ length: 20 }, (_, k) => `number ${k}\tnuméro ${k}`).join('\n');
    expect(loadCorpus({ task: 'own', seed: 0 }, { fileName: 'pairs.tsv', text }).train.length).toBe(18);
    expect(() => loadCorpus({ task: 'own', seed: 0 })).toThrow(CorpusFormatError);
  });
});
