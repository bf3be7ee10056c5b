import { describe, expect, it } from 'vitest';
import type { Translation } from '../training/protocol.ts';
import { heatmapSvg } from './heatmap-svg.ts';

const translation: Translation = {
  source: [
    { text: 'black', isUnknown: false },
    { text: 'cat & <dog>', isUnknown: true },
  ],
  target: ['chat', 'noir'].map((text) => ({ text, isUnknown: false })),
  targetText: 'chat noir',
  probabilities: Float32Array.of(0.9, 0.8),
  weights: Float32Array.of(0.1, 0.9, 1, 0),
  reference: { target: ['chat', 'noir'], text: 'chat noir', alignment: [[1], [0]] },
  isComplete: true,
};

describe('heatmapSvg', () => {
  it('is one well-formed SVG with every word, escaped, and a title', () => {
    const svg = heatmapSvg(translation);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain('>noir</text>');
    expect(svg).toContain('cat &amp; &lt;dog&gt;');
    expect(svg).toContain('<title>');
    expect(svg.match(/<[a-z]/g)?.length).toBe((svg.match(/<\/|\/>/g) ?? []).length);
  });

  it('draws one rectangle for each cell, two for each gold link, and a legend', () => {
    const count = (text: string): number => text.match(/<rect/g)?.length ?? 0;
    const { reference: _, ...withoutGold } = translation;
    expect(count(heatmapSvg(translation)) - count(heatmapSvg(withoutGold))).toBe(4);
  });

  it('prints the weights where that is asked for', () => {
    expect(heatmapSvg(translation, { showValues: true })).toContain('>0.90</text>');
    expect(heatmapSvg(translation)).not.toContain('>0.90</text>');
  });

  it('takes a title of its own and the dark theme', () => {
    const svg = heatmapSvg(translation, { title: 'Step 500', theme: 'dark' });
    expect(svg).toContain('<title>Step 500</title>');
    expect(svg).toContain('#15161b');
  });

  it('names the gold links in the legend, where there are any, and carries a quieter line', () => {
    const options = { goldLabel: 'gold link', subtitle: 'step 1,500' };
    expect(heatmapSvg(translation, options)).toContain('>gold link</text>');
    expect(heatmapSvg(translation, options)).toContain('>step 1,500</text>');
    const { reference: _, ...withoutGold } = translation;
    expect(heatmapSvg(withoutGold, options)).not.toContain('gold link');
  });

  it('draws empty cells for a model without attention', () => {
    expect(heatmapSvg({ ...translation, weights: new Float32Array() })).not.toContain('NaN');
  });
});
