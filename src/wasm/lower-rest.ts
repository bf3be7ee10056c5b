/** Everything but products and attention as calls of the kernels. */

import { constant, type OpCall, operand } from '../ops/op.ts';
import { METRICS, VALUES } from '../ops/step-data.ts';
import type { View } from '../ops/view.ts';
import { BYTES, column, extentOf, type Place, reading, type Step, writing } from './place.ts';

/** A number of a small tensor, read when the call runs. */
function numberAt(place: Place, view: View, index: number): () => number {
  const at = place.read(view) / BYTES + index;
  return () => place.floats()[at] as number;
}

/** Address of an operand of one number a row. */
const columnAt = (call: OpCall, place: Place, name: string): number => place.read(column(operand(call, name)));

export function embeddingForward(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const [table, y] = [operand(call, 'table'), operand(call, 'y')];
  const ids = columnAt(call, place, 'ids');
  const [from, to] = [reading(place, table), writing(place, y)];
  return [() => kernels.embeddingForward(y.rows, y.columns, table.rows, ids, ...from, ...to)];
}

export function embeddingBackward(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const [dY, dTable] = [operand(call, 'dY'), operand(call, 'dTable')];
  const ids = columnAt(call, place, 'ids');
  const [from, to] = [reading(place, dY), writing(place, dTable)];
  const { accumulate = 0 } = call.numbers;
  return [() => kernels.embeddingBackward(dY.rows, dY.columns, dTable.rows, ids, ...from, ...to, accumulate)];
}

type Activation = 'relu' | 'tanh';

export const activationForward =
  (name: Activation) =>
  (call: OpCall, place: Place): Step[] => {
    const kernel = place.kernels[`${name}Forward`];
    const [x, y] = [operand(call, 'x'), operand(call, 'y')];
    const [from, to] = [reading(place, x), writing(place, y)];
    const extent = extentOf(x, y);
    return [() => kernel(...extent, ...from, ...to)];
  };

export const activationBackward =
  (name: Activation) =>
  (call: OpCall, place: Place): Step[] => {
    const kernel = place.kernels[`${name}Backward`];
    const [y, dY, dX] = [operand(call, 'y'), operand(call, 'dY'), operand(call, 'dX')];
    const [value, from, to] = [reading(place, y), reading(place, dY), writing(place, dX)];
    const extent = extentOf(y, dY, dX);
    return [() => kernel(...extent, ...value, ...from, ...to)];
  };

/** Forward and backward are the same multiplication with the same draws. */
const dropout =
  (source: string, destination: string) =>
  (call: OpCall, place: Place): Step[] => {
    const { kernels } = place;
    const y = operand(call, destination);
    const [from, to] = [reading(place, operand(call, source)), writing(place, y)];
    const rate = numberAt(place, operand(call, 'values'), VALUES.dropout);
    const counters = place.read(operand(call, 'counters'));
    const salt = constant(call, 'salt');
    const { batch, whole, first } = place.rows ?? { batch: y.rows, whole: y.rows, first: 0 };
    const draws = [counters, salt, batch, whole, first];
    return [() => kernels.dropout(y.rows, y.columns, ...from, ...to, rate(), ...draws)];
  };

export const dropoutForward = dropout('x', 'y');
export const dropoutBackward = dropout('dY', 'dX');

export function teacherForcing(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const [given, produced] = [columnAt(call, place, 'given'), columnAt(call, place, 'produced')];
  const fed = column(operand(call, 'fed'));
  const to = place.write(fed);
  const rate = numberAt(place, operand(call, 'values'), VALUES.teacherForcing);
  const counters = place.read(operand(call, 'counters'));
  const salt = constant(call, 'salt');
  const first = place.rows?.first ?? 0;
  return [() => kernels.teacherForcing(fed.rows, given, produced, to, rate(), counters, salt, first)];
}

export function chooseToken(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const [given, produced] = [columnAt(call, place, 'given'), columnAt(call, place, 'produced')];
  const fed = column(operand(call, 'fed'));
  const to = place.write(fed);
  return [() => kernels.chooseToken(fed.rows, given, produced, to)];
}

export function overrideWeights(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const weights = operand(call, 'weights');
  const isForced = columnAt(call, place, 'isForced');
  const [from, to] = [reading(place, operand(call, 'forced')), writing(place, weights)];
  return [() => kernels.overrideWeights(weights.rows, weights.columns, ...from, isForced, ...to)];
}

export function scaleRows(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const [factor, y] = [operand(call, 'factor'), operand(call, 'y')];
  const [from, by, to] = [reading(place, call.operands.x ?? y), reading(place, factor), writing(place, y)];
  return [() => kernels.scaleRows(y.rows, y.columns, ...from, factor.rows, ...by, ...to)];
}

export function repeatForward(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const [x, y] = [operand(call, 'x'), operand(call, 'y')];
  const [from, to] = [reading(place, x), writing(place, y)];
  return [() => kernels.repeatForward(y.rows, y.columns, x.rows, ...from, ...to)];
}

export function repeatBackward(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const [dY, dX] = [operand(call, 'dY'), operand(call, 'dX')];
  const [from, to] = [reading(place, dY), writing(place, dX)];
  const { accumulate = 0 } = call.numbers;
  return [() => kernels.repeatBackward(dY.rows, dY.columns, dX.rows, ...from, ...to, accumulate)];
}

export function crossEntropyForward(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const view = operand(call, 'logits');
  const logits = reading(place, view);
  const targets = columnAt(call, place, 'targets');
  const rows = writing(place, operand(call, 'rows'));
  const metrics = place.write(operand(call, 'metrics'));
  const { shift = 0 } = call.numbers;
  return [() => kernels.crossEntropyForward(view.rows, view.columns, ...logits, targets, ...rows, metrics, shift)];
}

export function crossEntropyBackward(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const view = operand(call, 'logits');
  const logits = reading(place, view);
  const targets = columnAt(call, place, 'targets');
  const rows = reading(place, operand(call, 'rows'));
  const metrics = place.read(operand(call, 'metrics'));
  const to = writing(place, operand(call, 'dLogits'));
  const { shift = 0 } = call.numbers;
  const others = [...logits, targets, ...rows, metrics, ...to, shift];
  return [() => kernels.crossEntropyBackward(view.rows, view.columns, ...others)];
}

export function predict(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const view = operand(call, 'logits');
  const logits = reading(place, view);
  const expected = columnAt(call, place, 'expected');
  const tokens = place.write(column(operand(call, 'tokens')));
  const probabilities = writing(place, operand(call, 'probabilities'));
  const { shift = 0 } = call.numbers;
  return [() => kernels.predict(view.rows, view.columns, ...logits, expected, tokens, ...probabilities, shift)];
}

export function gradNorm(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const gradients = operand(call, 'gradients');
  const [from, to] = [place.read(gradients), place.write(operand(call, 'metrics'))];
  const places = [METRICS.gradientNorm, METRICS.clipFactor, METRICS.nonFinite].map((place) => place * BYTES);
  const maxNorm = constant(call, 'maxNorm');
  const history = operand(call, 'history');
  const counters = place.read(operand(call, 'counters'));
  const slots = writing(place, history);
  return [
    () => kernels.gradNorm(from, gradients.columns, to, ...places, maxNorm),
    () => kernels.record(history.rows, history.columns, to, counters, ...slots),
  ];
}

/** Learning rate and clip factor of the step. */
const updateNumbers = (call: OpCall, place: Place) => ({
  clip: numberAt(place, operand(call, 'metrics'), METRICS.clipFactor),
  rate: numberAt(place, operand(call, 'values'), VALUES.learningRate),
});

export function adam(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const parameters = operand(call, 'parameters');
  const [to, from] = [place.write(parameters), place.read(operand(call, 'gradients'))];
  const moments = [place.write(operand(call, 'moment1')), place.write(operand(call, 'moment2'))];
  const { clip, rate } = updateNumbers(call, place);
  const correction1 = numberAt(place, operand(call, 'values'), VALUES.correction1);
  const correction2 = numberAt(place, operand(call, 'values'), VALUES.correction2);
  const names = ['beta1', 'beta2', 'epsilon', 'weightDecay', 'isDecoupled'];
  const constants = names.map((name) => constant(call, name));
  const perStep = () => [clip(), rate(), correction1(), correction2()];
  return [() => kernels.adam(parameters.columns, to, from, ...moments, ...perStep(), ...constants)];
}

export function sgd(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const parameters = operand(call, 'parameters');
  const [to, from] = [place.write(parameters), place.read(operand(call, 'gradients'))];
  const moment1 = place.write(operand(call, 'moment1'));
  const { clip, rate } = updateNumbers(call, place);
  const constants = ['momentum', 'weightDecay'].map((name) => constant(call, name));
  return [() => kernels.sgd(parameters.columns, to, from, moment1, clip(), rate(), ...constants)];
}

/** y = 0, for `zero` and for the scores of uniform attention. */
const clearing =
  (name: string) =>
  (call: OpCall, place: Place): Step[] => {
    const { kernels } = place;
    const y = operand(call, name);
    const to = writing(place, y);
    const extent = extentOf(y);
    return [() => kernels.zero(...extent, ...to)];
  };

export const zero = clearing('y');
export const zeroScores = clearing('scores');
