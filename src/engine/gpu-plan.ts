/** A Program recorded for a WebGPU device: its tensors, and the launches that run it, which can be replaced between two runs. */

import type { BufferLedger } from '../gpu/buffers.ts';
import { type CopySource, StagingRing } from '../gpu/readback.ts';
import { encodeLaunches } from '../gpu/timing.ts';
import { ShapeError } from '../lib/errors.ts';
import type { Plan, StrategyDescription, TensorData } from './executor.ts';
import { launchCost } from './launch-cost.ts';
import type { Program, TensorSpec } from './program.ts';
import type { RecordedLaunch } from './recording.ts';
import { cutByTime, RunPace, shorterLaunches } from './run-pace.ts';
import type { EngineSettings } from './strategy.ts';
import { type TensorBuffer, tensorBytes } from './tensors.ts';

/** Copies of one set of tensors that may be on their way to the CPU at once. */
const RING_SLOTS = 3;

/** What a plan needs of its scheduler. */
export interface PlanHost {
  readonly device: GPUDevice;
  readonly ledger: BufferLedger;
  /** Submits a run, each part by itself. @param onDone is told how long the device was at it, in ms */
  submit(parts: readonly GPUCommandBuffer[], dispatches: number, onDone?: (ms: number) => void): void;
  /** Records a plan again with launches that cost at most so much. */
  shorten(plan: GpuPlan, maxLaunchCost: number): void;
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

const costOf = ({ launch }: RecordedLaunch): number => launchCost(launch);

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
  readonly #pace = new RunPace();
  /** The launches of a whole run as they are submitted. */
  #parts: readonly (readonly RecordedLaunch[])[];
  /** What was found to take long, and is cut. */
  #cutFor: Recording | null = null;

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
    this.#parts = [recording.launches];
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
    // It takes about as long, until it is known better.
    const { runMs, isLong } = this.#pace;
    this.#parts = isLong ? this.#cut(runMs) : [recording.launches];
    this.#pace.restart();
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
    const { device } = this.host;
    const { name } = this.program;
    if (!isWhole) {
      const launches = this.#range(from, to);
      this.host.submit([encodeRun(device, name, launches)], launches.length);
      return;
    }
    const recording = this.#recording;
    const commands = this.#parts.map((launches) => encodeRun(device, name, launches));
    this.host.submit(commands, recording.launches.length, (ms) => {
      if (recording === this.#recording) this.#learn(ms);
    });
  }

  /**
   * Cuts the next runs where they keep the device for too long at a time. Not on a software adapter: its work is a thread like
   * others, which the system interrupts for whatever else there is to do, and a submit only costs.
   */
  #learn(ms: number): void {
    const { settings, launches } = this.#recording;
    if (settings.isSoftware) return;
    this.#pace.done(ms);
    const { runMs, isLong } = this.#pace;
    if (runMs === 0) return;
    if (!isLong) {
      this.#cutFor = null;
      this.#parts = [launches];
    } else if (this.#cutFor !== this.#recording) {
      this.#cutFor = this.#recording;
      this.#parts = this.#cut(runMs);
      const total = launches.reduce((sum, launch) => sum + costOf(launch), 0);
      const longest = Math.max(0, ...launches.filter(({ launch }) => launch.kind !== 'dispatch').map(costOf));
      const shorter = shorterLaunches(longest, total, runMs, settings.maxLaunchCost);
      if (shorter !== null) this.host.shorten(this, shorter);
    }
  }

  #cut(runMs: number): readonly (readonly RecordedLaunch[])[] {
    const { launches } = this.#recording;
    return cutByTime(launches, launches.map(costOf), runMs);
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
