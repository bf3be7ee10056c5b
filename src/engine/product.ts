/** How fast a device multiplies matrices when nothing else is asked of it, and what a dispatch costs it. */

import type { DeviceHandle } from '../gpu/device.ts';
import { workDone } from '../gpu/watch.ts';
import { createRandom } from '../lib/random.ts';
import {
  type KernelOf,
  type ProductKernel,
  type ProductShape,
  productKernels,
  quadProduct,
  registerProduct,
} from './product-kernels.ts';

export interface ProductRate {
  readonly kernel: string;
  /** As `512×512×512`: m, n, k. */
  readonly shape: string;
  readonly gflops: number;
}

/** A product that is compiled and has its operands. */
interface Product {
  readonly kernel: string;
  readonly shape: ProductShape;
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly workgroups: readonly [number, number];
  readonly buffers: readonly GPUBuffer[];
}

/** How much is tried, and for how long. */
export interface ProductEffort {
  /** In the order in which they are tried. */
  readonly shapes: readonly ProductShape[];
  readonly kernels: readonly KernelOf[];
  readonly burstMs: number;
  /** A shape that would take longer than this, by what was measured before, is left out. */
  readonly mostMs: number;
}

/** What an effort is chosen for. */
type Adapter = Pick<DeviceHandle, 'hasQuads' | 'isSoftware'>;

const cube = (size: number): ProductShape => ({ m: size, n: size, k: size });

/**
 * All kernels on a cube, and on the weight gradient of *small* with its operands the other way round; on a GPU also on what fills a
 * large one.
 */
export const thoroughEffort = ({ hasQuads, isSoftware }: Adapter): ProductEffort => ({
  shapes: [cube(512), { m: 768, n: 512, k: 256 }, ...(isSoftware ? [] : [cube(2048)])],
  kernels: productKernels(hasQuads, isSoftware),
  burstMs: 150,
  mostMs: Number.POSITIVE_INFINITY,
});

/** What a visitor waits for: kernels that may be the best one, on shapes that the device is through with in no time. */
export const quickEffort = ({ hasQuads, isSoftware }: Adapter): ProductEffort => ({
  shapes: isSoftware ? [cube(256)] : [cube(1024), cube(2048)],
  // A software adapter pays for every barrier, and multiplies fastest in registers.
  kernels: isSoftware ? [hasQuads ? quadProduct : registerProduct] : productKernels(hasQuads, isSoftware),
  burstMs: 30,
  mostMs: 20,
});

const BURSTS = 3;
const MAX_REPEATS = 512;
/** Of a sum of some hundred terms from -1 to 1. */
const TOLERANCE = 1e-3;
const CHECKED_OUTPUTS = 16;

const flopsOf = ({ m, n, k }: ProductShape): number => 2 * m * n * k;
const describeShape = ({ m, n, k }: ProductShape): string => `${m}×${n}×${k}`;

/** The outputs that are checked, and what they should be. */
function expectedOutputs({ m, n, k }: ProductShape, a: Float32Array, b: Float32Array): Map<number, number> {
  const random = createRandom(m, n, k);
  const outputs = new Map<number, number>();
  for (let i = 0; i < CHECKED_OUTPUTS; i++) {
    const [row, column] = [random.integer(m), random.integer(n)];
    let sum = 0;
    for (let l = 0; l < k; l++) sum += (a[row * k + l] as number) * (b[l * n + column] as number);
    outputs.set(row * n + column, sum);
  }
  return outputs;
}

function run(device: GPUDevice, { pipeline, bindGroup, workgroups }: Product, repeats: number): void {
  const encoder = device.createCommandEncoder({ label: 'product' });
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindGroup);
  for (let i = 0; i < repeats; i++) pass.dispatchWorkgroups(...workgroups);
  pass.end();
  device.queue.submit([encoder.finish()]);
}

async function readBack(device: GPUDevice, buffer: GPUBuffer): Promise<Float32Array> {
  const staging = device.createBuffer({
    label: 'product.readback',
    size: buffer.size,
    usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
  });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, 0, staging, 0, buffer.size);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const copy = new Float32Array(staging.getMappedRange().slice(0));
  staging.destroy();
  return copy;
}

/** @throws Error when the product comes out wrong */
async function prepare(device: GPUDevice, shape: ProductShape, kernel: ProductKernel): Promise<Product> {
  const { m, n, k } = shape;
  const random = createRandom(5);
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
  const values = [m * k, k * n].map((count) => Float32Array.from({ length: count }, () => 2 * random.uniform() - 1));
  const buffers = [m * k, k * n, m * n].map((count) =>
    device.createBuffer({ label: 'product', size: 4 * count, usage }),
  );
  const [a, b] = values as [Float32Array<ArrayBuffer>, Float32Array<ArrayBuffer>];
  device.queue.writeBuffer(buffers[0] as GPUBuffer, 0, a);
  device.queue.writeBuffer(buffers[1] as GPUBuffer, 0, b);
  const pipeline = await device.createComputePipelineAsync({
    label: kernel.name,
    layout: 'auto',
    compute: { module: device.createShaderModule({ label: kernel.name, code: kernel.wgsl }) },
  });
  const bindGroup = device.createBindGroup({
    label: kernel.name,
    layout: pipeline.getBindGroupLayout(0),
    entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  const product = { kernel: kernel.name, shape, pipeline, bindGroup, workgroups: kernel.workgroups, buffers };
  run(device, product, 1);
  const c = await readBack(device, buffers[2] as GPUBuffer);
  for (const [index, expected] of expectedOutputs(shape, a, b))
    if (!(Math.abs((c[index] as number) - expected) <= TOLERANCE))
      throw new Error(`${kernel.name}, ${describeShape(shape)}: expected ${expected} at ${index}, got ${c[index]}`);
  return product;
}

/** Milliseconds that so many repetitions take, from submitting to the end. */
async function timeOf(device: GPUDevice, product: Product, repeats: number): Promise<number> {
  const start = performance.now();
  run(device, product, repeats);
  await workDone(device);
  return performance.now() - start;
}

/** The best of some bursts: what the device can do, undisturbed. */
async function gflopsOf(device: GPUDevice, product: Product, burstMs: number): Promise<number> {
  let repeats = 1;
  while (repeats < MAX_REPEATS && (await timeOf(device, product, repeats)) < burstMs / 2) repeats *= 2;
  let best = Number.POSITIVE_INFINITY;
  for (let burst = 0; burst < BURSTS; burst++)
    best = Math.min(best, (await timeOf(device, product, repeats)) / repeats);
  return flopsOf(product.shape) / best / 1e6;
}

/** The products of one device, compiled once; the best of them can be measured again and again. */
export class ProductBench {
  readonly #device: GPUDevice;
  #rates: readonly ProductRate[] = [];
  #best: Product | null = null;

  constructor(
    { device, ...adapter }: Pick<DeviceHandle, 'device' | 'hasQuads' | 'isSoftware'>,
    private readonly effort: ProductEffort = thoroughEffort(adapter),
  ) {
    this.#device = device;
  }

  /** The rate of the best product; the first call tries every kernel and shape, later ones the best of them again. */
  async measure(): Promise<ProductRate> {
    if (this.#best) return this.#rateOf(this.#best);
    await this.#tryAll();
    return this.#rates[0] as ProductRate;
  }

  /** The rates of the first call, the highest first. */
  get rates(): readonly ProductRate[] {
    return this.#rates;
  }

  async #tryAll(): Promise<void> {
    const { shapes, kernels, mostMs } = this.effort;
    const rates: ProductRate[] = [];
    let best = 0;
    for (const shape of shapes)
      for (const kernelOf of kernels) {
        if (best > 0 && flopsOf(shape) / best / 1e6 > mostMs) continue;
        const product = await prepare(this.#device, shape, kernelOf(shape));
        const rate = await this.#rateOf(product);
        rates.push(rate);
        if (rate.gflops > best) {
          best = rate.gflops;
          this.#free(this.#best);
          this.#best = product;
        } else this.#free(product);
      }
    this.#rates = rates.toSorted((a, b) => b.gflops - a.gflops);
  }

  async #rateOf(product: Product): Promise<ProductRate> {
    const { kernel, shape } = product;
    return { kernel, shape: describeShape(shape), gflops: await gflopsOf(this.#device, product, this.effort.burstMs) };
  }

  /** Frees the operands of the best product. */
  dispose(): void {
    this.#free(this.#best);
    this.#best = null;
  }

  #free(product: Product | null): void {
    for (const buffer of product?.buffers ?? []) buffer.destroy();
  }
}

/** GFLOP/s of a device's best product, as far as a visitor would wait for it. */
export async function quickGflops(handle: Pick<DeviceHandle, 'device' | 'hasQuads' | 'isSoftware'>): Promise<number> {
  const products = new ProductBench(handle, quickEffort(handle));
  try {
    return (await products.measure()).gflops;
  } finally {
    products.dispose();
  }
}

/** Microseconds of an empty dispatch within one pass: the least that another launch costs. */
export async function dispatchCost(device: GPUDevice): Promise<number> {
  const dispatches = 1000;
  const pipeline = await device.createComputePipelineAsync({
    label: 'bench.empty',
    layout: 'auto',
    compute: { module: device.createShaderModule({ code: '@compute @workgroup_size(1) fn main() {}' }) },
  });
  const times: number[] = [];
  for (let repeat = 0; repeat < 5; repeat++) {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    for (let i = 0; i < dispatches; i++) pass.dispatchWorkgroups(1);
    pass.end();
    const start = performance.now();
    device.queue.submit([encoder.finish()]);
    await workDone(device);
    times.push((1000 * (performance.now() - start)) / dispatches);
  }
  return Math.min(...times);
}
