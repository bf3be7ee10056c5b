/** Repetition over time in plain loops. */

import type { Numbers, Operands } from './view.ts';

/** y[t·B + b] = x[b] */
export function repeatForward({ x, y }: Operands): void {
  for (let r = 0; r < y.rows; r++)
    for (let c = 0; c < y.columns; c++)
      y.data[y.offset + r * y.stride + c] = x.data[x.offset + (r % x.rows) * x.stride + c];
}

/** dx[b] (+)= Σ_t dy[t·B + b] */
export function repeatBackward({ dY, dX }: Operands, numbers: Numbers): void {
  for (let b = 0; b < dX.rows; b++)
    for (let c = 0; c < dX.columns; c++) {
      let total = 0;
      for (let r = b; r < dY.rows; r += dX.rows) total += dY.data[dY.offset + r * dY.stride + c];
      const to = dX.offset + b * dX.stride + c;
      dX.data[to] = numbers.accumulate ? dX.data[to] + total : total;
    }
}
