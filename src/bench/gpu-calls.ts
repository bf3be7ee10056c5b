/** Counts what a page asks of its GPU, by wrapping the methods of the platform's own classes for a while. */

export interface GpuCalls {
  /** Compute dispatches; draws where an engine computes with WebGL. */
  readonly dispatches: number;
  readonly submits: number;
  readonly buffers: number;
  readonly bindGroups: number;
  readonly pipelines: number;
}

type Counter = keyof GpuCalls;

/** The classes by name, because a browser may lack some of them. */
const METHODS: readonly (readonly [className: string, method: string, counter: Counter])[] = [
  ['GPUComputePassEncoder', 'dispatchWorkgroups', 'dispatches'],
  ['GPUComputePassEncoder', 'dispatchWorkgroupsIndirect', 'dispatches'],
  ['GPUQueue', 'submit', 'submits'],
  ['GPUDevice', 'createBuffer', 'buffers'],
  ['GPUDevice', 'createBindGroup', 'bindGroups'],
  ['GPUDevice', 'createComputePipeline', 'pipelines'],
  ['GPUDevice', 'createComputePipelineAsync', 'pipelines'],
  ['WebGL2RenderingContext', 'drawArrays', 'dispatches'],
  ['WebGL2RenderingContext', 'drawElements', 'dispatches'],
];

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Counts while `body` runs. @throws what `body` throws */
export async function countGpuCalls(body: () => Promise<void>): Promise<GpuCalls> {
  const counts = { dispatches: 0, submits: 0, buffers: 0, bindGroups: 0, pipelines: 0 };
  const restore: (() => void)[] = [];
  for (const [className, method, counter] of METHODS) {
    const owner = (globalThis as unknown as Record<string, { prototype: Record<string, Method> } | undefined>)[
      className
    ];
    const original = owner?.prototype[method];
    if (!owner || !original) continue;
    owner.prototype[method] = function (...args) {
      counts[counter]++;
      return original.apply(this, args);
    };
    restore.push(() => {
      owner.prototype[method] = original;
    });
  }
  try {
    await body();
  } finally {
    for (const undo of restore) undo();
  }
  return counts;
}
