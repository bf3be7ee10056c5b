/** Heed's initial weights in the layouts that the rivals' own layers take. */

import type { BenchTask } from '../models.ts';

/** Row-major float32 values of one or two dimensions. */
export interface Weights {
  readonly shape: readonly number[];
  readonly values: Float32Array<ArrayBuffer>;
}

/** Reads parameters of the task by their PyTorch name. */
export class WeightReader {
  constructor(private readonly task: BenchTask) {}

  has(name: string): boolean {
    return this.task.layout.specs.some((spec) => spec.name === name);
  }

  /** As PyTorch has it: a matrix is [out, in]. */
  plain(name: string): Weights {
    const spec = this.task.layout.specs.find((known) => known.name === name);
    const { offset, rows, columns } = this.task.layout.view('parameters', name);
    return {
      shape: spec?.shape ?? [rows, columns],
      values: Float32Array.from(this.task.initial.subarray(offset, offset + rows * columns)),
    };
  }

  /** A matrix as [in, out], for layers that compute x·W. */
  transposed(name: string): Weights {
    const { shape, values } = this.plain(name);
    const [rows, columns] = shape as [number, number];
    const result = new Float32Array(rows * columns);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        result[column * rows + row] = values[row * columns + column] as number;
    return { shape: [columns, rows], values: result };
  }
}

/** Columns [i f g o] of a matrix or vector in another order of the gates. */
export function reorderGates({ shape, values }: Weights, order: readonly ('i' | 'f' | 'g' | 'o')[]): Weights {
  const columns = shape.at(-1) as number;
  const width = columns / 4;
  const result = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += columns)
    order.forEach((gate, place) => {
      const from = start + 'ifgo'.indexOf(gate) * width;
      result.set(values.subarray(from, from + width), start + place * width);
    });
  return { shape, values: result };
}

/** Matrices of equal width, one below the other. */
export function stackRows(...parts: readonly Weights[]): Weights {
  const values = new Float32Array(parts.reduce((total, part) => total + part.values.length, 0));
  let offset = 0;
  for (const part of parts) {
    values.set(part.values, offset);
    offset += part.values.length;
  }
  const rows = parts.reduce((total, { shape }) => total + (shape[0] as number), 0);
  return { shape: [rows, parts[0]?.shape[1] as number], values };
}
