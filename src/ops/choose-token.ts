/** Chooses what the decoder reads next: the word that it is given, or where there is none the one that it produced. */

import chooseToken from '#shaders/choose-token.wgsl?raw';
import index from '#shaders/lib/index.wgsl?raw';
import { cover, expectShape, type OpDefinition, operand } from './op.ts';
import type { Operands } from './view.ts';

/** In place of a given word: the decoder is free. No id of a vocabulary. */
export const FREE_TOKEN = 0xffff_ffff;

/** fed_b = given_b where that is not FREE_TOKEN, else produced_b; in plain loops. */
function chooseTokenForward({ given, produced, fed }: Operands): void {
  for (let b = 0; b < fed.rows; b++) {
    const from = given.data[given.offset + b] === FREE_TOKEN ? produced : given;
    fed.data[fed.offset + b] = from.data[from.offset + b];
  }
}

/** fed [B] of given [B] and produced [B]. */
export const chooseTokenForwardOp: OpDefinition = {
  operands: { given: { access: 'read' }, produced: { access: 'read' }, fed: { access: 'write' } },
  check(call) {
    const { rows } = operand(call, 'fed');
    expectShape(call, 'fed', rows, 1);
    expectShape(call, 'given', rows, 1);
    expectShape(call, 'produced', rows, 1);
  },
  dispatches(call) {
    const batch = operand(call, 'fed').rows;
    return [
      {
        label: call.op,
        wgsl: `${index}\n${chooseToken}`,
        entry: 'forward',
        bindings: call.operands,
        uniforms: { batch },
        workgroups: cover(batch, 64),
      },
    ];
  },
  reference: chooseTokenForward,
};
