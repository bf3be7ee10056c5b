/** Draws a number by hand: every digit its own place, size, slant and tremble, on paper that is not quite clean. */

import { CELL_SIDE, type PictureSize, packCells } from '../../lib/picture-cells.ts';
import type { Random } from '../../lib/random.ts';
import { greys, ink, type Stroke, smooth } from '../../lib/strokes.ts';
import { DIGITS } from './digits.ts';

/** Of every picture of the task, in pixels. */
export const PICTURE = { height: 16, width: 64 } as const satisfies PictureSize;

/** Pixels left free at the edges. */
const MARGIN = 1.5;
/** Most of the picture's width that the digits may take, gaps included. */
const MAX_WIDTH = PICTURE.width - 2 * MARGIN;
const SPECKS = 6;

export interface Plate {
  /** Bits of the cells, row by row. */
  readonly cells: Uint32Array<ArrayBuffer>;
  /** The cells that each digit covers, that of its middle first. */
  readonly places: readonly (readonly number[])[];
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const between = (random: Random, low: number, high: number): number => low + (high - low) * random.uniform();

/** Where each digit stands. */
function layOut(random: Random, count: number): Box[] {
  let height = between(random, 9, 13);
  const shape = between(random, 0.5, 0.68);
  const sizes = Array.from({ length: count }, () => ({
    width: shape * between(random, 0.85, 1.12),
    height: between(random, 0.88, 1.06),
    gap: between(random, 0.16, 0.5),
  }));
  const widthAt = (unit: number) => sizes.reduce((sum, { width, gap }, i) => sum + unit * (width + (i ? gap : 0)), 0);
  height = Math.min(height, (height * MAX_WIDTH) / widthAt(height));
  let x = MARGIN + (MAX_WIDTH - widthAt(height)) * random.uniform();
  const middle = PICTURE.height / 2 + between(random, -1, 1) * Math.max(0, PICTURE.height / 2 - MARGIN - 0.53 * height);
  return sizes.map(({ width, height: own, gap }, i) => {
    if (i > 0) x += gap * height;
    const box = {
      left: x,
      top: middle - (own * height) / 2 + between(random, -0.6, 0.6),
      width: width * height,
      height: own * height,
    };
    x += box.width;
    return box;
  });
}

/** The strokes of a digit in its box. */
function write(random: Random, digit: number, box: Box, slant: number): Stroke[] {
  const tremble = 0.035;
  const ways = DIGITS[digit] as (typeof DIGITS)[number];
  return random.pick(ways).map(({ points, isSmooth }) => {
    const placed = points.map(([x, y]) => {
      const [px, py] = [x + tremble * random.normal(), y + tremble * random.normal()];
      return [box.left + box.width * px + slant * box.height * (0.5 - py), box.top + box.height * py] as const;
    });
    return isSmooth ? smooth(placed) : placed;
  });
}

/** Cells under a box, that of its middle first. */
function cellsUnder({ left, top, width, height }: Box): number[] {
  const columns = PICTURE.width / CELL_SIDE;
  const cell = (side: number, at: number) => Math.max(0, Math.min(side / CELL_SIDE - 1, Math.floor(at / CELL_SIDE)));
  const [x0, x1] = [cell(PICTURE.width, left), cell(PICTURE.width, left + width)];
  const [y0, y1] = [cell(PICTURE.height, top), cell(PICTURE.height, top + height)];
  const middle = cell(PICTURE.height, top + height / 2) * columns + cell(PICTURE.width, left + width / 2);
  const cells = new Set([middle]);
  for (let y = y0; y <= y1; y++) for (let x = x0; x <= x1; x++) cells.add(y * columns + x);
  return [...cells];
}

/** The picture of a number. */
export function drawPlate(random: Random, digits: readonly number[]): Plate {
  const boxes = layOut(random, digits.length);
  const slant = between(random, -0.12, 0.28);
  const strokes = boxes.flatMap((box, i) =>
    write(random, digits[i] as number, box, slant + between(random, -0.06, 0.06)),
  );
  const picture = ink(strokes, between(random, 0.45, 0.95), PICTURE);
  const strength = between(random, 0.75, 1);
  for (let i = 0; i < picture.length; i++) picture[i] *= strength;
  for (let i = random.integer(SPECKS); i > 0; i--) {
    const at = random.integer(picture.length);
    picture[at] = Math.max(picture[at] as number, between(random, 0.2, 0.7));
  }
  return { cells: packCells(greys(picture), PICTURE), places: boxes.map(cellsUnder) };
}
