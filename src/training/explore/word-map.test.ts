import { describe, expect, it } from 'vitest';
import { loadCorpus } from '../../data/tasks.ts';
import { ReferenceExecutor } from '../../engine/reference-executor.ts';
import { defaultConfig } from '../../model/config.ts';
import { Trainer } from '../trainer.ts';
import { WordMapper } from './word-map.ts';

const sizes = { embedding: 6, hidden: 4, decoderHidden: 4, attention: 4, readout: 4, batch: 8 };

async function openMap() {
  const config = { ...defaultConfig('phrases'), ...sizes };
  const executor = new ReferenceExecutor();
  const corpus = await loadCorpus(config);
  const trainer = await Trainer.open(executor, corpus, config);
  return { executor, corpus, trainer, mapper: new WordMapper({ executor, corpus, trainer } as never) };
}

const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.sqrt(Array.from(a).reduce((sum, x, i) => sum + (x - (b[i] as number)) ** 2, 0));

describe('the answer to `word-map`', () => {
  it('has a place and a count for every word of the side but the special symbols', async () => {
    const { executor, corpus, mapper } = await openMap();
    for (const side of ['source', 'target'] as const) {
      const vocabulary = side === 'source' ? corpus.sourceVocabulary : corpus.targetVocabulary;
      const map = await mapper.answer({ side, near: null });
      expect(map.tokens).toEqual(vocabulary.tokens.slice(4));
      expect(map.coordinates.data).toHaveLength(2 * map.tokens.length);
      expect(map.counts).toHaveLength(map.tokens.length);
      expect(map.counts[map.tokens.indexOf(side === 'source' ? 'the' : 'le')]).toBeGreaterThan(100);
      expect(map.explained[0]).toBeGreaterThanOrEqual(map.explained[1]);
      expect(map.explained[0] + map.explained[1]).toBeLessThanOrEqual(1);
      expect(map.neighbours).toEqual([]);
    }
    executor.dispose();
  });

  it('moves the points little when the weights move little, even where the axes would flip', async () => {
    const { executor, mapper, trainer } = await openMap();
    const before = await mapper.answer({ side: 'source', near: null });
    const { offset, rows, columns } = trainer.layout.view('parameters', 'encoder.embedding.weight');
    const weights = await executor.read('parameters');
    // The mirrored table is as good a map; turned back it is the same one.
    const mirrored = weights.map((x: number, i: number) =>
      i >= offset && i < offset + rows * columns ? -x : x,
    ) as Float64Array;
    executor.write('parameters', mirrored);
    const after = await mapper.answer({ side: 'source', near: null });
    expect(distance(after.coordinates.data, before.coordinates.data)).toBeLessThan(1e-4);
    executor.dispose();
  });

  it('lists the nearest words by cosine, whatever their length', async () => {
    const { executor, mapper, trainer, corpus } = await openMap();
    const { offset, columns } = trainer.layout.view('parameters', 'encoder.embedding.weight');
    const weights = (await executor.read('parameters')).slice();
    const [cat, dog] = [corpus.sourceVocabulary.id('cat'), corpus.sourceVocabulary.id('dog')];
    for (let c = 0; c < columns; c++)
      weights[offset + dog * columns + c] = 3 * (weights[offset + cat * columns + c] as number);
    executor.write('parameters', weights);
    const { neighbours } = await mapper.answer({ side: 'source', near: 'cat' });
    expect(neighbours).toHaveLength(10);
    expect(neighbours[0]).toEqual({ token: 'dog', cosine: expect.closeTo(1, 9) });
    expect(neighbours.map(({ cosine }) => cosine)).toEqual(
      neighbours.map(({ cosine }) => cosine).toSorted((a, b) => b - a),
    );
    expect((await mapper.answer({ side: 'source', near: 'no such word' })).neighbours).toEqual([]);
    executor.dispose();
  });
});
