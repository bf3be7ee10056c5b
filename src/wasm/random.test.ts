import { describe, expect, it } from 'vitest';
import { uniformRandom } from '../lib/counter-random.ts';
import { Heap } from './heap.ts';
import { compileKernels, instantiateKernels, type SimdModule } from './kernels.ts';

const COUNT = 5000;
const DRAWS = [
  { seed: 0, step: 0, salt: 0, rate: 0.3 },
  { seed: 999_999, step: 123_456, salt: 77, rate: 0.8 },
  { seed: 4_294_967_295, step: 4_294_967_295, salt: 4_294_967_295, rate: 0.1 },
];

describe('the draws of the SIMD kernels', () => {
  it.each(DRAWS)('are the same bits as everywhere: $seed $step $salt', async ({ seed, step, salt, rate }) => {
    const heap = new Heap();
    const kernels = instantiateKernels((await compileKernels()) as SimdModule, heap.memory);
    heap.startAt(kernels.heapBase());
    const [counters, x, y, fed] = [8, COUNT, COUNT, COUNT].map((words) => heap.allocate(4 * words)) as [
      number,
      number,
      number,
      number,
    ];
    heap.integers.set([seed, step], counters / 4);
    heap.floats.fill(1, x / 4, x / 4 + COUNT);
    kernels.dropout(COUNT / 10, 10, x, 40, y, 40, rate, counters, salt, COUNT / 10, COUNT / 10, 0);
    // `x` and zeros stand for the given and the produced words.
    kernels.teacherForcing(COUNT, x, heap.allocate(4 * COUNT), fed, rate, counters, salt, 0);
    const draws = Array.from({ length: COUNT }, (_, i) => uniformRandom(seed, step, salt, i));
    const [dropped, words] = [heap.floats.slice(y / 4, y / 4 + COUNT), heap.floats.slice(fed / 4, fed / 4 + COUNT)];
    expect(Array.from(dropped, (value) => value !== 0)).toEqual(draws.map((draw) => draw >= Math.fround(rate)));
    expect(Array.from(words, (value) => value !== 0)).toEqual(draws.map((draw) => draw < Math.fround(rate)));
  });
});
