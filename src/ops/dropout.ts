/** Inverted dropout with counter-based draws: the backward pass draws the same mask again. */

import dropout from '#shaders/dropout.wgsl?raw';
import index from '#shaders/lib/index.wgsl?raw';
import random from '#shaders/lib/random.wgsl?raw';
import { dropoutBackward, dropoutForward } from './dropout.reference.ts';
import { constant, cover, expectShape, type OpCall, type OpDefinition, operand } from './op.ts';
import { COUNTERS_LENGTH, VALUES, VALUES_LENGTH } from './step-data.ts';
import type { View } from './view.ts';

const wgsl = `${random}\n${index}\n${dropout}`;

function check(call: OpCall, from: string, to: string): void {
  const { rows, columns } = operand(call, to);
  expectShape(call, from, rows, columns);
  expectShape(call, 'values', 1, VALUES_LENGTH);
  expectShape(call, 'counters', 1, COUNTERS_LENGTH);
  constant(call, 'salt');
}

const dispatches = (call: OpCall, entry: string, x: View, y: View) => [
  {
    label: call.op,
    wgsl,
    entry,
    bindings: { x, y, values: operand(call, 'values'), counters: operand(call, 'counters') },
    uniforms: { rows: y.rows, columns: y.columns, salt: constant(call, 'salt'), rate_index: VALUES.dropout },
    workgroups: cover(y.rows * y.columns, 64),
  },
];

/** y [N, C] from x [N, C]; `salt` tells the calls of one step apart; the rate is data in `values`. */
export const dropoutForwardOp: OpDefinition = {
  operands: { x: { access: 'read' }, values: { access: 'read' }, counters: { access: 'read' }, y: { access: 'write' } },
  check: (call) => check(call, 'x', 'y'),
  dispatches: (call) => dispatches(call, 'forward', operand(call, 'x'), operand(call, 'y')),
  reference: dropoutForward,
};

/** dX [N, C] from dY [N, C], with the `salt` of the forward call. */
export const dropoutBackwardOp: OpDefinition = {
  operands: {
    dY: { access: 'read' },
    values: { access: 'read' },
    counters: { access: 'read' },
    dX: { access: 'write' },
  },
  check: (call) => check(call, 'dY', 'dX'),
  dispatches: (call) => dispatches(call, 'backward', operand(call, 'dY'), operand(call, 'dX')),
  reference: dropoutBackward,
};
