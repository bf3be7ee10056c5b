/** A drawing of any size and place as a picture like those that a reader was trained on: symbols of one height, close together. */

import { type PictureSize, packCells } from './picture-cells.ts';
import { greys, ink, type Point, type Stroke } from './strokes.ts';

/** Height of the symbols and radius of the pen, as shares of the picture's height. */
const HEIGHT_SHARE = 0.7;
const PEN_SHARE = 0.045;
/** Least and most room between symbols, as shares of their height. */
const MIN_GAP = 0.2;
const MAX_GAP = 0.5;
/** Left free at both ends, pixels. */
const MARGIN = 2;

interface Symbol {
  left: number;
  right: number;
  readonly strokes: Stroke[];
}

const horizontal = (stroke: Stroke): number[] => stroke.map(([x]) => x);
const vertical = (stroke: Stroke): number[] => stroke.map(([, y]) => y);

/** Strokes over each other in x belong to one symbol. */
function symbolsOf(strokes: readonly Stroke[]): Symbol[] {
  const symbols: Symbol[] = [];
  const sorted = strokes
    .map((stroke) => ({ left: Math.min(...horizontal(stroke)), right: Math.max(...horizontal(stroke)), stroke }))
    .sort((a, b) => a.left - b.left);
  for (const { left, right, stroke } of sorted) {
    const last = symbols.at(-1);
    if (last && left <= last.right) {
      last.right = Math.max(last.right, right);
      last.strokes.push(stroke);
    } else symbols.push({ left, right, strokes: [stroke] });
  }
  return symbols;
}

/**
 * The cells of a drawing; blank where nothing is drawn.
 * @param strokes in the units of a drawing `drawnHeight` high
 */
export function drawingCells(
  strokes: readonly Stroke[],
  drawnHeight: number,
  size: PictureSize,
): Uint32Array<ArrayBuffer> {
  const drawn = strokes.filter((stroke) => stroke.length > 0);
  const ys = drawn.flatMap(vertical);
  if (ys.length === 0) return packCells(new Uint8Array(size.height * size.width), size);
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  // A dash or a dot alone is not blown up to the height of a digit.
  const height = Math.max(bottom - top, drawnHeight / 4);
  const symbols = symbolsOf(drawn);
  let x = 0;
  const lefts = symbols.map(({ left, right }, i) => {
    const before = symbols[i - 1];
    if (before) x += Math.min(MAX_GAP * height, Math.max(MIN_GAP * height, left - before.right));
    const at = x;
    x += right - left;
    return at;
  });
  const scale = Math.min((HEIGHT_SHARE * size.height) / height, (size.width - 2 * MARGIN) / Math.max(x, 1e-6));
  const startX = (size.width - x * scale) / 2;
  const startY = (size.height - (bottom - top) * scale) / 2;
  const placed = symbols.flatMap(({ left, strokes: own }, i) =>
    own.map((stroke) =>
      stroke.map(([px, py]): Point => [startX + (px - left + lefts[i]) * scale, startY + (py - top) * scale]),
    ),
  );
  return packCells(greys(ink(placed, PEN_SHARE * size.height, size)), size);
}
