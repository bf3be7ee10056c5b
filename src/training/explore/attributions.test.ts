import { describe, expect, it } from 'vitest';
import { ReferenceExecutor } from '../../engine/reference-executor.ts';
import { WasmExecutor } from '../../engine/wasm-executor.ts';
import { type Config, defaultConfig, resolveConfig } from '../../model/config.ts';
import { openGradients } from '../../testing/gradient-plans.ts';
import { MODELS } from '../../testing/model-matrix.ts';
import { compare } from '../../testing/tolerance.ts';
import { answerAttributions } from './attributions.ts';

const small = { embedding: 6, hidden: 4, decoderHidden: 8, attention: 5, readout: 6, batch: 4 };
const configOf = (changes: Partial<Config> = {}): Config =>
  resolveConfig({ ...defaultConfig('phrases'), ...small, ...changes });

/** A sentence without a word twice, so that a row of the embedding is one place. */
const PAIR = { source: ['the', 'small', 'cat', 'sleeps'], target: ['le', 'petit', 'chat', 'dort'] };
const STEP = 1e-5;

type Opened = Awaited<ReturnType<typeof openGradients>>;

/** log p of each target word under teacher forcing, from the program that decodes. */
async function logProbabilities({ translator }: Opened, source: readonly string[], target: readonly string[]) {
  const { probabilities } = await translator.decode([{ source, reference: { source, target } }], 'teacher-forced');
  return target.map((_, t) => Math.log(probabilities[2 * t + 1] as number));
}

describe('the answer to `attributions`', () => {
  it.each(MODELS)('is what a decoding says without a word, and near it: $score, $placement', async (changes) => {
    const layers = changes.score === 'dot' ? 2 : 1;
    const config = configOf({ ...changes, layers, bidirectional: changes.score !== 'general' });
    const opened = await openGradients(new ReferenceExecutor(), config, { scale: 3 });
    const { executor, plans, trainer, corpus } = opened;
    const { source, target } = PAIR;
    for (const word of source) expect(corpus.sourceVocabulary.has(word)).toBe(true);
    const { attention, gradientInput, erasure, target: said } = await answerAttributions(plans, PAIR);
    const [S, T] = [source.length, said.length];
    expect(said).toEqual([...target, '</s>']);
    expect([gradientInput.rows, gradientInput.columns, erasure.rows, erasure.columns]).toEqual([T, S, T, S]);

    const whole = await logProbabilities(opened, source, target);
    for (const [j, word] of source.entries()) {
      const shorter = await logProbabilities(
        opened,
        source.filter((other) => other !== word),
        target,
      );
      whole.forEach((logP, t) => {
        expect(erasure.data[t * S + j]).toBeCloseTo(logP - (shorter[t] as number), 6);
      });
    }

    // Along x_j itself the derivative of log p at x_j is Σ_e x_je · d log p / d x_je.
    const parameters = Float64Array.from(await executor.read('parameters'));
    const { offset, columns } = trainer.layout.view('parameters', 'encoder.embedding.weight');
    for (const [j, word] of source.entries()) {
      const from = offset + corpus.sourceVocabulary.id(word) * columns;
      const stretched = async (by: number) => {
        const changed = parameters.slice();
        for (let e = from; e < from + columns; e++) changed[e] *= 1 + by;
        executor.write('parameters', changed);
        return logProbabilities(opened, source, target);
      };
      const [above, below] = [await stretched(STEP), await stretched(-STEP)];
      target.forEach((_, t) => {
        const numeric = ((above[t] as number) - (below[t] as number)) / (2 * STEP);
        expect(gradientInput.data[t * S + j]).toBeCloseTo(numeric, 6);
      });
    }

    expect(attention.rows * attention.columns).toBe(changes.score === 'none' ? 0 : T * S);
    for (let t = 0; t < attention.rows; t++)
      expect(attention.data.slice(t * S, (t + 1) * S).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
    executor.dispose();
  });

  it('leaves an unknown word where the only one is taken away', async () => {
    const opened = await openGradients(new ReferenceExecutor(), configOf(), { scale: 3 });
    const [source, target] = [['cat'], ['chat']];
    const { erasure } = await answerAttributions(opened.plans, { source, target });
    const [whole, unknown] = [
      await logProbabilities(opened, source, target),
      await logProbabilities(opened, ['<unk>'], target),
    ];
    expect(erasure.data[0]).toBeCloseTo((whole[0] as number) - (unknown[0] as number), 6);
    opened.executor.dispose();
  });

  it('needs no end symbol where the task has none, and agrees on the SIMD kernels with float64', async () => {
    const config = resolveConfig({ ...defaultConfig('dates'), ...small, batch: 16 });
    const wasm = await openGradients((await WasmExecutor.open({ shards: 1 })) as WasmExecutor, config);
    await wasm.train(60);
    const weights = await wasm.executor.read('parameters');
    const exact = await openGradients(new ReferenceExecutor(), config, { weights });
    const pair = exact.corpus.probes[0] as (typeof exact.corpus.probes)[number];
    const [got, want] = [await answerAttributions(wasm.plans, pair), await answerAttributions(exact.plans, pair)];
    expect(got.target).toEqual(pair.target);
    expect(got.step).toBe(60);
    for (const name of ['attention', 'gradientInput', 'erasure'] as const)
      expect(compare(got[name].data, want[name].data, { rtol: 1e-3, atol: 2e-5 }).worst, name).toBeLessThanOrEqual(1);
    wasm.executor.dispose();
    exact.executor.dispose();
  });
});
