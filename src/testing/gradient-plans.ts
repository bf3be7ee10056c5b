/** A run whose gradients can be asked about, on any executor. */

import { loadCorpus } from '../data/tasks.ts';
import type { Executor, TensorData } from '../engine/executor.ts';
import type { Config } from '../model/config.ts';
import { GradientPlans } from '../training/explore/gradient-plans.ts';
import { Trainer } from '../training/trainer.ts';
import { Translator } from '../training/translate.ts';

/** Weights are those given, or `scale` times the initial ones, so that probabilities differ from word to word. */
export async function openGradients(
  executor: Executor,
  config: Config,
  { scale = 1, weights }: { readonly scale?: number; readonly weights?: TensorData } = {},
) {
  const corpus = await loadCorpus(config);
  const trainer = await Trainer.open(executor, corpus, config);
  if (weights) executor.write('parameters', weights);
  else if (scale !== 1) {
    const initial = await executor.read('parameters');
    executor.write(
      'parameters',
      Float64Array.from(initial, (value) => scale * value),
    );
  }
  const { maxSource, maxTarget } = trainer.batcher.limits;
  const size = { sourceLength: maxSource, targetLength: maxTarget };
  const translator = await Translator.prepare(executor, trainer.layout, corpus, { batch: 1, ...size });
  const plans = new GradientPlans({ executor, corpus, trainer, ...size });
  const train = async (steps: number) => {
    for (let step = 0; step < steps; step++) {
      await executor.ready();
      trainer.submitStep();
    }
    await executor.idle();
  };
  return { corpus, trainer, translator, plans, executor, train };
}
