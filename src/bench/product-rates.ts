/** What the command line asks a page of its own for: the rates of plain matrix products, measured again during the run. */

import { type DeviceHandle, openDevice } from '../gpu/device.ts';
import { DeviceUnavailableError } from '../lib/errors.ts';
import { executorProductRate } from './executor-product.ts';
import { openCpu } from './heed.ts';
import { ProductBench, type ProductRate } from './product.ts';

let device: Promise<{ handle: DeviceHandle; bench: ProductBench } | null> | null = null;

async function openBench(): Promise<{ handle: DeviceHandle; bench: ProductBench } | null> {
  try {
    const handle = await openDevice();
    return { handle, bench: new ProductBench(handle) };
  } catch (error) {
    if (error instanceof DeviceUnavailableError) return null;
    throw error;
  }
}

/** The adapter and the best product of the GPU so far; null where there is no adapter. */
export async function gpuProduct(): Promise<{ adapter: string; best: ProductRate } | null> {
  device ??= openBench();
  const opened = await device;
  return opened && { adapter: opened.handle.adapter, best: await opened.bench.measure() };
}

/** GFLOP/s of the best product of the executor of a page without WebGPU. */
export async function cpuProduct(): Promise<number> {
  const { executor } = await openCpu();
  try {
    return await executorProductRate(executor);
  } finally {
    executor.dispose();
  }
}
