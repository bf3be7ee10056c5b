/** The 3×3 patches of pictures as rows, whose product with a weight is a convolution: `torch.nn.functional.unfold` and `fold`. */

import patches from '#shaders/conv-patches.wgsl?raw';
import index from '#shaders/lib/index.wgsl?raw';
import { ShapeError } from '../lib/errors.ts';
import { convPatchesBackward, convPatchesForward, outputSide, TAPS } from './conv-patches.reference.ts';
import { constant, cover, type Dispatch, expectShape, type OpCall, type OpDefinition, operand } from './op.ts';

/** Columns of a patch for each channel. */
export const CONVOLUTION_TAPS = TAPS;

const wgsl = `${index}\n${patches}`;

function check(call: OpCall, picture: string, rows: string): void {
  const x = operand(call, picture);
  const [height, width, step] = ['height', 'width', 'step'].map((name) => constant(call, name)) as [
    number,
    number,
    number,
  ];
  if (x.rows % (height * width) !== 0)
    throw new ShapeError(`${call.op}: ${picture} expected rows for pictures of ${height}×${width}, got ${x.rows}`);
  const places = outputSide(height, step) * outputSide(width, step);
  expectShape(call, rows, (x.rows / (height * width)) * places, TAPS * x.columns);
}

function dispatches(call: OpCall, entry: 'forward' | 'backward', picture: string, covered: string): Dispatch[] {
  const x = operand(call, picture);
  const { height, width, step } = call.numbers;
  return [
    {
      label: call.op,
      wgsl,
      entry,
      bindings: call.operands,
      uniforms: {
        batch: x.rows / (height * width),
        channels: x.columns,
        height,
        width,
        out_height: outputSide(height, step),
        out_width: outputSide(width, step),
        step,
      },
      workgroups: cover(operand(call, covered).rows * x.columns, 64),
    },
  ];
}

/** y [Q·B, 9 C] from x [`height`·`width`·B, C]: a patch around every `step`-th pixel of each row and column, zeros beyond the edge. */
export const convPatchesForwardOp: OpDefinition = {
  operands: { x: { access: 'read' }, y: { access: 'write' } },
  check: (call) => check(call, 'x', 'y'),
  dispatches: (call) => dispatches(call, 'forward', 'x', 'y'),
  reference: convPatchesForward,
};

/** dX [`height`·`width`·B, C]: each pixel the sum of dY [Q·B, 9 C] over the patches that it is in. */
export const convPatchesBackwardOp: OpDefinition = {
  operands: { dY: { access: 'read' }, dX: { access: 'write' } },
  check: (call) => check(call, 'dX', 'dY'),
  dispatches: (call) => dispatches(call, 'backward', 'dX', 'dX'),
  reference: convPatchesBackward,
};
