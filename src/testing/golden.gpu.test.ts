import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Scheduler } from '../engine/scheduler.ts';
import { type DeviceHandle, openDevice } from '../gpu/device.ts';
import { PORTABLE, type Target } from '../ops/op.ts';
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

  const targets: readonly (readonly [string, Target | undefined])[] = [
    ['chosen for the adapter', undefined],
    ['for any adapter', PORTABLE],
  ];
  const cases = targets.flatMap(([name, target]) =>
    GOLDEN_CASES.map((file) => [name, file.name, target, file] as const),
  );
  it.each(cases)('%s agree with PyTorch on %s', async (_, __, target, file) => {
    const scheduler = new Scheduler(handle, target);
    const rows = await verifyOn(scheduler, file, TOLERANCES.float32);
    scheduler.dispose();
    expect(rows.filter(({ isWithin }) => !isWithin)).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(30);
    expect(scheduler.counters().buffers).toBe(0);
    expect(errors).toEqual([]);
  });
});
