/** A picture's pixels from its cells: grey and position. */

import index from '#shaders/lib/index.wgsl?raw';
import pixels from '#shaders/pixels.wgsl?raw';
import { ShapeError } from '../lib/errors.ts';
import { CELL_SIDE } from '../lib/picture-cells.ts';
import { constant, cover, expectShape, type OpCall, type OpDefinition, operand } from './op.ts';
import { PIXEL_CHANNELS, pixelsForward } from './pixels.reference.ts';

export { PIXEL_CHANNELS } from './pixels.reference.ts';

const wgsl = `${index}\n${pixels}`;

const pixelCount = (call: OpCall): number => constant(call, 'height') * constant(call, 'width');

/**
 * x [P·B, 3] = grey from 0 to 1 and the position of each of the `height`·`width` pixels, each from -1 to 1, from the cells in
 * source [S·B, 1]: 4×4 pixels of two bits.
 */
export const pixelsForwardOp: OpDefinition = {
  operands: { source: { access: 'read' }, x: { access: 'write' } },
  check(call) {
    const { height, width } = call.numbers;
    const { rows } = operand(call, 'x');
    const cells = pixelCount(call) / CELL_SIDE ** 2;
    if (height % CELL_SIDE !== 0 || width % CELL_SIDE !== 0 || rows % pixelCount(call) !== 0)
      throw new ShapeError(
        `${call.op}: x expected rows for pictures in whole cells of ${height}×${width}, got ${rows}`,
      );
    expectShape(call, 'x', rows, PIXEL_CHANNELS);
    expectShape(call, 'source', (cells * rows) / pixelCount(call), 1);
  },
  dispatches(call) {
    const { rows } = operand(call, 'x');
    return [
      {
        label: call.op,
        wgsl,
        entry: 'forward',
        bindings: call.operands,
        uniforms: {
          batch: rows / pixelCount(call),
          height: constant(call, 'height'),
          width: constant(call, 'width'),
        },
        workgroups: cover(rows, 64),
      },
    ];
  },
  reference: pixelsForward,
};
