/** What the command line asks a page of its own for: the rates of plain matrix products, measured again during the run. */

import type { Executor } from '../engine/executor.ts';
import { ProductBench, type ProductRate } from '../engine/product.ts';
import { openDevice } from '../gpu/device.ts';
import { DeviceUnavailableError } from '../lib/errors.ts';
import { ExecutorProductBench } from './executor-product.ts';
import { openCpu } from './heed.ts';

/** The adapter and the rate of its best product. */
export interface GpuProduct extends ProductRate {
  readonly adapter: string;
}

interface OpenGpu {
  readonly adapter: string;
  readonly bench: ProductBench;
}

let gpu: Promise<OpenGpu | null> | null = null;
let cpu: Promise<ExecutorProductBench> | null = null;

async function openGpu(): Promise<OpenGpu | null> {
  try {
    const handle = await openDevice();
    return { adapter: handle.adapter, bench: new ProductBench(handle) };
  } catch (error) {
    if (error instanceof DeviceUnavailableError) return null;
    throw error;
  }
}

/** The GPU's best product, measured now; null where there is no adapter. */
export async function gpuProduct(): Promise<GpuProduct | null> {
  gpu ??= openGpu();
  const opened = await gpu;
  return opened && { adapter: opened.adapter, ...(await opened.bench.measure()) };
}

/** GFLOP/s of the best product of the executor of a page without WebGPU, measured now. */
export async function cpuProduct(): Promise<number> {
  cpu ??= openCpu().then(({ executor }: { executor: Executor }) => new ExecutorProductBench(executor));
  return (await cpu).measure();
}
