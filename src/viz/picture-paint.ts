/** A small grey picture to pixels, and attention over it: the colour of a cell is its weight, ink stands out against it. */

import { CELL_SIDE, INK, type Picture } from '../lib/picture-cells.ts';
import { type AttentionScale, scaleIndex } from './attention-scale.ts';
import { type SignedScale, signedIndex } from './signed-scale.ts';

const PAPER_INK = { light: 0, dark: 255 } as const;

/** Red, green and blue of `#rrggbb`, each of which is the same in black and white. */
const isWhite = (colour: string): boolean => colour === '#ffffff';

/** Colours of the cells: a table of RGBA, the place of each cell in it, and the ink that reads on it. */
export interface CellPaint {
  readonly bytes: Uint8ClampedArray;
  readonly index: (cell: number) => number;
  /** `#ffffff` or `#000000`. */
  readonly ink: (cell: number) => string;
}

/** @param weights α of each cell, row by row; without any, all cells are as those that nothing looks at */
export function weightPaint(weights: ArrayLike<number> | null, scale: AttentionScale): CellPaint {
  const at = (cell: number): number => weights?.[cell] ?? 0;
  return { bytes: scale.bytes, index: (cell) => scaleIndex(at(cell)), ink: (cell) => scale.ink(at(cell)) };
}

/** Changes of α, from −limit to limit. */
export function changePaint(changes: ArrayLike<number>, limit: number, scale: SignedScale): CellPaint {
  const at = (cell: number): number => (changes[cell] ?? 0) / limit;
  return { bytes: scale.bytes, index: (cell) => signedIndex(at(cell)), ink: (cell) => scale.ink(at(cell)) };
}

/** Writes RGBA for every pixel of the picture. */
export function paintPicture({ height, width, levels }: Picture, paint: CellPaint, pixels: Uint8ClampedArray): void {
  const columns = width / CELL_SIDE;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const cell = Math.floor(y / CELL_SIDE) * columns + Math.floor(x / CELL_SIDE);
      const from = 4 * paint.index(cell);
      const ink = isWhite(paint.ink(cell)) ? PAPER_INK.dark : PAPER_INK.light;
      const share = (levels[y * width + x] as number) / INK;
      const to = 4 * (y * width + x);
      for (let channel = 0; channel < 3; channel++) {
        const paper = paint.bytes[from + channel] as number;
        pixels[to + channel] = Math.round(paper + (ink - paper) * share);
      }
      pixels[to + 3] = 255;
    }
}

/** For each cell the weight or change, of all rows [T, S], that is furthest from 0. */
export function largestWeights(weights: ArrayLike<number>, columns: number): Float32Array<ArrayBuffer> {
  const largest = new Float32Array(columns);
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number;
    if (Math.abs(weight) > Math.abs(largest[i % columns] as number)) largest[i % columns] = weight;
  }
  return largest;
}

/** The row of weights [T, S] that looks most at a cell. */
export function strongestRow(weights: ArrayLike<number>, columns: number, cell: number): number {
  let best = 0;
  for (let row = 1; row * columns < weights.length; row++)
    if ((weights[row * columns + cell] as number) > (weights[best * columns + cell] as number)) best = row;
  return best;
}
