/** A picture's pixels in plain loops; the formula stands in `pixels.wgsl`. */

import { CELL_SIDE, INK } from '../lib/picture-cells.ts';
import type { Numbers, Operands } from './view.ts';

/** Grey and two coordinates. */
export const PIXEL_CHANNELS = 3;

/** x = [level / 3, (2 px + 1) / width - 1, (2 py + 1) / height - 1] */
export function pixelsForward({ source, x }: Operands, { height, width }: Numbers): void {
  const batch = x.rows / (height * width);
  for (let r = 0; r < x.rows; r++) {
    const p = Math.floor(r / batch);
    const [py, px] = [Math.floor(p / width), p % width];
    const cell = Math.floor(py / CELL_SIDE) * (width / CELL_SIDE) + Math.floor(px / CELL_SIDE);
    const bits = source.data[source.offset + (cell * batch + (r % batch)) * source.stride];
    const level = (bits >>> (2 * (CELL_SIDE * (py % CELL_SIDE) + (px % CELL_SIDE)))) & INK;
    x.data.set([level / INK, (2 * px + 1) / width - 1, (2 * py + 1) / height - 1], x.offset + r * x.stride);
  }
}
