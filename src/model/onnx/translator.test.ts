import { expect, test } from 'vitest';
import { MODELS } from '../../testing/model-matrix.ts';
import { classifyWithOnnx, decodeWithOnnx } from '../../testing/onnx-decoding.ts';
import { openCpu, openRun, sharpen, tinyConfig } from '../../testing/open-run.ts';
import { takeSnapshot } from '../../training/take-away/snapshot.ts';
import type { Config } from '../config.ts';
import { classifierToOnnx } from './classifier.ts';
import { OnnxGraph } from './graph.ts';
import { translatorToOnnx } from './translator.ts';

const largest = (a: readonly number[], b: readonly number[]): number =>
  Math.max(0, ...a.map((value, i) => Math.abs(value - (b[i] ?? Number.NaN))));

/** Opens a run, exports it and decodes its sentences of four lengths with onnxruntime. */
async function compare(changes: Partial<Config>) {
  const run = await openRun(await openCpu(), tinyConfig(changes));
  await sharpen(run);
  const { explorer, corpus } = run;
  const { weights, sentences } = await takeSnapshot(
    explorer.run,
    changes.task === 'plates' ? [] : [corpus.probes[0]?.source.slice(0, 1) ?? []],
  );
  const files = translatorToOnnx(explorer.run.trainer.layout.shape, weights, {});
  const decoded = await decodeWithOnnx(
    files,
    sentences.map(({ source }) => source),
    { ...corpus, length: explorer.run.targetLength },
  );
  run.dispose();
  return { sentences, decoded };
}

const cases: readonly Partial<Config>[] = [
  ...MODELS,
  { bidirectional: false, layers: 2, score: 'general', placement: 'after' },
  { bidirectional: true, layers: 3 },
  { task: 'dates', score: 'dot', placement: 'after' },
  { task: 'plates', score: 'general', layers: 2 },
];

test.each(cases)('onnxruntime translates and attends as the page does: %o', async (changes) => {
  const { sentences, decoded } = await compare(changes);
  expect(sentences.length).toBeGreaterThan(3);
  sentences.forEach((sentence, i) => {
    expect(decoded.targets[i]).toEqual(sentence.target);
    expect(sentence.target.length).toBeGreaterThan(0);
    expect(largest(sentence.probabilities, decoded.probabilities[i] ?? [])).toBeLessThan(1e-4);
    expect(sentence.weights === null).toBe(changes.score === 'none');
    sentence.weights?.forEach((row, t) => {
      expect(largest(row, decoded.weights[i]?.[t] ?? [])).toBeLessThan(1e-4);
    });
  });
});

test.each([{ score: 'additive' }, { score: 'none', bidirectional: false }] as const)(
  'onnxruntime names the class as the page does: %o',
  async (changes) => {
    const run = await openRun(await openCpu(), tinyConfig({ task: 'negation', ...changes }));
    await sharpen(run);
    const { explorer, corpus } = run;
    const { weights, sentences } = await takeSnapshot(explorer.run, [corpus.probes[0]?.source.slice(0, 1) ?? []]);
    const file = classifierToOnnx(explorer.run.trainer.layout.shape, weights, {});
    const sources = sentences.map(({ source }) => source);
    const classified = await classifyWithOnnx(file, sources, corpus);
    run.dispose();
    sentences.forEach((sentence, i) => {
      expect(classified.targets[i]).toEqual(sentence.target);
      expect(largest(sentence.probabilities, classified.probabilities[i] ?? [])).toBeLessThan(1e-4);
      expect(largest(sentence.weights?.[0] ?? [], classified.weights[i]?.[0] ?? [])).toBeLessThan(1e-4);
    });
  },
);

test('a graph refuses values that nothing made, and a name twice', () => {
  const graph = new OnnxGraph('graph', '');
  graph.input('x', 'float32', 'batch');
  expect(() => graph.node('Tanh', ['y'])).toThrow('Tanh reads y');
  expect(() => graph.input('x', 'float32', 'batch')).toThrow('x is defined already');
});
