import { describe, expect, it } from 'vitest';
import { useGpu } from '../testing/gpu-fixture.ts';
import { BufferLedger } from './buffers.ts';
import { type Dispatchable, hasTimestamps, LaunchTimer } from './timing.ts';

/** Adds up `turns` sines in each of 64 invocations. */
const WGSL = `
override turns: u32;
@group(0) @binding(0) var<storage, read_write> y: array<f32>;
@compute @workgroup_size(64)
fn run(@builtin(global_invocation_id) id: vec3u) {
  var total = f32(id.x);
  for (var i = 0u; i < turns; i++) {
    total += sin(total);
  }
  y[id.x] += total;
}`;

const SHORT = 1000;
const LONG = 100_000;

describe('the launch timer', () => {
  const gpu = useGpu();

  /** A launch of one workgroup for each number of turns, all on one buffer. */
  async function setUp(turns: readonly number[]) {
    const { device } = gpu;
    const ledger = new BufferLedger(device);
    const buffer = ledger.create('y', 256, GPUBufferUsage.STORAGE);
    const module = device.createShaderModule({ code: WGSL });
    const launches = turns.map((count): Dispatchable => {
      const pipeline = device.createComputePipeline({
        layout: 'auto',
        compute: { module, constants: { turns: count } },
      });
      const entries = [{ binding: 0, resource: { buffer } }];
      const bindGroup = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
      return { label: `${count} turns`, pipeline, bindGroup, workgroups: [1, 1, 1] };
    });
    return { ledger, launches, timer: new LaunchTimer(device, ledger, 'timer') };
  }

  it('times each launch: the long ones take longer, and all take what the whole takes', async () => {
    const { ledger, launches, timer } = await setUp([SHORT, LONG, SHORT, LONG]);
    await timer.whole(launches, 1);
    const started = performance.now();
    const whole = (await timer.whole(launches, 5)) ?? Number.NaN;
    const wall = performance.now() - started;
    const each = await timer.each(launches, 5);
    expect(each).toHaveLength(4);
    const [a, b, c, d] = each as number[];
    expect(Math.min(b, d)).toBeGreaterThan(3 * Math.max(a, c));
    expect(5 * whole).toBeLessThanOrEqual(wall + 1);
    expect(a + b + c + d).toBeGreaterThan(0.4 * whole);
    timer.dispose();
    ledger.destroyAll();
  });

  it('times more launches than a query set has room for, and several callers at once', async () => {
    const { ledger, launches, timer } = await setUp([1, SHORT]);
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
