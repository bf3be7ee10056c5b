/** One shard: an instance, and the queue of what it has to do. It runs in the executor's thread or in a worker of its own. */

import { nextTask } from '../lib/next-task.ts';
import type { SimdModule } from '../wasm/kernels.ts';
import type { TensorData } from './executor.ts';
import { Exchanger, type Link } from './wasm-exchange.ts';
import { type InstancePlan, WasmInstance } from './wasm-instance.ts';
import type { ShardProgram } from './wasm-program.ts';
import { productRate } from './wasm-scaling.ts';

/** Longest stretch between two looks at the messages, but for a single kernel call that takes longer. */
const SLICE_MS = 20;

export type ShardData = Record<string, Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>;

/** What an executor asks of a shard. Everything happens in the order in which it was asked for. */
export interface Shard {
  /** Resolves when the plan is ready. Plans and their numbers are the same on all shards. */
  prepare(plan: number, program: ShardProgram, shards: number): Promise<void>;
  release(plan: number): void;
  /** Writes a tensor of a plan, or a shared one with no plan; `data` belongs to the shard from here on. */
  write(plan: number | null, tensor: string, data: TensorData): void;
  run(plan: number, from: number, to: number): unknown;
  read(plan: number | null, tensors: readonly string[]): Promise<ShardData>;
  /** GFLOP/s of matrix products over some milliseconds. */
  productRate(durationMs: number): Promise<number>;
  /** Resolves when everything asked for so far has been done. @throws what failed meanwhile */
  idle(): Promise<void>;
  /** Frees everything; what waits is dropped. */
  dispose(): void;
}

/** How a read ends when the executor is disposed before its turn. */
const DISPOSED = 'disposed before it was read';

interface ShardPlan extends InstancePlan {
  readonly shards: number;
}

export class LocalShard implements Shard {
  readonly #instance: WasmInstance;
  readonly #exchanger: Exchanger;
  readonly #plans = new Map<number, ShardPlan>();
  #tail: Promise<unknown> = Promise.resolve();
  #failure: unknown = null;
  #isDisposed = false;

  /**
   * `links` lead to the other shards, with null in the place of this one. `isShared` says that the thread has more to do than
   * this, so that long runs have to make room.
   */
  constructor(
    module: SimdModule,
    links: readonly (Link | null)[] = [null],
    private readonly isShared = true,
  ) {
    this.#instance = new WasmInstance(module);
    this.#exchanger = new Exchanger(this.#instance, links);
  }

  get instance(): WasmInstance {
    return this.#instance;
  }

  /** Stops at the next call, and lets nobody wait for it. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.#exchanger.fail(error);
  }

  async prepare(plan: number, program: ShardProgram, shards: number): Promise<void> {
    this.#plans.set(plan, { ...this.#instance.prepare(program), shards });
  }

  release(plan: number): void {
    this.#enqueue(() => {
      this.#plans.get(plan)?.release();
      this.#plans.delete(plan);
    }).catch(() => {});
  }

  write(plan: number | null, tensor: string, data: TensorData): void {
    this.#enqueue(() => this.#instance.write(this.#tensor(plan, tensor), data)).catch(() => {});
  }

  /** Resolves when the run is through. */
  run(plan: number, from: number, to: number): Promise<void> {
    const done = this.#enqueue(() => this.#run(plan, from, to));
    done.catch(() => {});
    return done;
  }

  async read(plan: number | null, tensors: readonly string[]): Promise<ShardData> {
    return this.#enqueue(() =>
      Object.fromEntries(tensors.map((name) => [name, this.#instance.read(this.#tensor(plan, name))])),
    );
  }

  productRate(durationMs: number): Promise<number> {
    return this.#enqueue(() => productRate(this.#instance, durationMs));
  }

  async idle(): Promise<void> {
    await this.#tail;
    if (this.#failure && !this.#isDisposed) throw this.#failure;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#exchanger.fail(new Error(DISPOSED));
    this.#exchanger.close();
    this.#plans.clear();
  }

  #enqueue<T>(task: () => T | Promise<T>): Promise<T> {
    const done = this.#tail.then(() => {
      if (this.#isDisposed) throw new Error(DISPOSED);
      if (this.#failure) throw this.#failure;
      return task();
    });
    this.#tail = done.catch((error) => {
      if (!this.#isDisposed) this.#failure ??= error;
    });
    return done;
  }

  #tensor(plan: number | null, name: string) {
    const tensor = plan === null ? this.#instance.shared(name) : this.#plans.get(plan)?.tensors.get(name);
    if (!tensor) throw new Error(`${name}: no such tensor`);
    return tensor;
  }

  async #run(number: number, from: number, to: number): Promise<void> {
    const plan = this.#plans.get(number) as ShardPlan;
    const { exchange } = plan.program;
    if (this.isShared) await nextTask();
    let until = performance.now() + SLICE_MS;
    for (let i = from; i < to && !this.#isDisposed; i++) {
      if (exchange?.at === i) await this.#exchanger.exchange(plan, exchange, plan.shards);
      for (const step of plan.steps[i] as (typeof plan.steps)[number]) {
        step();
        if (this.isShared && performance.now() > until) {
          await nextTask();
          until = performance.now() + SLICE_MS;
        }
      }
    }
    if (exchange?.at === to && to === plan.steps.length && from < to && !this.#isDisposed)
      await this.#exchanger.exchange(plan, exchange, plan.shards);
  }
}
