// The context vector; formulas and shapes stand in `shaders/attention-context.wgsl`. Position j of row b of the annotations is
// row j·B + b.

import { firstLanes, multiplyAdd, storeLanes, sumLanes } from './lib/vector';

/** c_d = Σ_j w_j h_j,d */
export function contextForward(
  batch: i32,
  steps: i32,
  size: i32,
  lengths: usize,
  weights: usize,
  weightsStride: usize,
  annotations: usize,
  annotationsStride: usize,
  context: usize,
  contextStride: usize,
): void {
  for (let b = 0; b < batch; b++) {
    const real = min(<i32>load<u32>(lengths + <usize>(b << 2)), steps);
    memory.fill(context, 0, <usize>(size << 2));
    let h = annotations + <usize>b * annotationsStride;
    for (let j = 0; j < real; j++) {
      const w = v128.load32_splat(weights + <usize>(j << 2));
      for (let d = 0; d < size; d += 4) {
        const at = <usize>(d << 2);
        storeLanes(context + at, multiplyAdd(w, v128.load(h + at), v128.load(context + at)), size - d);
      }
      h += <usize>batch * annotationsStride;
    }
    weights += weightsStride;
    context += contextStride;
  }
}

/** dw_j = Σ_d dc_d h_j,d, dh_j,d += w_j dc_d */
export function contextBackward(
  batch: i32,
  steps: i32,
  size: i32,
  lengths: usize,
  weights: usize,
  weightsStride: usize,
  annotations: usize,
  annotationsStride: usize,
  dContext: usize,
  dContextStride: usize,
  dWeights: usize,
  dWeightsStride: usize,
  dAnnotations: usize,
  dAnnotationsStride: usize,
): void {
  for (let b = 0; b < batch; b++) {
    const real = min(<i32>load<u32>(lengths + <usize>(b << 2)), steps);
    let h = annotations + <usize>b * annotationsStride;
    let dh = dAnnotations + <usize>b * dAnnotationsStride;
    for (let j = 0; j < real; j++) {
      const w = v128.load32_splat(weights + <usize>(j << 2));
      let total = f32x4.splat(0);
      for (let d = 0; d < size; d += 4) {
        const left = size - d;
        const at = <usize>(d << 2);
        const gradient = v128.load(dContext + at);
        const sum = multiplyAdd(gradient, v128.load(h + at), total);
        total = left >= 4 ? sum : v128.bitselect(sum, total, firstLanes(left));
        storeLanes(dh + at, multiplyAdd(w, gradient, v128.load(dh + at)), left);
      }
      f32.store(dWeights + <usize>(j << 2), sumLanes(total));
      h += <usize>batch * annotationsStride;
      dh += <usize>batch * dAnnotationsStride;
    }
    memory.fill(dWeights + <usize>(real << 2), 0, <usize>((steps - real) << 2));
    weights += weightsStride;
    dContext += dContextStride;
    dWeights += dWeightsStride;
  }
}
