/** An LSTM layer over a range of time steps: forward, and backward through time. */

import activations from '#shaders/lib/activations.wgsl?raw';
import shared from '#shaders/lstm.wgsl?raw';
import portable from '#shaders/lstm-portable.wgsl?raw';
import quad from '#shaders/lstm-quad.wgsl?raw';
import { ShapeError } from '../lib/errors.ts';
import { lstmBackward, lstmForward } from './lstm.reference.ts';
import { hasRecurrence, lstmRange, nextPosition, previousSlot } from './lstm-range.ts';
import {
  constant,
  type Dispatch,
  expectShape,
  type OpCall,
  type OpDefinition,
  operand,
  PORTABLE,
  type Target,
} from './op.ts';
import type { View } from './view.ts';

/** Rows and units that a workgroup covers. */
const PRODUCTS = {
  portable: { wgsl: `${activations}\n${shared}\n${portable}`, rows: 64, units: { forward: 16, backward: 64 } },
  quad: {
    wgsl: `enable subgroups;\n${activations}\n${shared}\n${quad}`,
    rows: 32,
    units: { forward: 8, backward: 32 },
  },
};

/** Fewer rows than this leave most of a quad's 16 rows unused. */
const MIN_QUAD_ROWS = 9;

function checkSequence(call: OpCall, states: readonly string[], gates: readonly string[]): void {
  const weight = operand(call, 'weight');
  const hidden = weight.columns;
  const { batch, steps, isReversed } = lstmRange(call.numbers);
  const slots = steps + (isReversed ? 2 : 1);
  expectShape(call, 'weight', 4 * hidden, hidden);
  for (const name of gates) expectShape(call, name, steps * batch, 4 * hidden);
  for (const name of states) {
    const view = operand(call, name);
    if (view.columns !== hidden || view.rows < slots * batch)
      throw new ShapeError(
        `${call.op}: ${name} expected [at least ${slots * batch}, ${hidden}], got [${view.rows}, ${view.columns}]`,
      );
  }
  expectShape(call, 'lengths', batch, 1);
}

function perStep(call: OpCall, target: Target, entry: 'forward' | 'backward', names: readonly string[]): Dispatch[] {
  const range = lstmRange(call.numbers);
  const { batch, isReversed } = range;
  const { wgsl, rows, units } = PRODUCTS[target.hasQuads && batch >= MIN_QUAD_ROWS ? 'quad' : 'portable'];
  const hidden = operand(call, 'weight').columns;
  const feed = call.operands.feed;
  const order = entry === 'forward' ? range.positions : [...range.positions].reverse();
  const bindings: Record<string, View> = {};
  for (const name of names) {
    const view = call.operands[name];
    if (view) bindings[name] = view;
  }
  return order.map((position) => {
    const next = nextPosition(position, range);
    return {
      label: call.op,
      wgsl,
      entry,
      bindings,
      uniforms: {
        batch,
        hidden,
        feed_size: feed?.columns ?? 0,
        position,
        slot: position + 1,
        previous_slot: previousSlot(position, isReversed),
        is_masked: call.operands.lengths ? 1 : 0,
        has_next: next === null ? 0 : 1,
        next_position: next ?? 0,
      },
      workgroups: [Math.ceil(hidden / units[entry]), Math.ceil(batch / rows), 1],
    };
  });
}

/**
 * h, c of positions `from` to `to`. projected [T·B, 4H] is W_ih x + b; weight [4H, H] is W_hh; feed [B, F] with
 * feedWeight [4H, F] is a second input of a single step; lengths [B] keeps the state of rows that have ended.
 * Writes h, c [slots·B, H] (position t in slot t+1) and the activated gates [T·B, 4H].
 */
export const lstmForwardOp: OpDefinition = {
  operands: {
    projected: { access: 'read' },
    weight: { access: 'read' },
    feed: { access: 'read', optional: true },
    feedWeight: { access: 'read', optional: true },
    lengths: { access: 'read', optional: true },
    h: { access: 'update' },
    c: { access: 'update' },
    gates: { access: 'update' },
  },
  check(call) {
    checkSequence(call, ['h', 'c'], ['projected', 'gates']);
    const { feed } = call.operands;
    if (!feed) return;
    const { batch, positions } = lstmRange(call.numbers);
    expectShape(call, 'feed', batch, feed.columns);
    expectShape(call, 'feedWeight', operand(call, 'weight').rows, feed.columns);
    if (positions.length !== 1)
      throw new ShapeError(
        `${call.op}: feed belongs to a single step, got steps ${constant(call, 'from')} to ${constant(call, 'to')}`,
      );
  },
  dispatches: (call, target = PORTABLE) =>
    perStep(call, target, 'forward', ['projected', 'weight', 'feed', 'feedWeight', 'lengths', 'h', 'c', 'gates']),
  reference: lstmForward,
  flops(call) {
    const { rows, columns } = operand(call, 'weight');
    const range = lstmRange(call.numbers);
    const depth = (t: number) => (hasRecurrence(t, range) ? columns : 0) + (call.operands.feed?.columns ?? 0);
    return range.positions.reduce((sum, t) => sum + 2 * range.batch * rows * depth(t), 0);
  },
};

/**
 * dZ [T·B, 4H], the gradients of the gates before their non-linearity. dH [slots·B, H] holds what reaches each h from
 * outside of the recurrence, and takes what ended rows pass on; dC [B, H] carries the cell's gradient back in place:
 * that of the last state before the call, that of the first after it.
 */
export const lstmBackwardOp: OpDefinition = {
  operands: {
    weight: { access: 'read' },
    lengths: { access: 'read', optional: true },
    c: { access: 'read' },
    gates: { access: 'read' },
    dH: { access: 'update' },
    dC: { access: 'update' },
    dZ: { access: 'update' },
  },
  check(call) {
    checkSequence(call, ['c', 'dH'], ['gates', 'dZ']);
    expectShape(call, 'dC', lstmRange(call.numbers).batch, operand(call, 'weight').columns);
  },
  dispatches: (call, target = PORTABLE) =>
    perStep(call, target, 'backward', ['weight', 'lengths', 'c', 'gates', 'dH', 'dC', 'dZ']),
  reference: lstmBackward,
  flops(call) {
    const { rows, columns } = operand(call, 'weight');
    const range = lstmRange(call.numbers);
    const products = range.positions.filter((t) => nextPosition(t, range) !== null).length;
    return 2 * range.batch * products * rows * columns;
  },
};
