/** Attention over a picture as a standalone SVG file: the picture once for each word that was read from it. */

import { CELL_SIDE, INK, type Picture } from '../lib/picture-cells.ts';
import type { Translation } from '../training/protocol.ts';
import { attentionScale, type Theme } from './attention-scale.ts';
import { escapeXml, framedSvg, SVG_COLOURS, visibleToken } from './svg-frame.ts';
import { approximateTextWidth } from './text-width.ts';

export interface PictureSvgOptions {
  /** What was read, where it is left out. */
  readonly title?: string;
  readonly subtitle?: string;
  readonly theme?: Theme;
}

/** Side of a pixel. */
const PIXEL = 4;
const FONT_SIZE = 18;
const GAP = 12;

/** Draws every step of a reading: cells in the colour of their weight, ink on them. */
export function pictureSvg(translation: Translation, picture: Picture, options: PictureSvgOptions = {}): string {
  const { theme = 'light', title = translation.targetText, subtitle = '' } = options;
  const { height, width } = picture;
  const rows = translation.target.length;
  const step = PIXEL * height + GAP;
  const cells = translation.source.length;
  const words = translation.target.map(({ text }) => visibleToken(text));
  const gutter = Math.ceil(Math.max(0, ...words.map((word) => approximateTextWidth(word, FONT_SIZE)))) + 2 * GAP;
  return framedSvg({
    title,
    subtitle,
    theme,
    outlineLabel: '',
    width: gutter + PIXEL * width,
    height: Math.max(0, rows * step - GAP),
    drawing: words.flatMap((word, row) => [
      `<text x="${gutter - GAP}" y="${row * step + (PIXEL * height) / 2 + 6}" text-anchor="end" font-size="${FONT_SIZE}" fill="${SVG_COLOURS[theme].target}">${escapeXml(word)}</text>`,
      `<g transform="translate(${gutter} ${row * step})">`,
      ...reading(picture, translation.weights.subarray(row * cells, (row + 1) * cells), theme),
      '</g>',
    ]),
  });
}

function reading({ height, width, levels }: Picture, weights: Float32Array, theme: Theme): string[] {
  const scale = attentionScale(theme);
  const columns = width / CELL_SIDE;
  const side = PIXEL * CELL_SIDE;
  const parts = Array.from(weights, (weight, cell) => {
    const [x, y] = [(cell % columns) * side, Math.floor(cell / columns) * side];
    return `<rect x="${x}" y="${y}" width="${side}" height="${side}" fill="${scale.colour(weight)}"/>`;
  });
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const level = levels[y * width + x] as number;
      if (level === 0) continue;
      const weight = weights[Math.floor(y / CELL_SIDE) * columns + Math.floor(x / CELL_SIDE)] ?? 0;
      parts.push(
        `<rect x="${PIXEL * x}" y="${PIXEL * y}" width="${PIXEL}" height="${PIXEL}" fill="${scale.ink(weight)}" fill-opacity="${(level / INK).toFixed(2)}"/>`,
      );
    }
  return parts;
}
