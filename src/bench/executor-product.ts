/** How fast an executor multiplies matrices, asked through a Program: the yardstick of engines on the CPU. */

import type { Executor, Plan } from '../engine/executor.ts';
import { type Program, ProgramBuilder } from '../engine/program.ts';

/** Rows, outputs and inputs of a linear layer: [m, k]·[k, n]. */
const SHAPES = [
  { m: 512, n: 512, k: 512 },
  { m: 768, n: 512, k: 256 },
] as const;
const REPEATS = 4;
const BURSTS = 3;
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

/** The products of one executor, prepared once; the best of them can be measured again and again. */
export class ExecutorProductBench {
  #best: { readonly plan: Plan; readonly flops: number } | null = null;

  constructor(private readonly executor: Executor) {}

  /** GFLOP/s; the first call tries every shape, later ones the best of them again. */
  async measure(): Promise<number> {
    if (this.#best) return this.#rateOf(this.#best.plan, this.#best.flops);
    let best = 0;
    for (const { m, n, k } of SHAPES) {
      const plan = await this.#prepare(m, n, k);
      const flops = 2 * m * n * k * REPEATS;
      const rate = await this.#rateOf(plan, flops);
      if (rate > best) {
        best = rate;
        this.#best?.plan.dispose();
        this.#best = { plan, flops };
      } else plan.dispose();
    }
    return best;
  }

  async #prepare(m: number, n: number, k: number): Promise<Plan> {
    const plan = await this.executor.prepare(productProgram(m, n, k));
    this.executor.write(`weight ${n}×${k}`, new Float64Array(n * k).fill(0.5));
    plan.write('x', new Float64Array(m * k).fill(0.5));
    plan.run();
    await this.executor.idle();
    return plan;
  }

  /** The best of some bursts: what the executor can do, undisturbed. */
  async #rateOf(plan: Plan, flops: number): Promise<number> {
    let best = 0;
    const first = performance.now();
    for (let burst = 0; burst < BURSTS && performance.now() - first < MAX_MS; burst++) {
      const start = performance.now();
      plan.run();
      await this.executor.idle();
      best = Math.max(best, flops / (performance.now() - start) / 1e6);
    }
    return best;
  }
}
