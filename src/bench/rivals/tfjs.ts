/** TensorFlow.js as a contestant: core ops, `variableGrads` and its own Adam, as its guides train a custom loop. */

import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core';
import type { Contestant, OpenContestant } from '../contestant.ts';
import type { BenchBatch, BenchTask } from '../models.ts';
import { TfjsModel } from './tfjs-model.ts';

export type TfjsBackend = 'webgpu' | 'webgl' | 'wasm' | 'cpu';

async function startBackend(backend: TfjsBackend): Promise<void> {
  // Registers with the engine, so that it has to come after it.
  await import('@tensorflow/tfjs-core/dist/register_all_gradients');
  switch (backend) {
    case 'webgpu':
      await import('@tensorflow/tfjs-backend-webgpu');
      break;
    case 'webgl':
      await import('@tensorflow/tfjs-backend-webgl');
      break;
    case 'wasm': {
      const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
      setWasmPaths({
        'tfjs-backend-wasm.wasm': plainUrl,
        'tfjs-backend-wasm-simd.wasm': simdUrl,
        'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
      });
      break;
    }
    default:
      await import('@tensorflow/tfjs-backend-cpu');
  }
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js: the backend ${backend} did not start`);
  await tf.ready();
}

class TfjsContestant implements Contestant {
  readonly adapter = '';
  readonly strategy = null;
  readonly bytes = null;
  readonly #model: TfjsModel;
  readonly #optimizer: tf.AdamOptimizer;
  readonly #maxNorm: number;
  #loss: tf.Scalar | null = null;

  constructor(task: BenchTask, backend: TfjsBackend) {
    // The wasm backend has no gradient of a gather, and on cpu a product with one-hot rows is the faster of the two.
    this.#model = new TfjsModel(task, backend === 'wasm' || backend === 'cpu');
    const { beta1, beta2, epsilon, maxNorm } = task.optimizer;
    this.#optimizer = tf.train.adam(task.learningRate, beta1, beta2, epsilon);
    this.#maxNorm = maxNorm;
  }

  async tune(): Promise<void> {}

  async ready(): Promise<void> {}

  submit(batch: BenchBatch): void {
    this.#loss?.dispose();
    this.#loss = tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => this.#model.loss(batch));
      // Not `tf.addN`: on webgpu it binds a buffer for each summand, and there are more of them than a stage may bind.
      const squares = Object.values(grads).map((gradient): tf.Tensor => tf.sum(tf.square(gradient)));
      const norm = tf.sqrt(squares.reduce((a, b) => tf.add(a, b)));
      const factor = tf.minimum(1, tf.div(this.#maxNorm, tf.add(norm, 1e-6)));
      const clipped = Object.entries(grads).map(([name, gradient]) => ({ name, tensor: tf.mul(gradient, factor) }));
      this.#optimizer.applyGradients(clipped);
      return value;
    });
  }

  async loss(): Promise<number> {
    if (!this.#loss) throw new Error('TensorFlow.js: no step was submitted');
    const [loss] = await this.#loss.data();
    return loss as number;
  }

  dispose(): void {
    this.#loss?.dispose();
    this.#optimizer.dispose();
    tf.disposeVariables();
  }
}

export function openTfjs(backend: TfjsBackend): OpenContestant {
  return async (task) => {
    await startBackend(backend);
    return new TfjsContestant(task, backend);
  };
}
