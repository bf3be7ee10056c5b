/** A small grey picture to pixels, and attention over it: the colour of a cell is its weight, ink stands out against it. */

import { CELL_SIDE, INK, type Picture } from '../lib/picture-cells.ts';
import { type AttentionScale, scaleIndex } from './attention-scale.ts';

const PAPER_INK = { light: 0, dark: 255 } as const;

/** Red, green and blue of `#rrggbb`, each of which is the same in black and white. */
const isWhite = (colour: string): boolean => colour === '#ffffff';

/**
 * Writes RGBA for every pixel of the picture. Without weights all cells are as those that nothing looks at.
 * @param weights α of each cell, row by row
 */
export function paintPicture(
  { height, width, levels }: Picture,
  weights: ArrayLike<number> | null,
  scale: AttentionScale,
  pixels: Uint8ClampedArray,
): void {
  const columns = width / CELL_SIDE;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const weight = weights?.[Math.floor(y / CELL_SIDE) * columns + Math.floor(x / CELL_SIDE)] ?? 0;
      const from = 4 * scaleIndex(weight);
      const ink = isWhite(scale.ink(weight)) ? PAPER_INK.dark : PAPER_INK.light;
      const share = (levels[y * width + x] as number) / INK;
      const to = 4 * (y * width + x);
      for (let channel = 0; channel < 3; channel++) {
        const paper = scale.bytes[from + channel] as number;
        pixels[to + channel] = Math.round(paper + (ink - paper) * share);
      }
      pixels[to + 3] = 255;
    }
}

/** The largest weight [S] that any of the rows [T, S] gives to each cell. */
export function largestWeights(weights: ArrayLike<number>, columns: number): Float32Array<ArrayBuffer> {
  const largest = new Float32Array(columns);
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number;
    if (weight > (largest[i % columns] as number)) largest[i % columns] = weight;
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
