import { describe, expect, it } from 'vitest';
import type { Corpus, SentencePair } from '../../data/corpus.ts';
import { ReferenceExecutor } from '../../engine/reference-executor.ts';
import { WasmExecutor } from '../../engine/wasm-executor.ts';
import { type Config, defaultConfig, resolveConfig } from '../../model/config.ts';
import { openGradients } from '../../testing/gradient-plans.ts';
import { MODELS } from '../../testing/model-matrix.ts';
import { compare, TOLERANCES } from '../../testing/tolerance.ts';
import { answerAttributions } from './attributions.ts';
import { answerBackward } from './backward.ts';
import { answerGradientCheck } from './gradient-check.ts';

const small = { embedding: 6, hidden: 4, decoderHidden: 8, attention: 5, readout: 6, batch: 4 };
const configOf = (changes: Partial<Config> = {}): Config =>
  resolveConfig({ ...defaultConfig('phrases'), ...small, ...changes });

const pairOf = ({ probes }: Corpus) => probes[0] as SentencePair;

const openWasm = async () => (await WasmExecutor.open({ shards: 1 })) as WasmExecutor;

describe('the answer to `backward`', () => {
  it.each(MODELS)('has the tensors of one sentence: $score, $placement', async ({ score, placement }) => {
    const config = configOf({ score, placement, layers: score === 'dot' ? 2 : 1, bidirectional: score !== 'general' });
    const { corpus, plans, executor } = await openGradients(new ReferenceExecutor(), config, { scale: 3 });
    const { source, target } = corpus.probes[0] as (typeof corpus.probes)[number];
    const { tensors, gradients, loss, target: said } = await answerBackward(plans, { source, target });
    const [S, T] = [source.length, target.length + 1];
    const De = score === 'general' ? 4 : 8;
    const hasKeys = ['additive', 'linear-concat', 'general'].includes(score);
    const hasQueries = ['additive', 'linear-concat'].includes(score);
    const hasAttention = score !== 'none';
    const shape = (name: string) => tensors[name] && [tensors[name].rows, tensors[name].columns];
    expect(said).toEqual([...target, '</s>']);
    expect(shape('encoder.embedded')).toEqual([S, 6]);
    expect(shape('encoder.gates.l0')).toEqual([S, 16]);
    expect(shape('encoder.dH.l0')).toEqual([S + 2, De]);
    expect(shape('decoder.dH')).toEqual([T + 1, config.decoderHidden]);
    expect(shape('decoder.contexts')).toEqual([T + 1, De]);
    expect(shape('readout.logits')).toEqual([T, corpus.targetVocabulary.size]);
    expect(shape('attention.weights')).toEqual(hasAttention ? [T, S] : undefined);
    expect(shape('attention.dWeights')).toEqual(hasAttention ? [T, S] : undefined);
    expect(shape('attention.dScores')).toEqual(hasAttention && score !== 'uniform' ? [T, S] : undefined);
    expect(Boolean(tensors['attention.keys'])).toBe(hasKeys);
    expect(Boolean(tensors['attention.dKeys'])).toBe(hasKeys);
    expect(Boolean(tensors['attention.queries'])).toBe(hasQueries);
    const named = { additive: ['b', 'v', 'W.weight', 'U.weight'], 'linear-concat': ['b', 'W.weight', 'U.weight'] };
    const own = score === 'general' ? ['W.weight'] : (named[score as keyof typeof named] ?? []);
    expect(Object.keys(gradients)).toEqual(own.map((name) => `attention.${name}`));
    for (const [name, { rows, columns, data }] of [...Object.entries(tensors), ...Object.entries(gradients)]) {
      expect(data, name).toHaveLength(rows * columns);
      expect(data.every(Number.isFinite), name).toBe(true);
    }
    const logits = tensors['readout.logits'];
    const total = said.reduce((sum, token, t) => {
      const row = Array.from(logits?.data.subarray(t * logits.columns, (t + 1) * logits.columns) ?? []);
      const most = Math.max(...row);
      const logSum = most + Math.log(row.reduce((all, z) => all + Math.exp(z - most), 0));
      return sum + logSum - (row[corpus.targetVocabulary.id(token)] as number);
    }, 0);
    expect(loss).toBeCloseTo(total / T, 5);
    executor.dispose();
  });

  it('is the same whatever is asked before and in a plan that is longer than the sentence', async () => {
    const { corpus, plans, executor } = await openGradients(new ReferenceExecutor(), configOf(), { scale: 3 });
    const [pair, other] = corpus.probes.toSorted((a, b) => a.source.length - b.source.length);
    const first = await answerBackward(plans, pair as never);
    for (let n = 1; n <= 9; n++) {
      const source = (other?.source ?? []).slice(0, 1 + (n % (other?.source.length ?? 1)));
      await answerBackward(plans, { source, target: (other?.target ?? []).slice(0, n) });
    }
    expect(await answerBackward(plans, pair as never)).toEqual(first);
    executor.dispose();
  });

  it('agrees on the SIMD kernels with float64', async () => {
    for (const changes of [{}, { score: 'general', placement: 'after' }, { score: 'dot', layers: 2 }] as const) {
      const wasm = await openGradients(await openWasm(), configOf(changes), { scale: 2 });
      const weights = await wasm.executor.read('parameters');
      const exact = await openGradients(new ReferenceExecutor(), configOf(changes), { weights });
      const pair = exact.corpus.probes[1] as never;
      const [got, want] = [await answerBackward(wasm.plans, pair), await answerBackward(exact.plans, pair)];
      expect(Object.keys(got.tensors)).toEqual(Object.keys(want.tensors));
      for (const [name, { data }] of Object.entries({ ...want.tensors, ...want.gradients })) {
        const mine = { ...got.tensors, ...got.gradients }[name]?.data ?? [];
        expect(compare(mine, data, TOLERANCES.float32.gradient).worst, name).toBeLessThanOrEqual(1);
      }
      wasm.executor.dispose();
      exact.executor.dispose();
    }
  });

  it.each([
    ['source', { source: [], target: ['le'] }, 'empty'],
    ['source', { source: Array(99).fill('the'), target: ['le'] }, 'too-long'],
    ['target', { source: ['the'], target: Array(99).fill('le') }, 'too-long'],
  ])('says why a %s does not do', async (_, pair, reason) => {
    const { plans, executor } = await openGradients(new ReferenceExecutor(), configOf());
    await expect(answerBackward(plans, pair)).rejects.toMatchObject({ name: 'SentenceError', details: { reason } });
    executor.dispose();
  });
});

describe('the answer to `gradient-check`', () => {
  it.each(MODELS)('shows gradients that agree: $score, $placement', async ({ score, placement }) => {
    const { corpus, plans, executor } = await openGradients(new ReferenceExecutor(), configOf({ score, placement }), {
      scale: 3,
    });
    const { checked } = await answerGradientCheck(plans, { ...pairOf(corpus), count: 12, seed: 7 });
    const has = ['additive', 'linear-concat', 'general'].includes(score);
    expect(checked).toHaveLength(12);
    expect(checked.every(({ parameter }) => parameter.startsWith(has ? 'attention.' : 'decoder.lstm.'))).toBe(true);
    expect(new Set(checked.map(({ parameter, row, column }) => `${parameter} ${row} ${column}`)).size).toBe(12);
    for (const { analytic, numeric } of checked) expect(Math.abs(analytic - numeric)).toBeLessThan(1e-7);
    // No change of an attention that comes too late reaches the loss.
    if (placement === 'too-late')
      expect(checked.every(({ analytic, numeric }) => analytic === 0 && numeric === 0)).toBe(true);
    else expect(Math.max(...checked.map(({ numeric }) => Math.abs(numeric)))).toBeGreaterThan(1e-5);
    executor.dispose();
  });

  it('draws the same for the same seed, others for another', async () => {
    const { corpus, plans, executor } = await openGradients(new ReferenceExecutor(), configOf());
    const ask = (seed: number) => answerGradientCheck(plans, { ...pairOf(corpus), count: 6, seed });
    expect(await ask(1)).toEqual(await ask(1));
    expect((await ask(2)).checked).not.toEqual((await ask(1)).checked);
    executor.dispose();
  });

  it('sets float32 gradients of a trained model beside differences in float64', async () => {
    const { corpus, plans, executor, train } = await openGradients(await openWasm(), configOf({ batch: 16 }));
    await train(40);
    const { checked, step } = await answerGradientCheck(plans, { ...pairOf(corpus), count: 20, seed: 3 });
    expect(step).toBe(40);
    for (const { analytic, numeric } of checked)
      expect(Math.abs(analytic - numeric)).toBeLessThan(1e-5 + 1e-3 * Math.abs(numeric));
    executor.dispose();
  });
});

describe('asking about gradients', () => {
  it('leaves the training as it is, bit for bit', async () => {
    const config = configOf({ batch: 16 });
    const quiet = await openGradients(await openWasm(), config);
    await quiet.train(12);
    const asked = await openGradients(await openWasm(), config);
    for (let i = 0; i < 12; i++) {
      await asked.train(1);
      const pair = asked.corpus.probes[i % 3] as SentencePair;
      // Not awaited before the next step: the questions are answered in between.
      void answerBackward(asked.plans, pair);
      void answerAttributions(asked.plans, pair);
      if (i % 4 === 0) void answerGradientCheck(asked.plans, { ...pair, count: 2, seed: i });
    }
    for (const name of ['parameters', 'gradients', 'moment1', 'moment2'])
      expect(await asked.executor.read(name), name).toEqual(await quiet.executor.read(name));
    await answerBackward(asked.plans, asked.corpus.probes[0] as never);
    quiet.executor.dispose();
    asked.executor.dispose();
  });
});
