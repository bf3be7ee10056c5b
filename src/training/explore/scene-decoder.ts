/** Decodes scenes with the current weights, on plans that explore and trace share. */

import type { Plan, TensorData } from '../../engine/executor.ts';
import type { Program } from '../../engine/program.ts';
import type { BatchShape } from '../../model/network.ts';
import { explorationProgram } from '../../model/translator.ts';
import type { Matrix, Scene } from '../questions.ts';
import type { Explored as ExploredRun } from './explorer.ts';
import { checkScene, sceneInputs } from './scene-inputs.ts';

/** Scenes that are decoded in one run, where nothing else is asked for. */
const BATCH = 2;

/** What a run left behind of one scene: its rows of the time-major tensors that were read. */
export class DecodedScene {
  constructor(
    /** Training steps behind the weights. */
    readonly step: number,
    private readonly program: Program,
    private readonly tensors: Readonly<Record<string, TensorData>>,
    /** Of the batch. */
    private readonly row: number,
    private readonly batch: number,
  ) {}

  has(name: string): boolean {
    return name in this.tensors;
  }

  /** A tensor at a position. */
  at(name: string, position: number): TensorData {
    const columns = this.#columns(name);
    const start = (position * this.batch + this.row) * columns;
    return (this.tensors[name] as TensorData).subarray(start, start + columns);
  }

  /** The first positions of a tensor, cut to `columns`. */
  matrix(name: string, positions: number, columns = this.#columns(name)): Matrix {
    const data = new Float32Array(positions * columns);
    for (let i = 0; i < positions; i++) data.set(this.at(name, i).subarray(0, columns), i * columns);
    return { rows: positions, columns, data };
  }

  #columns(name: string): number {
    return this.program.tensors.get(name)?.columns ?? 0;
  }
}

/** Runs that come meanwhile wait, since they share the plan's tensors. */
export class SceneDecoder {
  #plan: Promise<Plan> | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  /** @param batch - scenes that are decoded in one run, by the same weights */
  constructor(
    readonly run: ExploredRun,
    private readonly batch = BATCH,
  ) {}

  /**
   * Decodes scenes, and reads the tensors named that the program has.
   * @throws as `checkScene`, before anything is decoded
   */
  async decode(scenes: readonly Scene[], names: readonly string[]): Promise<DecodedScene[]> {
    for (const scene of scenes) checkScene(scene, this.#size);
    const runs: Promise<DecodedScene[]>[] = [];
    for (let first = 0; first < scenes.length; first += this.batch) {
      const together = scenes.slice(first, first + this.batch);
      const decoded = this.#queue.then(() => this.#decode(together, names));
      this.#queue = decoded.catch(() => {});
      runs.push(decoded);
    }
    return (await Promise.all(runs)).flat();
  }

  async #decode(scenes: readonly Scene[], names: readonly string[]): Promise<DecodedScene[]> {
    const { corpus, trainer } = this.run;
    const plan = await this.#prepared();
    const { program } = plan;
    for (const [name, data] of Object.entries(sceneInputs(program, this.#size, corpus, scenes))) plan.write(name, data);
    plan.run();
    const { step } = trainer;
    const tensors = await plan.read(...names.filter((name) => program.tensors.has(name)));
    return scenes.map((_, row) => new DecodedScene(step, program, tensors, row, this.batch));
  }

  get #size(): BatchShape {
    const { sourceLength, targetLength } = this.run;
    return { batch: this.batch, sourceLength, targetLength };
  }

  #prepared(): Promise<Plan> {
    if (!this.#plan) {
      const { executor, trainer } = this.run;
      this.#plan = executor.prepare(explorationProgram(trainer.layout, this.#size));
      this.#plan.catch(() => {
        this.#plan = null;
      });
    }
    return this.#plan;
  }

  /** Frees the plan. */
  async dispose(): Promise<void> {
    (await this.#plan)?.dispose();
  }
}
