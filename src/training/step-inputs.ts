/** What a training step reads besides the state of the run: its batch, and the numbers that change from step to step. */

import type { Batch } from '../data/batching.ts';
import type { TensorData } from '../engine/executor.ts';
import type { Config } from '../model/config.ts';
import { biasCorrections, type OptimizerOptions } from '../model/optimizer.ts';
import { COUNTERS, COUNTERS_LENGTH, VALUES, VALUES_LENGTH } from '../ops/step-data.ts';
import { learningRateAt } from './schedule.ts';

/**
 * Inputs of a step by tensor.
 * @param step counted from 0
 * @param hasTargetIn false for a classifier, which reads no target
 */
export function stepInputs(
  { source, sourceLengths, targetIn, targetOut }: Batch,
  step: number,
  config: Config,
  optimizer: OptimizerOptions,
  hasTargetIn: boolean,
): ReadonlyMap<string, TensorData> {
  const values = new Float64Array(VALUES_LENGTH);
  const [correction1, correction2] = biasCorrections(optimizer, step + 1);
  values[VALUES.learningRate] = learningRateAt(step, config);
  values[VALUES.dropout] = config.dropout;
  values[VALUES.teacherForcing] = config.teacherForcing;
  values[VALUES.correction1] = correction1;
  values[VALUES.correction2] = correction2;
  const counters = new Uint32Array(COUNTERS_LENGTH);
  counters[COUNTERS.seed] = config.seed;
  counters[COUNTERS.step] = step;
  const inputs = { values, counters, source, sourceLengths, ...(hasTargetIn && { targetIn }), targetOut };
  return new Map<string, TensorData>(Object.entries(inputs));
}
