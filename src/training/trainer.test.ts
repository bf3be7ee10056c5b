import { beforeEach, describe, expect, it, vi } from 'vitest';
import { loadCorpus } from '../data/tasks.ts';
import type { Plan } from '../engine/executor.ts';
import { programFlops } from '../engine/program.ts';
import { ReferenceExecutor } from '../engine/reference-executor.ts';
import { type Config, defaultConfig } from '../model/config.ts';
import { Trainer } from './trainer.ts';

const sizes = { embedding: 2, hidden: 2, decoderHidden: 2, attention: 2, readout: 2, batch: 2 };
const config: Config = { ...defaultConfig('phrases'), ...sizes };

/** An executor that can be tuned, and takes until it is told to. */
class TunedExecutor extends ReferenceExecutor {
  readonly calls: { readonly plans: readonly Plan[]; readonly signal: AbortSignal }[] = [];
  finish: () => void = () => {};

  tune(plans: readonly Plan[], signal: AbortSignal): Promise<void> {
    this.calls.push({ plans, signal });
    return new Promise((resolve) => {
      this.finish = resolve;
    });
  }
}

describe('a trainer on an executor that can be tuned', () => {
  let executor: TunedExecutor;
  let trainer: Trainer;
  const train = (steps: number) => {
    for (let step = 0; step < steps; step++) trainer.submitStep();
  };
  beforeEach(async () => {
    executor = new TunedExecutor();
    trainer = await Trainer.open(executor, await loadCorpus(config), config);
    return () => executor.dispose();
  });

  it('has it look for something faster after the first steps, once, with the longest plan that was run in front', async () => {
    const onTuned = vi.fn();
    trainer.onTuned = onTuned;
    train(9);
    expect(executor.calls).toEqual([]);
    train(30);
    expect(executor.calls).toHaveLength(1);
    const [{ plans }] = executor.calls as [(typeof executor.calls)[0]];
    expect(plans).toHaveLength(trainer.batcher.buckets.length);
    const used = new Set(Array.from({ length: 10 }, (_, step) => trainer.batcher.batchAt(step).bucket));
    const flops = plans.map(({ program }) => programFlops(program));
    const ran = flops.slice(0, used.size);
    expect(ran).toEqual(ran.toSorted((a, b) => b - a));
    expect(onTuned).not.toHaveBeenCalled();
    executor.finish();
    await vi.waitFor(() => expect(onTuned).toHaveBeenCalledTimes(1));
  });

  it.each([
    ['a reset', () => trainer.reset()],
    ['other plans', () => trainer.configure({ ...config, dropout: 0.5 })],
  ])('calls it off with %s, and begins again after the next steps', async (_, change) => {
    const onTuned = vi.fn();
    trainer.onTuned = onTuned;
    train(10);
    await change();
    expect(executor.calls[0]?.signal.aborted).toBe(true);
    executor.finish();
    train(10);
    expect(executor.calls).toHaveLength(2);
    expect(executor.calls[1]?.signal.aborted).toBe(false);
    expect(executor.calls[1]?.plans).not.toBe(executor.calls[0]?.plans);
    expect(onTuned).not.toHaveBeenCalled();
  });

  it('lets it go on when a live setting changes that needs no other plans', async () => {
    train(10);
    await trainer.configure({ ...config, learningRate: 0.001 });
    expect(executor.calls[0]?.signal.aborted).toBe(false);
  });
});
