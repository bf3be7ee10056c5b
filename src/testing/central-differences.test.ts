import { describe, expect, it } from 'vitest';
import { createRandom } from '../lib/random.ts';
import { centralDifferences, compareGradients, GradientCheck, sampleIndices } from './central-differences.ts';

describe('central differences', () => {
  it('are the derivatives of a known function, and leave the data as they were', async () => {
    const data = Float64Array.of(0.5, -1, 2);
    const loss = () => Math.sin(data[0]) + data[1] ** 3 * data[2];
    const [first, second, third] = await centralDifferences(loss, data, [0, 1, 2]);
    expect(first).toBeCloseTo(Math.cos(0.5), 8);
    expect(second).toBeCloseTo(6, 8);
    expect(third).toBeCloseTo(-1, 8);
    expect([...data]).toEqual([0.5, -1, 2]);
  });

  it('tell a gradient that is wrong in one element from one that is right', () => {
    expect(compareGradients([3, 4], [3, 4])).toEqual({ relativeError: 0, largest: 4 });
    expect(compareGradients([3, -4], [3, 4]).relativeError).toBeCloseTo(8 / 5);
    expect(compareGradients([0, 1], [0, 0])).toEqual({ relativeError: 1, largest: 0 });
    expect(compareGradients([Number.NaN, 1], [0, 1]).relativeError).toBeNaN();
  });

  it('find a composition whose backward call is missing', async () => {
    const check = new GradientCheck(1);
    const [x, y, dX, dY] = [0, 1, 2, 3].map(() => check.tensor(2, 3));
    check.forward('tanh.forward', { x, y });
    check.output(y, dY);
    check.input('x', x, dX);
    expect((await check.run()).x.relativeError).toBeGreaterThan(0.1);
  });

  it('sample different elements', () => {
    const indices = sampleIndices(createRandom(1), 50, 20);
    expect(new Set(indices).size).toBe(20);
    expect(sampleIndices(createRandom(1), 5, 20)).toEqual([0, 1, 2, 3, 4]);
  });
});
