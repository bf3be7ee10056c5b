/** The compiled kernels of `src/simd`: which build the engine takes, and an instance of it on a memory. */

/** Exports of `src/simd/index.ts`; their parameters stand there. Addresses and strides are in bytes, counts in elements. */
export type KernelName =
  | 'addBias'
  | 'additiveBackward'
  | 'additiveForward'
  | 'adam'
  | 'chooseToken'
  | 'contextBackward'
  | 'contextForward'
  | 'crossEntropyBackward'
  | 'crossEntropyForward'
  | 'dropout'
  | 'embeddingBackward'
  | 'embeddingForward'
  | 'gradNorm'
  | 'heapBase'
  | 'lstmGates'
  | 'lstmGatesBackward'
  | 'multiplyPanels'
  | 'multiplyTransposed'
  | 'overrideWeights'
  | 'packPanels'
  | 'panelBytes'
  | 'patchesBackward'
  | 'patchesForward'
  | 'pixelsForward'
  | 'predict'
  | 'productBackward'
  | 'productForward'
  | 'record'
  | 'reluBackward'
  | 'reluForward'
  | 'repeatBackward'
  | 'repeatForward'
  | 'scaleRows'
  | 'sgd'
  | 'softmaxBackward'
  | 'softmaxForward'
  | 'sumBackward'
  | 'sumForward'
  | 'sumRows'
  | 'tanhBackward'
  | 'tanhForward'
  | 'teacherForcing'
  | 'weightedSum'
  | 'zero';

export type Kernels = Readonly<Record<KernelName, (...numbers: number[]) => number>>;

/** What every shard instantiates; it may be sent to a worker. */
export interface SimdModule {
  readonly module: WebAssembly.Module;
  /** Multiply-adds round once and take one instruction. */
  readonly hasRelaxedSimd: boolean;
}

export type SimdBuild = 'plain' | 'relaxed';

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** By the build that was asked for. */
const compiled = new Map<SimdBuild | 'best', Promise<SimdModule | null>>();

/**
 * Compiles the best build that the engine takes, or the given one; once.
 * @returns null where there is no WebAssembly, or none with SIMD
 */
export function compileKernels(only?: SimdBuild): Promise<SimdModule | null> {
  const key = only ?? 'best';
  const known = compiled.get(key);
  if (known) return known;
  const compiling = compile(only);
  compiled.set(key, compiling);
  // What did not load is asked for again.
  compiling.catch(() => compiled.delete(key));
  return compiling;
}

async function compile(only: SimdBuild | undefined): Promise<SimdModule | null> {
  if (typeof WebAssembly === 'undefined') return null;
  const builds = await import('#simd/index.ts?compiled');
  for (const build of ['relaxed', 'plain'] as const) {
    const bytes = bytesOf(builds[build]);
    if ((only && only !== build) || !WebAssembly.validate(bytes)) continue;
    return { module: await WebAssembly.compile(bytes), hasRelaxedSimd: build === 'relaxed' };
  }
  return null;
}

/** An instance of the kernels on a zeroed memory. */
export function instantiateKernels({ module }: SimdModule, memory: WebAssembly.Memory): Kernels {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
}
