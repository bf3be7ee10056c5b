import { describe, expect, it } from 'vitest';
import { attentionScale, SCALE_SIZE, type Theme } from './attention-scale.ts';
import { colourDistance, contrast, luminance, parseHex, type Rgb, rgbToOklab } from './colour.ts';

const THEMES: readonly Theme[] = ['light', 'dark'];
const steps = (theme: Theme, count: number): Rgb[] =>
  Array.from({ length: count }, (_, i) => parseHex(attentionScale(theme).colour(i / (count - 1))));

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
