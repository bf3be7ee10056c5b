/** Linear layers as calls of the product kernels. */

import { type OpCall, operand } from '../ops/op.ts';
import type { View } from '../ops/view.ts';
import { type Matrix, type Place, reading, type Step, writing } from './place.ts';

/** Depth of a block of k in `src/simd/product.ts`; panels of activations are packed for one at a time. */
const BLOCK_DEPTH = 256;

/** No addend of a product. */
const NOTHING: Matrix = [0, 0];

/** y [m, n] = addend + x [m, k] · weight, which is [n, k] when transposed and else [k, n]. */
export function multiply(place: Place, x: View, weight: View, isTransposed: boolean, y: Matrix, addend: Matrix): Step {
  const { kernels } = place;
  const panels = place.panels(weight, isTransposed);
  const from = reading(place, x);
  const columns = isTransposed ? weight.rows : weight.columns;
  return () => {
    panels.refresh();
    kernels.multiplyPanels(0, ...from, panels.address, x.rows, columns, x.columns, ...y, ...addend);
  };
}

/** y (+)= x Wᵀ + b */
export function linearForward(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const [x, weight, y] = [operand(call, 'x'), operand(call, 'weight'), operand(call, 'y')];
  const { bias } = call.operands;
  const to = writing(place, y);
  const isAdding = Boolean(call.numbers.accumulate);
  const biasAt = bias ? place.read(bias) : 0;
  const steps = [multiply(place, x, weight, true, to, isAdding ? to : [biasAt, 0])];
  if (isAdding && bias) steps.push(() => kernels.addBias(...to, y.rows, y.columns, biasAt));
  return steps;
}

/** dX (+)= dY W */
export function linearBackwardInput(call: OpCall, place: Place): Step[] {
  const to = writing(place, operand(call, 'dX'));
  const addend = call.numbers.accumulate ? to : NOTHING;
  return [multiply(place, operand(call, 'dY'), operand(call, 'weight'), false, to, addend)];
}

/** dW (+)= dYᵀ x */
export function linearBackwardWeight(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const [dY, x, dWeight] = [operand(call, 'dY'), operand(call, 'x'), operand(call, 'dWeight')];
  const [a, b, c] = [reading(place, dY), reading(place, x), writing(place, dWeight)];
  const { rows, columns } = dWeight;
  const depth = x.rows;
  const scratch = place.scratch(kernels.panelBytes(columns, Math.min(BLOCK_DEPTH, depth)));
  const addend = call.numbers.accumulate ? c : NOTHING;
  return [() => kernels.multiplyTransposed(...a, ...b, rows, columns, depth, ...c, ...addend, scratch)];
}

/** db (+)= Σ over rows of dY */
export function linearBackwardBias(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const dY = operand(call, 'dY');
  const from = reading(place, dY);
  const to = place.write(operand(call, 'dBias'));
  const { accumulate = 0 } = call.numbers;
  return [() => kernels.sumRows(...from, dY.rows, dY.columns, to, accumulate)];
}
