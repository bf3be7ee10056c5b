import { describe, expect, it } from 'vitest';
import { openDevice } from '../gpu/device.ts';
import { DeviceLostError } from '../lib/errors.ts';
import { ProgramBuilder } from './program.ts';
import { Scheduler } from './scheduler.ts';

/** Sets `y` to zero. */
function program() {
  const builder = new ProgramBuilder('zeros');
  builder.call('zero', { y: builder.tensor('y', 1, 4) });
  return builder.build();
}

describe('a scheduler whose device goes away', () => {
  it('fails to read with a DeviceLostError, and lets nobody wait', async () => {
    const handle = await openDevice();
    const scheduler = new Scheduler(handle);
    const plan = await scheduler.prepare(program());
    plan.run();
    await plan.read('y');
    handle.device.destroy();
    await handle.device.lost;
    plan.run();
    await expect(plan.read('y')).rejects.toThrow(DeviceLostError);
    await expect(handle.lost).rejects.toThrow(DeviceLostError);
    for (let i = 0; i < 5; i++) {
      await scheduler.ready().catch((error) => expect(error).toBeInstanceOf(DeviceLostError));
      plan.run();
    }
    await expect(scheduler.idle()).rejects.toThrow(DeviceLostError);
    scheduler.dispose();
    expect(scheduler.counters()).toMatchObject({ buffers: 0, bytes: 0 });
  });
});
