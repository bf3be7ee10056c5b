import { describe, expect, it } from 'vitest';
import { loadCorpus } from '../../data/tasks.ts';
import { ReferenceExecutor } from '../../engine/reference-executor.ts';
import { WasmExecutor } from '../../engine/wasm-executor.ts';
import { type Config, defaultConfig, resolveConfig } from '../../model/config.ts';
import { MODELS } from '../../testing/model-matrix.ts';
import { ShardWorkers } from '../../testing/shard-workers.ts';
import { Trainer } from '../trainer.ts';
import { Translator } from '../translate.ts';
import { BeamSearcher } from './beam.ts';

const small = { embedding: 6, hidden: 4, decoderHidden: 8, attention: 5, readout: 6, batch: 4 };

async function openBeam(config: Config, executor = new ReferenceExecutor()) {
  const corpus = await loadCorpus(config);
  const trainer = await Trainer.open(executor, corpus, config);
  // Larger weights than the initial ones, so that probabilities differ from word to word.
  executor.write('parameters', (await executor.read('parameters')).map((value: number) => 4 * value) as Float64Array);
  const { maxSource, maxTarget } = trainer.batcher.limits;
  const size = { sourceLength: maxSource, targetLength: maxTarget };
  const translator = await Translator.prepare(executor, trainer.layout, corpus, { batch: 1, ...size });
  const searcher = new BeamSearcher({ executor, corpus, trainer, ...size } as never);
  return { corpus, trainer, translator, searcher, executor };
}

describe('the answer to `beam`', () => {
  it.each(MODELS)('is the greedy translation at width 1: $score, $placement', async ({ score, placement }) => {
    const sizes = { ...small, bidirectional: score !== 'general', layers: score === 'dot' ? 2 : 1 };
    const config = resolveConfig({ ...defaultConfig('phrases'), ...sizes, score, placement });
    const { corpus, translator, searcher, executor } = await openBeam(config);
    for (const { source } of corpus.probes.slice(0, 2)) {
      const [greedy] = await translator.translate([{ source }], 'free-running');
      const { hypotheses, nodes } = await searcher.answer({ source, width: 1 });
      expect(hypotheses).toHaveLength(1);
      const [best] = hypotheses;
      expect(best?.translation.target).toEqual(greedy?.target);
      expect(best?.translation.isComplete).toBe(greedy?.isComplete);
      greedy?.probabilities.forEach((p, t) => {
        expect(best?.translation.probabilities[t]).toBeCloseTo(p, 6);
      });
      expect(best?.translation.weights).toHaveLength(greedy?.weights.length as number);
      greedy?.weights.forEach((weight, i) => {
        expect(best?.translation.weights[i]).toBeCloseTo(weight, 6);
      });
      const path = nodes.filter(({ isKept }) => isKept);
      const sum = path.reduce((total, { probability }) => total + Math.log(probability), 0);
      expect(best?.score).toBeCloseTo(sum / (path.length - 1), 9);
    }
    executor.dispose();
  });

  it('keeps each translation’s own state: forced word for word, a hypothesis has the probabilities of the search', async () => {
    const config = { ...defaultConfig('phrases'), ...small };
    const { corpus, translator, searcher, executor } = await openBeam(config);
    const source = corpus.probes[0]?.source as readonly string[];
    const { hypotheses } = await searcher.answer({ source, width: 5 });
    expect(hypotheses.length).toBeGreaterThan(1);
    for (const { translation, score } of hypotheses) {
      const target = translation.target.map(({ text }) => text);
      if (target.length === 0 || !translation.isComplete) continue;
      const [forced] = await translator.translate([{ source, reference: { source, target } }], 'teacher-forced');
      forced?.probabilities.forEach((p, t) => {
        expect(translation.probabilities[t]).toBeCloseTo(p, 6);
      });
      forced?.weights.forEach((weight, i) => {
        expect(translation.weights[i]).toBeCloseTo(weight, 6);
      });
      const sum = translation.probabilities.reduce((total, p) => total + Math.log(p), 0);
      expect(score).toBeLessThanOrEqual(sum / (target.length + 1));
    }
    executor.dispose();
  });

  it('keeps to the weights that it began with while the run trains on', async () => {
    const config = { ...defaultConfig('phrases'), ...small };
    const { corpus, searcher, executor, trainer } = await openBeam(config);
    const source = corpus.probes[1]?.source as readonly string[];
    const still = await searcher.answer({ source, width: 3 });
    const meanwhile = searcher.answer({ source, width: 3 });
    await Promise.resolve();
    for (let step = 0; step < 3; step++) {
      await executor.ready();
      trainer.submitStep();
    }
    expect({ ...(await meanwhile), step: 0 }).toEqual({ ...still, step: 0 });
    expect((await searcher.answer({ source, width: 3 })).hypotheses).not.toEqual(still.hypotheses);
    executor.dispose();
  });

  it('answers on the SIMD kernels what it answers in float64, after training', async () => {
    const config = { ...defaultConfig('dates'), ...small, embedding: 16, hidden: 16, decoderHidden: 32, batch: 32 };
    const workers = new ShardWorkers();
    const wasm = (await WasmExecutor.open({ shards: 1, createWorker: workers.create })) as WasmExecutor;
    const trained = await openBeam(config, wasm as never);
    trained.trainer.reset();
    for (let step = 0; step < 150; step++) {
      await wasm.ready();
      trained.trainer.submitStep();
    }
    const exact = await openBeam(config);
    exact.executor.write('parameters', await wasm.read('parameters'));
    for (const { source } of trained.corpus.probes.slice(0, 3)) {
      const [got, want] = [
        await trained.searcher.answer({ source, width: 4 }),
        await exact.searcher.answer({ source, width: 4 }),
      ];
      expect(got.step).toBe(150);
      expect(got.nodes.map(({ token, isKept, parent }) => [token, isKept, parent])).toEqual(
        want.nodes.map(({ token, isKept, parent }) => [token, isKept, parent]),
      );
      got.hypotheses.forEach(({ score }, i) => {
        expect(score).toBeCloseTo(want.hypotheses[i]?.score as number, 4);
      });
    }
    wasm.dispose();
    exact.executor.dispose();
  }, 60_000);

  it('refuses a sentence that has no words or too many', async () => {
    const { searcher, executor } = await openBeam({ ...defaultConfig('phrases'), ...small });
    expect(() => searcher.answer({ source: [], width: 3 })).toThrow('no words');
    expect(() => searcher.answer({ source: Array(99).fill('the'), width: 3 })).toThrow('at most');
    executor.dispose();
  });
});
