/** Long work beside other work of the same thread. */

import { nextTask } from './next-task.ts';

/** Work that may rest wherever it yields. */
export type Sliced<T> = Generator<unknown, T, void>;

const SLICE_MS = 12;

/** Does the work in slices; between two of them, messages are answered. */
export async function inSlices<T>(work: Sliced<T>, sliceMs = SLICE_MS): Promise<T> {
  let restAt = performance.now() + sliceMs;
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() < restAt) continue;
    await nextTask();
    restAt = performance.now() + sliceMs;
  }
}

/** Does the work at once. */
export function atOnce<T>(work: Sliced<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
