/** Tensors that all plans of a scheduler work on (weights, gradients, moments, the history of the metrics), and how they are read. */

import type { BufferLedger } from '../gpu/buffers.ts';
import { StagingRing } from '../gpu/readback.ts';
import { ShapeError } from '../lib/errors.ts';
import type { TensorData } from './executor.ts';
import { fromGpu, toGpu } from './gpu-plan.ts';
import { type TensorBuffer, tensorBytes } from './tensors.ts';

/** Copies of one tensor that may be on their way to the CPU at once. */
const RING_SLOTS = 2;

/** The shared tensors of one scheduler. */
export class SharedTensors {
  /** By name; whoever prepares a plan adds those that are not there yet. */
  readonly tensors = new Map<string, TensorBuffer>();
  /** By what they read. */
  readonly #rings = new Map<string, StagingRing>();

  constructor(
    private readonly device: GPUDevice,
    private readonly ledger: BufferLedger,
  ) {}

  names(): ReadonlySet<string> {
    return new Set(this.tensors.keys());
  }

  /** Frees the tensors that are not among these. */
  keepOnly(names: ReadonlySet<string>): void {
    for (const [name, { buffer }] of this.tensors) {
      if (names.has(name)) continue;
      this.ledger.destroy(buffer);
      this.tensors.delete(name);
    }
  }

  /** @throws ShapeError for a tensor that no plan shares */
  write(name: string, data: TensorData): void {
    const { spec, buffer } = this.#tensor(name);
    this.device.queue.writeBuffer(buffer, 0, toGpu(spec, data));
  }

  /** A copy of a tensor as the runs that were submitted leave it. @throws as `write` */
  async read(name: string): Promise<TensorData> {
    const { spec, buffer } = this.#tensor(name);
    const bytes = tensorBytes(spec);
    const [copy] = await this.#ring(name, bytes, RING_SLOTS).read([{ buffer, bytes }]);
    return fromGpu(spec, copy as ArrayBuffer);
  }

  /** Copies of one moment. @throws as `write` */
  async readTogether<Name extends string>(names: readonly Name[]): Promise<Record<Name, TensorData>> {
    const tensors = names.map((name) => this.#tensor(name));
    const sources = tensors.map(({ spec, buffer }) => ({ buffer, bytes: tensorBytes(spec) }));
    const bytes = sources.reduce((total, source) => total + source.bytes, 0);
    const copies = await this.#ring(names.join('+'), bytes, 1).read(sources);
    const result = {} as Record<Name, TensorData>;
    names.forEach((name, i) => {
      result[name] = fromGpu((tensors[i] as TensorBuffer).spec, copies[i] as ArrayBuffer);
    });
    return result;
  }

  #ring(label: string, bytes: number, slots: number): StagingRing {
    const known = this.#rings.get(label);
    if (known) return known;
    const ring = new StagingRing(this.device, this.ledger, `${label}.readback`, bytes, slots);
    this.#rings.set(label, ring);
    return ring;
  }

  /** Forgets everything; the buffers are the ledger's to free. */
  dispose(): void {
    for (const ring of this.#rings.values()) ring.dispose();
    this.#rings.clear();
    this.tensors.clear();
  }

  #tensor(name: string): TensorBuffer {
    const tensor = this.tensors.get(name);
    if (!tensor) throw new ShapeError(`${name}: no such shared tensor`);
    return tensor;
  }
}
