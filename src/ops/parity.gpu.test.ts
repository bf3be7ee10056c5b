import { describe, expect, it } from 'vitest';
import { useGpu } from '../testing/gpu-fixture.ts';
import { casesOf } from '../testing/op-cases.ts';
import { failuresOf } from '../testing/parity.ts';
import { PORTABLE, type Target } from './op.ts';
import { OP_NAMES, type OpName, opDefinition } from './registry.ts';

/** True for an op that has other kernels on this device than on any, or launches them otherwise. */
const hasKernelsOfItsOwn = (op: OpName, { hasQuads }: Target): boolean =>
  casesOf(op).some(({ tensors, numbers }) => {
    const operands = Object.fromEntries(Object.entries(tensors).map(([name, { view }]) => [name, view]));
    const dispatches = (target: Target) =>
      JSON.stringify(opDefinition(op).dispatches({ op, operands, numbers }, target));
    return dispatches({ hasQuads }) !== dispatches(PORTABLE);
  });

describe('the kernels of', () => {
  const gpu = useGpu();

  it.each(OP_NAMES)('%s agree with the float64 reference and write nowhere else', async (op) => {
    expect(await failuresOf(op, gpu.scheduler)).toEqual([]);
  });
});

describe('the portable kernels of', () => {
  const gpu = useGpu(PORTABLE);

  it('ops that have others on this device agree with the reference as well', async () => {
    const ops = OP_NAMES.filter((op) => hasKernelsOfItsOwn(op, gpu.handle));
    for (const op of ops) expect(await failuresOf(op, gpu.scheduler), op).toEqual([]);
  });
});
