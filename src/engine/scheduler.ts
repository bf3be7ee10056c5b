/** Records Programs into plans of GPU dispatches and replays them: one submit a run, nothing made while running. */

import { BufferLedger, checked } from '../gpu/buffers.ts';
import type { DeviceHandle } from '../gpu/device.ts';
import { type Kernel, reflectKernel } from '../gpu/kernel.ts';
import { type PipelineCache, pipelinesOf } from '../gpu/pipelines.ts';
import { type CopySource, StagingRing } from '../gpu/readback.ts';
import { ShapeError } from '../lib/errors.ts';
import type { Dispatch, Target } from '../ops/op.ts';
import { opDefinition } from '../ops/registry.ts';
import type { Executor, ExecutorCounters, Plan, TensorData } from './executor.ts';
import type { Program, TensorSpec } from './program.ts';

const BYTES = 4;
/** `minUniformBufferOffsetAlignment` of the default limits. */
const UNIFORM_ALIGNMENT = 256;
/** Submits that may be waiting on the queue: enough to keep a GPU busy, few enough that Pause answers at once. */
const MAX_IN_FLIGHT = 2;
/** Copies of one tensor that may be on their way to the CPU at once. */
const SHARED_RING_SLOTS = 2;
const PLAN_RING_SLOTS = 3;
/** Beyond this time a submit, one in flight keeps the queue short enough. */
const LONG_RUN_MS = 40;

interface TensorBuffer {
  readonly spec: TensorSpec;
  readonly buffer: GPUBuffer;
}

interface RecordedDispatch {
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly workgroups: readonly [number, number, number];
}

/** What a plan needs of its scheduler. */
interface Host {
  readonly device: GPUDevice;
  readonly ledger: BufferLedger;
  submit(commands: GPUCommandBuffer, dispatches: number): void;
  release(plan: GpuPlan): void;
}

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

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
  /** One for each set of tensors that is read together. */
  readonly #rings = new Map<string, StagingRing>();

  constructor(
    readonly program: Program,
    private readonly host: Host,
    private readonly tensors: ReadonlyMap<string, TensorBuffer>,
    private readonly own: readonly GPUBuffer[],
    private readonly recorded: readonly (readonly RecordedDispatch[])[],
    readonly bindGroups: number,
  ) {
    this.dispatches = recorded.reduce((total, call) => total + call.length, 0);
  }

  write(tensor: string, data: TensorData): void {
    const { spec, buffer } = this.#tensor(tensor);
    this.host.device.queue.writeBuffer(buffer, 0, toGpu(spec, data));
  }

  run(from = 0, to = this.recorded.length): void {
    const label = this.program.name;
    const encoder = this.host.device.createCommandEncoder({ label });
    const pass = encoder.beginComputePass({ label });
    let count = 0;
    for (let i = from; i < to; i++) {
      for (const { pipeline, bindGroup, workgroups } of this.recorded[i] ?? []) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, bindGroup);
        pass.dispatchWorkgroups(...workgroups);
        count++;
      }
    }
    pass.end();
    this.host.submit(encoder.finish(), count);
  }

  async read<Name extends string>(...names: readonly Name[]): Promise<Record<Name, TensorData>> {
    const tensors = names.map((name) => this.#tensor(name));
    const sources = tensors.map(({ spec, buffer }) => ({ buffer, bytes: spec.length * BYTES }));
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

  /** `target` says which kernels may be chosen; by default those that suit the device. */
  constructor(
    handle: DeviceHandle,
    private readonly target: Target = { hasQuads: handle.hasQuads },
  ) {
    this.device = handle.device;
    this.ledger = new BufferLedger(handle.device);
    this.#pipelines = pipelinesOf(handle.device);
    // A variable that a call leaves unbound still needs a buffer; its flag in the uniforms says that it is not read.
    this.#unbound = this.ledger.create('unbound', BYTES, GPUBufferUsage.STORAGE);
  }

  warmUp(programs: readonly Program[]): void {
    // A kernel that does not compile is an error where it is needed.
    for (const { calls } of programs)
      for (const call of calls)
        for (const { wgsl, entry, label } of opDefinition(call.op).dispatches(call, this.target))
          this.#pipelines.compile(reflectKernel(wgsl, entry), `${label}.${entry}`).catch(() => {});
  }

  /** @throws ShaderCompilationError; an Error naming the program when memory runs out or the scheduler is disposed meanwhile */
  prepare(program: Program): Promise<Plan> {
    // One after the other, because an error scope catches whatever fails on the device.
    const prepared = this.#preparing.then(() => this.#prepare(program));
    this.#preparing = prepared.catch(() => {});
    return prepared;
  }

  async #prepare(program: Program): Promise<Plan> {
    const own: GPUBuffer[] = [];
    const before = new Set(this.#shared.keys());
    try {
      const plan = await checked(this.device, program.name, () => this.#record(program, own));
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

  async #record(program: Program, own: GPUBuffer[]): Promise<GpuPlan> {
    const tensors = this.#allocate(program, own);
    const dispatches = program.calls.map((call) => opDefinition(call.op).dispatches(call, this.target));
    const flat = dispatches.flat();
    const kernels = flat.map(({ wgsl, entry }) => reflectKernel(wgsl, entry));
    const compiled = await Promise.all(
      flat.map((dispatch, i) => this.#pipelines.compile(kernels[i] as Kernel, `${dispatch.label}.${dispatch.entry}`)),
    );

    const offsets: number[] = [];
    let uniformBytes = 0;
    for (const kernel of kernels) {
      offsets.push(uniformBytes);
      uniformBytes += Math.ceil(kernel.uniformBytes / UNIFORM_ALIGNMENT) * UNIFORM_ALIGNMENT;
    }
    const uniforms = this.ledger.create(
      `${program.name}.uniforms`,
      uniformBytes,
      GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    );
    own.push(uniforms);
    const packed = new Uint8Array(uniformBytes);
    const recorded = flat.map((dispatch, i): RecordedDispatch => {
      const kernel = kernels[i] as Kernel;
      const { pipeline, layout } = compiled[i] as Awaited<ReturnType<PipelineCache['compile']>>;
      const offset = offsets[i] as number;
      packed.set(new Uint8Array(kernel.packUniforms(uniformsOf(dispatch, kernel))), offset);
      const views = new Map(Object.entries(dispatch.bindings).map(([name, view]) => [snakeCase(name), view]));
      const bindGroup = this.device.createBindGroup({
        label: `${dispatch.label}.${dispatch.entry}`,
        layout,
        entries: [
          { binding: kernel.uniformBinding, resource: { buffer: uniforms, offset, size: kernel.uniformBytes } },
          ...kernel.storage.map(({ variable, binding }) => {
            const view = views.get(variable);
            return {
              binding,
              resource: { buffer: view ? (tensors.get(view.tensor) as TensorBuffer).buffer : this.#unbound },
            };
          }),
        ],
      });
      return { pipeline, bindGroup, workgroups: dispatch.workgroups };
    });
    this.device.queue.writeBuffer(uniforms, 0, packed);

    let next = 0;
    const byCall = dispatches.map(({ length }) => {
      next += length;
      return recorded.slice(next - length, next);
    });
    return new GpuPlan(program, this, tensors, own, byCall, recorded.length);
  }

  #allocate(program: Program, own: GPUBuffer[]): Map<string, TensorBuffer> {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const tensors = new Map<string, TensorBuffer>();
    for (const spec of program.tensors.values()) {
      const shared = spec.role === 'shared' ? this.#shared.get(spec.name) : undefined;
      if (shared && shared.spec.length !== spec.length)
        throw new ShapeError(
          `${program.name}: shared ${spec.name} has ${shared.spec.length} elements, not ${spec.length}`,
        );
      const tensor = shared ?? { spec, buffer: this.ledger.create(spec.name, spec.length * BYTES, usage) };
      if (spec.role === 'shared') this.#shared.set(spec.name, tensor);
      else own.push(tensor.buffer);
      tensors.set(spec.name, tensor);
    }
    return tensors;
  }

  write(tensor: string, data: TensorData): void {
    const { spec, buffer } = this.#sharedTensor(tensor);
    this.device.queue.writeBuffer(buffer, 0, toGpu(spec, data));
  }

  async read(tensor: string): Promise<TensorData> {
    const { spec, buffer } = this.#sharedTensor(tensor);
    const bytes = spec.length * BYTES;
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

/** The uniforms of a dispatch: its own, and offset and stride of every bound view that the struct has a field for. */
function uniformsOf(dispatch: Dispatch, kernel: Kernel): Record<string, number> {
  const values: Record<string, number> = { ...dispatch.uniforms };
  for (const [name, view] of Object.entries(dispatch.bindings)) {
    const variable = snakeCase(name);
    if (kernel.uniformFields.has(`${variable}_offset`)) values[`${variable}_offset`] = view.offset;
    if (kernel.uniformFields.has(`${variable}_stride`)) values[`${variable}_stride`] = view.stride;
  }
  return values;
}
