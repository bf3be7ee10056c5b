/** The memory of one instance, handed out in zeroed blocks. It grows and never shrinks; freed blocks are used again. */

const PAGE_BYTES = 65_536;
/** Room for the data of the kernels themselves. */
const INITIAL_PAGES = 4;
/** A line of the cache, so that no tensor shares one with another. */
const ALIGNMENT = 64;
/** Kernels may load this far behind a tensor's end. */
const OVERRUN_BYTES = 64;

const alignUp = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

interface Block {
  readonly address: number;
  readonly bytes: number;
}

export class Heap {
  readonly memory = new WebAssembly.Memory({ initial: INITIAL_PAGES });
  /** Sorted by address, no two adjacent. */
  #free: Block[] = [];
  readonly #used = new Map<number, number>();
  #end = 0;
  #floats = new Float32Array(this.memory.buffer);
  #integers = new Uint32Array(this.memory.buffer);

  /** Begins to hand out what lies behind `address`. */
  startAt(address: number): void {
    this.#end = alignUp(address);
  }

  /** Blocks in use, and their bytes. */
  get blocks(): number {
    return this.#used.size;
  }

  get bytes(): number {
    let total = 0;
    for (const bytes of this.#used.values()) total += bytes;
    return total;
  }

  /** The whole memory as float32; valid until the next allocation. */
  get floats(): Float32Array<ArrayBuffer> {
    if (this.#floats.buffer !== this.memory.buffer) this.#floats = new Float32Array(this.memory.buffer);
    return this.#floats;
  }

  /** The whole memory as unsigned integers; valid until the next allocation. */
  get integers(): Uint32Array<ArrayBuffer> {
    if (this.#integers.buffer !== this.memory.buffer) this.#integers = new Uint32Array(this.memory.buffer);
    return this.#integers;
  }

  /**
   * Address of a zeroed block.
   * @throws RangeError when the engine has no more memory
   */
  allocate(bytes: number): number {
    const wanted = alignUp(bytes + OVERRUN_BYTES);
    const index = this.#free.findIndex((block) => block.bytes >= wanted);
    const found = this.#free[index];
    if (found) {
      const rest = { address: found.address + wanted, bytes: found.bytes - wanted };
      this.#free.splice(index, 1, ...(rest.bytes > 0 ? [rest] : []));
      this.#used.set(found.address, wanted);
      this.floats.fill(0, found.address / 4, (found.address + wanted) / 4);
      return found.address;
    }
    const address = this.#end;
    const missing = address + wanted - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE_BYTES));
    this.#end = address + wanted;
    this.#used.set(address, wanted);
    return address;
  }

  free(address: number): void {
    const bytes = this.#used.get(address);
    if (bytes === undefined) throw new Error(`no block begins at ${address}`);
    this.#used.delete(address);
    const merged: { address: number; bytes: number }[] = [];
    for (const block of [...this.#free, { address, bytes }].sort((a, b) => a.address - b.address)) {
      const last = merged.at(-1);
      if (last && last.address + last.bytes === block.address) last.bytes += block.bytes;
      else merged.push({ ...block });
    }
    this.#free = merged;
  }
}
