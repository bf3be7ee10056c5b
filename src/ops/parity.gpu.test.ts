import { describe, expect, it } from 'vitest';
import type { TensorData } from '../engine/executor.ts';
import { ProgramBuilder } from '../engine/program.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { OpCase } from '../testing/case-draw.ts';
import { useGpu } from '../testing/gpu-fixture.ts';
import { casesOf, runReference } from '../testing/op-cases.ts';
import { compare, TOLERANCES, type Tolerance } from '../testing/tolerance.ts';
import { PORTABLE, type Target } from './op.ts';
import { OP_NAMES, type OpName, opDefinition } from './registry.ts';
import { type View, viewEnd } from './view.ts';

/** The call alone as a program whose tensors are all inputs. */
function programOf({ name, op, tensors, numbers }: OpCase) {
  const builder = new ProgramBuilder(`${op}, ${name}`);
  for (const [tensor, { data }] of Object.entries(tensors))
    builder.tensor(tensor, 1, data.length, data instanceof Uint32Array ? 'u32' : 'f32', 'input');
  builder.call(op, Object.fromEntries(Object.entries(tensors).map(([operand, { view }]) => [operand, view])), numbers);
  return builder.build();
}

function toleranceOf(op: string, operand: string): Tolerance {
  if (op === 'adam' || op === 'sgd') return TOLERANCES.float32.parameter;
  return /^d[A-Z]/.test(operand) ? TOLERANCES.float32.gradient : TOLERANCES.float32.value;
}

/** The elements of a view. */
function elementsOf(data: TensorData, { offset, rows, columns, stride }: View): Float64Array {
  const elements = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    const start = offset + r * stride;
    elements.set(data.subarray(start, start + columns), r * columns);
  }
  return elements;
}

/** True when two tensors are the same but for the elements of a view. */
function areEqualBeside(view: View, a: TensorData, b: TensorData): boolean {
  const end = viewEnd(view);
  for (let i = 0; i < b.length; i++) {
    const at = i - view.offset;
    const isInside = at >= 0 && i < end && at % view.stride < view.columns;
    if (!isInside && a[i] !== b[i]) return false;
  }
  return a.length === b.length;
}

/** True for an op that has other kernels on this device than on any. */
const hasKernelsOfItsOwn = (op: OpName, { hasQuads }: Target): boolean =>
  casesOf(op).some(({ tensors, numbers }) => {
    const operands = Object.fromEntries(Object.entries(tensors).map(([name, { view }]) => [name, view]));
    const texts = (target: Target) =>
      opDefinition(op)
        .dispatches({ op, operands, numbers }, target)
        .map(({ wgsl }) => wgsl);
    return texts({ hasQuads }).join() !== texts(PORTABLE).join();
  });

/** Runs the cases of an op; what disagrees with the reference, and what was written beside a view. */
async function failuresOf(op: OpName, scheduler: Scheduler): Promise<string[]> {
  const failures: string[] = [];
  for (const opCase of casesOf(op)) {
    const { tensors, scratch } = opCase;
    const plan = await scheduler.prepare(programOf(opCase));
    for (const [name, { data }] of Object.entries(tensors)) plan.write(name, data);
    plan.run();
    const results = await plan.read(...Object.keys(tensors));
    plan.dispose();
    const expected = runReference(opCase);
    for (const [name, { view, data }] of Object.entries(tensors)) {
      if (!areEqualBeside(view, results[name], data))
        failures.push(`${opCase.name}: ${name} was written beside its view`);
      if (scratch.includes(name)) continue;
      const tolerance = data instanceof Uint32Array ? { rtol: 0, atol: 0.5 } : toleranceOf(op, name);
      const [got, want] = [elementsOf(results[name], view), elementsOf(expected[name], view)];
      const { isWithin, worst, maxAbsError } = compare(got, want, tolerance);
      if (!isWithin) failures.push(`${opCase.name}: ${name} is off by ${maxAbsError}, ${worst} of its tolerance`);
    }
  }
  return failures;
}

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
