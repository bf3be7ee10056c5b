import { describe, expect, it, vi } from 'vitest';
import { ShaderCompilationError } from '../lib/errors.ts';
import { useGpu } from '../testing/gpu-fixture.ts';
import { reflectKernel } from './kernel.ts';
import { PipelineCache, pipelinesOf } from './pipelines.ts';

const kernelText = (statement: string) => `struct Uniforms { count: u32 }
@group(0) @binding(0) var<uniform> uniforms: Uniforms;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < uniforms.count) {
    ${statement}
  }
}
`;

const kernel = (statement: string) => reflectKernel(kernelText(statement), 'forward');

describe('the pipeline cache', () => {
  const gpu = useGpu();

  it('compiles a kernel once for two callers at the same time', async () => {
    const cache = new PipelineCache(gpu.device);
    const compile = vi.spyOn(gpu.device, 'createComputePipelineAsync');
    const [first, second] = await Promise.all([
      cache.compile(kernel('y[id.x] = 1.0;'), 'one'),
      cache.compile(kernel('y[id.x] = 1.0;'), 'two'),
    ]);
    expect(first).toBe(second);
    expect(compile).toHaveBeenCalledTimes(1);
    await cache.compile(kernel('y[id.x] = 2.0;'), 'three');
    expect(cache.size).toBe(2);
    compile.mockRestore();
  });

  it('is one for all users of a device', () => {
    expect(pipelinesOf(gpu.device)).toBe(pipelinesOf(gpu.device));
  });

  it('explains a compilation error with the place and the source of the line, and can compile again afterwards', async () => {
    const cache = new PipelineCache(gpu.device);
    // A broken module is a validation error of the device as well.
    gpu.device.pushErrorScope('validation');
    const broken = cache.compile(kernel('y[id.x] = missing;'), 'softmax.forward');
    await expect(broken).rejects.toThrow(ShaderCompilationError);
    await expect(broken).rejects.toThrow(/^softmax\.forward 7:15 .*missing.*\n {8}y\[id\.x\] = missing;/s);
    expect(await gpu.device.popErrorScope()).not.toBeNull();
    expect(cache.size).toBe(0);
    await cache.compile(kernel('y[id.x] = 3.0;'), 'softmax.forward');
    expect(cache.size).toBe(1);
  });

  it('names the kernel whose pipeline is beyond the limits of the device', async () => {
    const cache = new PipelineCache(gpu.device);
    const text = kernelText('y[id.x] = 1.0;').replace('workgroup_size(64)', 'workgroup_size(100000)');
    const tooLarge = cache.compile(reflectKernel(text, 'forward'), 'softmax.forward');
    await expect(tooLarge).rejects.toThrow(ShaderCompilationError);
    await expect(tooLarge).rejects.toThrow(/^softmax\.forward: /);
  });
});
