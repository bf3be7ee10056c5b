/** Records Programs into plans of GPU dispatches and replays them: one submit a run, or few where a run is long; nothing made while running. */

import { BufferLedger, checked, checkedNow } from '../gpu/buffers.ts';
import type { DeviceHandle } from '../gpu/device.ts';
import { type PipelineCache, pipelinesOf } from '../gpu/pipelines.ts';
import { watchOf, workDone } from '../gpu/watch.ts';
import { BUDGET_MS } from './autotune.ts';
import type {
  Executor,
  ExecutorCounters,
  Plan,
  PrepareOptions,
  ProfileOptions,
  StrategyDescription,
  StrategyReason,
  TensorData,
} from './executor.ts';
import { GpuPlan, type PlanHost, type Recording } from './gpu-plan.ts';
import { type ProfileHost, profileOnGpu } from './gpu-profile.ts';
import { type Launch, lower } from './lowering.ts';
import type { PlanProfile } from './profile.ts';
import { type Program, standsAlone } from './program.ts';
import { QueueDepth } from './queue-depth.ts';
import { compileAhead, kernelTexts, needsPool, type Recorder, recordLaunches } from './recording.ts';
import { SharedTensors } from './shared-tensors.ts';
import { choiceOf, type EngineSettings, loweringOptions, rowTile, ruleReason, settingsFor } from './strategy.ts';
import { allocateTensors, poolBytes, type TensorBuffer } from './tensors.ts';
import { type TuningHost, type TuningOptions, tunePlans } from './tuning.ts';
import { TuningMemory } from './tuning-memory.ts';

/** Runs Programs on a WebGPU device. */
export class Scheduler implements Executor, PlanHost, TuningHost, ProfileHost {
  readonly kind = 'webgpu';
  readonly device: GPUDevice;
  readonly ledger: BufferLedger;
  readonly tuning: TuningOptions;
  readonly #pipelines: PipelineCache;
  readonly #shared: SharedTensors;
  readonly #plans = new Set<GpuPlan>();
  readonly #unbound: GPUBuffer;
  /** Rejects where there was no room for what every plan needs. */
  readonly #ready: Promise<void>;
  readonly #disposed = new AbortController();
  readonly #depth = new QueueDepth();
  readonly #inFlight = new Set<Promise<void>>();
  #making: Promise<unknown> = Promise.resolve();
  /** While it is there, no run is to be submitted. */
  #turn: Promise<void> | null = null;
  #submits = 0;
  #dispatches = 0;

  /**
   * @param settings those that are given are used for every plan; the others are chosen for the device and the program
   */
  constructor(
    readonly handle: DeviceHandle,
    private readonly settings: Partial<EngineSettings> = {},
    tuning: Partial<TuningOptions> = {},
  ) {
    this.tuning = { memory: new TuningMemory(), budgetMs: BUDGET_MS, ...tuning };
    this.device = handle.device;
    this.ledger = new BufferLedger(handle.device);
    this.#shared = new SharedTensors(handle.device, this.ledger);
    this.#pipelines = pipelinesOf(handle.device);
    // A variable that a call leaves unbound still needs a buffer; its flag in the uniforms says that it is not read.
    const [unbound, ready] = checkedNow(this.device, 'scheduler', () =>
      this.ledger.create('unbound', 4, GPUBufferUsage.STORAGE),
    );
    this.#unbound = unbound;
    this.#ready = ready;
    ready.catch(() => {});
  }

  warmUp(programs: readonly Program[]): void {
    for (const program of programs) {
      const settings = this.#settings(program);
      if (!settings.isSized) compileAhead(program, this.#lower(program, settings), this.#recorder(program, settings));
    }
  }

  /** @throws ShaderCompilationError; an Error naming the program when memory runs out or the scheduler is disposed meanwhile */
  prepare(program: Program, options: PrepareOptions = {}): Promise<Plan> {
    return this.#inTurn(() => this.#prepare(program, options));
  }

  make<T>(name: string, body: () => T | Promise<T>): Promise<T> {
    return this.#inTurn(() => checked(this.device, name, body));
  }

  /** One after the other, because an error scope catches whatever fails on the device. */
  #inTurn<T>(body: () => Promise<T>): Promise<T> {
    const before = this.#making;
    const made = this.#ready.then(() => before).then(body);
    this.#making = made.catch(() => {});
    return made;
  }

  get adapter(): string {
    return this.handle.adapter;
  }

  kernels(program: Program, settings: EngineSettings): readonly string[] {
    return kernelTexts(program, this.#lower(program, settings), this.#recorder(program, settings));
  }

  /** @throws as `prepare` */
  async record(
    program: Program,
    tensors: ReadonlyMap<string, TensorBuffer>,
    settings: EngineSettings,
  ): Promise<Recording> {
    const buffers: GPUBuffer[] = [];
    try {
      const recorded = await this.make(program.name, () => this.#record(program, tensors, settings, buffers));
      this.#throwIfDisposed(program);
      return recorded;
    } catch (error) {
      for (const buffer of buffers) this.ledger.destroy(buffer);
      throw error;
    }
  }

  /** Measures only where the adapter is hardware, and where no strategy was asked for. */
  async tune(plans: readonly Plan[], signal: AbortSignal): Promise<void> {
    if (this.handle.isSoftware || this.settings.strategy !== undefined) return;
    const own = plans.filter((plan): plan is GpuPlan => plan instanceof GpuPlan);
    const isFree = own.every(({ strategy }) => strategy.reason.kind === 'rule');
    if (!isFree) return;
    try {
      await tunePlans(this, own, AbortSignal.any([signal, this.#disposed.signal]));
    } catch (error) {
      // What can't be tuned runs as it is; a device that is lost is told of by its owner.
      console.debug(`tuning: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  profile(plan: Plan, options: ProfileOptions): Promise<PlanProfile> {
    return profileOnGpu(this, plan as GpuPlan, options);
  }

  exclusively<T>(body: () => Promise<T>): Promise<T> {
    const result = (this.#turn ?? Promise.resolve()).then(async () => {
      await this.idle();
      return body();
    });
    const turn: Promise<void> = result.then(
      () => this.#endTurn(turn),
      () => this.#endTurn(turn),
    );
    this.#turn = turn;
    return result;
  }

  #endTurn(turn: Promise<void>): void {
    if (this.#turn === turn) this.#turn = null;
  }

  #settings(program: Program, { isStepped = false }: PrepareOptions = {}): EngineSettings {
    const settings = { ...settingsFor(this.handle, program), ...this.settings };
    const isTooLarge = poolBytes(program) > this.device.limits.maxStorageBufferBindingSize;
    return isStepped || isTooLarge ? { ...settings, strategy: 'separate' } : settings;
  }

  #describe(program: Program, settings: EngineSettings): StrategyDescription {
    const { strategy: asked } = this.settings;
    const rule = ruleReason(this.handle, program);
    const isRule = settings.strategy === settingsFor(this.handle, program).strategy;
    const reason: StrategyReason =
      settings.strategy === asked ? { kind: 'asked' } : isRule ? rule : { kind: 'no-choice' };
    return { ...choiceOf(settings), reason };
  }

  #lower(program: Program, settings: EngineSettings): Launch[] {
    return lower(program, loweringOptions(settings));
  }

  #sizes(program: Program): Record<string, number> {
    const alone = [...program.tensors.values()].filter(standsAlone);
    return { ...Object.fromEntries(alone.map(({ name, length }) => [name, length])), memory: poolBytes(program) / 4 };
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
      sizes: settings.isSized ? this.#sizes(program) : null,
      tile: (rows) => rowTile(settings, rows),
    };
  }

  async #prepare(program: Program, options: PrepareOptions): Promise<Plan> {
    const own: GPUBuffer[] = [];
    const before = this.#shared.names();
    try {
      const settings = this.#settings(program, options);
      const plan = await checked(this.device, program.name, async () => {
        const isPooled = needsPool(this.#lower(program, settings));
        const tensors = allocateTensors(program, this.ledger, this.#shared.tensors, own, isPooled);
        const kept = [...own];
        const recording = await this.#record(program, tensors, settings, own);
        return new GpuPlan(program, tensors, kept, recording, this.#describe(program, settings), this);
      });
      this.#throwIfDisposed(program);
      this.#plans.add(plan);
      return plan;
    } catch (error) {
      for (const buffer of own) this.ledger.destroy(buffer);
      this.#shared.keepOnly(before);
      throw error;
    }
  }

  /** @param made takes the buffers that are made */
  async #record(
    program: Program,
    tensors: ReadonlyMap<string, TensorBuffer>,
    settings: EngineSettings,
    made: GPUBuffer[],
  ): Promise<Recording> {
    const buffers: GPUBuffer[] = [];
    try {
      const recorder = this.#recorder(program, settings);
      const launches = await recordLaunches(program, this.#lower(program, settings), tensors, buffers, recorder);
      return { settings, launches, buffers };
    } finally {
      made.push(...buffers);
    }
  }

  #throwIfDisposed({ name }: Program): void {
    if (this.#disposed.signal.aborted) throw new Error(`${name}: the executor was disposed`);
  }

  write(tensor: string, data: TensorData): void {
    this.#shared.write(tensor, data);
  }

  read(tensor: string): Promise<TensorData> {
    return this.#shared.read(tensor);
  }

  readTogether<Name extends string>(names: readonly Name[]): Promise<Record<Name, TensorData>> {
    return this.#shared.readTogether(names);
  }

  submit(parts: readonly GPUCommandBuffer[], dispatches: number, onDone?: (ms: number) => void): void {
    const start = performance.now();
    for (const commands of parts) this.device.queue.submit([commands]);
    this.#submits += parts.length;
    this.#dispatches += dispatches;
    const done = workDone(this.device).then(() => {
      this.#inFlight.delete(done);
      const ms = this.#depth.done(start, performance.now());
      onDone?.(ms);
    });
    // Whoever waits for it is told; where nobody does, the loss is told by the handle.
    done.catch(() => {});
    this.#inFlight.add(done);
  }

  shorten(plan: GpuPlan, maxLaunchCost: number): void {
    const { settings, program, tensors } = plan;
    const shorter = async () => {
      const recording = await this.record(program, tensors, { ...settings, maxLaunchCost });
      // Other launches were chosen meanwhile, or none are needed any more: these are of no use.
      if (plan.settings === settings && this.#plans.has(plan)) plan.use(plan.strategy, recording);
      else for (const buffer of recording.buffers) this.ledger.destroy(buffer);
    };
    shorter().catch((error) => console.debug(`${program.name}: ${error instanceof Error ? error.message : error}`));
  }

  async ready(): Promise<void> {
    while (this.#turn) await watchOf(this.device).over(this.#turn, 'a measurement', Number.POSITIVE_INFINITY);
    const { limit } = this.#depth;
    if (this.#inFlight.size < limit) return;
    // Half at a time: many are submitted in one go, rather than one for each that is through.
    const few = Math.floor(limit / 2);
    while (this.#inFlight.size > few) await this.#inFlight.values().next().value;
  }

  async idle(): Promise<void> {
    await Promise.all(this.#inFlight);
  }

  counters(): ExecutorCounters {
    return {
      buffers: this.ledger.count,
      bytes: this.ledger.bytes,
      bindGroups: [...this.#plans].reduce((total, plan) => total + plan.dispatches, 0),
      pipelines: this.#pipelines.size,
      submits: this.#submits,
      dispatches: this.#dispatches,
    };
  }

  release(plan: GpuPlan): void {
    this.#plans.delete(plan);
  }

  dispose(): void {
    this.#disposed.abort();
    for (const plan of [...this.#plans]) plan.dispose();
    this.#shared.dispose();
    this.ledger.destroyAll();
  }
}
