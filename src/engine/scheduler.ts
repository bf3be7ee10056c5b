/** Records Programs into plans of GPU dispatches and replays them: one submit a run, nothing made while running. */

import { BufferLedger, checked } from '../gpu/buffers.ts';
import type { DeviceHandle } from '../gpu/device.ts';
import { type PipelineCache, pipelinesOf } from '../gpu/pipelines.ts';
import { type CopySource, StagingRing } from '../gpu/readback.ts';
import { ShapeError } from '../lib/errors.ts';
import type { Executor, ExecutorCounters, Plan, PrepareOptions, TensorData } from './executor.ts';
import { type Launch, lower } from './lowering.ts';
import type { Program, TensorSpec } from './program.ts';
import { compileAhead, needsPool, type RecordedLaunch, type Recorder, recordLaunches } from './recording.ts';
import { type EngineSettings, loweringOptions, rowTile, settingsFor } from './strategy.ts';
import { allocateTensors, poolBytes, type TensorBuffer, tensorBytes } from './tensors.ts';

/** Submits that may be waiting on the queue: enough to keep a GPU busy, few enough that Pause answers at once. */
const MAX_IN_FLIGHT = 2;
/** Copies of one tensor that may be on their way to the CPU at once. */
const SHARED_RING_SLOTS = 2;
const PLAN_RING_SLOTS = 3;
/** Beyond this time a submit, one in flight keeps the queue short enough. */
const LONG_RUN_MS = 40;

/** What a plan needs of its scheduler. */
interface Host {
  readonly device: GPUDevice;
  readonly ledger: BufferLedger;
  submit(commands: GPUCommandBuffer, dispatches: number): void;
  release(plan: GpuPlan): void;
}

function toGpu(spec: TensorSpec, data: TensorData): Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> {
  if (data.length !== spec.length)
    throw new ShapeError(`${spec.name}: expected ${spec.length} elements, got ${data.length}`);
  if (spec.type === 'u32')
    return data instanceof Uint32Array ? (data as Uint32Array<ArrayBuffer>) : Uint32Array.from(data);
  return data instanceof Float32Array ? (data as Float32Array<ArrayBuffer>) : Float32Array.from(data);
}

const fromGpu = (spec: TensorSpec, bytes: ArrayBuffer): TensorData =>
  spec.type === 'u32' ? new Uint32Array(bytes) : new Float32Array(bytes);

class GpuPlan implements Plan {
  readonly dispatches: number;
  readonly bindGroups: number;
  /** One for each set of tensors that is read together. */
  readonly #rings = new Map<string, StagingRing>();

  constructor(
    readonly program: Program,
    readonly settings: EngineSettings,
    private readonly host: Host,
    private readonly tensors: ReadonlyMap<string, TensorBuffer>,
    private readonly own: readonly GPUBuffer[],
    private readonly recorded: readonly RecordedLaunch[],
  ) {
    this.dispatches = recorded.length;
    this.bindGroups = recorded.length;
  }

  write(tensor: string, data: TensorData): void {
    const { spec, buffer, start } = this.#tensor(tensor);
    this.host.device.queue.writeBuffer(buffer, start, toGpu(spec, data));
  }

  run(from = 0, to = this.program.calls.length): void {
    const launches = from === 0 && to === this.program.calls.length ? this.recorded : this.#range(from, to);
    const label = this.program.name;
    const encoder = this.host.device.createCommandEncoder({ label });
    const pass = encoder.beginComputePass({ label });
    for (const { pipeline, bindGroup, workgroups } of launches) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindGroup);
      pass.dispatchWorkgroups(...workgroups);
    }
    pass.end();
    this.host.submit(encoder.finish(), launches.length);
  }

  #range(from: number, to: number): RecordedLaunch[] {
    if (this.settings.strategy !== 'separate')
      throw new Error(`${this.program.name}: prepared to run as a whole, not calls ${from} to ${to}`);
    const calls = new Set(this.program.calls.slice(from, to));
    return this.recorded.filter(({ launch }) => launch.calls.some((call) => calls.has(call)));
  }

  async read<Name extends string>(...names: readonly Name[]): Promise<Record<Name, TensorData>> {
    const tensors = names.map((name) => this.#tensor(name));
    const sources = tensors.map(({ spec, buffer, start }) => ({ buffer, start, bytes: tensorBytes(spec) }));
    const copies = await this.#ring(names, sources).read(sources);
    const result = {} as Record<Name, TensorData>;
    names.forEach((name, i) => {
      result[name] = fromGpu((tensors[i] as TensorBuffer).spec, copies[i] as ArrayBuffer);
    });
    return result;
  }

  dispose(): void {
    for (const buffer of this.own) this.host.ledger.destroy(buffer);
    for (const ring of this.#rings.values()) ring.dispose();
    this.host.release(this);
  }

  #ring(names: readonly string[], sources: readonly CopySource[]): StagingRing {
    const key = names.join();
    let ring = this.#rings.get(key);
    if (!ring) {
      const { device, ledger } = this.host;
      const bytes = sources.reduce((total, source) => total + source.bytes, 0);
      ring = new StagingRing(device, ledger, `${this.program.name}.readback`, bytes, PLAN_RING_SLOTS);
      this.#rings.set(key, ring);
    }
    return ring;
  }

  #tensor(name: string): TensorBuffer {
    const tensor = this.tensors.get(name);
    if (!tensor) throw new ShapeError(`${name}: no such tensor in ${this.program.name}`);
    return tensor;
  }
}

/** Runs Programs on a WebGPU device. */
export class Scheduler implements Executor, Host {
  readonly kind = 'webgpu';
  readonly device: GPUDevice;
  readonly ledger: BufferLedger;
  readonly #pipelines: PipelineCache;
  readonly #shared = new Map<string, TensorBuffer>();
  readonly #plans = new Set<GpuPlan>();
  readonly #rings = new Map<string, StagingRing>();
  readonly #unbound: GPUBuffer;
  #preparing: Promise<unknown> = Promise.resolve();
  #isDisposed = false;
  #inFlight: Promise<unknown>[] = [];
  #averageRunMs = 0;
  #submits = 0;
  #dispatches = 0;

  /** `settings` that are given are used for every plan; the others are chosen for the device and the program. */
  constructor(
    private readonly handle: DeviceHandle,
    private readonly settings: Partial<EngineSettings> = {},
  ) {
    this.device = handle.device;
    this.ledger = new BufferLedger(handle.device);
    this.#pipelines = pipelinesOf(handle.device);
    // A variable that a call leaves unbound still needs a buffer; its flag in the uniforms says that it is not read.
    this.#unbound = this.ledger.create('unbound', 4, GPUBufferUsage.STORAGE);
  }

  warmUp(programs: readonly Program[]): void {
    for (const program of programs) {
      const settings = this.#settings(program);
      compileAhead(program, this.#lower(program, settings), this.#recorder(program, settings));
    }
  }

  /** @throws ShaderCompilationError; an Error naming the program when memory runs out or the scheduler is disposed meanwhile */
  prepare(program: Program, options: PrepareOptions = {}): Promise<Plan> {
    // One after the other, because an error scope catches whatever fails on the device.
    const prepared = this.#preparing.then(() => this.#prepare(program, options));
    this.#preparing = prepared.catch(() => {});
    return prepared;
  }

  #settings(program: Program, { isStepped = false }: PrepareOptions = {}): EngineSettings {
    const settings = { ...settingsFor(this.handle, program), ...this.settings };
    const isTooLarge = poolBytes(program) > this.device.limits.maxStorageBufferBindingSize;
    return isStepped || isTooLarge ? { ...settings, strategy: 'separate' } : settings;
  }

  #lower(program: Program, settings: EngineSettings): Launch[] {
    return lower(program, loweringOptions(settings));
  }

  #sizes(program: Program): Record<string, number> {
    const parameters = program.tensors.get('parameters')?.length ?? 0;
    return { memory: poolBytes(program) / 4, parameters, gradients: program.tensors.get('gradients')?.length ?? 0 };
  }

  #recorder(program: Program, settings: EngineSettings): Recorder {
    return {
      device: this.device,
      ledger: this.ledger,
      pipelines: this.#pipelines,
      unbound: this.#unbound,
      hasQuads: settings.hasQuads,
      weightTile: loweringOptions(settings).weightTile,
      gradientLength: program.tensors.get('gradients')?.length ?? 0,
      sizes: settings.isSoftware ? this.#sizes(program) : null,
      tile: (rows) => rowTile(settings, rows),
    };
  }

  async #prepare(program: Program, options: PrepareOptions): Promise<Plan> {
    const own: GPUBuffer[] = [];
    const before = new Set(this.#shared.keys());
    try {
      const plan = await checked(this.device, program.name, () => this.#record(program, options, own));
      if (this.#isDisposed) throw new Error(`${program.name}: the executor was disposed`);
      this.#plans.add(plan);
      return plan;
    } catch (error) {
      for (const buffer of own) this.ledger.destroy(buffer);
      for (const [name, { buffer }] of this.#shared) {
        if (before.has(name)) continue;
        this.ledger.destroy(buffer);
        this.#shared.delete(name);
      }
      throw error;
    }
  }

  async #record(program: Program, options: PrepareOptions, own: GPUBuffer[]): Promise<GpuPlan> {
    const settings = this.#settings(program, options);
    const launches = this.#lower(program, settings);
    const tensors = allocateTensors(program, this.ledger, this.#shared, own, needsPool(launches));
    const recorded = await recordLaunches(program, launches, tensors, own, this.#recorder(program, settings));
    return new GpuPlan(program, settings, this, tensors, own, recorded);
  }

  write(tensor: string, data: TensorData): void {
    const { spec, buffer } = this.#sharedTensor(tensor);
    this.device.queue.writeBuffer(buffer, 0, toGpu(spec, data));
  }

  async read(tensor: string): Promise<TensorData> {
    const { spec, buffer } = this.#sharedTensor(tensor);
    const bytes = tensorBytes(spec);
    let ring = this.#rings.get(tensor);
    if (!ring) {
      ring = new StagingRing(this.device, this.ledger, `${tensor}.readback`, bytes, SHARED_RING_SLOTS);
      this.#rings.set(tensor, ring);
    }
    const [copy] = await ring.read([{ buffer, bytes }]);
    return fromGpu(spec, copy as ArrayBuffer);
  }

  submit(commands: GPUCommandBuffer, dispatches: number): void {
    const start = performance.now();
    this.device.queue.submit([commands]);
    this.#submits++;
    this.#dispatches += dispatches;
    const others = this.#inFlight.length;
    const done = this.device.queue.onSubmittedWorkDone().then(() => {
      this.#inFlight = this.#inFlight.filter((promise) => promise !== done);
      const ms = (performance.now() - start) / (others + 1);
      this.#averageRunMs = this.#averageRunMs === 0 ? ms : 0.8 * this.#averageRunMs + 0.2 * ms;
    });
    this.#inFlight.push(done);
  }

  async ready(): Promise<void> {
    const limit = this.#averageRunMs > LONG_RUN_MS ? 1 : MAX_IN_FLIGHT;
    while (this.#inFlight.length >= limit) await this.#inFlight[0];
  }

  async idle(): Promise<void> {
    await Promise.all(this.#inFlight);
  }

  counters(): ExecutorCounters {
    return {
      buffers: this.ledger.count,
      bytes: this.ledger.bytes,
      bindGroups: [...this.#plans].reduce((total, plan) => total + plan.bindGroups, 0),
      pipelines: this.#pipelines.size,
      submits: this.#submits,
      dispatches: this.#dispatches,
    };
  }

  release(plan: GpuPlan): void {
    this.#plans.delete(plan);
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const plan of [...this.#plans]) plan.dispose();
    for (const ring of this.#rings.values()) ring.dispose();
    this.#shared.clear();
    this.#rings.clear();
    this.ledger.destroyAll();
  }

  #sharedTensor(name: string): TensorBuffer {
    const tensor = this.#shared.get(name);
    if (!tensor) throw new ShapeError(`${name}: no such shared tensor`);
    return tensor;
  }
}
