/** Pictures as calls of the kernels. */

import { constant, type OpCall, operand } from '../ops/op.ts';
import { column, type Place, reading, type Step, writing } from './place.ts';

export function pixelsForward(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const x = operand(call, 'x');
  const [height, width] = [constant(call, 'height'), constant(call, 'width')];
  const source = place.read(column(operand(call, 'source')));
  const to = writing(place, x);
  const batch = x.rows / (height * width);
  return [() => kernels.pixelsForward(batch, height, width, source, ...to)];
}

/** Batch, channels and geometry of a call, from the picture that it reads or writes. */
function geometry(call: OpCall, picture: string): number[] {
  const { rows, columns } = operand(call, picture);
  const [height, width] = [constant(call, 'height'), constant(call, 'width')];
  return [rows / (height * width), columns, height, width, constant(call, 'step')];
}

export function patchesForward(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const [from, to] = [reading(place, operand(call, 'x')), writing(place, operand(call, 'y'))];
  const shape = geometry(call, 'x');
  return [() => kernels.patchesForward(...shape, ...from, ...to)];
}

export function patchesBackward(call: OpCall, place: Place): Step[] {
  const { kernels } = place;
  const [from, to] = [reading(place, operand(call, 'dY')), writing(place, operand(call, 'dX'))];
  const shape = geometry(call, 'dX');
  return [() => kernels.patchesBackward(...shape, ...from, ...to)];
}
