/** Compute pipelines, compiled once for each WGSL text and entry point, with compiler messages that show the source. */

import { ShaderCompilationError } from '../lib/errors.ts';
import type { Kernel } from './kernel.ts';

export interface CompiledKernel {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

export class PipelineCache {
  readonly #modules = new Map<string, Promise<GPUShaderModule>>();
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
    const module = await this.#module(kernel.wgsl, label);
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
      throw new ShaderCompilationError(`${label}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #module(wgsl: string, label: string): Promise<GPUShaderModule> {
    let module = this.#modules.get(wgsl);
    if (!module) {
      module = this.#createModule(wgsl, label);
      this.#modules.set(wgsl, module);
      module.catch(() => this.#modules.delete(wgsl));
    }
    return module;
  }

  async #createModule(wgsl: string, label: string): Promise<GPUShaderModule> {
    const module = this.device.createShaderModule({ label, code: wgsl });
    const { messages } = await module.getCompilationInfo();
    const errors = messages.filter(({ type }) => type === 'error');
    if (errors.length === 0) return module;
    const lines = wgsl.split('\n');
    const shown = errors.map(
      ({ lineNum, linePos, message }) => `${label} ${lineNum}:${linePos} ${message}\n    ${lines[lineNum - 1] ?? ''}`,
    );
    throw new ShaderCompilationError(shown.join('\n'));
  }
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
