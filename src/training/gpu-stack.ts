/** What it takes to compute on a GPU, in a chunk of its own: what computes on the CPU does not load it. */

export { quickGflops } from '../engine/product.ts';
export { Scheduler } from '../engine/scheduler.ts';
export { openDevice } from '../gpu/device.ts';
export { watchOf } from '../gpu/watch.ts';
export { Trust } from './safety/trust.ts';
