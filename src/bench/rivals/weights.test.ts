import { describe, expect, test } from 'vitest';
import { type BenchModel, benchTask, MODELS } from '../models.ts';
import { reorderGates, stackRows, WeightReader } from './weights.ts';

const weights = (shape: readonly number[], ...values: number[]) => ({ shape, values: Float32Array.from(values) });

describe('reorderGates', () => {
  test('moves the columns of each gate in every row', () => {
    const matrix = weights([2, 8], 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8);
    expect([...reorderGates(matrix, ['i', 'g', 'f', 'o']).values]).toEqual([
      1, 1, 3, 3, 2, 2, 4, 4, 5, 5, 7, 7, 6, 6, 8, 8,
    ]);
  });
});

describe('stackRows', () => {
  test('puts one matrix below the other', () => {
    expect(stackRows(weights([1, 2], 1, 2), weights([2, 2], 3, 4, 5, 6))).toEqual(weights([3, 2], 1, 2, 3, 4, 5, 6));
  });
});

describe('WeightReader', () => {
  const task = benchTask(MODELS[1] as BenchModel);
  const reader = new WeightReader(task);

  test('gives a matrix as it is in PyTorch, and transposed', () => {
    const { shape, values } = reader.plain('readout.weight');
    const transposed = reader.transposed('readout.weight');
    const [rows, columns] = shape as [number, number];
    expect(transposed.shape).toEqual([columns, rows]);
    expect(transposed.values[5 * rows + 3]).toBe(values[3 * columns + 5]);
    expect(values[0]).toBe(task.initial[task.layout.view('parameters', 'readout.weight').offset]);
  });

  test('knows which parameters a model has', () => {
    expect(reader.has('attention.v')).toBe(true);
    expect(new WeightReader(benchTask(MODELS[0] as BenchModel)).has('attention.v')).toBe(false);
  });
});
