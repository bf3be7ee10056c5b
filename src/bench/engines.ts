/** The contestants by name, and where each of them runs. */

/** Whose engine it is, what it computes with, and the kind of page that it is tried in. */
export interface Engine {
  readonly name: string;
  readonly maker: 'heed' | 'tfjs' | 'jax-js';
  readonly backend: 'webgpu' | 'webgl' | 'wasm' | 'cpu' | 'reference';
  /** Page modes that are tried; the faster one counts. */
  readonly modes: readonly PageMode[];
}

/** `isolated` pages have shared memory, and so threads in WebAssembly; `plain` ones are what any static host can serve. */
export type PageMode = 'plain' | 'isolated';

const engine = (
  maker: Engine['maker'],
  backend: Engine['backend'],
  modes: readonly PageMode[] = ['plain'],
): Engine => ({ name: `${maker} ${backend}`, maker, backend, modes });

export const ENGINES: readonly Engine[] = [
  engine('heed', 'webgpu'),
  engine('heed', 'cpu'),
  engine('heed', 'reference'),
  engine('jax-js', 'wasm', ['plain', 'isolated']),
  engine('jax-js', 'webgpu'),
  engine('tfjs', 'wasm', ['plain', 'isolated']),
  engine('tfjs', 'webgl'),
  engine('tfjs', 'cpu'),
  engine('tfjs', 'webgpu'),
];

/** Computes on the GPU, or on the adapter that stands for one. */
export const isOnGpu = ({ backend }: Engine): boolean => backend === 'webgpu' || backend === 'webgl';
