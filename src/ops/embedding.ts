/** Embedding lookup and its gradient. */

import embedding from '#shaders/embedding.wgsl?raw';
import index from '#shaders/lib/index.wgsl?raw';
import { embeddingBackward, embeddingForward } from './embedding.reference.ts';
import { cover, expectShape, type OpDefinition, operand, PORTABLE } from './op.ts';

const wgsl = `${index}\n${embedding}`;

/** Words of a part at least, and parts at most, of the backward pass on a GPU: enough invocations, and ids not read too often. */
const MIN_PART = 16;
const MAX_PARTS = 32;

/** y [N, E] = rows of table [V, E] with the given ids [N]. */
export const embeddingForwardOp: OpDefinition = {
  operands: { ids: { access: 'read' }, table: { access: 'read' }, y: { access: 'write' } },
  check(call) {
    const y = operand(call, 'y');
    expectShape(call, 'ids', y.rows, 1);
    expectShape(call, 'table', operand(call, 'table').rows, y.columns);
  },
  dispatches(call) {
    const table = operand(call, 'table');
    const y = operand(call, 'y');
    return [
      {
        label: call.op,
        wgsl,
        entry: 'forward',
        bindings: { ids: operand(call, 'ids'), table, y },
        uniforms: { count: y.rows, size: y.columns, vocabulary: table.rows },
        workgroups: cover(y.rows * y.columns, 64),
      },
    ];
  },
  reference: embeddingForward,
};

/** dTable [V, E] (+)= sums of the rows of dY [N, E] with the same id. */
export const embeddingBackwardOp: OpDefinition = {
  operands: { ids: { access: 'read' }, dY: { access: 'read' }, dTable: { access: 'update' } },
  check(call) {
    const dY = operand(call, 'dY');
    expectShape(call, 'ids', dY.rows, 1);
    expectShape(call, 'dTable', operand(call, 'dTable').rows, dY.columns);
  },
  dispatches(call, target = PORTABLE) {
    const dY = operand(call, 'dY');
    const dTable = operand(call, 'dTable');
    const [columns] = cover(Math.ceil(dY.columns / 4), 16);
    // Every part reads all ids. Quads are those of a software adapter, whose few processors the columns alone keep busy.
    const part = target.hasQuads ? dTable.rows : Math.max(MIN_PART, Math.ceil(dTable.rows / MAX_PARTS));
    return [
      {
        label: call.op,
        wgsl,
        entry: 'backward',
        bindings: { ids: operand(call, 'ids'), dY, dTable },
        uniforms: {
          count: dY.rows,
          size: dY.columns,
          vocabulary: dTable.rows,
          accumulate: call.numbers.accumulate ?? 0,
          part,
        },
        workgroups: [columns, Math.ceil(dTable.rows / part), 1],
      },
    ];
  },
  reference: embeddingBackward,
};
