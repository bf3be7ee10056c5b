import { describe, expect, it } from 'vitest';
import type { TensorData } from '../engine/executor.ts';
import { ProgramBuilder } from '../engine/program.ts';
import type { OpCase } from '../testing/case-draw.ts';
import { useGpu } from '../testing/gpu-fixture.ts';
import { casesOf, runReference } from '../testing/op-cases.ts';
import { compare, TOLERANCES, type Tolerance } from '../testing/tolerance.ts';
import { OP_NAMES } from './registry.ts';
import type { View } from './view.ts';

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

/** Elements of a view of a tensor, and of everything beside the view. */
function split(data: TensorData, { offset, rows, columns, stride }: View) {
  const isInside = (_: number, index: number) => {
    const at = index - offset;
    return at >= 0 && at < (rows - 1) * stride + columns && at % stride < columns;
  };
  return {
    inside: Array.from(data).filter(isInside),
    outside: Array.from(data).filter((value, index) => !isInside(value, index)),
  };
}

describe('the kernels of', () => {
  const gpu = useGpu();

  it.each(OP_NAMES)('%s agree with the float64 reference and write nowhere else', async (op) => {
    const failures: string[] = [];
    for (const opCase of casesOf(op)) {
      const { tensors, scratch } = opCase;
      const plan = await gpu.scheduler.prepare(programOf(opCase));
      for (const [name, { data }] of Object.entries(tensors)) plan.write(name, data);
      plan.run();
      const results = await plan.read(...Object.keys(tensors));
      plan.dispose();
      const expected = runReference(opCase);
      for (const [name, { view, data }] of Object.entries(tensors)) {
        const got = split(results[name], view);
        if (JSON.stringify(got.outside) !== JSON.stringify(split(data, view).outside))
          failures.push(`${opCase.name}: ${name} was written beside its view`);
        if (scratch.includes(name)) continue;
        const want = split(expected[name], view).inside;
        const exact = data instanceof Uint32Array ? { rtol: 0, atol: 0.5 } : toleranceOf(op, name);
        const { isWithin, worst, maxAbsError } = compare(got.inside, want, exact);
        if (!isWithin) failures.push(`${opCase.name}: ${name} is off by ${maxAbsError}, ${worst} of its tolerance`);
      }
    }
    expect(failures).toEqual([]);
  });
});
