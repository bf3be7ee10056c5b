/** Compares the kernels of an executor with the references, op by op. */

import type { Executor, TensorData } from '../engine/executor.ts';
import { ProgramBuilder } from '../engine/program.ts';
import type { OpName } from '../ops/registry.ts';
import { rowForm } from '../ops/row-form.ts';
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

/** Operands that the row machine reads from the weights of the model. */
const PARAMETERS = new Set(['weight', 'feedWeight', 'bias', 'table', 'v']);

/** Room for the weights of any case: a shared tensor has one length for all programs of an executor. */
const PARAMETERS_LENGTH = 2 ** 17;

/** The call alone as a program for the row machine: its weights are parts of one shared tensor, and it has a batch. */
function rowProgramOf({ name, op, tensors, numbers }: OpCase, batch: number) {
  const builder = new ProgramBuilder(`${op}, ${name}, rows of ${batch}`);
  const parameters = new Float64Array(PARAMETERS_LENGTH);
  builder.tensor('parameters', 1, parameters.length, 'f32', 'shared');
  // A model has numbers of its own beside its words.
  builder.tensor('numbers', 1, 1, 'f32', 'input');
  const views: Record<string, View> = {};
  let start = 1;
  for (const [operand, { view, data }] of Object.entries(tensors)) {
    if (PARAMETERS.has(operand)) {
      parameters.set(data, start);
      views[operand] = { ...view, tensor: 'parameters', offset: view.offset + start };
      start += data.length;
      continue;
    }
    builder.tensor(view.tensor, 1, data.length, data instanceof Uint32Array ? 'u32' : 'f32', 'input');
    views[operand] = view;
  }
  builder.call(op, views, numbers);
  return { program: { ...builder.build(), batch }, parameters };
}

/** What an op's rows depend on besides the launch: with it, rows can't be taken in blocks. */
const HAS_ONE_BLOCK = /^(lstm|score|softmax|context|repeat|teacher-forcing)/;

/** As `failuresOf`, on the row machine, over all rows at once and, where there are blocks, over half of them at a time. */
export async function failuresOnRows(op: OpName, executor: Executor): Promise<string[]> {
  const form = rowForm(op);
  if (!form) return [`${op} has no form for rows`];
  const failures: string[] = [];
  for (const opCase of casesOf(op)) {
    const operands = Object.fromEntries(Object.entries(opCase.tensors).map(([name, { view }]) => [name, view]));
    const rows = form.rows({ op, operands, numbers: opCase.numbers });
    const batches = rows % 2 === 0 && !HAS_ONE_BLOCK.test(op) ? [rows, rows / 2] : [rows];
    const expected = runReference(opCase);
    for (const batch of batches) {
      const { program, parameters } = rowProgramOf(opCase, batch);
      const plan = await executor.prepare(program);
      executor.write('parameters', parameters);
      const own = Object.entries(opCase.tensors).filter(([name]) => !PARAMETERS.has(name));
      for (const [, { view, data }] of own) plan.write(view.tensor, data);
      plan.run();
      const results = await plan.read(...own.map(([, { view }]) => view.tensor));
      plan.dispose();
      for (const [name, { view, data }] of own) {
        const got = results[view.tensor];
        const who = `${opCase.name}, rows of ${batch}: ${name}`;
        if (!areEqualBeside(view, got, data)) failures.push(`${who} was written beside its view`);
        if (opCase.scratch.includes(name)) continue;
        const tolerance = data instanceof Uint32Array ? { rtol: 0, atol: 0.5 } : toleranceOf(op, name);
        const { isWithin, worst } = compare(elementsOf(got, view), elementsOf(expected[name], view), tolerance);
        if (!isWithin) failures.push(`${who} is off by ${worst} of its tolerance`);
      }
    }
  }
  return failures;
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
