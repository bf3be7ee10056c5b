/** Dropout in plain loops; formulas and shapes stand in `dropout.wgsl`. */

import { uniformRandom } from '../lib/counter-random.ts';
import { COUNTERS, VALUES } from './step-data.ts';
import type { Numbers, Operand, Operands } from './view.ts';

function drop(x: Operand, y: Operand, { values, counters }: Operands, { salt = 0 }: Numbers): void {
  const rate = Math.fround(values.data[VALUES.dropout]);
  const [seed, step] = [counters.data[COUNTERS.seed], counters.data[COUNTERS.step]];
  for (let r = 0; r < y.rows; r++)
    for (let c = 0; c < y.columns; c++) {
      const isKept = uniformRandom(seed, step, salt, r * y.columns + c) >= rate;
      y.data[y.offset + r * y.stride + c] = isKept ? x.data[x.offset + r * x.stride + c] / (1 - rate) : 0;
    }
}

/** y = keep · x / (1 - p) */
export const dropoutForward = (operands: Operands, numbers: Numbers): void =>
  drop(operands.x, operands.y, operands, numbers);

/** dx = keep · dy / (1 - p) */
export const dropoutBackward = (operands: Operands, numbers: Numbers): void =>
  drop(operands.dY, operands.dX, operands, numbers);
