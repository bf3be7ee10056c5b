import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Scheduler } from '../engine/scheduler.ts';
import { type DeviceHandle, openDevice } from '../gpu/device.ts';
import { failuresOnRows } from '../testing/parity.ts';
import { OP_NAMES } from './registry.ts';
import { rowForm } from './row-form.ts';

describe('the row machine computes', () => {
  let handle: DeviceHandle;
  beforeAll(async () => {
    handle = await openDevice();
  });
  afterAll(() => handle.device.destroy());

  const tiles = [
    ['quads', { strategy: 'persistent', isSoftware: true, tile: { rows: 16, lanes: 4 } }],
    ['large quads', { strategy: 'persistent', isSoftware: true, isSized: true, tile: { rows: 32, lanes: 4 } }],
    ['tiles of a GPU', { strategy: 'persistent', isSoftware: true, hasQuads: false, tile: { rows: 4, lanes: 64 } }],
  ] as const;
  const ops = OP_NAMES.filter((op) => rowForm(op) !== null);
  it.each(tiles.flatMap(([name, settings]) => ops.map((op) => [op, name, settings] as const)))(
    '%s as the reference does, with %s',
    async (op, _, settings) => {
      // A scheduler for each op: the weights of its cases have lengths of their own.
      const failures: string[] = [];
      const scheduler = new Scheduler(handle, settings);
      failures.push(...(await failuresOnRows(op, scheduler)));
      scheduler.dispose();
      expect(failures).toEqual([]);
    },
  );
});
