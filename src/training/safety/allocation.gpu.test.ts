import { describe, expect, it } from 'vitest';
import { Scheduler } from '../../engine/scheduler.ts';
import { AllocationError } from '../../lib/errors.ts';
import { useGpu } from '../../testing/gpu-fixture.ts';
import { openRun } from '../../testing/open-run.ts';

describe('a run that the device has no room for', () => {
  const gpu = useGpu();

  it.each([
    [
      'an exception',
      () => {
        throw new RangeError('no room');
      },
    ],
    [
      'an invalid buffer',
      ({ size, ...descriptor }: GPUBufferDescriptor, device: GPUDevice) => ({
        ...descriptor,
        size: device.limits.maxBufferSize + 4,
      }),
    ],
  ] as const)(
    'is refused by %s at whichever buffer it fails, leaves nothing behind, and lets the other run go on',
    async (_, refuse) => {
      const other = await openRun(new Scheduler(gpu.handle));
      const { device } = gpu;
      const create = device.createBuffer;
      let made = 0;
      let refusedAt = Number.POSITIVE_INFINITY;
      device.createBuffer = (descriptor) => {
        return create(++made === refusedAt ? refuse(descriptor, device) : descriptor);
      };
      try {
        const before = gpu.liveBuffers().length;
        const open = async () => (await openRun(new Scheduler(gpu.handle))).dispose();
        await open();
        const total = made;
        expect(total).toBeGreaterThan(10);
        for (refusedAt = 1; refusedAt <= total; refusedAt++) {
          made = 0;
          await expect(open(), `buffer ${refusedAt} of ${total}`).rejects.toThrow(AllocationError);
          expect(gpu.liveBuffers()).toHaveLength(before);
        }
      } finally {
        device.createBuffer = create;
      }
      other.trainer.submitStep();
      const { loss } = await other.trainer.readProgress();
      expect(loss[0]).toBeGreaterThan(1);
      other.dispose();
    },
  );
});
