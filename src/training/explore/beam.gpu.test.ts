import { describe, expect, it } from 'vitest';
import { loadCorpus } from '../../data/tasks.ts';
import type { Executor, TensorData } from '../../engine/executor.ts';
import { Scheduler } from '../../engine/scheduler.ts';
import { WasmExecutor } from '../../engine/wasm-executor.ts';
import { type Config, defaultConfig } from '../../model/config.ts';
import { useGpu } from '../../testing/gpu-fixture.ts';
import { Trainer } from '../trainer.ts';
import { BeamSearcher } from './beam.ts';

const STEPS = 120;
const small = { embedding: 16, hidden: 16, decoderHidden: 16, attention: 16, readout: 16, batch: 32 };

async function openBeam(executor: Executor, config: Config, weights?: TensorData) {
  const corpus = await loadCorpus(config);
  const trainer = await Trainer.open(executor, corpus, config);
  if (weights) executor.write('parameters', weights);
  const { maxSource, maxTarget } = trainer.batcher.limits;
  const lengths = { sourceLength: maxSource, targetLength: maxTarget };
  return { corpus, trainer, searcher: new BeamSearcher({ executor, corpus, trainer, ...lengths } as never) };
}

describe('beam search', () => {
  const gpu = useGpu();
  it.each([
    { ...defaultConfig('dates'), ...small },
    { ...defaultConfig('phrases'), ...small, score: 'general', placement: 'after' },
  ] satisfies Config[])(
    'looks at the same tree on the GPU as on the CPU, on a trained model: $task',
    async (config) => {
      const cpu = (await WasmExecutor.open({ shards: 1 })) as WasmExecutor;
      const trained = await openBeam(cpu, config);
      for (let step = 0; step < STEPS; step++) {
        await cpu.ready();
        trained.trainer.submitStep();
      }
      const scheduler = new Scheduler(gpu.handle);
      const { searcher, corpus } = await openBeam(scheduler, config, await cpu.read('parameters'));
      for (const { source } of corpus.probes.slice(0, 2)) {
        const [got, want] = [
          await searcher.answer({ source, width: 4 }),
          await trained.searcher.answer({ source, width: 4 }),
        ];
        expect(got.nodes.map(({ token, isKept, parent }) => [token, isKept, parent])).toEqual(
          want.nodes.map(({ token, isKept, parent }) => [token, isKept, parent]),
        );
        got.nodes.forEach(({ probability }, i) => {
          expect(probability).toBeCloseTo(want.nodes[i]?.probability as number, 3);
        });
        got.hypotheses.forEach(({ translation }, i) => {
          translation.weights.forEach((weight, j) => {
            expect(weight).toBeCloseTo(want.hypotheses[i]?.translation.weights[j] as number, 3);
          });
        });
      }
      scheduler.dispose();
      cpu.dispose();
    },
  );
});
