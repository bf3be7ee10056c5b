/** One instance of the kernels with its tensors, its packed weights and its programs, lowered to kernel calls. */

import { ShapeError } from '../lib/errors.ts';
import type { View } from '../ops/view.ts';
import { Heap } from '../wasm/heap.ts';
import { instantiateKernels, type Kernels, type SimdModule } from '../wasm/kernels.ts';
import { lower } from '../wasm/lower.ts';
import { BYTES, type Panels, type Place, type Step, strideOf } from '../wasm/place.ts';
import type { TensorData } from './executor.ts';
import type { TensorSpec } from './program.ts';
import type { ShardProgram } from './wasm-program.ts';

interface Tensor {
  readonly spec: TensorSpec;
  readonly address: number;
  /** Grows with every write to a shared tensor, so that what was made from it can tell. */
  version: number;
}

export interface InstancePlan {
  readonly program: ShardProgram;
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** The kernel calls of each call of the program. */
  readonly steps: readonly (readonly Step[])[];
  /** Frees what belongs to the plan alone. */
  release(): void;
}

/** Panels of a shared weight, for all plans that use it. */
interface SharedPanels {
  readonly panels: Panels;
  readonly free: () => void;
  users: number;
}

export class WasmInstance {
  readonly heap = new Heap();
  readonly kernels: Kernels;
  readonly #shared = new Map<string, Tensor>();
  readonly #panels = new Map<string, SharedPanels>();

  constructor(module: SimdModule) {
    this.kernels = instantiateKernels(module, this.heap.memory);
    this.heap.startAt(this.kernels.heapBase());
  }

  /**
   * Allocates the tensors of a program and lowers its calls.
   * @throws ShapeError when a shared tensor has another size; RangeError when memory runs out
   */
  prepare(program: ShardProgram): InstancePlan {
    const undo: (() => void)[] = [];
    const release = () => {
      for (const free of undo.splice(0)) free();
    };
    try {
      const tensors = this.#tensorsOf(program, undo);
      return { program, tensors, steps: this.#lower(program, tensors, undo), release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /** A shared tensor, which some program has declared. */
  shared(name: string): Tensor {
    const tensor = this.#shared.get(name);
    if (!tensor) throw new ShapeError(`${name}: no such shared tensor`);
    return tensor;
  }

  write(tensor: Tensor, data: TensorData): void {
    const { address, spec } = tensor;
    const words = spec.type === 'u32' ? this.heap.integers : this.heap.floats;
    words.set(data, address / BYTES);
    tensor.version++;
  }

  /** A copy of a tensor. */
  read({ address, spec }: Tensor): Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> {
    const words = spec.type === 'u32' ? this.heap.integers : this.heap.floats;
    return words.slice(address / BYTES, address / BYTES + spec.length);
  }

  #allocate(bytes: number, undo: (() => void)[]): number {
    const address = this.heap.allocate(bytes);
    undo.push(() => this.heap.free(address));
    return address;
  }

  #tensorsOf(program: ShardProgram, undo: (() => void)[]): Map<string, Tensor> {
    const tensors = new Map<string, Tensor>();
    for (const spec of program.tensors) {
      const bytes = spec.length * BYTES;
      if (spec.role !== 'shared') {
        tensors.set(spec.name, { spec, address: this.#allocate(bytes, undo), version: 0 });
        continue;
      }
      const tensor = this.#shared.get(spec.name) ?? { spec, address: this.heap.allocate(bytes), version: 0 };
      if (tensor.spec.length !== spec.length)
        throw new ShapeError(
          `${program.name}: shared ${spec.name} has ${tensor.spec.length} elements, not ${spec.length}`,
        );
      this.#shared.set(spec.name, tensor);
      tensors.set(spec.name, tensor);
    }
    return tensors;
  }

  #lower(
    program: ShardProgram,
    tensors: ReadonlyMap<string, Tensor>,
    undo: (() => void)[],
  ): readonly (readonly Step[])[] {
    const tensorOf = (view: View) => tensors.get(view.tensor) as Tensor;
    const addressOf = (view: View) => tensorOf(view).address + view.offset * BYTES;
    // Calls run one after the other, so that they can share a block that is large enough.
    let scratch = { address: 0, bytes: 0 };
    let changed = new Set<Tensor>();
    const place: Place = {
      kernels: this.kernels,
      rows: program.rows,
      read: addressOf,
      write(view) {
        const tensor = tensorOf(view);
        if (tensor.spec.role === 'shared') changed.add(tensor);
        return addressOf(view);
      },
      floats: () => this.heap.floats,
      panels: (weight, isTransposed) =>
        tensorOf(weight).spec.role === 'shared'
          ? this.#sharedPanels(tensorOf(weight), weight, isTransposed, undo)
          : this.#makePanels(tensorOf(weight), weight, isTransposed, undo),
      scratch: (bytes) => {
        if (bytes > scratch.bytes) scratch = { address: this.#allocate(bytes, undo), bytes };
        return scratch.address;
      },
    };
    return program.calls.map((call) => {
      changed = new Set();
      const kernelCalls = lower(call, place);
      const written = [...changed];
      const touch = () => {
        for (const tensor of written) tensor.version++;
      };
      return written.length > 0 ? [...kernelCalls, touch] : kernelCalls;
    });
  }

  #makePanels(tensor: Tensor, weight: View, isTransposed: boolean, undo: (() => void)[]): Panels {
    const { kernels } = this;
    const [columns, depth] = isTransposed ? [weight.rows, weight.columns] : [weight.columns, weight.rows];
    const address = this.#allocate(kernels.panelBytes(columns, depth), undo);
    const from = tensor.address + weight.offset * BYTES;
    const isShared = tensor.spec.role === 'shared';
    let version = Number.NaN;
    return {
      address,
      refresh() {
        if (isShared && version === tensor.version) return;
        version = tensor.version;
        kernels.packPanels(Number(isTransposed), from, strideOf(weight), columns, depth, address);
      },
    };
  }

  #sharedPanels(tensor: Tensor, weight: View, isTransposed: boolean, undo: (() => void)[]): Panels {
    const { offset, rows, columns, stride } = weight;
    const key = [weight.tensor, offset, rows, columns, stride, isTransposed].join();
    let entry = this.#panels.get(key);
    if (!entry) {
      const free: (() => void)[] = [];
      entry = { panels: this.#makePanels(tensor, weight, isTransposed, free), users: 0, free: free[0] as () => void };
      this.#panels.set(key, entry);
    }
    const { panels } = entry;
    entry.users++;
    undo.push(() => this.#leavePanels(key));
    return panels;
  }

  #leavePanels(key: string): void {
    const entry = this.#panels.get(key) as SharedPanels;
    entry.users--;
    if (entry.users > 0) return;
    this.#panels.delete(key);
    entry.free();
  }
}
