/** How fast an executor multiplies matrices, asked through a Program: the yardstick of engines on the CPU. */

import type { Executor } from '../engine/executor.ts';
import { type Program, ProgramBuilder } from '../engine/program.ts';

/** Rows, outputs and inputs of a linear layer: [m, k]·[k, n]. */
const SHAPES = [
  { m: 512, n: 512, k: 512 },
  { m: 768, n: 512, k: 256 },
] as const;
const REPEATS = 4;
const BURSTS = 5;
/** A slow executor is not asked for more bursts than fit. */
const MAX_MS = 1000;

/** The same product some times over. */
function productProgram(m: number, n: number, k: number): Program {
  const builder = new ProgramBuilder(`product ${m}×${n}×${k}`);
  const x = builder.tensor('x', m, k, 'f32', 'input');
  const weight = builder.tensor(`weight ${n}×${k}`, n, k, 'f32', 'shared');
  const y = builder.tensor('y', m, n);
  for (let i = 0; i < REPEATS; i++) builder.call('linear.forward', { x, weight, y });
  return { ...builder.build(), batch: m, forBatch: (rows) => productProgram(rows, n, k) };
}

/** GFLOP/s of the best of some bursts. */
export async function executorProductRate(executor: Executor): Promise<number> {
  let best = 0;
  for (const { m, n, k } of SHAPES) {
    const plan = await executor.prepare(productProgram(m, n, k));
    executor.write(`weight ${n}×${k}`, new Float64Array(n * k).fill(0.5));
    plan.write('x', new Float64Array(m * k).fill(0.5));
    plan.run();
    await executor.idle();
    const first = performance.now();
    for (let burst = 0; burst < BURSTS && performance.now() - first < MAX_MS; burst++) {
      const start = performance.now();
      plan.run();
      await executor.idle();
      best = Math.max(best, (2 * m * n * k * REPEATS) / (performance.now() - start) / 1e6);
    }
    plan.dispose();
  }
  return best;
}
