import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BufferLedger } from './buffers.ts';
import { type Dispatchable, LaunchTimer, meanMs, TIMESTAMPS } from './timing.ts';

/** A device on which every launch takes as many ms as its label says; `submitted` lists the launches of each pass. */
function clockworkDevice() {
  const submitted: string[][] = [];
  let stamps = new BigUint64Array();
  let now = 0n;
  const createBuffer = ({ size }: GPUBufferDescriptor) => ({
    size,
    destroy() {},
    async mapAsync() {},
    getMappedRange: (start: number, bytes: number) => stamps.buffer.slice(start, start + bytes),
    unmap() {},
  });
  const createCommandEncoder = () => ({
    beginComputePass({ timestampWrites }: { timestampWrites: GPUComputePassTimestampWrites }) {
      const labels: string[] = [];
      submitted.push(labels);
      stamps[timestampWrites.beginningOfPassWriteIndex as number] = now;
      return {
        setPipeline: ({ label }: GPUComputePipeline) => labels.push(label),
        setBindGroup() {},
        dispatchWorkgroups() {},
        end() {
          for (const label of labels) now += BigInt(label) * 1_000_000n;
          stamps[timestampWrites.endOfPassWriteIndex as number] = now;
        },
      };
    },
    resolveQuerySet() {},
    copyBufferToBuffer() {},
    finish: () => ({}),
  });
  const device = {
    features: new Set([TIMESTAMPS]),
    queue: { submit() {} },
    createBuffer,
    createCommandEncoder,
    createQuerySet({ count }: GPUQuerySetDescriptor) {
      stamps = new BigUint64Array(count);
      return { count, destroy() {} };
    },
  } as unknown as GPUDevice;
  return { device, submitted };
}

const launchOf = (ms: number): Dispatchable => ({
  label: `${ms}`,
  pipeline: { label: `${ms}` } as GPUComputePipeline,
  bindGroup: {} as GPUBindGroup,
  workgroups: [1, 1, 1],
});

describe('the launch timer', () => {
  beforeEach(() => {
    vi.stubGlobal('GPUBufferUsage', { QUERY_RESOLVE: 1, COPY_SRC: 2, MAP_READ: 4, COPY_DST: 8 });
    vi.stubGlobal('GPUMapMode', { READ: 1 });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('tells launches apart: each has passes of its own, and all together one', async () => {
    const { device, submitted } = clockworkDevice();
    const timer = new LaunchTimer(device, new BufferLedger(device), 'timer');
    const launches = [launchOf(3), launchOf(40), launchOf(5)];
    expect(await timer.each(launches, 2)).toEqual([3, 40, 5]);
    expect(submitted).toEqual([['3'], ['40'], ['5'], ['3'], ['40'], ['5']]);
    expect(await timer.whole(launches, 2)).toBe(48);
    expect(submitted.at(-1)).toEqual(['3', '40', '5', '3', '40', '5']);
  });
});

describe('meanMs', () => {
  it('finds a duration below the resolution of the clock by averaging', () => {
    // 30 µs on a clock of 100 µs: begun at 40, 70 and so on, most readings are 0 and some one tick.
    const tick = 100_000;
    const durations = Array.from({ length: 1000 }, (_, i) => {
      const begin = 40_000 + 130_000 * i;
      return tick * (Math.floor((begin + 30_000) / tick) - Math.floor(begin / tick));
    });
    expect(meanMs(durations)).toBeCloseTo(0.03, 6);
  });

  it('leaves out what a clock that was set back has measured', () => {
    expect(meanMs([2e6, -5e9, 4e6])).toBe(3);
    expect(meanMs([-1])).toBeNull();
  });
});
