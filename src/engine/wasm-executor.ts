/**
 * Runs Programs on the CPU in float32, with WebAssembly SIMD, the rows of a batch split over shards: the first in this thread,
 * the others each in a worker. Every shard has its own copy of the weights and makes the same update from the same gradients, so
 * that the copies stay equal bit for bit.
 */

import { ShapeError } from '../lib/errors.ts';
import type { Locks } from '../lib/life-lock.ts';
import { compileKernels, type SimdModule } from '../wasm/kernels.ts';
import type { Executor, ExecutorCounters, Plan, ProfileOptions, TensorData } from './executor.ts';
import type { PlanProfile } from './profile.ts';
import type { Program, TensorSpec } from './program.ts';
import type { StartedWorker } from './wasm-messages.ts';
import { checkLength, converted, type PlanHost, WasmPlan } from './wasm-plan.ts';
import { type ShardProgram, shardsFor, sharedWrites, splitProgram } from './wasm-program.ts';
import { RemoteShard } from './wasm-remote.ts';
import { measureProduct, usefulShards } from './wasm-scaling.ts';
import { LocalShard, type Shard } from './wasm-shard.ts';
import { linkShards, type StartOptions, startWorkers } from './wasm-start.ts';

const BYTES = 4;
/** Runs that may be waiting: enough to keep the workers busy, few enough that Pause answers at once. */
const MAX_IN_FLIGHT = 2;
/** Beyond this time a run, one is enough. */
const LONG_RUN_MS = 40;

export interface WasmOptions extends StartOptions {
  /** The build of the kernels, the best one by default. */
  readonly module?: SimdModule;
}

export class WasmExecutor implements Executor, PlanHost {
  readonly kind = 'cpu';
  shards: readonly Shard[];
  readonly #local: LocalShard;
  /** Shards in use, decided by the first program that is split or makes updates. */
  #active: number | null = null;
  /** Shared tensors, and those that each shard has. */
  readonly #shared = new Map<string, TensorSpec>();
  readonly #held: readonly Set<string>[];
  readonly #plans = new Set<WasmPlan>();
  #inFlight: Promise<void>[] = [];
  #lastDone = 0;
  #averageRunMs = 0;
  #nextPlan = 0;
  #runs = 0;
  #calls = 0;
  #failure: Error | null = null;

  private constructor(
    readonly module: SimdModule,
    workers: readonly StartedWorker[],
    locks?: Locks,
  ) {
    const links = linkShards(workers.length + 1);
    this.#local = new LocalShard(module, links[0]);
    const fail = (error: Error) => {
      this.#failure ??= error;
      this.#local.fail(error);
    };
    const remote = workers.map((worker, i) => new RemoteShard(worker, module, links[i + 1] ?? [], fail, locks));
    this.shards = [this.#local, ...remote];
    this.#held = this.shards.map(() => new Set());
  }

  /**
   * Starts the workers that there are processors for; those that do not start, and those that would not make it faster, are done
   * without.
   * @returns null where there is no WebAssembly with SIMD
   */
  static async open(options: WasmOptions = {}): Promise<WasmExecutor | null> {
    const module = options.module ?? (await compileKernels());
    if (!module) return null;
    const executor = new WasmExecutor(module, await startWorkers(options), options.locks);
    if (options.shards === undefined) await executor.#keepUseful();
    return executor;
  }

  /** Shards that were found to be worth having; asked once, since the computer stays the same. */
  static #useful: Promise<number> | null = null;

  async #keepUseful(): Promise<void> {
    WasmExecutor.#useful ??= usefulShards(this.shards);
    const useful = await WasmExecutor.#useful;
    for (const shard of this.shards.slice(useful)) shard.dispose();
    this.shards = this.shards.slice(0, useful);
  }

  /** GFLOP/s of its best plain product on all threads. */
  measureProduct(): Promise<number> {
    return measureProduct(this.shards, 10);
  }

  async profile(plan: Plan, options: ProfileOptions): Promise<PlanProfile> {
    const { profileOnWasm } = await import('./wasm-profile.ts');
    return profileOnWasm(this, plan as WasmPlan, options);
  }

  /** Threads that a batch is split over: those that were started, or as many of them as the batches are large enough for. */
  get threads(): number {
    return this.#active ?? this.shards.length;
  }

  warmUp(): void {}

  /** @throws ShapeError when a shared tensor has another size; RangeError when memory runs out */
  async prepare(program: Program): Promise<Plan> {
    for (const spec of program.tensors.values()) {
      const known = spec.role === 'shared' ? this.#shared.get(spec.name) : undefined;
      if (known && known.length !== spec.length)
        throw new ShapeError(`${program.name}: shared ${spec.name} has ${known.length} elements, not ${spec.length}`);
    }
    const isUpdating = sharedWrites(program).length > 0;
    const wanted = shardsFor(program, this.#active ?? this.shards.length);
    if (isUpdating || wanted > 1) this.#active ??= wanted;
    // All that have the weights have to make every update, if need be each on the whole batch.
    const count = isUpdating ? (this.#active as number) : wanted;
    const parts = splitProgram(program, count);
    const plan = new WasmPlan(program, this.#nextPlan++, parts, isUpdating ? count : parts.length, this);
    for (let s = 0; s < plan.shardCount; s++) await this.#prepareOn(s, plan, (parts[s] ?? parts[0]) as ShardProgram);
    this.#plans.add(plan);
    return plan;
  }

  async #prepareOn(s: number, plan: WasmPlan, part: ShardProgram): Promise<void> {
    const shard = this.shards[s] as Shard;
    await shard.prepare(plan.id, part, plan.parts.length);
    const held = this.#held[s] as Set<string>;
    for (const spec of plan.program.tensors.values()) {
      if (spec.role !== 'shared' || held.has(spec.name)) continue;
      held.add(spec.name);
      this.#shared.set(spec.name, spec);
      if (s === 0) continue;
      const { [spec.name]: data } = await this.#local.read(null, [spec.name]);
      shard.write(null, spec.name, data as TensorData);
    }
  }

  write(tensor: string, data: TensorData): void {
    const spec = this.#sharedSpec(tensor);
    checkLength(spec, data);
    this.shards.forEach((shard, s) => {
      if (this.#held[s]?.has(tensor)) shard.write(null, tensor, converted(spec, data));
    });
  }

  async read(tensor: string): Promise<TensorData> {
    this.#sharedSpec(tensor);
    return (await this.#local.read(null, [tensor]))[tensor] as TensorData;
  }

  async readTogether<Name extends string>(tensors: readonly Name[]): Promise<Record<Name, TensorData>> {
    for (const tensor of tensors) this.#sharedSpec(tensor);
    return (await this.#local.read(null, tensors)) as Record<Name, TensorData>;
  }

  async ready(): Promise<void> {
    const most = this.#averageRunMs > LONG_RUN_MS ? 1 : MAX_IN_FLIGHT;
    while (this.#inFlight.length >= most) await this.#inFlight[0];
    if (this.#failure) throw this.#failure;
  }

  async idle(): Promise<void> {
    await Promise.all(this.shards.map((shard) => shard.idle()));
  }

  counters(): ExecutorCounters {
    const shared = this.#held.flatMap((held) => [...held].map((name) => this.#shared.get(name) as TensorSpec));
    const specs = [...shared, ...[...this.#plans].flatMap(({ localSpecs }) => localSpecs)];
    return {
      buffers: specs.length,
      bytes: specs.reduce((total, { length }) => total + BYTES * length, 0),
      bindGroups: 0,
      pipelines: 0,
      submits: this.#runs,
      dispatches: this.#calls,
    };
  }

  dispose(): void {
    for (const shard of this.shards) shard.dispose();
    this.#plans.clear();
    this.#shared.clear();
    for (const held of this.#held) held.clear();
  }

  submit(plan: number, from: number, to: number, shards: number): void {
    this.#runs++;
    this.#calls += to - from;
    const submitted = performance.now();
    // The workers first: they start while this thread is still submitting.
    for (const shard of this.shards.slice(1, shards)) shard.run(plan, from, to);
    const run = this.#local.run(plan, from, to);
    this.#inFlight.push(run);
    const leave = () => {
      this.#inFlight = this.#inFlight.filter((other) => other !== run);
    };
    run.then(() => {
      const now = performance.now();
      const duration = now - Math.max(submitted, this.#lastDone);
      this.#averageRunMs += (duration - this.#averageRunMs) / 4;
      this.#lastDone = now;
      leave();
    }, leave);
  }

  release(plan: WasmPlan): void {
    this.#plans.delete(plan);
  }

  #sharedSpec(name: string): TensorSpec {
    const spec = this.#shared.get(name);
    if (!spec) throw new ShapeError(`${name}: no such shared tensor`);
    return spec;
  }
}
