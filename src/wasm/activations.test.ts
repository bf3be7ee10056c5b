import { beforeAll, describe, expect, it } from 'vitest';
import { sigmoid } from '../lib/activations.ts';
import { Heap } from './heap.ts';
import { compileKernels, instantiateKernels, type Kernels, type SimdModule } from './kernels.ts';

/** Largest relative error that a function of `src/simd/lib/activations.ts` may have. */
const RELATIVE = 1e-6;

/** From 1e-30 to 1e4 by steps of 1 %, of both signs. */
const SWEEP = Array.from({ length: 7900 }, (_, i) => 1e-30 * 1.01 ** i).flatMap((x) => [x, -x].map(Math.fround));

const relativeError = (got: number, want: number): number => (got === want ? 0 : Math.abs(got - want) / Math.abs(want));

describe('the SIMD kernels', () => {
  let heap: Heap;
  let kernels: Kernels;
  beforeAll(async () => {
    heap = new Heap();
    kernels = instantiateKernels((await compileKernels()) as SimdModule, heap.memory);
    heap.startAt(kernels.heapBase());
  });

  /** Copies numbers to a block of their own. */
  function place(numbers: readonly number[]): number {
    const address = heap.allocate(4 * numbers.length);
    heap.floats.set(numbers, address / 4);
    return address;
  }

  function tanhOf(numbers: readonly number[]): Float32Array {
    const [x, y] = [place(numbers), heap.allocate(4 * numbers.length)];
    kernels.tanhForward(1, numbers.length, x, 0, y, 0);
    return heap.floats.slice(y / 4, y / 4 + numbers.length);
  }

  it('compute tanh within 1e-6 of its value, however small or large', () => {
    const got = tanhOf(SWEEP);
    const errors = SWEEP.map((x, i) => relativeError(got[i] as number, Math.tanh(x)));
    expect(Math.max(...errors)).toBeLessThan(RELATIVE);
  });

  it('keep NaN, signs and the ends of the range of tanh', () => {
    const ends = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3e38, -3e38, 0, -0];
    expect([...tanhOf(ends)]).toEqual([Number.NaN, 1, -1, 1, -1, 0, -0]);
  });

  it('compute the gates of an LSTM within 1e-6 of their values', () => {
    const H = SWEEP.length;
    // i and o are swept, f is 1/2 and g is tanh of the sweep; the cell before is 0.
    const gates = place([...SWEEP, ...SWEEP.map(() => 0), ...SWEEP, ...SWEEP]);
    const [before, c, h] = [0, 1, 2].map(() => heap.allocate(4 * H)) as [number, number, number];
    kernels.lstmGates(1, H, gates, 0, before, 0, c, 0, before, 0, h, 0, 0, 0);
    const gate = (index: number) => heap.floats.slice(gates / 4 + index * H, gates / 4 + (index + 1) * H);
    const [i, f, g, o] = [0, 1, 2, 3].map(gate) as [Float32Array, Float32Array, Float32Array, Float32Array];
    // Below -87 a sigmoid is less than float32 can hold with all its digits.
    const wanted = SWEEP.map((x) => (x < -87 ? null : sigmoid(x)));
    for (const got of [i, o])
      expect(
        Math.max(...wanted.map((want, u) => (want === null ? 0 : relativeError(got[u] as number, want)))),
      ).toBeLessThan(RELATIVE);
    expect(f.every((value) => value === 0.5)).toBe(true);
    expect(Math.max(...SWEEP.map((x, u) => relativeError(g[u] as number, Math.tanh(x))))).toBeLessThan(RELATIVE);
    expect(SWEEP.every((x, u) => x >= -87 || (i[u] as number) < 2e-38)).toBe(true);
  });

  it('compute exp within 1e-6 of its value, down to nothing', () => {
    const scores = SWEEP.filter((x) => x < 0).flatMap((x) => [0, x]);
    const rows = scores.length / 2;
    const [a, w] = [place(scores), heap.allocate(4 * scores.length)];
    const lengths = heap.allocate(4 * rows);
    heap.integers.fill(2, lengths / 4, lengths / 4 + rows);
    kernels.softmaxForward(rows, 2, lengths, a, 8, w, 8);
    const weights = heap.floats.slice(w / 4, w / 4 + scores.length);
    for (let row = 0; row < rows; row++) {
      const x = scores[2 * row + 1] as number;
      const [first, second] = [weights[2 * row] as number, weights[2 * row + 1] as number];
      if (x < -87) expect(second / first).toBeLessThan(2e-38);
      else expect(relativeError(second / first, Math.exp(x))).toBeLessThan(RELATIVE);
    }
  });
});
