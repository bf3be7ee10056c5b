/** Chooses what the decoder reads next: the given word or the one it produced. */

import random from '#shaders/lib/random.wgsl?raw';
import teacherForcing from '#shaders/teacher-forcing.wgsl?raw';
import { uniformRandom } from '../lib/counter-random.ts';
import { constant, cover, expectShape, type OpDefinition, operand } from './op.ts';
import { COUNTERS, COUNTERS_LENGTH, VALUES, VALUES_LENGTH } from './step-data.ts';
import type { Numbers, Operands } from './view.ts';

/** fed_b = given_b with probability rate, else produced_b; in plain loops. */
function teacherForcingForward(operands: Operands, { salt = 0 }: Numbers): void {
  const { given, produced, fed, values, counters } = operands;
  const rate = Math.fround(values.data[VALUES.teacherForcing]);
  for (let b = 0; b < fed.rows; b++) {
    const draw = uniformRandom(counters.data[COUNTERS.seed], counters.data[COUNTERS.step], salt, b);
    const from = draw < rate ? given : produced;
    fed.data[fed.offset + b] = from.data[from.offset + b];
  }
}

/** fed [B] of given [B] and produced [B]; `salt` tells the steps apart; the rate is data in `values`. */
export const teacherForcingOp: OpDefinition = {
  operands: {
    given: { access: 'read' },
    produced: { access: 'read' },
    values: { access: 'read' },
    counters: { access: 'read' },
    fed: { access: 'write' },
  },
  check(call) {
    const { rows } = operand(call, 'fed');
    expectShape(call, 'fed', rows, 1);
    expectShape(call, 'given', rows, 1);
    expectShape(call, 'produced', rows, 1);
    expectShape(call, 'values', 1, VALUES_LENGTH);
    expectShape(call, 'counters', 1, COUNTERS_LENGTH);
  },
  dispatches(call) {
    const batch = operand(call, 'fed').rows;
    return [
      {
        label: call.op,
        wgsl: `${random}\n${teacherForcing}`,
        entry: 'forward',
        bindings: call.operands,
        uniforms: { batch, salt: constant(call, 'salt'), rate_index: VALUES.teacherForcing },
        workgroups: cover(batch, 64),
      },
    ];
  },
  reference: teacherForcingForward,
};
