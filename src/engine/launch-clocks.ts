/** Clocks on the launches of a recorded plan, and the one for devices that have no timestamp queries. */

import { workDone } from '../gpu/watch.ts';
import type { StepResult } from './autotune.ts';
import type { RecordedLaunch } from './recording.ts';

/** Launches that are ready to be timed on copies of the state. Each call begins from the copied state. */
export interface LaunchClocks {
  readonly clock: 'timestamp-query' | 'cpu';
  readonly launches: readonly RecordedLaunch[];
  /** Mean time of a run in ms over so many, without a clock in it. */
  whole(repetitions: number): Promise<number>;
  /** Mean time of each launch in ms over so many runs. */
  each(repetitions: number): Promise<readonly number[]>;
  /** What one run computes. */
  result(): Promise<StepResult>;
}

/** What a batch of the same dispatch should take at least, so that the way to the queue and back is a small part of it. */
const BATCH_MS = 2;
const MAX_BATCH = 64;

/** Milliseconds from submitting a pass with so many repetitions of a launch to its end. */
async function timePass(device: GPUDevice, launch: RecordedLaunch, repetitions: number): Promise<number> {
  const { label, pipeline, bindGroup, workgroups } = launch;
  const encoder = device.createCommandEncoder({ label });
  const pass = encoder.beginComputePass({ label });
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindGroup);
  for (let i = 0; i < repetitions; i++) pass.dispatchWorkgroups(...workgroups);
  pass.end();
  const commands = encoder.finish();
  const started = performance.now();
  device.queue.submit([commands]);
  await workDone(device);
  return performance.now() - started;
}

/** Two launches with the same key take the same time: one kernel on operands of the same shapes. */
function keyOf({ launch, wgsl, entry, workgroups }: RecordedLaunch, index: number): string {
  if (launch.kind !== 'dispatch') return String(index);
  const shapes = Object.entries(launch.dispatch.bindings).map(([name, { rows, columns }]) => [name, rows, columns]);
  return JSON.stringify([wgsl, entry, workgroups, shapes]);
}

/**
 * Times every launch in ms without timestamps: by the clock of this thread, as a batch of the same dispatch less what an empty pass
 * costs. Launches of one kernel on the same shapes are timed once.
 */
export async function timeInBatches(
  device: GPUDevice,
  launches: readonly RecordedLaunch[],
  batches: number,
): Promise<number[]> {
  await workDone(device);
  const [first] = launches;
  if (!first) return [];
  let emptyMs = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) emptyMs = Math.min(emptyMs, await timePass(device, first, 0));
  const known = new Map<string, number>();
  const times: number[] = [];
  for (const [i, launch] of launches.entries()) {
    const key = keyOf(launch, i);
    let ms = known.get(key);
    if (ms === undefined) {
      const onceMs = Math.max(1e-3, (await timePass(device, launch, 1)) - emptyMs);
      const repetitions = Math.min(MAX_BATCH, batches * Math.ceil(BATCH_MS / onceMs));
      ms = Math.max(0, (await timePass(device, launch, repetitions)) - emptyMs) / repetitions;
      known.set(key, ms);
    }
    times.push(ms);
  }
  return times;
}
