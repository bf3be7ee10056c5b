import { beforeAll, describe, expect, it } from 'vitest';
import { SCORES } from '../../model/config.ts';
import { USED_PLACEMENTS } from '../../testing/model-matrix.ts';
import {
  oneHot,
  openCpu,
  openRun,
  sceneOf,
  scenesOf,
  sharpen,
  sourceOf,
  tinyConfig,
  without,
} from '../../testing/open-run.ts';
import { candidatesOf } from '../candidates.ts';
import type { Explored, Scene } from '../questions.ts';
import type { Run } from '../run.ts';

/** Rows of α. */
function rowsOf({ translation: { weights, source, target } }: Explored): number[][] {
  return target.map((_, t) => Array.from(weights.subarray(t * source.length, (t + 1) * source.length)));
}

const textOf = ({ translation }: Explored): string[] => translation.target.map(({ text }) => text);

async function exploreAll(run: Run, scenes: readonly Scene[]): Promise<readonly Explored[]> {
  const answer = await run.explorer.answer({ kind: 'explore', scenes });
  return (answer as { scenes: readonly Explored[] }).scenes;
}

const explore = async (run: Run, scene: Scene): Promise<Explored> => (await exploreAll(run, [scene]))[0] as Explored;

async function openSharp(changes: Parameters<typeof tinyConfig>[0] = {}): Promise<Run> {
  const run = await openRun(await openCpu(), tinyConfig(changes));
  await sharpen(run);
  return run;
}

describe('a scene that nothing is changed about', () => {
  const models = SCORES.flatMap((score, i) =>
    USED_PLACEMENTS.map((placement, j) => ({
      score,
      placement,
      bidirectional: (i + j) % 3 > 0,
      layers: 1 + ((i + j) % 2),
    })),
  );
  it.each(models)(
    'is what the sentence box shows, bit for bit: $score $placement, bidirectional $bidirectional, layers $layers',
    async (model) => {
      const run = await openSharp(model);
      const sources = run.corpus.probes.map(({ source }) => source);
      const answers = await exploreAll(
        run,
        sources.map((source) => sceneOf(run, { source })),
      );
      expect(answers).toHaveLength(sources.length);
      for (const [i, source] of sources.entries()) {
        const { reference, ...plain } = await run.translate(source);
        expect(answers[i]?.translation).toEqual(plain);
      }
      run.dispose();
    },
  );

  it('is the same alone, beside others, and while others are asked about', async () => {
    const run = await openSharp();
    const scenes = Object.values(scenesOf(run));
    const alone: Explored[] = [];
    for (const scene of scenes) alone.push(await explore(run, scene));
    expect(await exploreAll(run, scenes)).toEqual(alone);
    expect(await Promise.all(scenes.map((scene) => explore(run, scene)))).toEqual(alone);
    expect(await exploreAll(run, [])).toEqual([]);
    run.dispose();
  });
});

describe('a changed scene', () => {
  let run: Run;
  let plain: Explored;
  let length: number;
  beforeAll(async () => {
    run = await openSharp();
    plain = await explore(run, sceneOf(run));
    ({ length } = sourceOf(run));
    expect(plain.translation.target.length).toBeGreaterThan(4);
    return () => run.dispose();
  });

  it('has weights that sum to 1 in every row, and candidates from likely to unlikely', async () => {
    for (const [name, scene] of Object.entries(scenesOf(run))) {
      const explored = await explore(run, scene);
      rowsOf(explored).forEach((row, t) => {
        if (scene.off.paddingMask) {
          const onWords = row.reduce((sum, weight) => sum + weight);
          expect(onWords, name).toBeGreaterThan(0);
          expect(onWords, name).toBeLessThan(1 - 1e-3);
          return;
        }
        const onPadding = (scene.attention[t]?.length ?? 0) > scene.source.length ? 0.5 : 0;
        expect(
          row.reduce((sum, weight) => sum + weight, onPadding),
          name,
        ).toBeCloseTo(1, 5);
      });
      const { translation, candidates } = explored;
      expect(candidates).toHaveLength(translation.target.length + (translation.isComplete ? 1 : 0));
      for (const list of candidates) {
        expect(list).toHaveLength(6);
        const probabilities = list.map(({ probability }) => probability);
        expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a));
        expect(probabilities.reduce((sum, p) => sum + p)).toBeLessThanOrEqual(1 + 1e-12);
      }
    }
  });

  it('attends where it is told to, decodes from there on, and is as before until then', async () => {
    const at = 2;
    const changed: Explored[] = [];
    for (let j = 0; j < length; j++)
      changed.push(await explore(run, sceneOf(run, { attention: [null, null, oneHot(length, j)] })));
    for (const [j, explored] of changed.entries()) {
      expect(rowsOf(explored)[at]).toEqual(oneHot(length, j));
      expect(rowsOf(explored).slice(0, at)).toEqual(rowsOf(plain).slice(0, at));
      expect(textOf(explored).slice(0, at)).toEqual(textOf(plain).slice(0, at));
      expect(explored.candidates.slice(0, at)).toEqual(plain.candidates.slice(0, at));
      expect(explored.candidates[at]).not.toEqual(plain.candidates[at]);
      expect(rowsOf(explored)[at + 1]).not.toEqual(rowsOf(plain)[at + 1]);
    }
    expect(new Set(changed.map((explored) => textOf(explored).join(' '))).size).toBeGreaterThan(1);
  });

  it('loses weight to the padding where that is not masked, and keeps the proportions of the words', async () => {
    const unmasked = await explore(run, sceneOf(run, { off: without('paddingMask') }));
    const [row, own] = [rowsOf(unmasked)[0] as number[], rowsOf(plain)[0] as number[]];
    const onWords = row.reduce((sum, weight) => sum + weight);
    expect(run.maxSourceTokens).toBeGreaterThan(length);
    expect(onWords).toBeLessThan(1 - 1e-3);
    for (const [j, weight] of row.entries()) expect(weight / onWords).toBeCloseTo(own[j] as number, 5);
    const uniform = await openSharp({ score: 'uniform' });
    const alike = await explore(uniform, sceneOf(uniform, { off: without('paddingMask') }));
    for (const weights of rowsOf(alike))
      for (const weight of weights) expect(weight).toBeCloseTo(1 / uniform.maxSourceTokens, 6);
    uniform.dispose();
  });

  it('is the same when it is told to attend where it does', async () => {
    const attention = rowsOf(plain);
    expect(await explore(run, sceneOf(run, { attention }))).toEqual(plain);
  });

  it('may put weight on padding, of which the page sees what is left', async () => {
    const row = oneHot(length, 1).map((weight) => weight / 2);
    const padded = await explore(run, sceneOf(run, { attention: [[...row, 0.5]] }));
    const bare = await explore(run, sceneOf(run, { attention: [row] }));
    expect(rowsOf(padded)[0]).toEqual(row);
    expect(padded.candidates[0]).not.toEqual(bare.candidates[0]);
  });

  it('says the words that it has to, and goes on from them', async () => {
    const { tokens } = run.corpus.targetVocabulary;
    const [first, third] = [tokens[100] as string, tokens[200] as string];
    const forced = await explore(run, sceneOf(run, { words: [first, null, third] }));
    expect(textOf(forced)[0]).toBe(first);
    expect(textOf(forced)[2]).toBe(third);
    expect(forced.candidates[0]).toEqual(plain.candidates[0]);
    expect(forced.candidates[1]).not.toEqual(plain.candidates[1]);
    expect(forced.translation.probabilities[0]).toBeLessThan(plain.translation.probabilities[0] as number);
  });

  it('is the same when it has to say what it says, whatever part of it', async () => {
    const words = textOf(plain);
    for (const given of [words, words.slice(0, 3), words.map((word, t) => (t % 2 ? word : null))]) {
      const { translation, candidates } = await explore(run, sceneOf(run, { words: given }));
      expect(candidates).toEqual(plain.candidates);
      expect(translation.target).toEqual(plain.translation.target);
      expect(translation.weights).toEqual(plain.translation.weights);
      translation.probabilities.forEach((probability, t) => {
        expect(probability).toBeCloseTo(plain.translation.probabilities[t] as number, 6);
      });
    }
  });

  it('attends as under teacher forcing when all words are given', async () => {
    const probes = await run.translateProbes('teacher-forced');
    for (const [i, { weights, probabilities, target }] of probes.entries()) {
      const words = target.map(({ text }) => text);
      const { translation } = await explore(run, sceneOf(run, { words: [...words, '</s>'] }, i));
      expect(translation.target).toEqual(target);
      translation.weights.forEach((weight, j) => {
        expect(weight).toBeCloseTo(weights[j] as number, 6);
      });
      translation.probabilities.forEach((probability, t) => {
        expect(probability).toBeCloseTo(probabilities[t] as number, 6);
      });
    }
  });

  it('ends where it has to', async () => {
    const { translation, candidates } = await explore(run, sceneOf(run, { words: [null, '</s>'] }));
    expect(translation.target).toHaveLength(1);
    expect(translation.isComplete).toBe(true);
    expect(candidates).toEqual(plain.candidates.slice(0, 2));
  });

  it('marks words that it does not know, on both sides', async () => {
    const source = ['zyx', ...sourceOf(run).slice(1)];
    const { translation } = await explore(run, sceneOf(run, { source, words: ['xyz'] }));
    expect(translation.source[0]).toEqual({ text: 'zyx', isUnknown: true });
    expect(translation.target[0]).toEqual({ text: 'xyz', isUnknown: true });
    const same = await explore(run, sceneOf(run, { source: ['<unk>', ...source.slice(1)], words: ['<unk>'] }));
    expect(translation.weights).toEqual(same.translation.weights);
  });

  it('attends evenly at a high temperature and to one word at a low one', async () => {
    for (const row of rowsOf(await explore(run, sceneOf(run, { temperature: 1e9 }))))
      for (const weight of row) expect(weight).toBeCloseTo(1 / length, 6);
    for (const temperature of [1e-6, Number.MIN_VALUE])
      for (const row of rowsOf(await explore(run, sceneOf(run, { temperature }))))
        expect(Math.max(...row)).toBeGreaterThan(0.999);
    const [cold] = rowsOf(await explore(run, sceneOf(run, { temperature: 0.5 })));
    const [own] = rowsOf(plain) as [number[]];
    const squares = own.map((weight) => weight * weight);
    const total = squares.reduce((sum, square) => sum + square);
    cold?.forEach((weight, j) => {
      expect(weight).toBeCloseTo((squares[j] as number) / total, 5);
    });
  });

  it('refuses what it can’t decode, with the reason', async () => {
    const many = (count: number, word = 'the') => Array.from({ length: count }, () => word);
    const refused: [Partial<Scene>, object][] = [
      [{ source: [] }, { name: 'SentenceError', reason: 'empty' }],
      [{ source: many(run.maxSourceTokens + 1) }, { name: 'SentenceError', reason: 'too-long' }],
      [{ words: many(1000) }, { name: 'SentenceError', reason: 'too-long' }],
      [{ attention: Array.from({ length: 1000 }, () => oneHot(length, 0)) }, { reason: 'too-long' }],
      [{ temperature: 0 }, { name: 'ConfigError', field: 'temperature' }],
      [{ temperature: Number.NaN }, { name: 'ConfigError' }],
      [{ attention: [[1]] }, { name: 'ShapeError' }],
      [{ attention: [oneHot(1000, 0)] }, { name: 'ShapeError' }],
      [{ attention: [oneHot(length, 0).map((weight) => weight - 0.5)] }, { name: 'ShapeError' }],
      [{ attention: [oneHot(length, 0).map(() => Number.NaN)] }, { name: 'ShapeError' }],
    ];
    for (const [changes, error] of refused)
      await expect(exploreAll(run, [sceneOf(run), sceneOf(run, changes)])).rejects.toMatchObject(error);
    const longest = sceneOf(run, { source: many(run.maxSourceTokens), words: [...many(0), ...Array(500).fill(null)] });
    expect((await explore(run, longest)).translation.source).toHaveLength(run.maxSourceTokens);
  });
});

it('decodes without attention, where rows and temperature change nothing', async () => {
  const run = await openSharp({ score: 'none' });
  const plain = await explore(run, sceneOf(run));
  expect(plain.translation.weights).toHaveLength(0);
  const { length } = sourceOf(run);
  expect(await explore(run, sceneOf(run, { attention: [oneHot(length, 0)], temperature: 9 }))).toEqual(plain);
  for (const part of ['attention', 'forward', 'backward', 'inputFeeding'] as const)
    expect((await explore(run, sceneOf(run, { off: without(part) }))).candidates, part).not.toEqual(plain.candidates);
  run.dispose();
});

it('decodes a task without an end symbol to its full length', async () => {
  const config = { ...tinyConfig(), task: 'dates' as const };
  const run = await openRun(await openCpu(), config);
  expect(run.corpus.hasEndSymbol).toBe(false);
  const { translation, candidates } = await explore(run, sceneOf(run));
  expect(translation).toMatchObject({ isComplete: true });
  expect(translation.target).toHaveLength(10);
  expect(candidates).toHaveLength(10);
  run.dispose();
});

it('takes the likeliest words, of equals the first', () => {
  const logits = Float32Array.of(0, 3, 1, 3, 2, 5, -1, 1, 4);
  const list = candidatesOf(logits, [...'abcdefghi'], 6);
  expect(list.map(({ token }) => token).join('')).toBe('fibdec');
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
  expect(list[1]?.probability).toBeCloseTo(Math.exp(4) / total, 14);
  expect(candidatesOf(Float32Array.of(1, 2), ['a', 'b'], 6)).toHaveLength(2);
});
