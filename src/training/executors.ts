/** Opens the executor that a run asked for, or the one that there is. */

import type { Executor } from '../engine/executor.ts';
import { ReferenceExecutor } from '../engine/reference-executor.ts';
import { Scheduler } from '../engine/scheduler.ts';
import { WasmExecutor } from '../engine/wasm-executor.ts';
import { type DeviceHandle, openDevice } from '../gpu/device.ts';
import { DeviceUnavailableError } from '../lib/errors.ts';
import type { ExecutorDescription, ExecutorPreference, ExecutorReason } from './protocol.ts';

export interface OpenedExecutor {
  readonly executor: Executor;
  readonly description: ExecutorDescription;
  /** Rejects when the device goes away; never settles on the CPU. */
  readonly lost: Promise<never>;
}

/** Keeps the one device of a session, so that a new run need not compile its kernels again. */
export class ExecutorFactory {
  #device: Promise<DeviceHandle> | null = null;

  constructor(private readonly onGpuError: (error: Error) => void) {}

  /** @throws DeviceUnavailableError when WebGPU was asked for by name and there is none */
  async open(preference: ExecutorPreference): Promise<OpenedExecutor> {
    if (preference === 'cpu') return this.#cpu();
    try {
      const handle = await this.#openDevice();
      const { adapter, isSoftware, lost } = handle;
      return {
        executor: new Scheduler(handle),
        description: { kind: 'webgpu', adapter, isSoftware, threads: 0, reasons: [] },
        lost,
      };
    } catch (error) {
      if (preference === 'webgpu' || !(error instanceof DeviceUnavailableError)) throw error;
      return this.#cpu(error.message);
    }
  }

  async #openDevice(): Promise<DeviceHandle> {
    if (!this.#device) {
      this.#device = openDevice();
      const handle = this.#device;
      handle.then(
        ({ onError, lost }) => {
          onError(this.onGpuError);
          lost.catch(() => {
            if (this.#device === handle) this.#device = null;
          });
        },
        () => {
          this.#device = null;
        },
      );
    }
    return this.#device;
  }

  async #cpu(noGpu?: string): Promise<OpenedExecutor> {
    const wasm = await WasmExecutor.open();
    const reasons: ExecutorReason[] = [
      ...(noGpu === undefined ? [] : [{ kind: 'no-webgpu' as const, message: noGpu }]),
      ...(wasm ? [] : [{ kind: 'no-simd' as const }]),
    ];
    return {
      executor: wasm ?? new ReferenceExecutor(),
      description: { kind: 'cpu', adapter: '', isSoftware: true, threads: wasm?.shards.length ?? 0, reasons },
      lost: new Promise<never>(() => {}),
    };
  }
}
