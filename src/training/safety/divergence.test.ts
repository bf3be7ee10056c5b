import { describe, expect, it } from 'vitest';
import type { ProgressColumns } from '../protocol.ts';
import { DivergenceWatch } from './divergence.ts';

/** Guessing costs ln 200 = 5.3 nats. */
const VOCABULARY = 200;

function columns(losses: readonly number[], first = 1, flags: readonly number[] = []): ProgressColumns {
  const loss = Float64Array.from(losses);
  const step = loss.map((_, i) => first + i);
  const nonFinite = Uint8Array.from(losses, (_, i) => flags[i] ?? 0);
  return { step, loss, tokenAccuracy: loss, gradientNorm: loss, learningRate: loss, nonFinite };
}

const learned = (steps: number, loss = 0.02) => Array<number>(steps).fill(loss);

describe('a watch for breakdowns', () => {
  it('tells a figure that is no number at once, by the device’s flag where the loss does not show it', () => {
    expect(new DivergenceWatch(VOCABULARY).look(columns([5, Number.NaN]))).toMatchObject({
      kind: 'non-finite',
      step: 2,
    });
    const flagged = columns([5, 4.9, 4.8], 11, [0, 2, 0]);
    expect(new DivergenceWatch(VOCABULARY).look(flagged)).toMatchObject({ kind: 'non-finite', step: 12 });
  });

  it('tells a loss beyond all reason at once, from the first step on', () => {
    expect(new DivergenceWatch(VOCABULARY).look(columns([5.3, 2e6]))).toMatchObject({ kind: 'absurd', step: 2 });
  });

  it('tells a loss that stays far above where it was, but only after several steps', () => {
    const watch = new DivergenceWatch(VOCABULARY);
    expect(watch.look(columns(learned(100)))).toBeNull();
    expect(watch.look(columns(Array(7).fill(20), 101))).toBeNull();
    expect(watch.isCalm).toBe(false);
    expect(watch.look(columns([20], 108))).toMatchObject({ kind: 'spike', step: 108, loss: 20 });
    expect(watch.usualLoss).toBeCloseTo(0.02);
  });

  it('leaves alone a hard batch, a short spike, and a model that is merely bad', () => {
    const watch = new DivergenceWatch(VOCABULARY);
    const hard = [...learned(50), 0.4, 1.5, ...learned(20), 25, 30, 25, ...learned(20), ...Array<number>(40).fill(12)];
    expect(watch.look(columns(hard))).toBeNull();
    watch.look(columns(learned(200)));
    expect(watch.isCalm).toBe(true);
  });

  it('begins anew after a rollback', () => {
    const watch = new DivergenceWatch(VOCABULARY);
    watch.look(columns([...learned(100), ...Array<number>(7).fill(20)]));
    watch.reset();
    expect(watch.isCalm).toBe(true);
    expect(watch.look(columns([6, 20, 6]))).toBeNull();
  });
});
