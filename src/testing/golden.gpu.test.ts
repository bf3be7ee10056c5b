import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STRATEGIES } from '../engine/lowering.ts';
import { Scheduler } from '../engine/scheduler.ts';
import type { EngineSettings } from '../engine/strategy.ts';
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

  /** Tiles and workgroups as a GPU gets them, and launches cut so short that every sequence is in several. */
  const asOnHardware: Partial<EngineSettings> = {
    hasQuads: false,
    isSoftware: false,
    tile: { rows: 4, lanes: 64 },
    maxLaunchCost: 20_000,
  };
  // Every strategy with the tiles of a GPU; with those of this adapter the two between which the others lie: all calls by themselves,
  // and as many as possible in one launch.
  const settings = [
    ...STRATEGIES.map(
      (strategy) =>
        [`${strategy}, tiles for a GPU, words projected once`, { ...asOnHardware, strategy }, true] as const,
    ),
    ...(['separate', 'persistent'] as const).map(
      (strategy) =>
        [`${strategy}, tiles for this adapter`, { strategy, isSized: strategy === 'persistent' }, false] as const,
    ),
  ];
  const cases = settings.flatMap(([name, chosen, isProjected]) =>
    GOLDEN_CASES.map((file) => [name, file.name, chosen, isProjected, file] as const),
  );
  it.each(cases)('%s agree with PyTorch on %s', async (_, __, chosen, isProjected, file) => {
    const scheduler = new Scheduler(handle, chosen);
    const rows = await verifyOn(scheduler, file, TOLERANCES.float32, isProjected);
    scheduler.dispose();
    expect(rows.filter(({ isWithin }) => !isWithin)).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(30);
    expect(scheduler.counters().buffers).toBe(0);
    expect(errors).toEqual([]);
  });
});
