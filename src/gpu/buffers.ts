/** Every GPU buffer is made here, labelled, counted and freed here. */

import { AllocationError, DeviceLostError } from '../lib/errors.ts';

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
    const buffer = this.#create({ label, size: Math.max(4, Math.ceil(bytes / 4) * 4), usage });
    this.#live.add(buffer);
    this.#bytes += buffer.size;
    return buffer;
  }

  #create(descriptor: GPUBufferDescriptor): GPUBuffer {
    try {
      return this.device.createBuffer(descriptor);
    } catch (error) {
      throw new AllocationError(`${descriptor.label}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  has(buffer: GPUBuffer): boolean {
    return this.#live.has(buffer);
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

/**
 * Runs `body` in error scopes and throws what they caught, so that a failed allocation is an error where it happened. What `body`
 * throws itself says more than the scopes and goes first. The scopes are a stack of the device: one `checked` at a time.
 */
export async function checked<T>(device: GPUDevice, who: string, body: () => T | Promise<T>): Promise<T> {
  device.pushErrorScope('validation');
  device.pushErrorScope('out-of-memory');
  const [outcome] = await Promise.allSettled([(async () => body())()]);
  const memory = await popScope(device);
  const error = (await popScope(device)) ?? memory;
  if (outcome.status === 'rejected') throw outcome.reason;
  if (error) throw new AllocationError(`${who}: ${error.message}`);
  return outcome.value;
}

/** As `checked`, for a body that does not wait: what it made is there at once, the promise tells whether it can be used. */
export function checkedNow<T>(device: GPUDevice, who: string, body: () => T): [made: T, isUsable: Promise<void>] {
  device.pushErrorScope('validation');
  device.pushErrorScope('out-of-memory');
  try {
    const made = body();
    return [made, refuseAny(who, [popScope(device), popScope(device)])];
  } catch (error) {
    void Promise.allSettled([popScope(device), popScope(device)]);
    throw error;
  }
}

async function refuseAny(who: string, caught: readonly Promise<GPUError | null>[]): Promise<void> {
  const error = (await Promise.all(caught)).find((one) => one !== null);
  if (error) throw new AllocationError(`${who}: ${error.message}`);
}

async function popScope(device: GPUDevice): Promise<GPUError | null> {
  try {
    return await device.popErrorScope();
  } catch {
    throw new DeviceLostError('the GPU device was lost');
  }
}
