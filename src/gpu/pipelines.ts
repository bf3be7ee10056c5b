/** Compute pipelines, compiled once for each WGSL text and entry point, with compiler messages that show the source. */

import { ShaderCompilationError } from '../lib/errors.ts';
import type { Kernel } from './kernel.ts';

export interface CompiledKernel {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

export class PipelineCache {
  readonly #modules = new Map<string, GPUShaderModule>();
  readonly #compiled = new Map<string, Promise<CompiledKernel>>();

  constructor(private readonly device: GPUDevice) {}

  get size(): number {
    return this.#compiled.size;
  }

  /** Two callers of the same kernel wait for one compilation. @throws ShaderCompilationError with line, column and source */
  compile(kernel: Kernel, label: string): Promise<CompiledKernel> {
    const key = `${kernel.entry}\n${kernel.wgsl}`;
    let compiled = this.#compiled.get(key);
    if (!compiled) {
      compiled = this.#compile(kernel, label);
      this.#compiled.set(key, compiled);
      compiled.catch(() => this.#compiled.delete(key));
    }
    return compiled;
  }

  async #compile(kernel: Kernel, label: string): Promise<CompiledKernel> {
    const module = this.#module(kernel.wgsl, label);
    const layout = this.device.createBindGroupLayout({
      label,
      entries: [
        { binding: kernel.uniformBinding, visibility: GPUShaderStage.COMPUTE, buffer: { type: 'uniform' } },
        ...kernel.storage.map(({ binding, isReadOnly }) => ({
          binding,
          visibility: GPUShaderStage.COMPUTE,
          buffer: { type: isReadOnly ? ('read-only-storage' as const) : ('storage' as const) },
        })),
      ],
    });
    try {
      const pipeline = await this.device.createComputePipelineAsync({
        label,
        layout: this.device.createPipelineLayout({ label, bindGroupLayouts: [layout] }),
        compute: { module, entryPoint: kernel.entry },
      });
      return { pipeline, layout };
    } catch (error) {
      this.#modules.delete(kernel.wgsl);
      const explained = await explain(module, kernel.wgsl, label);
      throw new ShaderCompilationError(
        explained ?? `${label}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  #module(wgsl: string, label: string): GPUShaderModule {
    const module = this.#modules.get(wgsl) ?? this.device.createShaderModule({ label, code: wgsl });
    this.#modules.set(wgsl, module);
    return module;
  }
}

/** The compiler's errors as `line:column message` with the line they are about; null when it has none. */
async function explain(module: GPUShaderModule, wgsl: string, label: string): Promise<string | null> {
  const { messages } = await module.getCompilationInfo();
  const errors = messages.filter(({ type }) => type === 'error');
  if (errors.length === 0) return null;
  const lines = wgsl.split('\n');
  return errors
    .map(
      ({ lineNum, linePos, message }) => `${label} ${lineNum}:${linePos} ${message}\n    ${lines[lineNum - 1] ?? ''}`,
    )
    .join('\n');
}

const caches = new WeakMap<GPUDevice, PipelineCache>();

/** The pipelines of a device; they outlive the runs that use them. */
export function pipelinesOf(device: GPUDevice): PipelineCache {
  let cache = caches.get(device);
  if (!cache) {
    cache = new PipelineCache(device);
    caches.set(device, cache);
  }
  return cache;
}
