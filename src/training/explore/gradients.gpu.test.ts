import { describe, expect, it } from 'vitest';
import { ReferenceExecutor } from '../../engine/reference-executor.ts';
import { Scheduler } from '../../engine/scheduler.ts';
import { type Config, defaultConfig, resolveConfig } from '../../model/config.ts';
import { useGpu } from '../../testing/gpu-fixture.ts';
import { openGradients } from '../../testing/gradient-plans.ts';
import { compare, TOLERANCES } from '../../testing/tolerance.ts';
import { answerAttributions } from './attributions.ts';
import { answerBackward } from './backward.ts';

const small = { embedding: 6, hidden: 4, decoderHidden: 8, attention: 5, readout: 6, batch: 4 };
const PAIR = { source: ['the', 'small', 'cat', 'sleeps'], target: ['le', 'petit', 'chat', 'dort'] };

describe('gradients of a sentence', () => {
  const gpu = useGpu();

  it.each([
    {},
    { score: 'general', placement: 'after', bidirectional: false },
    { score: 'scaled-dot', layers: 2 },
    { score: 'none' },
  ] satisfies Partial<Config>[])(
    'on the GPU are those of the float64 reference, and leave the weights alone: %o',
    async (changes) => {
      const config = resolveConfig({ ...defaultConfig('phrases'), ...small, ...changes });
      const exact = await openGradients(new ReferenceExecutor(), config, { scale: 2 });
      const weights = await exact.executor.read('parameters');
      const scheduler = new Scheduler(gpu.handle);
      const device = await openGradients(scheduler, config, { weights });
      const [got, want] = [await answerBackward(device.plans, PAIR), await answerBackward(exact.plans, PAIR)];
      expect(Object.keys(got.tensors)).toEqual(Object.keys(want.tensors));
      for (const [name, { data }] of Object.entries({ ...want.tensors, ...want.gradients })) {
        const mine = { ...got.tensors, ...got.gradients }[name]?.data ?? [];
        expect(compare(mine, data, TOLERANCES.float32.gradient).worst, name).toBeLessThanOrEqual(1);
      }
      const [mine, theirs] = [
        await answerAttributions(device.plans, PAIR),
        await answerAttributions(exact.plans, PAIR),
      ];
      for (const name of ['attention', 'gradientInput', 'erasure'] as const)
        expect(
          compare(mine[name].data, theirs[name].data, TOLERANCES.float32.gradient).worst,
          name,
        ).toBeLessThanOrEqual(1);
      expect(await scheduler.read('parameters')).toEqual(Float32Array.from(weights));
      scheduler.dispose();
      exact.executor.dispose();
    },
  );
});
