import { describe, expect, it } from 'vitest';
import { colourDistance, contrast, parseHex, rgbToOklab } from './colour.ts';
import { paintSigned, signedScale } from './signed-scale.ts';

const themes = ['light', 'dark'] as const;

describe('the signed scale', () => {
  it.each(themes)('gets stronger away from zero on both sides alike (%s)', (theme) => {
    const { colour } = signedScale(theme);
    const lab = (value: number) => rgbToOklab(parseHex(colour(value)));
    const strength = (value: number) => colourDistance(lab(value), lab(0));
    for (let value = 0.1; value <= 1; value += 0.1) {
      expect(strength(value)).toBeGreaterThan(strength(value - 0.1));
      expect(strength(-value)).toBeGreaterThan(strength(-value + 0.1));
      expect(Math.abs(strength(value) / strength(-value) - 1)).toBeLessThan(0.25);
    }
    expect(colourDistance(lab(0.3), lab(-0.3))).toBeGreaterThan(0.08);
  });

  it.each(themes)('has ink that can be read on every colour (%s)', (theme) => {
    const { colour, ink } = signedScale(theme);
    for (let value = -1; value <= 1; value += 0.05)
      expect(contrast(parseHex(colour(value)), parseHex(ink(value)))).toBeGreaterThanOrEqual(4.5);
  });

  it('clamps, takes NaN for nothing, and paints against a limit', () => {
    const scale = signedScale('light');
    expect(scale.colour(7)).toBe(scale.colour(1));
    expect(scale.colour(Number.NaN)).toBe(scale.colour(0));
    const pixels = new Uint8ClampedArray(12);
    paintSigned([-0.2, 0, 0.1], 0.2, scale, pixels);
    const painted = [0, 4, 8].map((at) => [...pixels.subarray(at, at + 3)]);
    expect(painted).toEqual([-1, 0, 0.5].map((value) => [...parseHex(scale.colour(value))]));
  });
});
