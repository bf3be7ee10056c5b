/** Elementwise tanh in plain loops. */

import type { Operands } from './view.ts';

/** y = tanh(x) */
export function tanhForward({ x, y }: Operands): void {
  for (let r = 0; r < y.rows; r++)
    for (let c = 0; c < y.columns; c++)
      y.data[y.offset + r * y.stride + c] = Math.tanh(x.data[x.offset + r * x.stride + c]);
}

/** dx = dy (1 - y²) */
export function tanhBackward({ y, dY, dX }: Operands): void {
  for (let r = 0; r < y.rows; r++)
    for (let c = 0; c < y.columns; c++) {
      const value = y.data[y.offset + r * y.stride + c];
      dX.data[dX.offset + r * dX.stride + c] = dY.data[dY.offset + r * dY.stride + c] * (1 - value * value);
    }
}
