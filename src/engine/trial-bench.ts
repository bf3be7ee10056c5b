/** Runs the candidates of `autotune` on the GPU, on copies of a plan's tensors, so that the run itself does not notice. */

import type { BufferLedger } from '../gpu/buffers.ts';
import { StagingRing } from '../gpu/readback.ts';
import { hasTimestamps, LaunchTimer } from '../gpu/timing.ts';
import { workDone } from '../gpu/watch.ts';
import { METRICS, METRICS_LENGTH } from '../ops/step-data.ts';
import type { StepResult, Trial, TrialBench } from './autotune.ts';
import type { TensorData } from './executor.ts';
import { encodeRun, type GpuPlan, type Recording, toGpu } from './gpu-plan.ts';
import { type LaunchClocks, timeInBatches } from './launch-clocks.ts';
import type { Program } from './program.ts';
import type { RecordedLaunch } from './recording.ts';
import type { EngineSettings } from './strategy.ts';
import { allocateTensors, type TensorBuffer, tensorBytes } from './tensors.ts';

/** Without timestamps the way to the queue and back is measured too: more steps make it a smaller part. */
const UNTIMED_FACTOR = 3;

/** What a bench needs of the scheduler. */
export interface BenchHost {
  readonly device: GPUDevice;
  readonly ledger: BufferLedger;
  /** Makes GPU objects; rejects with what went wrong, also where memory ran out. */
  make<T>(name: string, body: () => T | Promise<T>): Promise<T>;
  record(program: Program, tensors: ReadonlyMap<string, TensorBuffer>, settings: EngineSettings): Promise<Recording>;
  /** Runs `body` on an idle queue, while no run is submitted. */
  exclusively<T>(body: () => Promise<T>): Promise<T>;
}

interface Copy {
  readonly from: TensorBuffer;
  readonly to: TensorBuffer;
}

export class GpuTrialBench implements TrialBench {
  readonly #recordings: Recording[] = [];
  readonly #timer: LaunchTimer | null;
  readonly #ring: StagingRing;

  private constructor(
    private readonly host: BenchHost,
    private readonly program: Program,
    private readonly tensors: ReadonlyMap<string, TensorBuffer>,
    /** From the state at the beginning to the tensors that the trials change. */
    private readonly state: readonly Copy[],
    private readonly buffers: readonly GPUBuffer[],
  ) {
    const { device, ledger } = host;
    const label = `${program.name}.trial`;
    this.#timer = hasTimestamps(device) ? new LaunchTimer(device, ledger, label) : null;
    const bytes = tensorBytes(this.#tensor('gradients').spec) + 4 * METRICS_LENGTH;
    this.#ring = new StagingRing(device, ledger, `${label}.readback`, bytes, 1);
  }

  /**
   * Copies the state and the inputs of a plan as they are after everything submitted so far.
   * @param isPooled false for trials that run call by call, each tensor in a buffer of its own
   */
  static async open(host: BenchHost, plan: GpuPlan, isPooled = true): Promise<GpuTrialBench> {
    const { program } = plan;
    const buffers: GPUBuffer[] = [];
    try {
      return await host.make(`${program.name}.trial`, () => {
        const allocate = () => {
          const shared = new Map<string, TensorBuffer>();
          const tensors = allocateTensors(program, host.ledger, shared, buffers, isPooled);
          buffers.push(...[...shared.values()].map(({ buffer }) => buffer));
          return tensors;
        };
        const tensors = allocate();
        const state: Copy[] = [];
        const inputs: Copy[] = [];
        for (const spec of program.tensors.values()) {
          const from = plan.tensors.get(spec.name) as TensorBuffer;
          const to = tensors.get(spec.name) as TensorBuffer;
          if (spec.role === 'input') inputs.push({ from, to });
          if (spec.role !== 'shared') continue;
          const buffer = host.ledger.create(`${spec.name}.trial`, tensorBytes(spec), to.buffer.usage);
          buffers.push(buffer);
          const kept: TensorBuffer = { spec, buffer, start: 0, isPooled: false };
          inputs.push({ from, to: kept });
          state.push({ from: kept, to });
        }
        host.device.queue.submit([encodeCopies(host.device, inputs)]);
        return new GpuTrialBench(host, program, tensors, state, buffers);
      });
    } catch (error) {
      for (const buffer of buffers) host.ledger.destroy(buffer);
      throw error;
    }
  }

  async prepare(settings: EngineSettings): Promise<Trial> {
    const recording = await this.host.record(this.program, this.tensors, settings);
    this.#recordings.push(recording);
    const { launches } = recording;
    return {
      result: () => this.host.exclusively(() => this.#result(launches)),
      time: (repetitions) => this.host.exclusively(() => this.#time(launches, repetitions)),
    };
  }

  /** Writes an input of the trials. */
  write(tensor: string, data: TensorData): void {
    const { spec, buffer, start } = this.#tensor(tensor);
    this.host.device.queue.writeBuffer(buffer, start, toGpu(spec, data));
  }

  /** Records settings to be timed launch by launch. */
  async prepareClocks(settings: EngineSettings): Promise<LaunchClocks> {
    const { device } = this.host;
    const recording = await this.host.record(this.program, this.tensors, settings);
    this.#recordings.push(recording);
    const { launches } = recording;
    const timer = this.#timer;
    return {
      clock: timer ? 'timestamp-query' : 'cpu',
      launches,
      whole: (repetitions) =>
        this.host.exclusively(async () => {
          this.#restore();
          return this.#wall(launches, repetitions);
        }),
      each: (repetitions) =>
        this.host.exclusively(async () => {
          this.#restore();
          if (!timer) return timeInBatches(device, launches, repetitions);
          return (await timer.each(launches, repetitions)).map((ms) => ms ?? 0);
        }),
      result: () => this.host.exclusively(() => this.#result(launches)),
    };
  }

  rest(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#ring.dispose();
    for (const buffer of this.buffers) this.host.ledger.destroy(buffer);
    for (const { buffers } of this.#recordings) for (const buffer of buffers) this.host.ledger.destroy(buffer);
  }

  async #result(launches: readonly RecordedLaunch[]): Promise<StepResult> {
    this.#restore();
    this.#run(launches);
    const sources = ['metrics', 'gradients'].map((name) => {
      const { spec, buffer, start } = this.#tensor(name);
      return { buffer, start, bytes: tensorBytes(spec) };
    });
    const [metrics, gradients] = (await this.#ring.read(sources)).map((bytes) => new Float32Array(bytes));
    return {
      loss: metrics?.[METRICS.loss] as number,
      gradientNorm: metrics?.[METRICS.gradientNorm] as number,
      gradients: gradients as Float32Array,
    };
  }

  async #time(launches: readonly RecordedLaunch[], repetitions: number): Promise<number> {
    this.#restore();
    if (this.#timer) return (await this.#timer.whole(launches, repetitions)) ?? Number.NaN;
    return this.#wall(launches, UNTIMED_FACTOR * repetitions);
  }

  /** Mean time of a run in ms by the clock of this thread. */
  async #wall(launches: readonly RecordedLaunch[], runs: number): Promise<number> {
    await workDone(this.host.device);
    const started = performance.now();
    for (let run = 0; run < runs; run++) this.#run(launches);
    await workDone(this.host.device);
    return (performance.now() - started) / runs;
  }

  #run(launches: readonly RecordedLaunch[]): void {
    const { device } = this.host;
    device.queue.submit([encodeRun(device, `${this.program.name}.trial`, launches)]);
  }

  #restore(): void {
    this.host.device.queue.submit([encodeCopies(this.host.device, this.state)]);
  }

  #tensor(name: string): TensorBuffer {
    return this.tensors.get(name) as TensorBuffer;
  }
}

function encodeCopies(device: GPUDevice, copies: readonly Copy[]): GPUCommandBuffer {
  const encoder = device.createCommandEncoder({ label: 'trial.copies' });
  for (const { from, to } of copies)
    encoder.copyBufferToBuffer(from.buffer, from.start, to.buffer, to.start, tensorBytes(from.spec));
  return encoder.finish();
}
