/** Steps whose loss or gradients are no numbers, and the flag that `grad-norm` makes of them. */

import type { Executor } from '../engine/executor.ts';
import { ProgramBuilder } from '../engine/program.ts';
import { COUNTERS_LENGTH, HISTORY_SLOTS, METRICS, METRICS_LENGTH, NON_FINITE } from '../ops/step-data.ts';

const { loss, gradientNorm } = NON_FINITE;
const [NAN, INF] = [Number.NaN, Number.POSITIVE_INFINITY];

/** Loss, one gradient among ones, and the flag. 1e30 is a number whose square is none in float32. */
export const NON_FINITE_CASES: readonly (readonly [loss: number, gradient: number, flag: number])[] = [
  [2.5, 0.1, 0],
  [3e38, 1e10, 0],
  [NAN, 0.1, loss],
  [INF, 0.1, loss],
  [-INF, 0.1, loss],
  [2.5, NAN, gradientNorm],
  [2.5, -INF, gradientNorm],
  [2.5, 1e30, gradientNorm],
  [NAN, NAN, loss + gradientNorm],
];

/** The flag that an executor computes for each case. */
export async function flagsOf(executor: Executor): Promise<number[]> {
  const COUNT = 37;
  const builder = new ProgramBuilder('non-finite');
  const gradients = builder.tensor('gradients', 1, COUNT, 'f32', 'input');
  const metrics = builder.tensor('metrics', 1, METRICS_LENGTH, 'f32', 'input');
  const partials = builder.tensor('partials', 1, 8);
  const counters = builder.tensor('counters', 1, COUNTERS_LENGTH, 'u32', 'input');
  const history = builder.tensor('history', HISTORY_SLOTS, METRICS_LENGTH);
  builder.call('grad-norm', { gradients, partials, metrics, counters, history }, { maxNorm: 1 });
  const plan = await executor.prepare(builder.build());
  const flags: number[] = [];
  for (const [lossNats, gradient] of NON_FINITE_CASES) {
    const values = new Float32Array(COUNT).fill(1);
    values[COUNT - 2] = gradient;
    plan.write('gradients', values);
    plan.write('metrics', Float32Array.of(lossNats, 8, 3, 0, 0, -1, 0, 0));
    plan.run();
    flags.push((await plan.read('metrics')).metrics[METRICS.nonFinite] as number);
  }
  plan.dispose();
  return flags;
}
