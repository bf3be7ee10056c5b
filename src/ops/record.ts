/** Appends a step's metrics to the history. */

import record from '#shaders/record.wgsl?raw';
import { expectShape, type OpDefinition, operand } from './op.ts';
import { COUNTERS, COUNTERS_LENGTH } from './step-data.ts';
import type { Operands } from './view.ts';

/** history[step mod slots] = metrics, in plain loops. */
function recordForward({ metrics, history, counters }: Operands): void {
  const slot = counters.data[counters.offset + COUNTERS.step] % history.rows;
  for (let i = 0; i < history.columns; i++)
    history.data[history.offset + slot * history.stride + i] = metrics.data[metrics.offset + i];
}

/** history [slots, C], row `step mod slots`, = metrics [1, C]. */
export const recordOp: OpDefinition = {
  operands: { metrics: { access: 'read' }, counters: { access: 'read' }, history: { access: 'update' } },
  check(call) {
    expectShape(call, 'metrics', 1, operand(call, 'history').columns);
    expectShape(call, 'counters', 1, COUNTERS_LENGTH);
  },
  dispatches(call) {
    const { rows: slots, columns } = operand(call, 'history');
    return [
      {
        label: call.op,
        wgsl: record,
        entry: 'forward',
        bindings: call.operands,
        uniforms: { slots, columns },
        workgroups: [1, 1, 1],
      },
    ];
  },
  reference: recordForward,
};
