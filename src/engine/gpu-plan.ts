/** A Program recorded for a WebGPU device: its tensors, and the launches that run it, which can be replaced between two runs. */

import type { BufferLedger } from '../gpu/buffers.ts';
import { type CopySource, StagingRing } from '../gpu/readback.ts';
import { encodeLaunches } from '../gpu/timing.ts';
import { ShapeError } from '../lib/errors.ts';
import type { Plan, StrategyDescription, TensorData } from './executor.ts';
import type { Program, TensorSpec } from './program.ts';
import type { RecordedLaunch } from './recording.ts';
import type { EngineSettings } from './strategy.ts';
import { type TensorBuffer, tensorBytes } from './tensors.ts';

/** Copies of one set of tensors that may be on their way to the CPU at once. */
const RING_SLOTS = 3;

/** What a plan needs of its scheduler. */
export interface PlanHost {
  readonly device: GPUDevice;
  readonly ledger: BufferLedger;
  submit(commands: GPUCommandBuffer, dispatches: number): void;
  release(plan: GpuPlan): void;
}

/** The launches of a program under some settings, with the buffers that only they use. */
export interface Recording {
  readonly settings: EngineSettings;
  readonly launches: readonly RecordedLaunch[];
  readonly buffers: readonly GPUBuffer[];
}

export function toGpu(spec: TensorSpec, data: TensorData): Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> {
  if (data.length !== spec.length)
    throw new ShapeError(`${spec.name}: expected ${spec.length} elements, got ${data.length}`);
  if (spec.type === 'u32')
    return data instanceof Uint32Array ? (data as Uint32Array<ArrayBuffer>) : Uint32Array.from(data);
  return data instanceof Float32Array ? (data as Float32Array<ArrayBuffer>) : Float32Array.from(data);
}

export const fromGpu = (spec: TensorSpec, bytes: ArrayBuffer): TensorData =>
  spec.type === 'u32' ? new Uint32Array(bytes) : new Float32Array(bytes);

/** One run of launches as a command buffer. */
export function encodeRun(device: GPUDevice, label: string, launches: readonly RecordedLaunch[]): GPUCommandBuffer {
  const encoder = device.createCommandEncoder({ label });
  const pass = encoder.beginComputePass({ label });
  encodeLaunches(pass, launches);
  pass.end();
  return encoder.finish();
}

export class GpuPlan implements Plan {
  /** One for each set of tensors that is read together. */
  readonly #rings = new Map<string, StagingRing>();
  #recording: Recording;
  #strategy: StrategyDescription;

  constructor(
    readonly program: Program,
    readonly tensors: ReadonlyMap<string, TensorBuffer>,
    /** Buffers of the tensors that are not shared. */
    private readonly own: readonly GPUBuffer[],
    recording: Recording,
    strategy: StrategyDescription,
    private readonly host: PlanHost,
  ) {
    this.#recording = recording;
    this.#strategy = strategy;
  }

  get settings(): EngineSettings {
    return this.#recording.settings;
  }

  get strategy(): StrategyDescription {
    return this.#strategy;
  }

  get dispatches(): number {
    return this.#recording.launches.length;
  }

  /** Runs with other launches from now on; without any, for another reason with the same. */
  use(strategy: StrategyDescription, recording?: Recording): void {
    this.#strategy = strategy;
    if (!recording) return;
    const { buffers } = this.#recording;
    this.#recording = recording;
    const free = () => this.#free(buffers);
    // Runs that are submitted still need them.
    this.host.device.queue.onSubmittedWorkDone().then(free, free);
  }

  write(tensor: string, data: TensorData): void {
    const { spec, buffer, start } = this.#tensor(tensor);
    this.host.device.queue.writeBuffer(buffer, start, toGpu(spec, data));
  }

  run(from = 0, to = this.program.calls.length): void {
    const isWhole = from === 0 && to === this.program.calls.length;
    const launches = isWhole ? this.#recording.launches : this.#range(from, to);
    this.host.submit(encodeRun(this.host.device, this.program.name, launches), launches.length);
  }

  #range(from: number, to: number): RecordedLaunch[] {
    if (this.settings.strategy !== 'separate')
      throw new Error(`${this.program.name}: prepared to run as a whole, not calls ${from} to ${to}`);
    const calls = new Set(this.program.calls.slice(from, to));
    return this.#recording.launches.filter(({ launch }) => launch.calls.some((call) => calls.has(call)));
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
    this.#free(this.own);
    this.#free(this.#recording.buffers);
    for (const ring of this.#rings.values()) ring.dispose();
    this.host.release(this);
  }

  #free(buffers: readonly GPUBuffer[]): void {
    for (const buffer of buffers) this.host.ledger.destroy(buffer);
  }

  #ring(names: readonly string[], sources: readonly CopySource[]): StagingRing {
    const key = names.join();
    let ring = this.#rings.get(key);
    if (!ring) {
      const { device, ledger } = this.host;
      const bytes = sources.reduce((total, source) => total + source.bytes, 0);
      ring = new StagingRing(device, ledger, `${this.program.name}.readback`, bytes, RING_SLOTS);
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
