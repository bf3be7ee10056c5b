import { describe, expect, it } from 'vitest';
import { layoutRibbons, linkOutline, RIBBON_THRESHOLD, type RibbonLayoutInput, ribbonsOf } from './ribbon-layout.ts';
import { approximateTextWidth } from './text-width.ts';

const input = (changes: Partial<RibbonLayoutInput> = {}): RibbonLayoutInput => ({
  sourceWords: ['the', 'small', 'cat', 'sleeps'],
  targetWords: ['le', 'petit', 'chat', 'dort', '.'],
  maxWidth: 600,
  maxHeight: 360,
  measure: approximateTextWidth,
  ...changes,
});

/** Points of an outline: near a, far c, far d, near b. */
function corners(path: string): number[][] {
  const numbers = [...path.matchAll(/-?\d+(?:\.\d+)?/g)].map(Number);
  const points = Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[2 * i], numbers[2 * i + 1]] as number[]);
  return [points[0], points[3], points[4], points[7]] as number[][];
}

describe('the words of the ribbons', () => {
  it.each([320, 600, 1200])('lie inside the picture and apart from each other at a width of %i', (maxWidth) => {
    for (const isColumns of [false, true]) {
      const layout = layoutRibbons(input({ maxWidth, isColumns }));
      expect(layout.width).toBeLessThanOrEqual(maxWidth);
      for (const words of [layout.source, layout.target]) {
        words.forEach((word, i) => {
          expect(word.x).toBeGreaterThanOrEqual(0);
          expect(word.x + word.width).toBeLessThanOrEqual(layout.width + 0.5);
          expect(word.y + word.height).toBeLessThanOrEqual(layout.height + 0.5);
          const next = words[i + 1];
          if (next)
            expect(layout.isAcross ? word.x + word.width : word.y + word.height).toBeLessThanOrEqual(
              layout.isAcross ? next.x : next.y,
            );
        });
      }
    }
  });

  it('stand in two lines where they fit, in two columns where they do not', () => {
    expect(layoutRibbons(input()).isAcross).toBe(true);
    expect(layoutRibbons(input({ maxWidth: 130 })).isAcross).toBe(false);
    expect(layoutRibbons(input({ isColumns: true })).isAcross).toBe(false);
  });

  it('keep the height of the expected translation', () => {
    const few = layoutRibbons(input({ targetWords: ['le'], isColumns: true, expectedTargets: 8 }));
    const many = layoutRibbons(input({ targetWords: Array(8).fill('le'), isColumns: true, expectedTargets: 8 }));
    expect(few.height).toBe(many.height);
  });

  it('exist for sentences of one word and of none', () => {
    const layout = layoutRibbons(input({ sourceWords: ['a'], targetWords: [] }));
    expect(layout.height).toBeGreaterThan(0);
    expect(ribbonsOf(layout, [])).toEqual([]);
  });
});

describe('ribbons', () => {
  const layout = layoutRibbons(input());
  const weights = [0.9, 0.05, 0.05, 0, 0, 1, 0, 0, 0.5, 0, 0.5, 0, 0.01, 0, 0.02, 0.97, 0.25, 0.25, 0.25, 0.25];

  it('are those above the threshold, strongest last', () => {
    const ribbons = ribbonsOf(layout, weights);
    expect(ribbons).toHaveLength(weights.filter((weight) => weight >= RIBBON_THRESHOLD).length);
    expect(ribbons.map(({ weight }) => weight)).toEqual(ribbons.map(({ weight }) => weight).toSorted((a, b) => a - b));
    for (const { index, row, column, weight } of ribbons) {
      expect(index).toBe(row * 4 + column);
      expect(weight).toBe(weights[index]);
    }
  });

  it('are as wide as their weight at the target word, and side by side there', () => {
    for (const { path, weight } of ribbonsOf(layout, weights)) {
      const [, c, d] = corners(path) as [number[], number[], number[], number[]];
      expect((d[0] as number) - (c[0] as number)).toBeCloseTo(weight * layout.band, 0);
      expect(c[1]).toBe(layout.to);
    }
    const last = ribbonsOf(layout, weights)
      .filter(({ row }) => row === 4)
      .sort((a, b) => a.column - b.column)
      .map(({ path }) => corners(path));
    last.slice(1).forEach((points, i) => {
      expect(points[1]?.[0]).toBeCloseTo(last[i]?.[2]?.[0] as number, 0);
    });
  });

  it('together take no more than the band at a source word that many look at', () => {
    const all = Array.from({ length: 20 }, (_, i) => (i % 4 === 0 ? 1 : 0));
    const starts = ribbonsOf(layout, all).map(({ path }) => corners(path));
    const total = starts.reduce((sum, [a, , , b]) => sum + ((b?.[0] as number) - (a?.[0] as number)), 0);
    expect(total).toBeLessThanOrEqual(layout.band + 1);
    expect(starts).toHaveLength(5);
  });

  it('have an outline for a gold link, drawn or not', () => {
    const ribbons = ribbonsOf(layout, weights);
    expect(linkOutline(layout, ribbons, 1, 1)).toBe(ribbons.find(({ index }) => index === 5)?.path);
    expect(linkOutline(layout, ribbons, 0, 3)).toMatch(/^M.*Z$/);
    expect(linkOutline(layout, ribbons, 9, 9)).toBe('');
  });
});
