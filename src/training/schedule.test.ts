import { describe, expect, it } from 'vitest';
import { DECAY_FLOOR, learningRateAt } from './schedule.ts';

const settings = { learningRate: 0.1, warmup: 10, decay: 'cosine', decaySteps: 110 } as const;

describe('the learning rate', () => {
  it('rises in equal parts over the warm-up and reaches its value with the last of them', () => {
    expect(learningRateAt(0, settings)).toBeCloseTo(0.01, 12);
    expect(learningRateAt(4, settings)).toBeCloseTo(0.05, 12);
    expect(learningRateAt(9, settings)).toBeCloseTo(0.1, 12);
  });

  it.each(['linear', 'cosine'] as const)('falls by a %s decay to the floor and stays there', (decay) => {
    const at = (step: number) => learningRateAt(step, { ...settings, decay });
    expect(at(10)).toBeCloseTo(0.1, 12);
    expect(at(60)).toBeCloseTo(0.1 * (DECAY_FLOOR + (1 - DECAY_FLOOR) / 2), 12);
    expect(at(110)).toBeCloseTo(0.1 * DECAY_FLOOR, 12);
    expect(at(5000)).toBeCloseTo(0.1 * DECAY_FLOOR, 12);
  });

  it('stays where it is without a decay', () => {
    expect(learningRateAt(9999, { ...settings, decay: 'none' })).toBe(0.1);
  });

  it('starts at its value without a warm-up, also when the decay ends before it begins', () => {
    expect(learningRateAt(0, { ...settings, warmup: 0 })).toBe(0.1);
    expect(learningRateAt(50, { ...settings, warmup: 40, decaySteps: 20 })).toBeCloseTo(0.1 * DECAY_FLOOR, 12);
  });
});
