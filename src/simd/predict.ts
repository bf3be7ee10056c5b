// The most likely token of each row; formulas and shapes stand in `shaders/predict.wgsl`.

import { firstIndexOf, maximumOf, sumOfExp } from './cross-entropy';
import { expNegative } from './lib/activations';

/** tokens_n = arg max of the logits + shift; probabilities of that token and of the expected one */
export function predict(
  count: i32,
  vocabulary: i32,
  logits: usize,
  logitsStride: usize,
  expected: usize,
  tokens: usize,
  probabilities: usize,
  probabilitiesStride: usize,
  shift: i32,
): void {
  for (let n = 0; n < count; n++) {
    const at = <usize>(n << 2);
    const maximum = maximumOf(logits, vocabulary);
    const total = sumOfExp(logits, vocabulary, maximum);
    const column = max<u32>(load<u32>(expected + at), <u32>shift) - <u32>shift;
    const wanted = min<u32>(column, <u32>vocabulary - 1);
    const shifted = f32x4.splat(f32.load(logits + <usize>(wanted << 2)) - maximum);
    store<i32>(tokens + at, firstIndexOf(logits, vocabulary, maximum) + shift);
    f32.store(probabilities, 1 / total);
    f32.store(probabilities, f32x4.extract_lane(expNegative(shifted), 0) / total, 4);
    logits += logitsStride;
    probabilities += probabilitiesStride;
  }
}
