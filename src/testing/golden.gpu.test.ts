import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Scheduler } from '../engine/scheduler.ts';
import { type DeviceHandle, openDevice } from '../gpu/device.ts';
import { GOLDEN_CASES } from './golden.ts';
import { TOLERANCES } from './tolerance.ts';
import { verifyOn } from './verify.ts';

describe('the kernels', () => {
  let handle: DeviceHandle;
  const errors: Error[] = [];
  beforeAll(async () => {
    handle = await openDevice();
    handle.onError((error) => errors.push(error));
  });
  afterAll(() => handle.device.destroy());

  it.each(GOLDEN_CASES.map((file) => [file.name, file] as const))('agree with PyTorch on %s', async (_, file) => {
    const scheduler = new Scheduler(handle);
    const rows = await verifyOn(scheduler, file, TOLERANCES.float32);
    scheduler.dispose();
    expect(rows.filter(({ isWithin }) => !isWithin)).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(30);
    expect(scheduler.counters().buffers).toBe(0);
    expect(errors).toEqual([]);
  });
});
