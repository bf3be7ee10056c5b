import { describe, expect, it } from 'vitest';
import { attentionScale } from './attention-scale.ts';
import { parseHex } from './colour.ts';
import { paintWeights, WeightFade } from './heatmap-paint.ts';

describe('paintWeights', () => {
  it('writes one opaque pixel of the scale for each weight', () => {
    const scale = attentionScale('light');
    const pixels = new Uint8ClampedArray(12);
    paintWeights([0, 0.5, 1], scale, pixels);
    expect([...pixels.slice(4, 8)]).toEqual([...parseHex(scale.colour(0.5)), 255]);
  });
});

describe('WeightFade', () => {
  const weights = (...values: number[]): Float32Array => Float32Array.from(values);

  it('goes from what is seen to what is known, and arrives', () => {
    const fade = new WeightFade();
    fade.aim(weights(0, 1), 2, 0, 200);
    fade.aim(weights(1, 0), 2, 1000, 200);
    expect(fade.at(1000)[0]).toBeCloseTo(0);
    expect(fade.at(1100)[0]).toBeCloseTo(0.5);
    expect([...fade.at(1200)]).toEqual([1, 0]);
    expect(fade.isRunning(1200)).toBe(false);
  });

  it('takes a new aim from the middle of a fade without a jump', () => {
    const fade = new WeightFade();
    fade.aim(weights(0), 1, 0, 200);
    fade.aim(weights(1), 1, 0, 200);
    fade.aim(weights(0), 1, 100, 200);
    expect(fade.at(100)[0]).toBeCloseTo(0.5);
  });

  it('jumps to a sentence of another width', () => {
    const fade = new WeightFade();
    fade.aim(weights(0, 1), 2, 0, 200);
    fade.aim(weights(1, 0, 0), 3, 10, 200);
    expect([...fade.at(10)]).toEqual([1, 0, 0]);
  });

  it('fades in rows that were not there, and drops rows that are gone', () => {
    const fade = new WeightFade();
    fade.aim(weights(1, 0), 2, 0, 0);
    fade.aim(weights(1, 0, 0, 1), 2, 0, 100);
    expect([...fade.at(0)]).toEqual([1, 0, 0, 0]);
    fade.aim(weights(0, 1), 2, 500, 100);
    expect(fade.at(500)).toHaveLength(2);
  });
});
