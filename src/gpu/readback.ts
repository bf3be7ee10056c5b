/** Copies from the GPU through a ring of staging buffers, so that no step waits for a copy to be read. */

import { DeviceLostError } from '../lib/errors.ts';
import type { BufferLedger } from './buffers.ts';

interface Slot {
  readonly buffer: GPUBuffer;
  isFree: boolean;
}

export interface CopySource {
  readonly buffer: GPUBuffer;
  readonly bytes: number;
}

export class StagingRing {
  readonly #slots: Slot[] = [];
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly device: GPUDevice,
    private readonly ledger: BufferLedger,
    private readonly label: string,
    private readonly slotBytes: number,
    private readonly slotCount: number,
  ) {}

  /** The bytes of each source, copied behind everything submitted so far. Waits only when the whole ring is in use. */
  async read(sources: readonly CopySource[]): Promise<ArrayBuffer[]> {
    const slot = await this.#acquire();
    try {
      const encoder = this.device.createCommandEncoder({ label: this.label });
      let offset = 0;
      for (const { buffer, bytes } of sources) {
        encoder.copyBufferToBuffer(buffer, 0, slot.buffer, offset, bytes);
        offset += bytes;
      }
      this.device.queue.submit([encoder.finish()]);
      await slot.buffer.mapAsync(GPUMapMode.READ, 0, offset);
      const mapped = slot.buffer.getMappedRange(0, offset);
      let start = 0;
      const copies = sources.map(({ bytes }) => {
        start += bytes;
        return mapped.slice(start - bytes, start);
      });
      slot.buffer.unmap();
      return copies;
    } catch (error) {
      throw new DeviceLostError(`reading back failed: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      this.#release(slot);
    }
  }

  async #acquire(): Promise<Slot> {
    for (;;) {
      const free = this.#slots.find(({ isFree }) => isFree);
      if (free) {
        free.isFree = false;
        return free;
      }
      if (this.#slots.length < this.slotCount) {
        const buffer = this.ledger.create(
          this.label,
          this.slotBytes,
          GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
        );
        const slot = { buffer, isFree: false };
        this.#slots.push(slot);
        return slot;
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #release(slot: Slot): void {
    slot.isFree = true;
    this.#waiting.shift()?.();
  }

  dispose(): void {
    for (const { buffer } of this.#slots) this.ledger.destroy(buffer);
    this.#slots.length = 0;
  }
}
