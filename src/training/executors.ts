/** Opens the executor that a run asked for, or the one that there is. */

import type { Executor } from '../engine/executor.ts';
import { MeasuredExecutor, type Measurements } from '../engine/measured-executor.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import { TuningMemory } from '../engine/tuning-memory.ts';
import { WasmExecutor } from '../engine/wasm-executor.ts';
import type { DeviceHandle } from '../gpu/device.ts';
import { DeviceLostError, DeviceUnavailableError, NO_WEBGPU } from '../lib/errors.ts';
import { causeOf } from '../lib/fault-ladder.ts';
import type { Config } from '../model/config.ts';
import type {
  ExecutorDescription,
  ExecutorPreference,
  ExecutorReason,
  FaultCause,
  StrategyPreference,
} from './protocol.ts';
import type { Trust } from './safety/trust.ts';
import { openTuningStore } from './tuning-store.ts';

/** Says that a run is on the CPU beside a software adapter. */
type SoftwareReason = Extract<ExecutorReason, { kind: 'software-adapter' | 'measured' }>;

export const isOfSoftware = (reason: ExecutorReason): reason is SoftwareReason =>
  reason.kind === 'software-adapter' || reason.kind === 'measured';

export interface OpenedExecutor {
  readonly executor: Executor;
  /** What it is at the moment. */
  readonly description: ExecutorDescription;
  /** Calls back when the run goes on elsewhere, or when it is known why it stays. */
  onDescription(listener: (description: ExecutorDescription) => void): void;
  /** Rejects when the device that the run is on goes away; never settles on the CPU. */
  readonly lost: Promise<never>;
}

type GpuStack = typeof import('./gpu-stack.ts');

/** Tries to get a GPU back, and the time between two. */
const RETURN_TRIES = 3;
const RETURN_MS = 150;

const NEVER = new Promise<never>(() => {});

const onCpu = (executor: WasmExecutor | null, ...reasons: readonly ExecutorReason[]): ExecutorDescription => ({
  kind: 'cpu',
  adapter: '',
  isSoftware: true,
  threads: executor?.threads ?? 0,
  reasons: executor ? reasons : [...reasons, { kind: 'no-simd' }],
});

const onGpu = ({ adapter, isSoftware }: DeviceHandle, ...reasons: readonly ExecutorReason[]): ExecutorDescription => ({
  kind: 'webgpu',
  adapter,
  isSoftware,
  threads: 0,
  reasons,
});

/** An executor that stays what it is. */
const opened = (
  executor: Executor,
  describe: () => ExecutorDescription,
  lost: Promise<never> = new Promise(() => {}),
): OpenedExecutor => ({
  executor,
  get description() {
    return describe();
  },
  lost,
  onDescription: () => {},
});

/** Rejects when the device goes away while the executor is on it. The device outlives executors, so this may not keep one. */
function lostUnder(executor: Executor, { lost }: DeviceHandle): Promise<never> {
  const known = new WeakRef(executor);
  return lost.catch((error) => {
    if (known.deref()?.kind === 'webgpu') throw error;
    return NEVER;
  });
}

/** Where runs get their executors. */
export type Executors = Pick<ExecutorFactory, 'open' | 'reopenGpu' | 'insteadOfGpu' | 'insteadOfSoftware'>;

/** Keeps the one device of a session, so that a new run need not compile its kernels again, and what has been measured. */
export class ExecutorFactory {
  #device: Promise<DeviceHandle> | null = null;
  readonly #measurements = new Map<StrategyPreference, Measurements>();
  readonly #memory = new TuningMemory(openTuningStore());
  #stack: Promise<GpuStack> | null = null;
  #trust: Trust | null = null;

  /**
   * @param config what the run is made of: a GPU is tested on a small step of it before it is trusted
   * @throws DeviceUnavailableError when WebGPU was asked for by name and there is none; SelfTestError where it computes wrongly
   */
  async open(preference: ExecutorPreference, strategy: StrategyPreference, config: Config): Promise<OpenedExecutor> {
    if (preference === 'cpu') return this.#cpu();
    try {
      const handle = await this.#openDevice();
      const cpu = preference === 'auto' && handle.isSoftware ? await WasmExecutor.open() : null;
      if (cpu) return this.#faster(cpu, handle, strategy, config);
      return opened(await this.#scheduler(handle, strategy, config), () => onGpu(handle), handle.lost);
    } catch (error) {
      if (preference === 'webgpu' || !(error instanceof DeviceUnavailableError)) throw error;
      return this.#cpu({ kind: 'no-webgpu', problem: error.problem, message: error.message });
    }
  }

  /** The CPU, and the software adapter should it be measured faster. */
  #faster(cpu: WasmExecutor, handle: DeviceHandle, strategy: StrategyPreference, config: Config): OpenedExecutor {
    const { adapter } = handle;
    const known: Measurements = this.#measurements.get(strategy) ?? new Map();
    this.#measurements.set(strategy, known);
    let reason: ExecutorReason = { kind: 'software-adapter', adapter };
    const listeners: ((description: ExecutorDescription) => void)[] = [];
    const executor = new MeasuredExecutor(cpu, {
      openSecond: async () => {
        try {
          return await this.#scheduler(handle, strategy, config);
        } catch (error) {
          tell({
            kind: 'fault',
            cause: causeOf(error),
            message: error instanceof Error ? error.message : String(error),
          });
          throw error;
        }
      },
      secondRate: async () => 1e9 * (await (await this.#gpuStack()).quickGflops(handle)),
      known,
      onMeasured: ({ firstMs: cpuMs, secondMs: webgpuMs, isLeast }) => {
        tell({ kind: 'measured', adapter, cpuMs, webgpuMs, isLeast });
      },
    });
    const tell = (news: ExecutorReason): void => {
      reason = news;
      for (const listener of listeners) listener(describe());
    };
    const describe = () => (executor.kind === 'cpu' ? onCpu(cpu, reason) : onGpu(handle, reason));
    const lost = lostUnder(executor, handle);
    lost.catch(() => {});
    return {
      executor,
      get description() {
        return describe();
      },
      onDescription: (listener) => void listeners.push(listener),
      lost,
    };
  }

  /** What computes on a device, once that has earned some trust. @throws SelfTestError */
  async #scheduler(handle: DeviceHandle, strategy: StrategyPreference, config: Config): Promise<Scheduler> {
    const { Scheduler, Trust } = await this.#gpuStack();
    this.#trust ??= new Trust(openTuningStore());
    await this.#trust.earn(handle, strategy, config);
    return new Scheduler(handle, strategy === 'auto' ? {} : { strategy }, { memory: this.#memory });
  }

  /** @throws DeviceUnavailableError where there is no WebGPU, or where its part of the page does not arrive */
  #gpuStack(): Promise<GpuStack> {
    if (typeof navigator === 'undefined' || !navigator.gpu)
      return Promise.reject(new DeviceUnavailableError(NO_WEBGPU, 'no-api'));
    this.#stack ??= import('./gpu-stack.ts').catch((error) => {
      this.#stack = null;
      throw new DeviceUnavailableError(`the part of the page for it did not load: ${error}`);
    });
    return this.#stack;
  }

  async #openDevice(): Promise<DeviceHandle> {
    const { openDevice, watchOf } = await this.#gpuStack();
    if (!this.#device) {
      this.#device = openDevice();
      const handle = this.#device;
      handle.then(
        ({ device, onError, lost, close }) => {
          // What no scope caught leaves nothing on the device to be trusted.
          onError(({ message }) => watchOf(device).fail(new DeviceLostError(message, 'error')));
          lost.catch(() => {
            if (this.#device === handle) this.#device = null;
            close();
          });
        },
        () => {
          this.#device = null;
        },
      );
    }
    return this.#device;
  }

  /** The GPU, for a run that had one. @throws DeviceUnavailableError where it does not come back soon */
  async reopenGpu(strategy: StrategyPreference, config: Config): Promise<OpenedExecutor> {
    const handle = await this.#awaitDevice();
    return opened(await this.#scheduler(handle, strategy, config), () => onGpu(handle), handle.lost);
  }

  /** The browser takes a moment to start its GPU process anew. */
  async #awaitDevice(): Promise<DeviceHandle> {
    for (let left = RETURN_TRIES; ; left--) {
      try {
        return await this.#openDevice();
      } catch (error) {
        if (left === 0 || !(error instanceof DeviceUnavailableError)) throw error;
        await new Promise((resolve) => setTimeout(resolve, RETURN_MS));
      }
    }
  }

  /** The CPU, where the GPU has failed. */
  insteadOfGpu(cause: FaultCause, message: string): Promise<OpenedExecutor> {
    return this.#cpu({ kind: 'fault', cause, message });
  }

  /** The CPU, where a run was on it beside a software adapter; that is not asked for again. */
  insteadOfSoftware(reason: SoftwareReason): Promise<OpenedExecutor> {
    return this.#cpu(reason);
  }

  async #cpu(...reasons: readonly ExecutorReason[]): Promise<OpenedExecutor> {
    const wasm = await WasmExecutor.open();
    const executor = wasm ?? new (await import('../engine/reference-executor.ts')).ReferenceExecutor();
    return opened(executor, () => onCpu(wasm, ...reasons));
  }
}
