/** Adam and AdamW over all parameters in one dispatch. */

import adam from '#shaders/adam.wgsl?raw';
import index from '#shaders/lib/index.wgsl?raw';
import { constant, cover, expectShape, type OpDefinition, operand, PORTABLE, type Target } from './op.ts';
import { METRICS, METRICS_LENGTH, VALUES, VALUES_LENGTH } from './step-data.ts';
import type { Numbers, Operands } from './view.ts';

/** Elements of an invocation: starting one is dear where there are quads, on software adapters, and GPUs need many. */
const elementsOf = ({ hasQuads }: Target): number => (hasQuads ? 128 : 16);

/** One update in plain loops; formulas stand in `adam.wgsl`. */
function adamUpdate(operands: Operands, numbers: Numbers): void {
  const { parameters, gradients, moment1, moment2, values, metrics } = operands;
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0, isDecoupled = 0 } = numbers;
  const rate = values.data[VALUES.learningRate];
  const correction1 = values.data[VALUES.correction1];
  const correction2 = values.data[VALUES.correction2];
  const clip = metrics.data[metrics.offset + METRICS.clipFactor];
  for (let i = 0; i < parameters.columns; i++) {
    let p = parameters.data[parameters.offset + i];
    let g = clip * gradients.data[gradients.offset + i];
    if (isDecoupled) p *= 1 - rate * weightDecay;
    else g += weightDecay * p;
    const m = beta1 * moment1.data[moment1.offset + i] + (1 - beta1) * g;
    const v = beta2 * moment2.data[moment2.offset + i] + (1 - beta2) * g * g;
    moment1.data[moment1.offset + i] = m;
    moment2.data[moment2.offset + i] = v;
    const denominator = Math.sqrt(v) / Math.sqrt(correction2) + epsilon;
    parameters.data[parameters.offset + i] = p - ((rate / correction1) * m) / denominator;
  }
}

/** parameters [1, N] in place, with gradients [1, N] and the moments; `isDecoupled` 1 is AdamW. */
export const adamOp: OpDefinition = {
  operands: {
    parameters: { access: 'update' },
    gradients: { access: 'read' },
    moment1: { access: 'update' },
    moment2: { access: 'update' },
    values: { access: 'read' },
    metrics: { access: 'read' },
  },
  check(call) {
    const count = operand(call, 'parameters').columns;
    for (const name of ['parameters', 'gradients', 'moment1', 'moment2']) expectShape(call, name, 1, count);
    expectShape(call, 'values', 1, VALUES_LENGTH);
    expectShape(call, 'metrics', 1, METRICS_LENGTH);
  },
  dispatches(call, target = PORTABLE) {
    const count = operand(call, 'parameters').columns;
    return [
      {
        label: call.op,
        wgsl: `${index}\n${adam}`,
        entry: 'update',
        bindings: call.operands,
        uniforms: {
          count,
          is_decoupled: constant(call, 'isDecoupled'),
          beta1: constant(call, 'beta1'),
          beta2: constant(call, 'beta2'),
          epsilon: constant(call, 'epsilon'),
          weight_decay: constant(call, 'weightDecay'),
          learning_rate_index: VALUES.learningRate,
          correction1_index: VALUES.correction1,
          correction2_index: VALUES.correction2,
        },
        workgroups: cover(count, 64 * elementsOf(target)),
      },
    ];
  },
  reference: adamUpdate,
};
