/** Answers `parameters`: weights by PyTorch name. */

import { ShapeError } from '../../lib/errors.ts';
import type { Answer, Matrix, Question } from '../questions.ts';
import type { Explored as ExploredRun } from './explorer.ts';

/** Vectors come as one row. @throws ShapeError for a name that the model does not have */
export async function readParameters(
  { executor, trainer }: ExploredRun,
  { names }: Question<'parameters'>,
): Promise<Answer<'parameters'>> {
  const { layout, step } = trainer;
  const specs = names.map((name) => {
    const spec = layout.specs.find((candidate) => candidate.name === name);
    if (!spec) throw new ShapeError(`${name}: no such parameter`);
    return spec;
  });
  const flat = await executor.read('parameters');
  const parameters: Record<string, Matrix> = {};
  for (const { name, shape, isTrained } of specs) {
    const [rows, columns] = shape.length === 1 ? [1, shape[0] as number] : (shape as [number, number]);
    const { offset } = isTrained ? layout.view('parameters', name) : { offset: 0 };
    const data = isTrained ? Float32Array.from(flat.subarray(offset, offset + rows * columns)) : null;
    parameters[name] = { rows, columns, data: data ?? new Float32Array(rows * columns) };
  }
  return { step, parameters };
}
