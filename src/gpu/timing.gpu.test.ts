import { describe, expect, it } from 'vitest';
import { useGpu } from '../testing/gpu-fixture.ts';
import { BufferLedger } from './buffers.ts';
import { StagingRing } from './readback.ts';
import { type Dispatchable, hasTimestamps, LaunchTimer } from './timing.ts';

/** Adds `weight` in each of 64 invocations. */
const WGSL = `
override weight: f32;
@group(0) @binding(0) var<storage, read_write> y: array<f32>;
@compute @workgroup_size(64)
fn run(@builtin(global_invocation_id) id: vec3u) {
  y[id.x] += weight;
}`;

describe('the launch timer', () => {
  const gpu = useGpu();

  /** A launch of one workgroup for each weight, all on one buffer. */
  async function setUp(weights: readonly number[]) {
    const { device } = gpu;
    const ledger = new BufferLedger(device);
    const buffer = ledger.create('y', 256, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC);
    const module = device.createShaderModule({ code: WGSL });
    const launches = weights.map((weight): Dispatchable => {
      const pipeline = device.createComputePipeline({
        layout: 'auto',
        compute: { module, constants: { weight } },
      });
      const entries = [{ binding: 0, resource: { buffer } }];
      const bindGroup = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
      return { label: `adds ${weight}`, pipeline, bindGroup, workgroups: [1, 1, 1] };
    });
    return { ledger, buffer, launches, timer: new LaunchTimer(device, ledger, 'timer') };
  }

  it('runs the launches as often as it was told, within the time that passes meanwhile', async () => {
    const { ledger, buffer, launches, timer } = await setUp([1, 16, 256]);
    await timer.whole(launches, 1);
    const started = performance.now();
    const whole = (await timer.whole(launches, 5)) ?? 0;
    const wall = performance.now() - started;
    const each = await timer.each(launches, 3);
    expect(each).toHaveLength(3);
    for (const ms of [whole, ...each]) expect(ms ?? 0).toBeGreaterThanOrEqual(0);
    expect(5 * whole).toBeLessThanOrEqual(wall + 1);
    const ring = new StagingRing(gpu.device, ledger, 'y.readback', 256, 1);
    const [bytes] = await ring.read([{ buffer, bytes: 256 }]);
    expect([...new Float32Array(bytes as ArrayBuffer)]).toEqual(Array(64).fill(9 * (1 + 16 + 256)));
    ring.dispose();
    timer.dispose();
    ledger.destroyAll();
  });

  it('times more launches than a query set has room for, and several callers at once', async () => {
    const { ledger, launches, timer } = await setUp([1, 2]);
    const [many, few] = await Promise.all([timer.each(launches, 1100), timer.each(launches, 2)]);
    expect(many.map((ms) => (ms ?? -1) >= 0)).toEqual([true, true]);
    expect(few).toHaveLength(2);
    timer.dispose();
    ledger.destroyAll();
  });

  it('refuses a device without timestamp queries', () => {
    const device = { features: new Set() } as unknown as GPUDevice;
    expect(hasTimestamps(device)).toBe(false);
    expect(() => new LaunchTimer(device, new BufferLedger(device), 'timer')).toThrow(
      'timer: the device has no timestamp queries',
    );
  });
});
