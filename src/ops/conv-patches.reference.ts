/** The 3×3 patches of a picture in plain loops; shapes and formulas stand in `conv-patches.wgsl`. */

import type { Numbers, Operands } from './view.ts';

/** Pixels of a patch. */
export const TAPS = 9;
const SIDE = 3;

/** Places of a side after a convolution with padding 1. */
export const outputSide = (side: number, step: number): number => Math.floor((side - 1) / step) + 1;

/** Calls `visit` with the rows of the picture and of the patches that meet at a tap, for every place inside the picture. */
function eachTap(
  { height, width, step }: Numbers,
  batch: number,
  visit: (pixelRow: number, patchRow: number, tap: number) => void,
): void {
  const [outHeight, outWidth] = [outputSide(height, step), outputSide(width, step)];
  for (let oy = 0; oy < outHeight; oy++)
    for (let ox = 0; ox < outWidth; ox++)
      for (let tap = 0; tap < TAPS; tap++) {
        const py = step * oy + Math.floor(tap / SIDE) - 1;
        const px = step * ox + (tap % SIDE) - 1;
        if (py < 0 || py >= height || px < 0 || px >= width) continue;
        for (let b = 0; b < batch; b++) visit((py * width + px) * batch + b, (oy * outWidth + ox) * batch + b, tap);
      }
}

/** y[q, 9 c + tap] = x[p, c], 0 beyond the picture */
export function convPatchesForward({ x, y }: Operands, numbers: Numbers): void {
  for (let r = 0; r < y.rows; r++) y.data.fill(0, y.offset + r * y.stride, y.offset + r * y.stride + y.columns);
  eachTap(numbers, x.rows / (numbers.height * numbers.width), (pixel, patch, tap) => {
    for (let c = 0; c < x.columns; c++)
      y.data[y.offset + patch * y.stride + TAPS * c + tap] = x.data[x.offset + pixel * x.stride + c];
  });
}

/** dx[p, c] = Σ dy[q, 9 c + tap] */
export function convPatchesBackward({ dY, dX }: Operands, numbers: Numbers): void {
  for (let r = 0; r < dX.rows; r++) dX.data.fill(0, dX.offset + r * dX.stride, dX.offset + r * dX.stride + dX.columns);
  eachTap(numbers, dX.rows / (numbers.height * numbers.width), (pixel, patch, tap) => {
    for (let c = 0; c < dX.columns; c++)
      dX.data[dX.offset + pixel * dX.stride + c] += dY.data[dY.offset + patch * dY.stride + TAPS * c + tap];
  });
}
