import { describe, expect, it } from 'vitest';
import { cellRect, LARGE_FONTS, layoutHeatmap, MAX_CELL_HEIGHT, MIN_CELL, MIN_FONT } from './heatmap-layout.ts';
import { approximateTextWidth as measure } from './text-width.ts';

const source = 'the black cat does not see the house'.split(' ');
const target = 'le chat noir ne voit pas la maison'.split(' ');
const room = { maxWidth: 700, maxHeight: 480, measure };

describe('layoutHeatmap', () => {
  it('lets words stand upright where they fit', () => {
    const layout = layoutHeatmap({ sourceWords: source, targetWords: target, ...room });
    expect(layout.isRotated).toBe(false);
    for (const word of source) expect(measure(word, layout.fontSize)).toBeLessThan(layout.cellWidth);
  });

  it('rotates words only where they do not fit', () => {
    const layout = layoutHeatmap({ sourceWords: source, targetWords: target, ...room, maxWidth: 420 });
    expect(layout.isRotated).toBe(true);
    expect(layout.overhang).toBeGreaterThan(0);
  });

  it('keeps cells between 24 pixels and the height of a thumb, whatever the room', () => {
    for (const maxWidth of [200, 328, 512, 900, 2000]) {
      for (const maxHeight of [100, 300, 900]) {
        const layout = layoutHeatmap({ sourceWords: source, targetWords: target, maxWidth, maxHeight, measure });
        expect(layout.cellWidth).toBeGreaterThanOrEqual(MIN_CELL);
        expect(layout.cellHeight).toBeGreaterThanOrEqual(MIN_CELL);
        expect(layout.cellHeight).toBeLessThanOrEqual(MAX_CELL_HEIGHT);
        expect(layout.fontSize).toBeGreaterThanOrEqual(MIN_FONT);
      }
    }
  });

  it('has words of 18 pixels at least for a projector, in rows that hold them', () => {
    for (const maxWidth of [200, 480, 900]) {
      const words = { sourceWords: source, targetWords: target };
      const layout = layoutHeatmap({ ...words, maxWidth, maxHeight: 300, measure, ...LARGE_FONTS });
      expect(layout.fontSize).toBeGreaterThanOrEqual(18);
      expect(layout.cellHeight).toBeGreaterThanOrEqual(1.55 * 18);
    }
  });

  it('fits the width wherever the least cell allows it', () => {
    for (const maxWidth of [420, 512, 640, 900]) {
      const layout = layoutHeatmap({ sourceWords: source, targetWords: target, ...room, maxWidth });
      expect(layout.width).toBeLessThanOrEqual(maxWidth);
    }
  });

  it('takes its cell height from the expected rows, so that cells keep their size while the translation changes', () => {
    const heights = [3, 8, 14].map((rows) => {
      const targetWords = Array.from({ length: rows }, () => 'chat');
      return layoutHeatmap({ sourceWords: source, targetWords, ...room, expectedRows: 8 }).cellHeight;
    });
    expect(new Set(heights).size).toBe(1);
  });

  it('keeps a gutter that it was given, so that columns stand still while words change', () => {
    const before = layoutHeatmap({ sourceWords: source, targetWords: ['maison'], ...room });
    const after = layoutHeatmap({ sourceWords: source, targetWords: ['il'], ...room, minGutter: before.gutter });
    expect(after.gutter).toBe(before.gutter);
  });

  it('lays out a single word, and no words at all', () => {
    expect(layoutHeatmap({ sourceWords: ['a'], targetWords: ['b'], ...room }).gridWidth).toBeGreaterThan(0);
    expect(layoutHeatmap({ sourceWords: [], targetWords: [], ...room }).gridHeight).toBe(0);
  });

  it('puts cells edge to edge, from the gutter and the words down', () => {
    const layout = layoutHeatmap({ sourceWords: source, targetWords: target, ...room });
    const first = cellRect(layout, 0, 0);
    expect([first.x, first.y]).toEqual([layout.gutter, layout.top]);
    const last = cellRect(layout, target.length - 1, source.length - 1);
    expect(last.x + last.width).toBe(layout.gutter + layout.gridWidth);
    expect(last.y + last.height).toBe(layout.top + layout.gridHeight);
  });
});
