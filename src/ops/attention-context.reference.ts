/** The context vector in plain loops; formulas and shapes stand in `attention-context.wgsl`. */

import type { Operands } from './view.ts';

/** c_d = Σ_j w_j h_j,d */
export function attentionContextForward({ lengths, weights, annotations, context }: Operands): void {
  const batch = weights.rows;
  for (let b = 0; b < batch; b++) {
    const real = Math.min(lengths.data[lengths.offset + b], weights.columns);
    const to = context.offset + b * context.stride;
    context.data.fill(0, to, to + context.columns);
    for (let j = 0; j < real; j++) {
      const w = weights.data[weights.offset + b * weights.stride + j];
      const h = annotations.offset + (j * batch + b) * annotations.stride;
      for (let d = 0; d < context.columns; d++) context.data[to + d] += w * annotations.data[h + d];
    }
  }
}

/** dw_j = Σ_d dc_d h_j,d, dh_j,d += w_j dc_d */
export function attentionContextBackward(operands: Operands): void {
  const { lengths, weights, annotations, dContext, dWeights, dAnnotations } = operands;
  const batch = weights.rows;
  for (let b = 0; b < batch; b++) {
    const real = Math.min(lengths.data[lengths.offset + b], weights.columns);
    const to = dWeights.offset + b * dWeights.stride;
    dWeights.data.fill(0, to, to + dWeights.columns);
    const dc = dContext.offset + b * dContext.stride;
    for (let j = 0; j < real; j++) {
      const w = weights.data[weights.offset + b * weights.stride + j];
      const h = annotations.offset + (j * batch + b) * annotations.stride;
      const dh = dAnnotations.offset + (j * batch + b) * dAnnotations.stride;
      for (let d = 0; d < dContext.columns; d++) {
        const gradient = dContext.data[dc + d];
        dWeights.data[to + j] += gradient * annotations.data[h + d];
        dAnnotations.data[dh + d] += w * gradient;
      }
    }
  }
}
