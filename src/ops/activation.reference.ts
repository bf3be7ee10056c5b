/** Elementwise activations in plain loops. */

import type { Operands } from './view.ts';

const forward =
  (activation: (x: number) => number) =>
  ({ x, y }: Operands): void => {
    for (let r = 0; r < y.rows; r++)
      for (let c = 0; c < y.columns; c++)
        y.data[y.offset + r * y.stride + c] = activation(x.data[x.offset + r * x.stride + c]);
  };

const backward =
  (gradient: (y: number, dY: number) => number) =>
  ({ y, dY, dX }: Operands): void => {
    for (let r = 0; r < y.rows; r++)
      for (let c = 0; c < y.columns; c++) {
        const value = y.data[y.offset + r * y.stride + c];
        dX.data[dX.offset + r * dX.stride + c] = gradient(value, dY.data[dY.offset + r * dY.stride + c]);
      }
  };

/** y = x where x > 0, else 0; a NaN stays a NaN. */
export const reluForward = forward((x) => (x < 0 ? 0 : x));

/** dx = dy where y > 0, else 0 */
export const reluBackward = backward((y, dY) => (y > 0 ? dY : 0));

/** y = tanh(x) */
export const tanhForward = forward(Math.tanh);

/** dx = dy (1 - y²) */
export const tanhBackward = backward((y, dY) => dY * (1 - y * y));
