/** Cross-entropy in plain loops; formulas and shapes stand in `cross-entropy.wgsl`. */

import { METRICS } from './step-data.ts';
import type { Numbers, Operand, Operands } from './view.ts';

/** Index of the first largest element of a row, and the sum of exp(z - maximum). */
export function rowMaximum({ data, offset, stride, columns }: Operand, row: number) {
  const z = offset + row * stride;
  let best = 0;
  for (let v = 1; v < columns; v++) if (data[z + v] > data[z + best]) best = v;
  const maximum = data[z + best];
  let total = 0;
  for (let v = 0; v < columns; v++) total += Math.exp(data[z + v] - maximum);
  return { best, maximum, total };
}

/** L_n = log Σ_v exp(z_n,v - m_n) + m_n; the mean of L_n - z_n,target over targets that are not padding */
export function crossEntropyForward({ logits, targets, rows, metrics }: Operands, { shift = 0 }: Numbers): void {
  let loss = 0;
  let count = 0;
  let correct = 0;
  for (let n = 0; n < logits.rows; n++) {
    const { best, maximum, total } = rowMaximum(logits, n);
    const logSum = Math.log(total) + maximum;
    const wanted = targets.data[targets.offset + n];
    const isReal = wanted !== 0;
    const rowLoss = isReal ? logSum - logits.data[logits.offset + n * logits.stride + wanted - shift] : 0;
    const isRight = isReal && best + shift === wanted ? 1 : 0;
    const row = rows.offset + n * rows.stride;
    rows.data[row] = logSum;
    rows.data[row + 1] = rowLoss;
    rows.data[row + 2] = isRight;
    loss += rowLoss;
    correct += isRight;
    if (isReal) count++;
  }
  metrics.data[metrics.offset + METRICS.loss] = loss / Math.max(count, 1);
  metrics.data[metrics.offset + METRICS.count] = count;
  metrics.data[metrics.offset + METRICS.correct] = correct;
}

/** dz_n,v = (exp(z_n,v - L_n) - [v = target_n]) / count */
export function crossEntropyBackward(
  { logits, targets, rows, metrics, dLogits }: Operands,
  { shift = 0 }: Numbers,
): void {
  const count = Math.max(metrics.data[metrics.offset + METRICS.count], 1);
  for (let n = 0; n < logits.rows; n++) {
    const wanted = targets.data[targets.offset + n];
    const to = dLogits.offset + n * dLogits.stride;
    if (wanted === 0) {
      dLogits.data.fill(0, to, to + dLogits.columns);
      continue;
    }
    const logSum = rows.data[rows.offset + n * rows.stride];
    for (let v = 0; v < logits.columns; v++) {
      const probability = Math.exp(logits.data[logits.offset + n * logits.stride + v] - logSum);
      dLogits.data[to + v] = (probability - (v + shift === wanted ? 1 : 0)) / count;
    }
  }
}
