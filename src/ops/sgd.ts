/** Stochastic gradient descent with momentum over all parameters in one dispatch. */

import index from '#shaders/lib/index.wgsl?raw';
import sgd from '#shaders/sgd.wgsl?raw';
import { constant, cover, expectShape, type OpDefinition, operand } from './op.ts';
import { METRICS, METRICS_LENGTH, VALUES, VALUES_LENGTH } from './step-data.ts';
import type { Numbers, Operands } from './view.ts';

/** One update in plain loops; formulas stand in `sgd.wgsl`. */
function sgdUpdate(operands: Operands, { momentum = 0, weightDecay = 0 }: Numbers): void {
  const { parameters, gradients, moment1, values, metrics } = operands;
  const rate = values.data[VALUES.learningRate];
  const clip = metrics.data[metrics.offset + METRICS.clipFactor];
  for (let i = 0; i < parameters.columns; i++) {
    const p = parameters.data[parameters.offset + i];
    const g = clip * gradients.data[gradients.offset + i] + weightDecay * p;
    const m = momentum * moment1.data[moment1.offset + i] + g;
    moment1.data[moment1.offset + i] = m;
    parameters.data[parameters.offset + i] = p - rate * m;
  }
}

/** parameters [1, N] in place, with gradients [1, N] and the momentum buffer moment1 [1, N]. */
export const sgdOp: OpDefinition = {
  operands: {
    parameters: { access: 'update' },
    gradients: { access: 'read' },
    moment1: { access: 'update' },
    values: { access: 'read' },
    metrics: { access: 'read' },
  },
  check(call) {
    const count = operand(call, 'parameters').columns;
    for (const name of ['parameters', 'gradients', 'moment1']) expectShape(call, name, 1, count);
    expectShape(call, 'values', 1, VALUES_LENGTH);
    expectShape(call, 'metrics', 1, METRICS_LENGTH);
  },
  dispatches(call) {
    const count = operand(call, 'parameters').columns;
    return [
      {
        label: call.op,
        wgsl: `${index}\n${sgd}`,
        entry: 'update',
        bindings: call.operands,
        uniforms: {
          count,
          momentum: constant(call, 'momentum'),
          weight_decay: constant(call, 'weightDecay'),
          learning_rate_index: VALUES.learningRate,
        },
        workgroups: cover(count, 64),
      },
    ];
  },
  reference: sgdUpdate,
};
