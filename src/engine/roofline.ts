/**
 * The roof over every launch (Williams, Waterman and Patterson 2009): how fast a device multiplies matrices when nothing else is
 * asked of it, and how fast it copies what fits into no cache. Measured once for a device.
 */

import type { DeviceHandle } from '../gpu/device.ts';
import { workDone } from '../gpu/watch.ts';
import { quickGflops } from './product.ts';
import type { Roofline } from './profile.ts';

/** Bytes of a copy: more than the caches of most devices hold, less than any binding may have. */
const COPIED_BYTES = { hardware: 2 ** 26, software: 2 ** 25 };
const COPIES = 5;
const BYTES_PER_GIGABYTE = 1e9;

const COPY = `@group(0) @binding(0) var<storage, read> copied: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> copy_of_it: array<vec4f>;
@compute @workgroup_size(64)
fn copy(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let all = groups.x * 64u;
  for (var i = id.x; i < arrayLength(&copied); i += all) {
    copy_of_it[i] = copied[i];
  }
}`;
const COPY_WORKGROUPS = 4096;

const rate = (bytes: number, ms: number): number => (2 * bytes) / (ms / 1000) / BYTES_PER_GIGABYTE;

/** GB/s of the best of some streaming copies by a kernel, bytes read and bytes written. */
async function gpuCopyRate(device: GPUDevice, bytes: number): Promise<number> {
  const usage = GPUBufferUsage.STORAGE;
  const buffers = ['from', 'to'].map((label) =>
    device.createBuffer({ label: `roofline.${label}`, size: bytes, usage }),
  );
  try {
    const pipeline = await device.createComputePipelineAsync({
      label: 'roofline.copy',
      layout: 'auto',
      compute: { module: device.createShaderModule({ label: 'roofline.copy', code: COPY }) },
    });
    const bindGroup = device.createBindGroup({
      label: 'roofline.copy',
      layout: pipeline.getBindGroupLayout(0),
      entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
    const timeOf = async (repeats: number): Promise<number> => {
      const encoder = device.createCommandEncoder({ label: 'roofline.copy' });
      const pass = encoder.beginComputePass({ label: 'roofline.copy' });
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindGroup);
      for (let i = 0; i < repeats; i++) pass.dispatchWorkgroups(COPY_WORKGROUPS);
      pass.end();
      const started = performance.now();
      device.queue.submit([encoder.finish()]);
      await workDone(device);
      return (performance.now() - started) / repeats;
    };
    // The first one has the pages made; a fast device gets several copies at once, so that the way to the queue does not count.
    await timeOf(1);
    const repeats = Math.max(1, Math.min(32, Math.floor(10 / (await timeOf(1)))));
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < COPIES; i++) best = Math.min(best, await timeOf(repeats));
    return rate(bytes, best);
  } finally {
    for (const buffer of buffers) buffer.destroy();
  }
}

interface RooflineHost {
  readonly handle: Pick<DeviceHandle, 'device' | 'hasQuads' | 'isSoftware'>;
  exclusively<T>(body: () => Promise<T>): Promise<T>;
  make<T>(name: string, body: () => Promise<T>): Promise<T>;
}

/** GFLOP/s of the best plain product. */
const productRate = (host: RooflineHost): Promise<number> =>
  host.exclusively(() => host.make('roofline.product', () => quickGflops(host.handle)));

const measured = new WeakMap<GPUDevice, Promise<Roofline>>();

async function measure(host: RooflineHost, known: Roofline | null): Promise<Roofline> {
  const { device, isSoftware } = host.handle;
  const bytes = COPIED_BYTES[isSoftware ? 'software' : 'hardware'];
  return {
    gflops: Math.max(known?.gflops ?? 0, await productRate(host)),
    gigabytesPerSecond:
      known?.gigabytesPerSecond ??
      (await host.exclusively(() => host.make('roofline.copy', () => gpuCopyRate(device, bytes)))),
  };
}

/**
 * The roof of a device; the run waits while it is measured, once.
 * @param seenGflops what a launch was seen to reach: where that is above the roof, the device was busy when it was measured, and
 * its product is measured again
 */
export async function gpuRoofline(host: RooflineHost, seenGflops = 0): Promise<Roofline> {
  const { device } = host.handle;
  const known = await measured.get(device);
  if (known && seenGflops <= known.gflops) return known;
  const roofline = measure(host, known ?? null);
  measured.set(device, roofline);
  roofline.catch(() => measured.delete(device));
  return roofline;
}

/** GB/s of the best of some streaming copies by this thread, bytes read and bytes written. */
export function threadCopyRate(): number {
  const [from, to] = [new Float32Array(COPIED_BYTES.software / 4).fill(1), new Float32Array(COPIED_BYTES.software / 4)];
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i <= COPIES; i++) {
    const started = performance.now();
    to.set(from);
    const ms = performance.now() - started;
    // The first one has the pages made.
    if (i > 0 && ms > 0) best = Math.min(best, ms);
  }
  return rate(COPIED_BYTES.software, best);
}
