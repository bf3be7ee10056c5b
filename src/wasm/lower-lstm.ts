/** LSTM sequences as calls of the kernels: for each step a product, and the pass over its gates. */

import { hasRecurrence, lstmRange, nextPosition, previousSlot } from '../ops/lstm-range.ts';
import { type OpCall, operand } from '../ops/op.ts';
import { rowsOf, type View } from '../ops/view.ts';
import { multiply } from './lower-linear.ts';
import { BYTES, blockOf, column, type Matrix, type Place, reading, type Step, writing } from './place.ts';

/** z = projected + W h (+ W_feed feed) into the gates, which are then activated in place. */
export function lstmForward(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const range = lstmRange(call.numbers);
  const { batch, positions, isReversed } = range;
  const [weight, h] = [operand(call, 'weight'), operand(call, 'h')];
  const { feed, feedWeight, lengths } = call.operands;
  const projected = reading(place, operand(call, 'projected'));
  const gates = writing(place, operand(call, 'gates'));
  const [hAt, cAt] = [writing(place, h), writing(place, operand(call, 'c'))];
  const lengthsAt = lengths ? place.read(column(lengths)) : 0;
  return positions.flatMap((t) => {
    const [before, after] = [previousSlot(t, isReversed), t + 1];
    const z = blockOf(gates, batch, t);
    let addend = blockOf(projected, batch, t);
    const steps: Step[] = [];
    const addProduct = (x: View, w: View) => {
      steps.push(multiply(place, x, w, true, z, addend));
      addend = z;
    };
    if (hasRecurrence(t, range)) addProduct(rowsOf(h, before * batch, batch), weight);
    if (feed && feedWeight) addProduct(feed, feedWeight);
    if (addend !== z) steps.push(() => kernels.repeatForward(batch, weight.rows, batch, ...addend, ...z));
    const c = [...blockOf(cAt, batch, before), ...blockOf(cAt, batch, after)];
    const states = [...c, ...blockOf(hAt, batch, before), ...blockOf(hAt, batch, after)];
    steps.push(() => kernels.lstmGates(batch, weight.columns, ...z, ...states, lengthsAt, t));
    return steps;
  });
}

/** From the last step to the first: dh = dH + Wᵀ dz of the step after it, then the gates backward. */
export function lstmBackward(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const range = lstmRange(call.numbers);
  const { batch } = range;
  const [weight, dZ] = [operand(call, 'weight'), operand(call, 'dZ')];
  const { lengths } = call.operands;
  const [gates, c] = [reading(place, operand(call, 'gates')), reading(place, operand(call, 'c'))];
  const [dH, dC, dZAt] = [writing(place, operand(call, 'dH')), writing(place, operand(call, 'dC')), writing(place, dZ)];
  const lengthsAt = lengths ? place.read(column(lengths)) : 0;
  const hidden = weight.columns;
  const total: Matrix = [place.scratch(batch * hidden * BYTES), hidden * BYTES];
  return [...range.positions].reverse().flatMap((t) => {
    const before = previousSlot(t, range.isReversed);
    const outside = blockOf(dH, batch, t + 1);
    const cells = [...blockOf(c, batch, before), ...blockOf(c, batch, t + 1)];
    const gate = blockOf(gates, batch, t);
    const to = [...blockOf(dH, batch, before), ...dC, ...blockOf(dZAt, batch, t)];
    const gatesBackward = (dh: Matrix) =>
      kernels.lstmGatesBackward(batch, hidden, ...gate, ...cells, ...dh, ...to, lengthsAt, t);
    const next = nextPosition(t, range);
    if (next === null) return [() => gatesBackward(outside)];
    const dZNext = rowsOf(dZ, next * batch, batch);
    return [multiply(place, dZNext, weight, false, total, outside), () => gatesBackward(total)];
  });
}
