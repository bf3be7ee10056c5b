/** Affine map y = x Wᵀ + b over rows, with views for parts of W's columns; `torch.nn.Linear`'s layout. */

import shared from '#shaders/linear.wgsl?raw';
import portable from '#shaders/linear-portable.wgsl?raw';
import quad from '#shaders/linear-quad.wgsl?raw';
import { linearBackwardBias, linearBackwardInput, linearBackwardWeight, linearForward } from './linear.reference.ts';
import {
  cover,
  type Dispatch,
  expectShape,
  type OpCall,
  type OpDefinition,
  operand,
  PORTABLE,
  type Target,
} from './op.ts';
import type { View } from './view.ts';

/** Rows and columns of the result that a workgroup covers. */
const PRODUCTS = {
  portable: { wgsl: `${shared}\n${portable}`, tile: 64 },
  quad: { wgsl: `enable subgroups;\n${shared}\n${quad}`, tile: 32 },
};

/** Fewer rows than this leave most of a quad's 16 rows unused. */
const MIN_QUAD_ROWS = 9;

function product(
  call: OpCall,
  target: Target,
  entry: string,
  views: Record<'a' | 'b' | 'c', View>,
  depth: number,
): Dispatch[] {
  const { bias } = call.operands;
  const { rows, columns } = views.c;
  const { wgsl, tile } = PRODUCTS[target.hasQuads && rows >= MIN_QUAD_ROWS ? 'quad' : 'portable'];
  return [
    {
      label: call.op,
      wgsl,
      entry,
      bindings: bias ? { ...views, bias } : views,
      uniforms: { rows, columns, depth, accumulate: call.numbers.accumulate ?? 0, has_bias: bias ? 1 : 0 },
      workgroups: [Math.ceil(columns / tile), Math.ceil(rows / tile), 1],
    },
  ];
}

const flops = (rows: number, weight: View) => 2 * rows * weight.rows * weight.columns;

/** y [rows, out] (+)= x [rows, in] · weight [out, in]ᵀ + bias [1, out]. */
export const linearForwardOp: OpDefinition = {
  operands: {
    x: { access: 'read' },
    weight: { access: 'read' },
    bias: { access: 'read', optional: true },
    y: { access: 'update' },
  },
  check(call) {
    const x = operand(call, 'x');
    const weight = operand(call, 'weight');
    expectShape(call, 'weight', weight.rows, x.columns);
    expectShape(call, 'bias', 1, weight.rows);
    expectShape(call, 'y', x.rows, weight.rows);
  },
  dispatches: (call, target = PORTABLE) =>
    product(
      call,
      target,
      'forward',
      { a: operand(call, 'x'), b: operand(call, 'weight'), c: operand(call, 'y') },
      operand(call, 'x').columns,
    ),
  reference: linearForward,
  flops: (call) => flops(operand(call, 'x').rows, operand(call, 'weight')),
};

/** dX [rows, in] (+)= dY [rows, out] · weight [out, in]. */
export const linearBackwardInputOp: OpDefinition = {
  operands: { dY: { access: 'read' }, weight: { access: 'read' }, dX: { access: 'update' } },
  check(call) {
    const dY = operand(call, 'dY');
    const weight = operand(call, 'weight');
    expectShape(call, 'weight', dY.columns, weight.columns);
    expectShape(call, 'dX', dY.rows, weight.columns);
  },
  dispatches: (call, target = PORTABLE) =>
    product(
      call,
      target,
      'backward_input',
      { a: operand(call, 'dY'), b: operand(call, 'weight'), c: operand(call, 'dX') },
      operand(call, 'dY').columns,
    ),
  reference: linearBackwardInput,
  flops: (call) => flops(operand(call, 'dY').rows, operand(call, 'weight')),
};

/** dWeight [out, in] (+)= dY [rows, out]ᵀ · x [rows, in]. */
export const linearBackwardWeightOp: OpDefinition = {
  operands: { dY: { access: 'read' }, x: { access: 'read' }, dWeight: { access: 'update' } },
  check(call) {
    const dY = operand(call, 'dY');
    const x = operand(call, 'x');
    expectShape(call, 'x', dY.rows, x.columns);
    expectShape(call, 'dWeight', dY.columns, x.columns);
  },
  dispatches: (call, target = PORTABLE) =>
    product(
      call,
      target,
      'backward_weight',
      { a: operand(call, 'dY'), b: operand(call, 'x'), c: operand(call, 'dWeight') },
      operand(call, 'dY').rows,
    ),
  reference: linearBackwardWeight,
  flops: (call) => flops(operand(call, 'dY').rows, operand(call, 'dWeight')),
};

/** dBias [1, out] (+)= Σ over rows of dY [rows, out]. */
export const linearBackwardBiasOp: OpDefinition = {
  operands: { dY: { access: 'read' }, dBias: { access: 'update' } },
  check(call) {
    expectShape(call, 'dBias', 1, operand(call, 'dY').columns);
  },
  dispatches(call) {
    const a = operand(call, 'dY');
    return [
      {
        label: call.op,
        wgsl: PRODUCTS.portable.wgsl,
        entry: 'backward_bias',
        bindings: { a, c: operand(call, 'dBias') },
        uniforms: {
          rows: 1,
          columns: a.columns,
          depth: a.rows,
          accumulate: call.numbers.accumulate ?? 0,
          has_bias: 0,
        },
        workgroups: cover(a.columns, 64),
      },
    ];
  },
  reference: linearBackwardBias,
};
