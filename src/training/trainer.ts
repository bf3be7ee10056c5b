/** One run: a model, its data and an executor. It knows steps, not time; the session decides when they happen. */

import { type Batch, type Batcher, createBatcher } from '../data/batching.ts';
import type { Corpus } from '../data/corpus.ts';
import type { Executor, Plan, TensorData } from '../engine/executor.ts';
import { ShapeError } from '../lib/errors.ts';
import { createRandom } from '../lib/random.ts';
import type { Config, LiveSettings } from '../model/config.ts';
import type { OptimizerOptions } from '../model/optimizer.ts';
import { initialParameters, ParameterLayout } from '../model/parameters.ts';
import { HISTORY_SLOTS, METRICS_LENGTH } from '../ops/step-data.ts';
import type { MetricsHistory, SavedHistory } from './metrics-history.ts';
import { MetricsReader } from './metrics-reader.ts';
import { modelShape, optimizerOptions, variantOf } from './model-programs.ts';
import type { ProgressColumns, StrategyDescription } from './protocol.ts';
import { learningRateAt } from './schedule.ts';
import { type StageRange, stageRanges } from './slow-motion.ts';
import { stepInputs } from './step-inputs.ts';
import { StepPlans } from './step-plans.ts';
import type { TrainingState } from './training-state.ts';

/** Steps that are looked through for a batch of the longest bucket. */
const SAMPLED_STEPS = 64;

/** Weights, optimizer and batches of one run, and the steps that change them. */
export class Trainer {
  readonly layout: ParameterLayout;
  readonly batcher: Batcher;
  readonly #plans: StepPlans;
  readonly #metrics: MetricsReader;
  readonly #optimizer: OptimizerOptions;
  #initial: Float64Array<ArrayBuffer> | null = null;
  #config: Config;
  #step = 0;
  #tokens = 0;
  #capture: Promise<TrainingState> | null = null;

  private constructor(
    private readonly executor: Executor,
    corpus: Corpus,
    config: Config,
  ) {
    this.#config = config;
    this.#optimizer = optimizerOptions(config);
    this.layout = new ParameterLayout(modelShape(config, corpus));
    this.batcher = createBatcher(corpus, { batchSize: config.batch, seed: config.seed });
    const { layout, batcher } = this;
    const { buckets } = batcher;
    this.#plans = new StepPlans({ executor, layout, buckets, batch: config.batch, optimizer: this.#optimizer });
    this.#metrics = new MetricsReader(executor, (step) => learningRateAt(step, this.#config));
  }

  /** Prepares the plans of all length buckets and writes the initial weights. */
  static async open(executor: Executor, corpus: Corpus, config: Config): Promise<Trainer> {
    const trainer = new Trainer(executor, corpus, config);
    await trainer.#plans.prepare(variantOf(config));
    trainer.reset();
    return trainer;
  }

  /** A trainer of weights that are only looked at: it has no plans. `place` puts the weights there once there is a plan that reads them. */
  static show(executor: Executor, corpus: Corpus, config: Config): Trainer {
    return new Trainer(executor, corpus, config);
  }

  /** Called when the executor has looked for a faster way to run the steps. */
  set onTuned(listener: () => void) {
    this.#plans.onTuned = listener;
  }

  /** Called with the metrics of consecutive steps when they have been read, whoever asked for them. */
  set onProgress(listener: (columns: ProgressColumns) => void) {
    this.#metrics.onProgress = listener;
  }

  /** The settings, live ones as they are now. */
  get config(): Config {
    return this.#config;
  }

  /** Steps taken since the initial weights. */
  get step(): number {
    return this.#step;
  }

  /** Source and target tokens trained on since the initial weights. */
  get tokens(): number {
    return this.#tokens;
  }

  /** The curves of the run, as far as its metrics have been read. */
  get curves(): MetricsHistory {
    return this.#metrics.curves;
  }

  /** 0 where there are no plans. */
  get dispatchesPerStep(): number {
    return this.#plans.dispatches;
  }

  /** How a step is cut into GPU launches. */
  get strategy(): StrategyDescription | null {
    return this.#plans.strategy;
  }

  /** Takes over the live settings; prepares other plans when dropout or sampling come or go. */
  async configure(live: LiveSettings): Promise<void> {
    await this.#plans.prepare(variantOf(live));
    this.#config = { ...this.#config, ...live };
  }

  /** Back to the initial weights and the first batch. */
  reset(): void {
    this.#plans.stopTuning();
    this.#initial ??= initialParameters(this.layout, createRandom(this.#config.seed));
    const zeros = new Float64Array(this.layout.length);
    this.#writeState(this.#initial, zeros, zeros);
    this.#begin(0, 0, null);
  }

  /** Shows the weights of a state; the optimizer's part of it is left out. */
  place({ parameters, step, tokens, curves }: TrainingState): void {
    this.executor.write('parameters', parameters);
    this.#begin(step, tokens, curves);
  }

  /**
   * Goes on from a captured state of the same model, on whatever executor this is.
   * @throws ShapeError when the state is of another model or optimizer; nothing has changed then
   */
  async restore({ parameters, moment1, moment2, curves, step, tokens, config }: TrainingState): Promise<void> {
    const moments = this.#isSgd ? [moment1] : [moment1, moment2];
    for (const tensor of [parameters, ...moments])
      if (tensor?.length !== this.layout.length)
        throw new ShapeError(`restore: expected ${this.layout.length} elements, got ${tensor?.length ?? 'none'}`);
    await this.configure(config);
    this.#plans.stopTuning();
    await this.executor.idle();
    this.#writeState(parameters, moment1, moment2);
    this.#begin(step, tokens, curves);
  }

  get #isSgd(): boolean {
    return this.#optimizer.kind === 'sgd';
  }

  #writeState(parameters: TensorData, moment1: TensorData, moment2: TensorData | null): void {
    this.executor.write('parameters', parameters);
    this.executor.write('moment1', moment1);
    if (!this.#isSgd) this.executor.write('moment2', moment2 as TensorData);
    this.executor.write('history', new Float64Array(HISTORY_SLOTS * METRICS_LENGTH));
  }

  #begin(step: number, tokens: number, curves: SavedHistory | null): void {
    this.#step = step;
    this.#tokens = tokens;
    this.#metrics.begin(step, curves);
  }

  /**
   * Everything that it takes to go on from the step that was submitted last, here or on another executor. The training goes on
   * meanwhile; the copies are made where the tensors are, and read back when they are through.
   */
  async capture(): Promise<TrainingState> {
    // One at a time: a copy that had to wait would belong to a later step than the rest of the state.
    while (this.#capture) await this.#capture.catch(() => {});
    const capture = this.#captureNow();
    this.#capture = capture;
    try {
      return await capture;
    } finally {
      this.#capture = null;
    }
  }

  async #captureNow(): Promise<TrainingState> {
    const [step, tokens, config, metrics] = [this.#step, this.#tokens, this.#config, this.#metrics];
    const asked = metrics.ask(step);
    const moments = this.#isSgd ? (['moment1'] as const) : (['moment1', 'moment2'] as const);
    const reading = this.executor.readTogether(['parameters', ...moments, 'history']);
    return metrics.inTurn(reading, (tensors: Partial<Record<string, TensorData>>) => {
      if (!metrics.isCurrent(asked)) throw new Error('capture: the run began anew before it was read');
      const { parameters, moment1, moment2 = null, history } = tensors as Record<string, TensorData>;
      metrics.note(history as TensorData, asked);
      return {
        config,
        step,
        tokens,
        parameters: parameters as TensorData,
        moment1: moment1 as TensorData,
        moment2: moment2 as TensorData | null,
        curves: metrics.curves.save(),
      };
    });
  }

  /** Submits one training step. */
  submitStep(): void {
    const batch = this.batcher.batchAt(this.#step);
    const plan = this.#plans.at(batch.bucket);
    this.#load(plan, batch).run();
    this.#step++;
    this.#plans.ran(plan);
  }

  /**
   * One step, stage by stage: before each range of calls `visit` is awaited, then the range is submitted. The step is always
   * finished, so that pausing in the middle leaves no half update behind.
   */
  async stepSlowly(visit: (range: StageRange) => Promise<void>): Promise<void> {
    const batch = this.batcher.batchAt(this.#step);
    const plan = this.#load(await this.#plans.steppedAt(batch.bucket), batch);
    for (const range of stageRanges(plan.program)) {
      await visit(range);
      plan.run(range.from, range.to);
    }
    this.#step++;
  }

  /** The next batch of the longest bucket, with its plan, as `submitStep` would run it. */
  sampleStep(): { readonly plan: Plan; readonly inputs: ReadonlyMap<string, TensorData>; readonly step: number } {
    const { longest } = this.#plans;
    // A bucket that comes up rarely is not waited for beyond so many steps.
    let step = this.#step;
    for (let i = 0; i < SAMPLED_STEPS && this.batcher.batchAt(step).bucket !== longest; i++) step++;
    const batch = this.batcher.batchAt(step);
    return { plan: this.#plans.at(batch.bucket), inputs: this.#inputs(batch, step), step: this.#step };
  }

  /** Writes the next step's batch and values. */
  #load(plan: Plan, batch: Batch): Plan {
    for (const [tensor, data] of this.#inputs(batch, this.#step)) plan.write(tensor, data);
    this.#tokens += batch.sourceTokens + batch.targetTokens;
    return plan;
  }

  #inputs(batch: Batch, step: number): ReadonlyMap<string, TensorData> {
    return stepInputs(batch, step, this.#config, this.#optimizer, this.layout.shape.kind !== 'classifier');
  }

  /** Metrics of the steps since the last call, as far back as the history goes; none where the run began anew meanwhile. */
  async readProgress(): Promise<ProgressColumns> {
    return this.#metrics.read(this.#step);
  }

  /** The weights by PyTorch name. */
  async parameters(): Promise<Record<string, TensorData>> {
    return this.layout.unpack(await this.executor.read('parameters'));
  }
}
