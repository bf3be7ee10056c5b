/** A device for the tests of a file: every test runs in error scopes and leaves no GPU buffer behind. */

import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { Scheduler } from '../engine/scheduler.ts';
import { type DeviceHandle, openDevice } from '../gpu/device.ts';
import type { Target } from '../ops/op.ts';

const SCOPES = ['validation', 'out-of-memory', 'internal'] as const satisfies readonly GPUErrorFilter[];

export interface GpuFixture {
  readonly handle: DeviceHandle;
  readonly device: GPUDevice;
  /** One scheduler for the tests that need no other, so that its kernels are compiled once. */
  readonly scheduler: Scheduler;
  /** Labels of the buffers that exist on the device, made by whomever. */
  liveBuffers(): string[];
}

/** Counts the buffers of a device apart from the ledger, which is itself under test. */
function trackBuffers(device: GPUDevice): Set<GPUBuffer> {
  const live = new Set<GPUBuffer>();
  const create = device.createBuffer.bind(device);
  device.createBuffer = (descriptor) => {
    const buffer = create(descriptor);
    const destroy = buffer.destroy.bind(buffer);
    live.add(buffer);
    buffer.destroy = () => {
      live.delete(buffer);
      return destroy();
    };
    return buffer;
  };
  return live;
}

/**
 * Registers the hooks of the fixture for the calling file; its fields are there once the tests run. Without an adapter the tests
 * fail; `target` restricts the kernels of its scheduler. A test that makes buffers frees them; one that has an error scope catch something pushes a scope of its own.
 */
export function useGpu(target?: Target): GpuFixture {
  let handle: DeviceHandle;
  let scheduler: Scheduler;
  let live = new Set<GPUBuffer>();
  let before: ReadonlySet<GPUBuffer> = new Set();
  const uncaptured: string[] = [];

  beforeAll(async () => {
    handle = await openDevice();
    live = trackBuffers(handle.device);
    handle.onError((error) => uncaptured.push(error.message));
    scheduler = new Scheduler(handle, target);
  });

  beforeEach(() => {
    before = new Set(live);
    for (const scope of SCOPES) handle.device.pushErrorScope(scope);
  });

  afterEach(async () => {
    await handle.device.queue.onSubmittedWorkDone();
    const errors: string[] = [];
    for (const _ of SCOPES) {
      const error = await handle.device.popErrorScope();
      if (error) errors.push(error.message);
    }
    expect([...errors, ...uncaptured.splice(0)]).toEqual([]);
    expect([...live].filter((buffer) => !before.has(buffer)).map(({ label }) => label)).toEqual([]);
  });

  afterAll(() => {
    scheduler?.dispose();
    const left = [...live].map(({ label }) => label);
    handle?.device.destroy();
    expect(left).toEqual([]);
  });

  return {
    get handle() {
      return handle;
    },
    get device() {
      return handle.device;
    },
    get scheduler() {
      return scheduler;
    },
    liveBuffers: () => [...live].map(({ label }) => label),
  };
}
