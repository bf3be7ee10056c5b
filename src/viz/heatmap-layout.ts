/** Where every word and cell of a heatmap goes: sizes in, pixels out; shared by the page's canvas and the SVG file. */

import type { MeasureText } from './text-width.ts';

/** A cell is never smaller than this, also on a phone; what does not fit scrolls. */
export const MIN_CELL = 24;
export const MAX_CELL_HEIGHT = 56;
/** Cells grow wider than tall where that lets the words across stand upright. */
export const MAX_CELL_WIDTH = 112;
export const MIN_FONT = 13;
export const MAX_FONT = 18;
/** Type for a room that looks at a projector. */
export const LARGE_FONTS = { minFont: 18, maxFont: 24 } as const;
/** Angle of rotated words, degrees. */
export const WORD_ANGLE = 45;

/** Widest shape of a cell that no word made wider. */
const CELL_ASPECT = 1.5;
const WORD_PADDING = 12;
/** Height of a line of text, as a multiple of its type. */
const LINE = 1.55;
const SIN = Math.SQRT1_2;

export interface HeatmapLayoutInput {
  /** Across; one column each. */
  readonly sourceWords: readonly string[];
  /** Down; one row each. */
  readonly targetWords: readonly string[];
  readonly maxWidth: number;
  readonly maxHeight: number;
  /** Rows to fit into the height, where the current translation has fewer or more than it will have when it is right. */
  readonly expectedRows?: number;
  /** Least width of the words down, so that columns stand still while the words change. */
  readonly minGutter?: number;
  /** Least width of a cell; `MIN_CELL` by default. */
  readonly minCell?: number;
  /** Smallest and largest type, px; `MIN_FONT` and `MAX_FONT` by default. */
  readonly minFont?: number;
  readonly maxFont?: number;
  readonly measure: MeasureText;
}

export interface HeatmapLayout {
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Width of the words down, left of the cells. */
  readonly gutter: number;
  /** Height of the words across, above the cells. */
  readonly top: number;
  /** How far the last rotated word reaches beyond the last column. */
  readonly overhang: number;
  readonly isRotated: boolean;
  readonly fontSize: number;
  /** All cells together. */
  readonly gridWidth: number;
  readonly gridHeight: number;
  /** Everything: gutter, words, cells, overhang. */
  readonly width: number;
  readonly height: number;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

const widest = (words: readonly string[], fontSize: number, measure: MeasureText): number =>
  words.reduce((width, word) => Math.max(width, measure(word, fontSize)), 0);

/** Words across upright at this size, or null where they do not fit. */
function uprightLayout(input: HeatmapLayoutInput, fontSize: number): HeatmapLayout | null {
  const columns = Math.max(1, input.sourceWords.length);
  const gutter = gutterWidth(input, fontSize);
  const needed = Math.max(input.minCell ?? MIN_CELL, widest(input.sourceWords, fontSize, input.measure) + WORD_PADDING);
  const available = Math.floor((input.maxWidth - gutter) / columns);
  if (needed > available || needed > MAX_CELL_WIDTH) return null;
  const top = Math.ceil(fontSize * 1.3 + 10);
  const cellHeight = fitHeight(input, top);
  const cellWidth = Math.min(available, Math.max(Math.ceil(needed), Math.round(cellHeight * CELL_ASPECT)));
  return finish(input, { fontSize, gutter, top, cellWidth, cellHeight, overhang: 0, isRotated: false });
}

function rotatedLayout(input: HeatmapLayoutInput, fontSize: number): HeatmapLayout {
  const columns = Math.max(1, input.sourceWords.length);
  const gutter = gutterWidth(input, fontSize);
  const reach = widest(input.sourceWords, fontSize, input.measure) * SIN;
  const top = Math.ceil(reach + fontSize * SIN + 10);
  const fit = fitHeight(input, top);
  const room = (input.maxWidth - gutter - reach) / Math.max(1, columns - 0.5);
  const cellWidth = clamp(Math.floor(room), input.minCell ?? MIN_CELL, Math.round(fit * CELL_ASPECT));
  const cellHeight = Math.min(fit, Math.round(cellWidth * CELL_ASPECT));
  const overhang = Math.max(0, Math.ceil(reach + fontSize * 0.3 - cellWidth / 2));
  return finish(input, { fontSize, gutter, top, cellWidth, cellHeight, overhang, isRotated: true });
}

const gutterWidth = (input: HeatmapLayoutInput, fontSize: number): number => {
  const words = Math.max(input.minGutter ?? 0, widest(input.targetWords, fontSize, input.measure) + WORD_PADDING + 6);
  return Math.ceil(Math.min(words, input.maxWidth * 0.4));
};

const rowCount = (input: HeatmapLayoutInput): number => Math.max(1, input.expectedRows ?? input.targetWords.length);

const fitHeight = (input: HeatmapLayoutInput, top: number): number =>
  clamp(
    Math.floor((input.maxHeight - top) / rowCount(input)),
    Math.max(MIN_CELL, Math.ceil((input.minFont ?? 0) * LINE)),
    MAX_CELL_HEIGHT,
  );

type Measured = Pick<
  HeatmapLayout,
  'fontSize' | 'gutter' | 'top' | 'cellWidth' | 'cellHeight' | 'overhang' | 'isRotated'
>;

function finish(input: HeatmapLayoutInput, measured: Measured): HeatmapLayout {
  const gridWidth = measured.cellWidth * input.sourceWords.length;
  const gridHeight = measured.cellHeight * input.targetWords.length;
  return {
    ...measured,
    gridWidth,
    gridHeight,
    width: measured.gutter + gridWidth + measured.overhang,
    height: measured.top + gridHeight,
  };
}

/** True where lines of text neither touch the next row nor, rotated, the next column. */
const hasRoom = (layout: HeatmapLayout): boolean =>
  layout.cellHeight >= layout.fontSize * LINE && (!layout.isRotated || layout.cellWidth * SIN >= layout.fontSize * 1.1);

/** Lays a heatmap out with the largest type that fits; words across stand upright wherever they can. */
export function layoutHeatmap(input: HeatmapLayoutInput): HeatmapLayout {
  const { minFont = MIN_FONT, maxFont = MAX_FONT } = input;
  for (let fontSize = maxFont; fontSize >= minFont; fontSize--) {
    const layout = uprightLayout(input, fontSize);
    if (layout && (hasRoom(layout) || fontSize === minFont)) return layout;
  }
  for (let fontSize = maxFont; fontSize > minFont; fontSize--) {
    const layout = rotatedLayout(input, fontSize);
    if (hasRoom(layout) && layout.width <= input.maxWidth) return layout;
  }
  return rotatedLayout(input, minFont);
}

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A cell's place, measured from the top left of the whole picture. */
export const cellRect = (layout: HeatmapLayout, row: number, column: number): Rect => ({
  x: layout.gutter + column * layout.cellWidth,
  y: layout.top + row * layout.cellHeight,
  width: layout.cellWidth,
  height: layout.cellHeight,
});
