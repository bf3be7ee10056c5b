import { describe, expect, it } from 'vitest';
import { createRandom } from '../lib/random.ts';
import { type AdvanceBeam, type BeamOptions, beamPath, searchBeam } from './beam-search.ts';

const END = 0;
const START = 1;

/** log p of the next word after a path, for every word. */
type Model = (path: readonly number[]) => readonly number[];

/** A decoder whose rows hold the words they have read. */
function decoderOf(model: Model, { width, vocabulary }: BeamOptions): AdvanceBeam {
  let rows: number[][] = Array.from({ length: width }, () => []);
  return async (tokens, parents) => {
    rows = Array.from(tokens, (token, row) => [...(parents ? (rows[parents[row] as number] as number[]) : []), token]);
    const logits = new Float64Array(width * vocabulary);
    for (const [row, path] of rows.entries()) logits.set(model(path.slice(1)), row * vocabulary);
    return { logits, weights: null };
  };
}

/** Random but repeatable logits of each path. */
const randomModel =
  (seed: number, vocabulary: number): Model =>
  (path) => {
    const random = createRandom(path.reduce((hash, token) => (hash * 31 + token + 7) % 1_000_003, seed + 1));
    return Array.from({ length: vocabulary }, () => 3 * random.normal());
  };

function logSoftmax(logits: readonly number[]): number[] {
  const total = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
  return logits.map((logit) => logit - total);
}

/** Every translation of at most `maxLength` words, with its score. */
function everything(model: Model, { vocabulary, maxLength, end }: BeamOptions) {
  const found: { words: number[]; score: number }[] = [];
  const extend = (path: readonly number[], sum: number): void => {
    const next = logSoftmax(model(path));
    for (let token = 0; token < vocabulary; token++) {
      const words = [...path, token];
      const total = sum + (next[token] as number);
      if (token === end || (end === null && words.length === maxLength))
        found.push({ words, score: total / words.length });
      else if (words.length < maxLength) extend(words, total);
    }
  };
  extend([], 0);
  return found.sort((a, b) => b.score - a.score);
}

function greedy(model: Model, { maxLength, end }: BeamOptions): number[] {
  const words: number[] = [];
  while (words.length < maxLength && words.at(-1) !== end) {
    const logits = model(words);
    words.push(logits.indexOf(Math.max(...logits)));
  }
  return words;
}

const options = (changes: Partial<BeamOptions> = {}): BeamOptions => ({
  width: 3,
  vocabulary: 5,
  maxLength: 6,
  start: START,
  end: END,
  ...changes,
});
const search = (model: Model, settings: BeamOptions) => searchBeam(decoderOf(model, settings), settings);
const wordsOf = (leaf: Parameters<typeof beamPath>[0]) => beamPath(leaf).map(({ token }) => token);

describe('beam search', () => {
  it.each([0, 1, 2, 3, 4, 5])('of width 1 is greedy decoding: model %i', async (seed) => {
    for (const end of [END, null]) {
      const settings = options({ width: 1, end });
      const model = randomModel(seed, 5);
      const { leaves } = await search(model, settings);
      expect(leaves.map(({ leaf }) => wordsOf(leaf))).toEqual([greedy(model, settings)]);
    }
  });

  it.each([0, 1, 2, 3])('that keeps everything finds the best of all translations: model %i', async (seed) => {
    const settings = options({ width: 300, vocabulary: 4, maxLength: 4 });
    const model = randomModel(seed, 4);
    const best = everything(model, settings)[0] as { words: number[]; score: number };
    const [first] = (await search(model, settings)).leaves;
    expect(first && wordsOf(first.leaf)).toEqual(best.words);
    expect(first?.score).toBeCloseTo(best.score, 10);
  });

  it('scores what it finds with the mean log probability of its words, best first', async () => {
    for (let seed = 0; seed < 20; seed++) {
      const settings = options({ width: 4 });
      const model = randomModel(seed, 5);
      const scores = new Map(everything(model, settings).map(({ words, score }) => [words.join(), score]));
      const { leaves } = await search(model, settings);
      const complete = leaves.filter(({ isComplete }) => isComplete);
      for (const { leaf, score } of complete) expect(score).toBeCloseTo(scores.get(wordsOf(leaf).join()) as number, 10);
      expect(complete.map(({ score }) => score)).toEqual(complete.map(({ score }) => score).toSorted((a, b) => b - a));
    }
  });

  it('is never worse than greedy decoding where the greedy path stayed in the beam', async () => {
    let stayed = 0;
    for (let seed = 0; seed < 50; seed++) {
      const settings = options({ width: 3 });
      const model = randomModel(seed, 5);
      const words = greedy(model, settings).join();
      const { leaves } = await search(model, settings);
      const own = leaves.find(({ leaf }) => wordsOf(leaf).join() === words);
      if (!own?.isComplete) continue;
      stayed++;
      expect(leaves[0]?.score).toBeGreaterThanOrEqual(own.score);
    }
    expect(stayed).toBeGreaterThan(10);
  });

  it('keeps at most `width` a position, fewer once some have ended, and never more than `width` in the end', async () => {
    for (let seed = 0; seed < 20; seed++) {
      const { proposals, leaves } = await search(randomModel(seed, 5), options());
      let ended = 0;
      for (let position = 0; position < 6; position++) {
        const kept = proposals.filter((node) => node.position === position && node.isKept);
        expect(kept.length).toBeLessThanOrEqual(3 - ended);
        ended += kept.filter(({ isEnd }) => isEnd).length;
      }
      expect(leaves.length).toBeLessThanOrEqual(3);
      expect(proposals.map(({ id }) => id)).toEqual(proposals.map((_, i) => i));
    }
  });

  it('ranks those that were cut off last, and says so', async () => {
    const never: Model = () => [-50, 0, 1, 2, 3];
    const { leaves } = await search(never, options());
    expect(leaves.every(({ isComplete }) => !isComplete)).toBe(true);
    const { leaves: fixed } = await search(never, options({ end: null }));
    expect(fixed.every(({ isComplete }) => isComplete)).toBe(true);
    expect(fixed.every(({ leaf }) => leaf.position === 5)).toBe(true);
  });

  it('comes to an end on weights that have diverged', async () => {
    const { leaves } = await search(() => [Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN], options());
    expect(leaves.length).toBeLessThanOrEqual(3);
  });
});
