/** Copies from the GPU through a ring of staging buffers, so that no step waits for a copy to be read. */

import { DeviceLostError } from '../lib/errors.ts';
import type { BufferLedger } from './buffers.ts';
import { watchOf } from './watch.ts';

export interface CopySource {
  readonly buffer: GPUBuffer;
  /** First byte; 0 by default. */
  readonly start?: number;
  readonly bytes: number;
}

interface Waiting {
  resolve(slot: GPUBuffer): void;
  reject(error: Error): void;
}

export class StagingRing {
  #slots = 0;
  readonly #free: GPUBuffer[] = [];
  readonly #waiting: Waiting[] = [];
  #isDisposed = false;

  constructor(
    private readonly device: GPUDevice,
    private readonly ledger: BufferLedger,
    private readonly label: string,
    private readonly slotBytes: number,
    private readonly slotCount: number,
  ) {}

  /**
   * The bytes of each source, as they are after everything submitted so far. Waits only when the whole ring is in use; what is
   * submitted in the meantime shows then.
   * @throws DeviceLostError when the device goes away; an Error when the ring is disposed
   */
  async read(sources: readonly CopySource[]): Promise<ArrayBuffer[]> {
    // Without an await where a slot is free: the copy has to be submitted before the caller submits anything else.
    const slot =
      this.#take() ?? (await new Promise<GPUBuffer>((resolve, reject) => this.#waiting.push({ resolve, reject })));
    try {
      const encoder = this.device.createCommandEncoder({ label: this.label });
      let offset = 0;
      for (const { buffer, start = 0, bytes } of sources) {
        encoder.copyBufferToBuffer(buffer, start, slot, offset, bytes);
        offset += bytes;
      }
      this.device.queue.submit([encoder.finish()]);
      await watchOf(this.device).over(slot.mapAsync(GPUMapMode.READ, 0, offset), this.label);
      const mapped = slot.getMappedRange(0, offset);
      let start = 0;
      const copies = sources.map(({ bytes }) => {
        start += bytes;
        return mapped.slice(start - bytes, start);
      });
      slot.unmap();
      return copies;
    } catch (error) {
      // Freed with everything else of its executor: the device is as well as before.
      if (this.#isDisposed || !this.ledger.has(slot)) throw this.#disposed();
      if (error instanceof DeviceLostError) throw error;
      // A copy that can't be read is the first that is seen of a loss: everything else on a lost device seems to succeed.
      const lost = new DeviceLostError(
        `reading back failed: ${error instanceof Error ? error.message : String(error)}`,
      );
      watchOf(this.device).fail(lost);
      throw lost;
    } finally {
      this.#release(slot);
    }
  }

  /** Finishes the copies that are on their way, turns away those that wait, and frees each buffer when it is read. */
  dispose(): void {
    this.#isDisposed = true;
    for (const slot of this.#free.splice(0)) this.ledger.destroy(slot);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#disposed());
  }

  #take(): GPUBuffer | null {
    if (this.#isDisposed) throw this.#disposed();
    const free = this.#free.pop();
    if (free) return free;
    if (this.#slots === this.slotCount) return null;
    const slot = this.ledger.create(this.label, this.slotBytes, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
    this.#slots++;
    return slot;
  }

  #release(slot: GPUBuffer): void {
    if (this.#isDisposed) this.ledger.destroy(slot);
    else {
      const next = this.#waiting.shift();
      if (next) next.resolve(slot);
      else this.#free.push(slot);
    }
  }

  #disposed(): Error {
    return new Error(`${this.label}: disposed before it was read`);
  }
}
