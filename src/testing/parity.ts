/** Compares the kernels of an executor with the references, op by op. */

import type { Executor, TensorData } from '../engine/executor.ts';
import { ProgramBuilder } from '../engine/program.ts';
import type { OpName } from '../ops/registry.ts';
import { type View, viewEnd } from '../ops/view.ts';
import type { OpCase } from './case-draw.ts';
import { casesOf, runReference } from './op-cases.ts';
import { compare, TOLERANCES, type Tolerance } from './tolerance.ts';

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

/** Runs the cases of an op; what disagrees with the reference, and what was written beside a view. */
export async function failuresOf(op: OpName, executor: Executor): Promise<string[]> {
  const failures: string[] = [];
  for (const opCase of casesOf(op)) {
    const { tensors, scratch } = opCase;
    const plan = await executor.prepare(programOf(opCase));
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
