/** Attention as calls of the kernels. */

import { type OpCall, operand } from '../ops/op.ts';
import { column, type Place, reading, type Step, writing } from './place.ts';

const lengthsOf = (call: OpCall, place: Place): number => place.read(column(operand(call, 'lengths')));

export function additiveForward(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const { rows, columns } = operand(call, 'scores');
  const size = operand(call, 'query').columns;
  const keys = reading(place, operand(call, 'keys'));
  const query = reading(place, operand(call, 'query'));
  const v = place.read(operand(call, 'v'));
  const lengths = lengthsOf(call, place);
  const scores = writing(place, operand(call, 'scores'));
  return [() => kernels.additiveForward(rows, columns, size, ...keys, ...query, v, lengths, ...scores)];
}

export function additiveBackward(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const { rows, columns } = operand(call, 'dScores');
  const size = operand(call, 'query').columns;
  const keys = reading(place, operand(call, 'keys'));
  const query = reading(place, operand(call, 'query'));
  const v = place.read(operand(call, 'v'));
  const lengths = lengthsOf(call, place);
  const dScores = reading(place, operand(call, 'dScores'));
  const [dQuery, dKeys, dV] = [
    writing(place, operand(call, 'dQuery')),
    writing(place, operand(call, 'dKeys')),
    writing(place, operand(call, 'dV')),
  ];
  const { accumulate = 0 } = call.numbers;
  return [
    () =>
      kernels.additiveBackward(
        rows,
        columns,
        size,
        ...keys,
        ...query,
        v,
        lengths,
        ...dScores,
        ...dQuery,
        ...dKeys,
        ...dV,
        accumulate,
      ),
  ];
}

export function productForward(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const { rows, columns } = operand(call, 'scores');
  const size = operand(call, 'query').columns;
  const keys = reading(place, operand(call, 'keys'));
  const query = reading(place, operand(call, 'query'));
  const lengths = lengthsOf(call, place);
  const scores = writing(place, operand(call, 'scores'));
  const { scale = 1 } = call.numbers;
  return [() => kernels.productForward(rows, columns, size, ...keys, ...query, lengths, ...scores, scale)];
}

export function productBackward(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const { rows, columns } = operand(call, 'dScores');
  const size = operand(call, 'query').columns;
  const keys = reading(place, operand(call, 'keys'));
  const query = reading(place, operand(call, 'query'));
  const lengths = lengthsOf(call, place);
  const dScores = reading(place, operand(call, 'dScores'));
  const [dQuery, dKeys] = [writing(place, operand(call, 'dQuery')), writing(place, operand(call, 'dKeys'))];
  const { scale = 1, accumulate = 0 } = call.numbers;
  return [
    () =>
      kernels.productBackward(
        rows,
        columns,
        size,
        ...keys,
        ...query,
        lengths,
        ...dScores,
        ...dQuery,
        ...dKeys,
        scale,
        accumulate,
      ),
  ];
}

export function sumForward(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const { rows, columns } = operand(call, 'scores');
  const keys = reading(place, operand(call, 'keys'));
  const query = reading(place, operand(call, 'query'));
  const lengths = lengthsOf(call, place);
  const scores = writing(place, operand(call, 'scores'));
  return [() => kernels.sumForward(rows, columns, ...keys, ...query, lengths, ...scores)];
}

export function sumBackward(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const { rows, columns } = operand(call, 'dScores');
  const lengths = lengthsOf(call, place);
  const dScores = reading(place, operand(call, 'dScores'));
  const dKeys = writing(place, operand(call, 'dKeys'));
  return [() => kernels.sumBackward(rows, columns, lengths, ...dScores, ...dKeys)];
}

export function softmaxForward(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const { rows, columns } = operand(call, 'weights');
  const lengths = lengthsOf(call, place);
  const scores = reading(place, operand(call, 'scores'));
  const weights = writing(place, operand(call, 'weights'));
  return [() => kernels.softmaxForward(rows, columns, lengths, ...scores, ...weights)];
}

export function softmaxBackward(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const { rows, columns } = operand(call, 'weights');
  const [weights, dWeights] = [reading(place, operand(call, 'weights')), reading(place, operand(call, 'dWeights'))];
  const dScores = writing(place, operand(call, 'dScores'));
  return [() => kernels.softmaxBackward(rows, columns, ...weights, ...dWeights, ...dScores)];
}

export function contextForward(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const { rows, columns } = operand(call, 'weights');
  const size = operand(call, 'annotations').columns;
  const lengths = lengthsOf(call, place);
  const [weights, annotations] = [
    reading(place, operand(call, 'weights')),
    reading(place, operand(call, 'annotations')),
  ];
  const context = writing(place, operand(call, 'context'));
  return [() => kernels.contextForward(rows, columns, size, lengths, ...weights, ...annotations, ...context)];
}

export function contextBackward(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const { rows, columns } = operand(call, 'weights');
  const size = operand(call, 'annotations').columns;
  const lengths = lengthsOf(call, place);
  const [weights, annotations] = [
    reading(place, operand(call, 'weights')),
    reading(place, operand(call, 'annotations')),
  ];
  const dContext = reading(place, operand(call, 'dContext'));
  const [dWeights, dAnnotations] = [
    writing(place, operand(call, 'dWeights')),
    writing(place, operand(call, 'dAnnotations')),
  ];
  return [
    () =>
      kernels.contextBackward(
        rows,
        columns,
        size,
        lengths,
        ...weights,
        ...annotations,
        ...dContext,
        ...dWeights,
        ...dAnnotations,
      ),
  ];
}
