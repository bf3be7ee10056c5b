import { describe, expect, it } from 'vitest';
import { attentionScale, SCALE_SIZE, type Theme } from './attention-scale.ts';
import { colourDistance, contrast, luminance, parseHex, type Rgb, rgbToOklab } from './colour.ts';

const THEMES: readonly Theme[] = ['light', 'dark'];
const steps = (theme: Theme, count: number): Rgb[] =>
  Array.from({ length: count }, (_, i) => parseHex(attentionScale(theme).colour(i / (count - 1))));

/** Colours as a colour-blind eye sees them, in linear light (Machado et al. 2009, full severity). */
const BLINDNESS: Record<string, readonly (readonly [number, number, number])[]> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const simulate = (rgb: Rgb, name: string): Rgb => {
  const linear = rgb.map((c) => (c / 255) ** 2.2);
  const seen = BLINDNESS[name].map((row) => row.reduce((sum, weight, i) => sum + weight * linear[i], 0));
  return seen.map((c) => 255 * Math.min(1, Math.max(0, c)) ** (1 / 2.2)) as unknown as Rgb;
};

describe.each(THEMES)('the attention scale in the %s theme', (theme) => {
  it('takes equal steps to the eye', () => {
    const colours = steps(theme, 21).map(rgbToOklab);
    const distances = colours.slice(1).map((colour, i) => colourDistance(colours[i], colour));
    const mean = distances.reduce((sum, d) => sum + d, 0) / distances.length;
    for (const distance of distances) expect(Math.abs(distance - mean)).toBeLessThan(0.1 * mean);
  });

  it('goes only one way in lightness, so that it survives a grey print', () => {
    const lights = steps(theme, 64).map(luminance);
    const sign = theme === 'light' ? -1 : 1;
    for (let i = 1; i < lights.length; i++) expect(sign * (lights[i] - lights[i - 1])).toBeGreaterThan(0);
  });

  it.each(Object.keys(BLINDNESS))('keeps its eleven legend steps apart under %s', (name) => {
    const colours = steps(theme, 11).map((rgb) => rgbToOklab(simulate(rgb, name)));
    for (let i = 1; i < colours.length; i++) expect(colourDistance(colours[i - 1], colours[i])).toBeGreaterThan(0.04);
  });

  it('carries numbers at a contrast of 4.5 or more on every colour', () => {
    const scale = attentionScale(theme);
    for (let i = 0; i < SCALE_SIZE; i++) {
      const weight = i / (SCALE_SIZE - 1);
      expect(contrast(parseHex(scale.ink(weight)), parseHex(scale.colour(weight)))).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('clamps what lies outside of 0 to 1, and takes NaN for 0', () => {
    const scale = attentionScale(theme);
    expect(scale.colour(-1)).toBe(scale.colour(0));
    expect(scale.colour(2)).toBe(scale.colour(1));
    expect(scale.colour(Number.NaN)).toBe(scale.colour(0));
  });
});
