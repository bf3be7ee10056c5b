/** How fast shards multiply matrices together, and so how many of them are worth having. */

import { BYTES } from '../wasm/place.ts';
import type { WasmInstance } from './wasm-instance.ts';
import type { Shard } from './wasm-shard.ts';

/** [m, k] · [k, n], of the size of an LSTM step. */
const SIZE = { m: 64, n: 256, k: 128 };
/** Until the browser has compiled the product with all optimisations. */
const WARM_UP_MS = 20;
/** Short enough for nobody to notice, long enough for several products. */
const BURST_MS = 3;
const BURSTS = 4;
/** A further shard has to add this much: two threads of one core add less, and the exchange of gradients grows. */
const MIN_GAIN = 1.2;

/** GFLOP/s of products that an instance computes for some milliseconds. */
export function productRate({ heap, kernels }: WasmInstance, durationMs: number): number {
  const { m, n, k } = SIZE;
  const x = heap.allocate(m * k * BYTES);
  const y = heap.allocate(m * n * BYTES);
  const panels = heap.allocate(kernels.panelBytes(n, k));
  const start = performance.now();
  let products = 0;
  let elapsed = 0;
  while (elapsed < durationMs) {
    kernels.multiplyPanels(0, x, k * BYTES, panels, m, n, k, y, n * BYTES, 0, 0);
    products++;
    elapsed = performance.now() - start;
  }
  for (const address of [x, y, panels]) heap.free(address);
  return (2 * m * n * k * products) / elapsed / 1e6;
}

/** GFLOP/s of shards that multiply at the same time: the best of some bursts. */
export async function measureProduct(shards: readonly Shard[], bursts = BURSTS): Promise<number> {
  let best = 0;
  for (let i = 0; i < bursts; i++) {
    const rates = await Promise.all(shards.map((shard) => shard.productRate(BURST_MS)));
    best = Math.max(
      best,
      rates.reduce((total, rate) => total + rate, 0),
    );
  }
  return best;
}

/** How many of the shards are worth having on this computer. */
export async function usefulShards(shards: readonly Shard[]): Promise<number> {
  if (shards.length < 2) return shards.length;
  await Promise.all(shards.map((shard) => shard.productRate(WARM_UP_MS)));
  let rate = await measureProduct(shards.slice(0, 1));
  for (let count = 2; count <= shards.length; count++) {
    const more = await measureProduct(shards.slice(0, count));
    if (more < MIN_GAIN * rate) return count - 1;
    rate = more;
  }
  return shards.length;
}
