/** The affine map and its gradients in plain loops; shapes and formulas stand in `linear.wgsl`. */

import { dot } from '../lib/dot.ts';
import type { Numbers, Operands } from './view.ts';

/** y = x Wᵀ + b */
export function linearForward(operands: Operands, numbers: Numbers): void {
  const x = operands.x;
  const weight = operands.weight;
  const y = operands.y;
  const bias = operands.bias;
  const [xd, wd, yd] = [x.data, weight.data, y.data];
  const depth = x.columns;
  for (let r = 0; r < y.rows; r++) {
    const xr = x.offset + r * x.stride;
    for (let o = 0; o < y.columns; o++) {
      const wr = weight.offset + o * weight.stride;
      const total = dot(xd, xr, wd, wr, depth) + (bias ? bias.data[bias.offset + o] : 0);
      const index = y.offset + r * y.stride + o;
      yd[index] = numbers.accumulate ? yd[index] + total : total;
    }
  }
}

/** dx = dy W */
export function linearBackwardInput(operands: Operands, numbers: Numbers): void {
  const dY = operands.dY;
  const weight = operands.weight;
  const dX = operands.dX;
  const [dyd, wd, dxd] = [dY.data, weight.data, dX.data];
  for (let r = 0; r < dX.rows; r++) {
    const out = dX.offset + r * dX.stride;
    if (!numbers.accumulate) dxd.fill(0, out, out + dX.columns);
    for (let o = 0; o < dY.columns; o++) {
      const d = dyd[dY.offset + r * dY.stride + o];
      if (d === 0) continue;
      const wr = weight.offset + o * weight.stride;
      for (let k = 0; k < dX.columns; k++) dxd[out + k] += d * wd[wr + k];
    }
  }
}

/** dW = dyᵀ x */
export function linearBackwardWeight(operands: Operands, numbers: Numbers): void {
  const dY = operands.dY;
  const x = operands.x;
  const dWeight = operands.dWeight;
  const [dyd, xd, dwd] = [dY.data, x.data, dWeight.data];
  for (let o = 0; o < dWeight.rows; o++) {
    const out = dWeight.offset + o * dWeight.stride;
    if (!numbers.accumulate) dwd.fill(0, out, out + dWeight.columns);
    for (let r = 0; r < dY.rows; r++) {
      const d = dyd[dY.offset + r * dY.stride + o];
      if (d === 0) continue;
      const xr = x.offset + r * x.stride;
      for (let k = 0; k < dWeight.columns; k++) dwd[out + k] += d * xd[xr + k];
    }
  }
}

/** db = Σ_row dy */
export function linearBackwardBias(operands: Operands, numbers: Numbers): void {
  const dY = operands.dY;
  const dBias = operands.dBias;
  for (let o = 0; o < dY.columns; o++) {
    let total = 0;
    for (let r = 0; r < dY.rows; r++) total += dY.data[dY.offset + r * dY.stride + o];
    const index = dBias.offset + o;
    dBias.data[index] = numbers.accumulate ? dBias.data[index] + total : total;
  }
}
