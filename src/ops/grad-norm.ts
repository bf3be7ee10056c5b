/** Global gradient norm and clip factor, and the history of the steps' metrics, which are whole with them. */

import gradNorm from '#shaders/grad-norm.wgsl?raw';
import { constant, cover, expectShape, type OpDefinition, operand } from './op.ts';
import { COUNTERS, COUNTERS_LENGTH, HISTORY_SLOTS, METRICS, METRICS_LENGTH, NON_FINITE } from './step-data.ts';
import type { Numbers, Operands } from './view.ts';

const isNoNumber = (value: number): boolean => !Number.isFinite(Math.fround(value));

/** norm = √Σ g²; factor = min(1, max_norm / (norm + 1e-6)); flag of what is no number; history[step mod slots] = metrics; in plain loops. */
function gradNormForward({ gradients, metrics, counters, history }: Operands, { maxNorm = 1 }: Numbers): void {
  let total = 0;
  for (let i = 0; i < gradients.columns; i++) total += gradients.data[gradients.offset + i] ** 2;
  const norm = Math.sqrt(total);
  metrics.data[metrics.offset + METRICS.gradientNorm] = norm;
  const loss = metrics.data[metrics.offset + METRICS.loss];
  metrics.data[metrics.offset + METRICS.nonFinite] =
    (isNoNumber(loss) ? NON_FINITE.loss : 0) + (isNoNumber(norm) ? NON_FINITE.gradientNorm : 0);
  metrics.data[metrics.offset + METRICS.clipFactor] = Math.min(1, maxNorm / (norm + 1e-6));
  const slot = counters.data[counters.offset + COUNTERS.step] % history.rows;
  for (let i = 0; i < history.columns; i++)
    history.data[history.offset + slot * history.stride + i] = metrics.data[metrics.offset + i];
}

/**
 * metrics [1, C]: norm of gradients [1, N], the factor for `maxNorm`, and the flag of a loss or norm that is no number; history
 * [slots, C], row `step mod slots`, = metrics; partials [1, P] is scratch space.
 */
export const gradNormOp: OpDefinition = {
  operands: {
    gradients: { access: 'read' },
    partials: { access: 'write' },
    metrics: { access: 'update' },
    counters: { access: 'read' },
    history: { access: 'update' },
  },
  check(call) {
    expectShape(call, 'gradients', 1, operand(call, 'gradients').columns);
    expectShape(call, 'partials', 1, operand(call, 'partials').columns);
    expectShape(call, 'metrics', 1, METRICS_LENGTH);
    expectShape(call, 'counters', 1, COUNTERS_LENGTH);
    expectShape(call, 'history', HISTORY_SLOTS, METRICS_LENGTH);
  },
  dispatches(call) {
    const gradients = operand(call, 'gradients');
    const partials = operand(call, 'partials');
    const [metrics, counters, history] = [
      operand(call, 'metrics'),
      operand(call, 'counters'),
      operand(call, 'history'),
    ];
    const uniforms = {
      count: gradients.columns,
      shares: partials.columns,
      slots: history.rows,
      columns: history.columns,
      max_norm: constant(call, 'maxNorm'),
    };
    const shared = { label: call.op, wgsl: gradNorm, uniforms };
    return [
      { ...shared, entry: 'partial', bindings: { gradients, partials }, workgroups: cover(partials.columns, 64) },
      {
        ...shared,
        entry: 'finish',
        bindings: { partials, metrics, counters, history },
        workgroups: [1, 1, 1],
      },
    ];
  },
  reference: gradNormForward,
};
