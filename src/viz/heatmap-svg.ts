/** A heatmap as a standalone SVG file: words, cells, gold alignment, legend and title; needs no browser. */

import { commonSubsequence } from '../lib/common-subsequence.ts';
import type { Translation } from '../training/protocol.ts';
import { attentionScale, type Theme } from './attention-scale.ts';
import { cellRect, type HeatmapLayout, layoutHeatmap, type Rect, WORD_ANGLE } from './heatmap-layout.ts';
import { escapeXml, framedSvg, SVG_COLOURS, visibleToken } from './svg-frame.ts';
import { approximateTextWidth } from './text-width.ts';

export interface HeatmapSvgOptions {
  /** Over the picture and as its accessible name; the two sentences where it is left out. */
  readonly title?: string;
  /** A quieter line below the title: which model, at which step. */
  readonly subtitle?: string;
  readonly theme?: Theme;
  /** Largest width and height of the cells with their words, pixels. */
  readonly maxWidth?: number;
  readonly maxHeight?: number;
  /** Prints α into every cell. */
  readonly showValues?: boolean;
  /** Names the outlines of the gold alignment in the legend. */
  readonly goldLabel?: string;
}

/** Draws one translation with its attention; without attention the cells stay empty. */
export function heatmapSvg(translation: Translation, options: HeatmapSvgOptions = {}): string {
  const theme = options.theme ?? 'light';
  const colours = SVG_COLOURS[theme];
  const source = translation.source.map((token) => visibleToken(token.text));
  const target = translation.target.map((token) => visibleToken(token.text));
  const layout = layoutHeatmap({
    sourceWords: source,
    targetWords: target,
    maxWidth: options.maxWidth ?? 760,
    maxHeight: options.maxHeight ?? 640,
    measure: approximateTextWidth,
  });
  const gold = goldCells(translation, layout, colours);
  return framedSvg({
    title: options.title ?? `${source.join(' ')} → ${target.join(' ')}`,
    subtitle: options.subtitle ?? '',
    theme,
    width: layout.width,
    height: layout.height,
    outlineLabel: gold.length > 0 ? (options.goldLabel ?? '') : '',
    drawing: [
      ...sourceWords(source, layout, colours.source),
      ...targetWords(target, layout, colours.target),
      ...cells(translation, layout, theme, options.showValues ?? false),
      ...gold,
    ],
  });
}

function sourceWords(words: readonly string[], layout: HeatmapLayout, colour: string): string[] {
  return words.map((word, column) => {
    const x = layout.gutter + (column + 0.5) * layout.cellWidth;
    const y = layout.top - 8;
    const place = layout.isRotated
      ? `transform="translate(${x.toFixed(1)} ${y}) rotate(-${WORD_ANGLE})"`
      : `x="${x.toFixed(1)}" y="${y}" text-anchor="middle"`;
    return `<text ${place} font-size="${layout.fontSize}" fill="${colour}">${escapeXml(word)}</text>`;
  });
}

function targetWords(words: readonly string[], layout: HeatmapLayout, colour: string): string[] {
  return words.map((word, row) => {
    const y = layout.top + (row + 0.5) * layout.cellHeight + layout.fontSize * 0.35;
    return `<text x="${layout.gutter - 8}" y="${y.toFixed(1)}" text-anchor="end" font-size="${layout.fontSize}" fill="${colour}">${escapeXml(word)}</text>`;
  });
}

function cells(translation: Translation, layout: HeatmapLayout, theme: Theme, showValues: boolean): string[] {
  const scale = attentionScale(theme);
  const columns = translation.source.length;
  const parts: string[] = [];
  for (let i = 0; i < translation.target.length * columns; i++) {
    const weight = translation.weights[i] ?? 0;
    const { x, y, width, height } = inset(cellRect(layout, Math.floor(i / columns), i % columns), 0.5);
    parts.push(`<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${scale.colour(weight)}"/>`);
    if (showValues && translation.weights.length > 0)
      parts.push(
        `<text x="${x + width / 2}" y="${y + height / 2 + 4}" text-anchor="middle" font-size="11" fill="${scale.ink(weight)}">${weight.toFixed(2)}</text>`,
      );
  }
  return parts;
}

function goldCells(translation: Translation, layout: HeatmapLayout, colours: { paper: string; ink: string }): string[] {
  const { reference, target } = translation;
  if (!reference?.alignment) return [];
  // A link belongs to a word of the reference, wherever the translation has it.
  const words = target.map((token) => token.text);
  const partners = commonSubsequence(words, reference.target);
  const rows = partners.map((partner) => (partner === null ? [] : (reference.alignment?.[partner] ?? [])));
  return rows.flatMap((columns, row) =>
    columns.flatMap((column) => {
      const { x, y, width, height } = inset(cellRect(layout, row, column), 3);
      const outline = `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none"`;
      return [
        `${outline} stroke="${colours.paper}" stroke-width="3.5"/>`,
        `${outline} stroke="${colours.ink}" stroke-width="1.25"/>`,
      ];
    }),
  );
}

const inset = (rect: Rect, by: number): Rect => ({
  x: rect.x + by,
  y: rect.y + by,
  width: rect.width - 2 * by,
  height: rect.height - 2 * by,
});
