/** Answers `parameters`: weights by PyTorch name. */

import type { TensorData } from '../../engine/executor.ts';
import { ShapeError } from '../../lib/errors.ts';
import type { ParameterLayout } from '../../model/parameters.ts';
import type { Answer, Matrices, Matrix, Question } from '../questions.ts';
import type { Explored as ExploredRun } from './explorer.ts';

/** Vectors come as one row. @throws ShapeError for a name that the model does not have */
export async function readParameters(
  { executor, trainer }: ExploredRun,
  { names }: Question<'parameters'>,
): Promise<Answer<'parameters'>> {
  const { layout, step } = trainer;
  checkNames(layout, names);
  return { step, parameters: pickParameters(layout, names, await executor.read('parameters')) };
}

/** @throws ShapeError for a name that the model does not have */
export function checkNames({ specs }: ParameterLayout, names: readonly string[]): void {
  for (const name of names)
    if (!specs.some((candidate) => candidate.name === name)) throw new ShapeError(`${name}: no such parameter`);
}

/** Some parameters out of the flat tensor, vectors as one row. */
export function pickParameters(layout: ParameterLayout, names: readonly string[], flat: TensorData): Matrices {
  const parameters: Record<string, Matrix> = {};
  for (const { name, shape, isTrained } of layout.specs) {
    if (!names.includes(name)) continue;
    const [rows, columns] = shape.length === 1 ? [1, shape[0] as number] : (shape as [number, number]);
    const { offset } = isTrained ? layout.view('parameters', name) : { offset: 0 };
    const data = isTrained ? Float32Array.from(flat.subarray(offset, offset + rows * columns)) : null;
    parameters[name] = { rows, columns, data: data ?? new Float32Array(rows * columns) };
  }
  return parameters;
}
