/** jax-js as a contestant: the whole step, loss to update, in one `jit`, as its documentation advises. */

import {
  blockUntilReady,
  defaultDevice,
  init,
  type Array as JaxArray,
  jit,
  numpy as np,
  tree,
  valueAndGrad,
} from '@jax-js/jax';
import { biasCorrections } from '../../model/optimizer.ts';
import type { Contestant, OpenContestant } from '../contestant.ts';
import type { BenchBatch, BenchTask } from '../models.ts';
import { initialWeights, type JaxBatch, type JaxWeights, modelLoss, toJaxBatch } from './jax-model.ts';

export type JaxBackend = 'webgpu' | 'wasm';

/** One step: [loss, weights, first moments, second moments]. */
function trainingStep({ model, optimizer, learningRate }: BenchTask) {
  const { beta1, beta2, epsilon, maxNorm } = optimizer;
  const lossOf = valueAndGrad((weights: JaxWeights, batch: JaxBatch) => modelLoss(model, weights, batch));
  /** `corrections` are the bias corrections of both moments [2]. */
  return (
    weights: JaxWeights,
    moment1: JaxWeights,
    moment2: JaxWeights,
    batch: JaxBatch,
    corrections: JaxArray,
  ): [JaxArray, JaxWeights, JaxWeights, JaxWeights] => {
    const [loss, gradients] = lossOf(tree.ref(weights), batch) as [JaxArray, JaxWeights];
    const names = Object.keys(weights);
    const of = (values: JaxWeights, name: string) => values[name] as JaxArray;
    const norm = np.sqrt(names.map((name) => np.square(of(gradients, name).ref).sum()).reduce((a, b) => a.add(b)));
    const factor = np.minimum(np.trueDivide(maxNorm, norm.add(1e-6)), 1);
    const correction1 = corrections.ref.slice(0);
    const correction2 = corrections.slice(1);
    const next: [JaxWeights, JaxWeights, JaxWeights] = [{}, {}, {}];
    for (const name of names) {
      const g = of(gradients, name).mul(factor.ref);
      const m = of(moment1, name)
        .mul(beta1)
        .add(g.ref.mul(1 - beta1));
      const v = of(moment2, name)
        .mul(beta2)
        .add(np.square(g).mul(1 - beta2));
      const denominator = np.sqrt(v.ref.div(correction2.ref)).add(epsilon);
      next[0][name] = of(weights, name).sub(m.ref.div(correction1.ref).div(denominator).mul(learningRate));
      next[1][name] = m;
      next[2][name] = v;
    }
    for (const used of [factor, correction1, correction2]) used.dispose();
    return [loss, ...next];
  };
}

class JaxContestant implements Contestant {
  readonly adapter = '';
  readonly strategy = null;
  readonly bytes = null;
  readonly #step: ReturnType<typeof jit<ReturnType<typeof trainingStep>>>;
  #weights: JaxWeights;
  #moment1: JaxWeights;
  #moment2: JaxWeights;
  #loss: JaxArray | null = null;
  #steps = 0;

  constructor(
    private readonly task: BenchTask,
    /** Steps after which the next one waits: what a step allocates is freed when it has run, not when it is submitted. */
    private readonly stepsInFlight: number,
  ) {
    this.#step = jit(trainingStep(task));
    this.#weights = initialWeights(task);
    const zeros = () => tree.map((weight: JaxArray) => np.zerosLike(weight.ref), this.#weights) as JaxWeights;
    this.#moment1 = zeros();
    this.#moment2 = zeros();
  }

  async tune(): Promise<void> {}

  async ready(): Promise<void> {
    if (this.#loss && this.#steps % this.stepsInFlight === 0) await blockUntilReady([this.#loss, this.#weights]);
  }

  submit(batch: BenchBatch): void {
    this.#loss?.dispose();
    const corrections = np.array(Float32Array.from(biasCorrections(this.task.optimizer, ++this.#steps)));
    const inputs = toJaxBatch(this.task.model, batch);
    const next = this.#step(this.#weights, this.#moment1, this.#moment2, inputs, corrections);
    [this.#loss, this.#weights, this.#moment1, this.#moment2] = next;
  }

  async loss(): Promise<number> {
    if (!this.#loss) throw new Error('jax-js: no step was submitted');
    await blockUntilReady(this.#weights);
    const [loss] = await this.#loss.ref.data();
    return loss as number;
  }

  dispose(): void {
    this.#loss?.dispose();
    for (const weights of [this.#weights, this.#moment1, this.#moment2]) tree.dispose(weights);
    this.#step.dispose();
  }
}

/** Unblocked steps at which each page mode was fastest: without threads none, with threads or a GPU two. */
const stepsInFlight = (backend: JaxBackend): number => (backend === 'webgpu' || globalThis.crossOriginIsolated ? 2 : 1);

export function openJax(backend: JaxBackend): OpenContestant {
  return async (task) => {
    const started = await init(backend);
    if (!started.includes(backend)) throw new Error(`jax-js: the backend ${backend} did not start`);
    defaultDevice(backend);
    return new JaxContestant(task, stepsInFlight(backend));
  };
}
