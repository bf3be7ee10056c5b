/** Learning rate over the steps of a run: linear warm-up, then a decay to a twentieth. */

import type { Config } from '../model/config.ts';

/** Share of the learning rate that remains at the end of a decay. */
export const DECAY_FLOOR = 0.05;

/** The learning rate of a step, counted from 0. Linear and cosine decay (Loshchilov & Hutter 2017) end at `decaySteps`. */
export function learningRateAt(
  step: number,
  { learningRate, warmup, decay, decaySteps }: Pick<Config, 'learningRate' | 'warmup' | 'decay' | 'decaySteps'>,
): number {
  if (step < warmup) return (learningRate * (step + 1)) / warmup;
  if (decay === 'none') return learningRate;
  const progress = Math.min(1, (step - warmup) / Math.max(1, decaySteps - warmup));
  const remaining = decay === 'linear' ? 1 - progress : (1 + Math.cos(Math.PI * progress)) / 2;
  return learningRate * (DECAY_FLOOR + (1 - DECAY_FLOOR) * remaining);
}
