// The sum of the gradients of shards.

import { storeLanes } from './lib/vector';

/**
 * y = Σ_s w_s x_s, where `terms` holds the address of x_s (u32) and w_s (f32) of one shard after the other. The order of the
 * sum and its roundings are the same wherever it is computed, so that all shards go on from the same bits.
 */
export function weightedSum(count: i32, terms: usize, termCount: i32, y: usize): void {
  for (let i = 0; i < count; i += 4) {
    const at = <usize>(i << 2);
    let total = f32x4.splat(0);
    for (let s = 0; s < termCount; s++) {
      const term = terms + <usize>(s << 3);
      const x = v128.load(<usize>load<u32>(term) + at);
      total = f32x4.add(total, f32x4.mul(v128.load32_splat(term, 4), x));
    }
    storeLanes(y + at, total, count - i);
  }
}
