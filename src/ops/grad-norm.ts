/** Global gradient norm and clip factor. */

import gradNorm from '#shaders/grad-norm.wgsl?raw';
import { constant, cover, expectShape, type OpDefinition, operand } from './op.ts';
import { METRICS, METRICS_LENGTH, NON_FINITE } from './step-data.ts';
import type { Numbers, Operands } from './view.ts';

const isNoNumber = (value: number): boolean => !Number.isFinite(Math.fround(value));

/** norm = √Σ g²; factor = min(1, max_norm / (norm + 1e-6)); flag of what is no number; in plain loops. */
function gradNormForward({ gradients, metrics }: Operands, { maxNorm = 1 }: Numbers): void {
  let total = 0;
  for (let i = 0; i < gradients.columns; i++) total += gradients.data[gradients.offset + i] ** 2;
  const norm = Math.sqrt(total);
  metrics.data[metrics.offset + METRICS.gradientNorm] = norm;
  const loss = metrics.data[metrics.offset + METRICS.loss];
  metrics.data[metrics.offset + METRICS.nonFinite] =
    (isNoNumber(loss) ? NON_FINITE.loss : 0) + (isNoNumber(norm) ? NON_FINITE.gradientNorm : 0);
  metrics.data[metrics.offset + METRICS.clipFactor] = Math.min(1, maxNorm / (norm + 1e-6));
}

/**
 * metrics: norm of gradients [1, N], the factor for `maxNorm`, and the flag of a loss or norm that is no number; partials [1, P] is
 * scratch space.
 */
export const gradNormOp: OpDefinition = {
  operands: { gradients: { access: 'read' }, partials: { access: 'write' }, metrics: { access: 'update' } },
  check(call) {
    expectShape(call, 'gradients', 1, operand(call, 'gradients').columns);
    expectShape(call, 'partials', 1, operand(call, 'partials').columns);
    expectShape(call, 'metrics', 1, METRICS_LENGTH);
  },
  dispatches(call) {
    const gradients = operand(call, 'gradients');
    const partials = operand(call, 'partials');
    const uniforms = { count: gradients.columns, shares: partials.columns, max_norm: constant(call, 'maxNorm') };
    const shared = { label: call.op, wgsl: gradNorm, uniforms };
    return [
      { ...shared, entry: 'partial', bindings: { gradients, partials }, workgroups: cover(partials.columns, 64) },
      {
        ...shared,
        entry: 'finish',
        bindings: { partials, metrics: operand(call, 'metrics') },
        workgroups: [1, 1, 1],
      },
    ];
  },
  reference: gradNormForward,
};
