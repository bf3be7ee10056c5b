/** What the files of pictures of attention have in common: title, subtitle, ground and legend around a drawing. */

import { attentionScale, type Theme } from './attention-scale.ts';
import { approximateTextWidth } from './text-width.ts';

/** Colours of the files, which carry no style sheet of the page. */
export const SVG_COLOURS: Record<Theme, { paper: string; ink: string; quiet: string; source: string; target: string }> =
  {
    light: { paper: '#fcfbf9', ink: '#1d1c22', quiet: '#5d5b66', source: '#1a5fb0', target: '#a84a04' },
    dark: { paper: '#15161b', ink: '#ecebf0', quiet: '#a9a7b4', source: '#82b6f4', target: '#f0a564' },
  };

const MARGIN = 24;
const TITLE_HEIGHT = 36;
const SUBTITLE_HEIGHT = 18;
const LEGEND_HEIGHT = 52;
const LEAST_WIDTH = 320;
const MOST_TITLE_WIDTH = 760;
const FONT = 'system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif';

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

/** A lone space would be an empty label. */
export const visibleToken = (token: string): string => (token === ' ' ? '␣' : token);

export interface SvgFrame {
  /** Over the picture, and its accessible name. */
  readonly title: string;
  /** A quieter line below; none where it is empty. */
  readonly subtitle: string;
  readonly theme: Theme;
  /** Of the drawing, pixels. */
  readonly width: number;
  readonly height: number;
  /** Elements, from the top left of the drawing. */
  readonly drawing: readonly string[];
  /** Names outlined cells in the legend; none where it is empty. */
  readonly outlineLabel: string;
}

/** The file. */
export function framedSvg({ title, subtitle, theme, drawing, outlineLabel, ...size }: SvgFrame): string {
  const colours = SVG_COLOURS[theme];
  // Semibold is a tenth wider than the letters that are measured.
  const titleWidth = 1.1 * approximateTextWidth(title, 15);
  const width = Math.ceil(Math.max(size.width, Math.min(titleWidth, MOST_TITLE_WIDTH), LEAST_WIDTH) + 2 * MARGIN);
  const head = TITLE_HEIGHT + (subtitle ? SUBTITLE_HEIGHT : 0);
  const height = Math.ceil(size.height + head + LEGEND_HEIGHT + 2 * MARGIN);
  const foot = height - MARGIN - 12;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="${FONT}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${colours.paper}"/>`,
    `<text x="${MARGIN}" y="${MARGIN + 15}" font-size="15" font-weight="600" fill="${colours.ink}"${fitTitle(titleWidth, width)}>${escapeXml(title)}</text>`,
    ...(subtitle
      ? [`<text x="${MARGIN}" y="${MARGIN + 35}" font-size="12" fill="${colours.quiet}">${escapeXml(subtitle)}</text>`]
      : []),
    `<g transform="translate(${MARGIN} ${MARGIN + head})">`,
    ...drawing,
    '</g>',
    ...legend(theme, colours.quiet, foot),
    ...(outlineLabel ? outlineLegend(outlineLabel, colours, foot) : []),
    '</svg>',
  ].join('\n');
}

/** Squeezes a title that is longer than the picture. */
const fitTitle = (titleWidth: number, width: number): string =>
  titleWidth > width - 2 * MARGIN ? ` textLength="${width - 2 * MARGIN}" lengthAdjust="spacingAndGlyphs"` : '';

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
function outlineLegend(label: string, colours: { ink: string; quiet: string }, y: number): string[] {
  const x = MARGIN + 224;
  return [
    `<rect x="${x}" y="${y - 10}" width="12" height="10" fill="none" stroke="${colours.ink}" stroke-width="1.25"/>`,
    `<text x="${x + 18}" y="${y}" font-size="12" fill="${colours.quiet}">${escapeXml(label)}</text>`,
  ];
}
