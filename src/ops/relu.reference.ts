/** Elementwise rectifier in plain loops. */

import type { Operands } from './view.ts';

/** y = x where x > 0, else 0 */
export function reluForward({ x, y }: Operands): void {
  for (let r = 0; r < y.rows; r++)
    for (let c = 0; c < y.columns; c++) {
      const value = x.data[x.offset + r * x.stride + c];
      y.data[y.offset + r * y.stride + c] = value < 0 ? 0 : value;
    }
}

/** dx = dy where y > 0, else 0 */
export function reluBackward({ y, dY, dX }: Operands): void {
  for (let r = 0; r < y.rows; r++)
    for (let c = 0; c < y.columns; c++)
      dX.data[dX.offset + r * dX.stride + c] =
        y.data[y.offset + r * y.stride + c] > 0 ? dY.data[dY.offset + r * dY.stride + c] : 0;
}
