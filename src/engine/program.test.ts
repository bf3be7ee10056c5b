import { describe, expect, it } from 'vitest';
import { ShapeError } from '../lib/errors.ts';
import { columnsOf, rowsOf } from '../ops/view.ts';
import { dispatchCount, ProgramBuilder, printProgram, programFlops } from './program.ts';

/** A builder with x [2, 3], weight [4, 3] and y [2, 4] declared. */
function linearBuilder() {
  const builder = new ProgramBuilder('demo');
  const x = builder.tensor('x', 2, 3, 'f32', 'input');
  const weight = builder.tensor('weight', 4, 3, 'f32', 'shared');
  const y = builder.tensor('y', 2, 4);
  return { builder, x, weight, y };
}

describe('ProgramBuilder', () => {
  it('declares a tensor again under the same name as the same tensor', () => {
    const { builder, x } = linearBuilder();
    expect(builder.tensor('x', 3, 2, 'f32', 'input')).toEqual({ ...x, rows: 3, columns: 2, stride: 2 });
  });

  it.each([
    ['another length', 2, 4, 'f32', 'input'],
    ['another type', 2, 3, 'u32', 'input'],
    ['another role', 2, 3, 'f32', 'local'],
  ] as const)('refuses a second declaration with %s', (_, rows, columns, type, role) => {
    const { builder } = linearBuilder();
    expect(() => builder.tensor('x', rows, columns, type, role)).toThrow(/^demo: x is declared twice/);
  });

  it('says who, what was expected and what came', () => {
    const { builder, x, weight, y } = linearBuilder();
    const call = (operands: Parameters<ProgramBuilder['call']>[1]) => () => builder.call('linear.forward', operands);
    const elsewhere = { ...x, tensor: 'z' };
    const errors: [() => void, string][] = [
      [call({ x, weight }), 'linear.forward: operand y is missing'],
      [call({ x, weight, y, z: x }), 'linear.forward: has no operand z'],
      [call({ x: elsewhere, weight, y }), 'linear.forward: x is on the unknown tensor z'],
      [call({ x: { ...x, offset: 1 }, weight, y }), 'linear.forward: x ends at 7 of x, which has 6'],
      [call({ x: rowsOf(x, 0, 1), weight, y }), 'linear.forward: y expected [1, 4], got [2, 4]'],
      [call({ x, weight: columnsOf(weight, 0, 2), y }), 'linear.forward: weight expected [4, 3], got [4, 2]'],
      [() => builder.tensor('empty', 0, 3), 'demo: empty expected at least one element, got [0, 3]'],
    ];
    for (const [body, message] of errors) expect(body).toThrow(new ShapeError(message));
  });

  it('leaves out operands that are undefined', () => {
    const { builder, x, weight, y } = linearBuilder();
    builder.call('linear.forward', { x, weight, bias: undefined, y });
    expect(Object.keys(builder.build().calls[0].operands)).toEqual(['x', 'weight', 'y']);
  });

  it('refuses a program that reads a local tensor before anything wrote it', () => {
    const { builder, x, weight, y } = linearBuilder();
    const z = builder.tensor('z', 2, 4);
    builder.call('tanh.forward', { x: y, y: z });
    builder.call('linear.forward', { x, weight, y });
    expect(() => builder.build()).toThrow(new ShapeError('demo: tanh.forward reads y as x before anything wrote it'));
  });

  it('marks each call with its place in the model', () => {
    const { builder, x, weight, y } = linearBuilder();
    builder.at('decode', 'backward', 2);
    builder.call('linear.forward', { x, weight, y });
    builder.at('loss');
    builder.call('zero', { y });
    expect(builder.build().calls.map(({ place }) => place)).toEqual([
      { stage: 'decode', direction: 'backward', position: 2 },
      { stage: 'loss', direction: 'forward', position: null },
    ]);
  });
});

describe('a program', () => {
  const { builder, x, weight, y } = linearBuilder();
  const logits = builder.tensor('logits', 2, 4);
  const targets = builder.tensor('targets', 2, 1, 'u32', 'input');
  const rows = builder.tensor('rows', 2, 3);
  const metrics = builder.tensor('metrics', 1, 8);
  builder.at('decode', 'forward', 1);
  builder.call('linear.forward', { x, weight, y });
  builder.at('loss');
  builder.call('tanh.forward', { x: y, y: logits });
  builder.call('cross-entropy.forward', { logits, targets, rows, metrics });
  const program = builder.build();

  it('prints one call a line, with stage, position and shapes', () => {
    expect(printProgram(program)).toMatchInlineSnapshot(`
      "demo: 3 calls, 4 dispatches
      decode[1] forward      linear.forward(x=x[2, 3], weight=weight[4, 3], y=y[2, 4])
      loss forward           tanh.forward(x=y[2, 4], y=logits[2, 4])
      loss forward           cross-entropy.forward(logits=logits[2, 4], targets=targets[2, 1], rows=rows[2, 3], metrics=metrics[1, 8])"
    `);
  });

  it('counts dispatches, of which a call may take several, and operations of matrix products', () => {
    expect(dispatchCount(program)).toBe(4);
    expect(programFlops(program)).toBe(2 * 2 * 3 * 4);
  });
});
