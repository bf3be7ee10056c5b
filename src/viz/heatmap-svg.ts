/** A heatmap as a standalone SVG file: words, cells, gold alignment, legend and title; needs no browser. */

import { commonSubsequence } from '../lib/common-subsequence.ts';
import type { Translation } from '../training/protocol.ts';
import { attentionScale, type Theme } from './attention-scale.ts';
import { cellRect, type HeatmapLayout, layoutHeatmap, type Rect, WORD_ANGLE } from './heatmap-layout.ts';
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

const COLOURS: Record<Theme, { paper: string; ink: string; quiet: string; source: string; target: string }> = {
  light: { paper: '#fcfbf9', ink: '#1d1c22', quiet: '#5d5b66', source: '#1a5fb0', target: '#a84a04' },
  dark: { paper: '#15161b', ink: '#ecebf0', quiet: '#a9a7b4', source: '#82b6f4', target: '#f0a564' },
};

const MARGIN = 24;
const TITLE_HEIGHT = 36;
const SUBTITLE_HEIGHT = 18;
const LEGEND_HEIGHT = 52;
const FONT = 'system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif';

const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

/** A lone space would be an empty axis label. */
const visible = (token: string): string => (token === ' ' ? '␣' : token);

/** Draws one translation with its attention; without attention the cells stay empty. */
export function heatmapSvg(translation: Translation, options: HeatmapSvgOptions = {}): string {
  const theme = options.theme ?? 'light';
  const colours = COLOURS[theme];
  const source = translation.source.map((token) => visible(token.text));
  const target = translation.target.map((token) => visible(token.text));
  const layout = layoutHeatmap({
    sourceWords: source,
    targetWords: target,
    maxWidth: options.maxWidth ?? 760,
    maxHeight: options.maxHeight ?? 640,
    measure: approximateTextWidth,
  });
  const title = options.title ?? `${source.join(' ')} → ${target.join(' ')}`;
  const titleWidth = approximateTextWidth(title, 15);
  const width = Math.ceil(Math.max(layout.width, Math.min(titleWidth, 760), 320) + 2 * MARGIN);
  const { subtitle = '' } = options;
  const head = TITLE_HEIGHT + (subtitle ? SUBTITLE_HEIGHT : 0);
  const height = Math.ceil(layout.height + head + LEGEND_HEIGHT + 2 * MARGIN);
  const gold = goldCells(translation, layout, colours);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="${FONT}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${colours.paper}"/>`,
    `<text x="${MARGIN}" y="${MARGIN + 15}" font-size="15" font-weight="600" fill="${colours.ink}"${fitTitle(titleWidth, width)}>${escapeXml(title)}</text>`,
    ...(subtitle
      ? [`<text x="${MARGIN}" y="${MARGIN + 35}" font-size="12" fill="${colours.quiet}">${escapeXml(subtitle)}</text>`]
      : []),
    `<g transform="translate(${MARGIN} ${MARGIN + head})">`,
    ...sourceWords(source, layout, colours.source),
    ...targetWords(target, layout, colours.target),
    ...cells(translation, layout, theme, options.showValues ?? false),
    ...gold,
    '</g>',
    ...legend(theme, colours.quiet, height - MARGIN - 12),
    ...(gold.length > 0 && options.goldLabel ? goldLegend(options.goldLabel, colours, height - MARGIN - 12) : []),
    '</svg>',
  ].join('\n');
}

/** Squeezes a title that is longer than the picture. */
const fitTitle = (titleWidth: number, width: number): string =>
  titleWidth > width - 2 * MARGIN ? ` textLength="${width - 2 * MARGIN}" lengthAdjust="spacingAndGlyphs"` : '';

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

function legend(theme: Theme, colour: string, y: number): string[] {
  const steps = 32;
  const width = 160;
  const scale = attentionScale(theme);
  const strip = Array.from(
    { length: steps },
    (_, i) =>
      `<rect x="${MARGIN + 24 + (i * width) / steps}" y="${y - 10}" width="${width / steps + 0.5}" height="10" fill="${scale.colour(i / (steps - 1))}"/>`,
  );
  const label = (x: number, text: string): string =>
    `<text x="${x}" y="${y}" font-size="12" fill="${colour}">${text}</text>`;
  return [label(MARGIN, 'α'), label(MARGIN + 13, '0'), ...strip, label(MARGIN + 24 + width + 5, '1')];
}

/** An outlined box behind the scale, and what it means. */
function goldLegend(label: string, colours: { ink: string; quiet: string }, y: number): string[] {
  const x = MARGIN + 224;
  return [
    `<rect x="${x}" y="${y - 10}" width="12" height="10" fill="none" stroke="${colours.ink}" stroke-width="1.25"/>`,
    `<text x="${x + 18}" y="${y}" font-size="12" fill="${colours.quiet}">${escapeXml(label)}</text>`,
  ];
}
