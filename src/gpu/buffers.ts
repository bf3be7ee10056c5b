/** Every GPU buffer is made here, labelled, counted and freed here. */

import { DeviceLostError } from '../lib/errors.ts';

export class BufferLedger {
  readonly #live = new Set<GPUBuffer>();
  #bytes = 0;

  constructor(private readonly device: GPUDevice) {}

  get count(): number {
    return this.#live.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** A buffer of at least `bytes`, rounded up to the 4 bytes that copies need. */
  create(label: string, bytes: number, usage: GPUBufferUsageFlags): GPUBuffer {
    const buffer = this.device.createBuffer({ label, size: Math.max(4, Math.ceil(bytes / 4) * 4), usage });
    this.#live.add(buffer);
    this.#bytes += buffer.size;
    return buffer;
  }

  destroy(buffer: GPUBuffer): void {
    if (!this.#live.delete(buffer)) return;
    this.#bytes -= buffer.size;
    buffer.destroy();
  }

  destroyAll(): void {
    for (const buffer of [...this.#live]) this.destroy(buffer);
  }
}

/** Runs `body` in error scopes and throws what they caught, so that a failed allocation is an error where it happened. */
export async function checked<T>(device: GPUDevice, who: string, body: () => T | Promise<T>): Promise<T> {
  device.pushErrorScope('validation');
  device.pushErrorScope('out-of-memory');
  let result: T;
  try {
    result = await body();
  } finally {
    const memory = await popScope(device);
    const validation = await popScope(device);
    const error = memory ?? validation;
    // biome-ignore lint/correctness/noUnsafeFinally: the scope's error explains the one in flight
    if (error) throw new Error(`${who}: ${error.message}`);
  }
  return result;
}

async function popScope(device: GPUDevice): Promise<GPUError | null> {
  try {
    return await device.popErrorScope();
  } catch {
    throw new DeviceLostError('the GPU device was lost');
  }
}
