import { expect, it } from 'vitest';
import { atOnce, inSlices } from './slices.ts';

function* countTo(most: number, log: number[] = []): Generator<number, string, void> {
  for (let i = 1; i <= most; i++) {
    log.push(i);
    yield i;
  }
  return 'done';
}

it('gives the same result at once and in slices', async () => {
  expect(atOnce(countTo(5))).toBe('done');
  expect(await inSlices(countTo(5))).toBe('done');
});

it('lets other work in between two slices', async () => {
  const log: number[] = [];
  const work = inSlices(countTo(3, log), 0);
  expect(log).toEqual([1]);
  await work;
  expect(log).toEqual([1, 2, 3]);
});
