/** One run: a model, its data and an executor. It knows steps, not time; the session decides when they happen. */

import { type Batch, type Batcher, createBatcher } from '../data/batching.ts';
import { type Corpus, outputTokens } from '../data/corpus.ts';
import type { Executor, Plan, TensorData } from '../engine/executor.ts';
import { dispatchCount, type Program, programFlops } from '../engine/program.ts';
import { ShapeError } from '../lib/errors.ts';
import { nextTask } from '../lib/next-task.ts';
import { createRandom } from '../lib/random.ts';
import { type Config, familyOf, type LiveSettings } from '../model/config.ts';
import { biasCorrections, type OptimizerOptions } from '../model/optimizer.ts';
import { initialParameters, type ModelShape, ParameterLayout } from '../model/parameters.ts';
import { decodingProgram, trainingProgram } from '../model/translator.ts';
import {
  COUNTERS,
  COUNTERS_LENGTH,
  HISTORY_SLOTS,
  METRICS,
  METRICS_LENGTH,
  VALUES,
  VALUES_LENGTH,
} from '../ops/step-data.ts';
import { MetricsHistory } from './metrics-history.ts';
import type { ProgressColumns, StrategyDescription } from './protocol.ts';
import { learningRateAt } from './schedule.ts';
import type { TrainingState } from './training-state.ts';

/** The model that a configuration describes for a corpus. */
export const modelShape = (config: Config, corpus: Corpus): ModelShape => ({
  kind: familyOf(config.task),
  sourceVocabulary: corpus.sourceVocabulary.size,
  outputs: outputTokens(corpus).length,
  embedding: config.embedding,
  hidden: config.hidden,
  layers: config.layers,
  bidirectional: config.bidirectional,
  decoderHidden: config.decoderHidden,
  attention: config.attention,
  readout: config.readout,
  score: config.score,
  placement: config.placement,
  ...(corpus.picture ? { picture: corpus.picture } : {}),
});

/** A picture of one cell. */
const SMALLEST_PICTURE = { picture: { height: 4, width: 4 } };

const optimizerOptions = (config: Config): OptimizerOptions => ({
  kind: config.optimizer,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: config.weightDecay,
  momentum: config.momentum,
  maxNorm: config.clip,
});

/** Which ops the plans have to contain; a change of it means other plans, everything else is data. */
interface Variant {
  readonly hasDropout: boolean;
  readonly isSampled: boolean;
}

const variantOf = ({ dropout, teacherForcing }: LiveSettings): Variant => ({
  hasDropout: dropout > 0,
  isSampled: teacherForcing < 1,
});

/** Programs of the smallest shapes that use every kernel that a run with these settings needs. */
export function smallestPrograms(config: Config): Program[] {
  const sizes = { embedding: 2, hidden: 2, attention: 2, readout: 2, decoderHidden: config.bidirectional ? 4 : 2 };
  const vocabularies = { kind: familyOf(config.task), sourceVocabulary: 4, outputs: 4 };
  const { layers, bidirectional, score, placement } = config;
  const picture = vocabularies.kind === 'reader' ? SMALLEST_PICTURE : {};
  const layout = new ParameterLayout({
    ...vocabularies,
    ...sizes,
    ...picture,
    layers,
    bidirectional,
    score,
    placement,
  });
  const size = { batch: 1, sourceLength: 1, targetLength: 1 };
  const optimizer = optimizerOptions(config);
  return [trainingProgram(layout, size, { ...variantOf(config), optimizer }), decodingProgram(layout, size)];
}

/** Steps with the same plans before the executor looks for a faster way to run them: by then each has been run. */
const TUNING_STEPS = 10;

/** Steps that are looked through for a batch of the longest bucket. */
const SAMPLED_STEPS = 64;

/** A range of calls of a plan that belong to one stage and position, for slow motion. */
export interface StageRange {
  readonly from: number;
  readonly to: number;
  readonly place: Program['calls'][number]['place'];
  readonly dispatches: number;
}

export class Trainer {
  /** Called when the executor has looked for a faster way to run the steps. */
  onTuned: () => void = () => {};
  /** Called with the metrics of consecutive steps when they have been read, whoever asked for them. */
  onProgress: (columns: ProgressColumns) => void = () => {};
  readonly layout: ParameterLayout;
  readonly batcher: Batcher;
  #initial: Float64Array<ArrayBuffer> | null = null;
  readonly #optimizer: OptimizerOptions;
  #config: Config;
  #variant: Variant;
  #plans: readonly Plan[] = [];
  /** By bucket, for slow motion: calls of their own, made when they are first wanted. */
  readonly #steppedPlans = new Map<number, Plan>();
  /** Plans that have been run, and so have inputs to be measured with. */
  readonly #used = new Set<Plan>();
  #stepsUntilTuning = TUNING_STEPS;
  #tuning = new AbortController();
  #step = 0;
  #tokens = 0;
  #reported = 0;
  /** Readings of the metrics, in the order of their steps. */
  #reading: Promise<unknown> = Promise.resolve();
  /** Counts the times that the run was set to a step. */
  #start = 0;
  #capture: Promise<TrainingState> | null = null;
  /** The curves of the run, as far as its metrics have been read. */
  readonly curves = new MetricsHistory();

  private constructor(
    private readonly executor: Executor,
    corpus: Corpus,
    config: Config,
  ) {
    this.#config = config;
    this.#variant = variantOf(config);
    this.#optimizer = optimizerOptions(config);
    this.layout = new ParameterLayout(modelShape(config, corpus));
    this.batcher = createBatcher(corpus, { batchSize: config.batch, seed: config.seed });
  }

  /** Prepares the plans of all length buckets and writes the initial weights. */
  static async open(executor: Executor, corpus: Corpus, config: Config): Promise<Trainer> {
    const trainer = new Trainer(executor, corpus, config);
    trainer.#plans = await trainer.#prepare(trainer.#variant);
    trainer.reset();
    return trainer;
  }

  /** A trainer of weights that are only looked at: it has no plans. `place` puts the weights there once there is a plan that reads them. */
  static show(executor: Executor, corpus: Corpus, config: Config): Trainer {
    return new Trainer(executor, corpus, config);
  }

  /** Shows the weights of a state; the optimizer's part of it is left out. */
  place({ parameters, step, tokens, curves }: TrainingState): void {
    this.executor.write('parameters', parameters);
    this.#step = step;
    this.#tokens = tokens;
    this.#reported = step;
    this.curves.load(curves);
  }

  #program(bucket: number, variant: Variant): Program {
    const { sourceLength, targetLength } = this.batcher.buckets[bucket] as Batcher['buckets'][number];
    const size = { batch: this.#config.batch, sourceLength, targetLength };
    return trainingProgram(this.layout, size, { ...variant, optimizer: this.#optimizer });
  }

  async #prepare(variant: Variant): Promise<Plan[]> {
    const plans: Plan[] = [];
    for (let bucket = 0; bucket < this.batcher.buckets.length; bucket++) {
      plans.push(await this.executor.prepare(this.#program(bucket, variant)));
      // On the CPU that keeps this thread busy: whoever looks meanwhile is answered in between.
      await nextTask();
    }
    return plans;
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

  /** 0 where there are no plans. */
  get dispatchesPerStep(): number {
    return Math.max(0, ...this.#plans.map(({ dispatches }) => dispatches));
  }

  /** How a step is cut into GPU launches. */
  get strategy(): StrategyDescription | null {
    return this.#plans[0]?.strategy ?? null;
  }

  /** Takes over the live settings; prepares other plans when dropout or sampling come or go. */
  async configure(live: LiveSettings): Promise<void> {
    const variant = variantOf(live);
    if (variant.hasDropout !== this.#variant.hasDropout || variant.isSampled !== this.#variant.isSampled) {
      const plans = await this.#prepare(variant);
      this.#stopTuning();
      await this.executor.idle();
      for (const plan of [...this.#plans, ...this.#steppedPlans.values()]) plan.dispose();
      this.#steppedPlans.clear();
      this.#plans = plans;
      this.#used.clear();
      this.#variant = variant;
    }
    this.#config = { ...this.#config, ...live };
  }

  /** Back to the initial weights and the first batch. */
  reset(): void {
    this.#stopTuning();
    this.#initial ??= initialParameters(this.layout, createRandom(this.#config.seed));
    this.executor.write('parameters', this.#initial);
    this.executor.write('moment1', new Float64Array(this.layout.length));
    if (this.#optimizer.kind !== 'sgd') this.executor.write('moment2', new Float64Array(this.layout.length));
    this.executor.write('history', new Float64Array(HISTORY_SLOTS * METRICS_LENGTH));
    this.#step = 0;
    this.#tokens = 0;
    this.#reported = 0;
    this.#start++;
    this.curves.clear();
  }

  /** Tensors of the executor that a run is made of. */
  get #stateTensors() {
    return this.#optimizer.kind === 'sgd'
      ? (['parameters', 'moment1', 'history'] as const)
      : (['parameters', 'moment1', 'moment2', 'history'] as const);
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
    const [step, tokens, config, from, start] = [this.#step, this.#tokens, this.#config, this.#reported, this.#start];
    this.#reported = step;
    const reading = this.executor.readTogether(this.#stateTensors);
    return this.#inTurn(reading, (tensors: Partial<Record<string, TensorData>>) => {
      if (start !== this.#start) throw new Error('capture: the run began anew before it was read');
      const { parameters, moment1, moment2 = null, history } = tensors as Record<string, TensorData>;
      this.#note(this.#columns(history as TensorData, from, step));
      return {
        config,
        step,
        tokens,
        parameters: parameters as TensorData,
        moment1: moment1 as TensorData,
        moment2: moment2 as TensorData | null,
        curves: this.curves.save(),
      };
    });
  }

  /**
   * Goes on from a captured state of the same model, on whatever executor this is.
   * @throws ShapeError when the state is of another model or optimizer; nothing has changed then
   */
  async restore(state: TrainingState): Promise<void> {
    const { parameters, moment1, moment2, curves, step, tokens, config } = state;
    const isSgd = this.#optimizer.kind === 'sgd';
    const moments = isSgd ? [moment1] : [moment1, moment2];
    for (const tensor of [parameters, ...moments])
      if (tensor?.length !== this.layout.length)
        throw new ShapeError(`restore: expected ${this.layout.length} elements, got ${tensor?.length ?? 'none'}`);
    await this.configure(config);
    this.#stopTuning();
    await this.executor.idle();
    this.executor.write('parameters', parameters);
    this.executor.write('moment1', moment1);
    if (!isSgd) this.executor.write('moment2', moment2 as TensorData);
    this.executor.write('history', new Float64Array(HISTORY_SLOTS * METRICS_LENGTH));
    this.#step = step;
    this.#tokens = tokens;
    this.#reported = step;
    this.#start++;
    this.curves.load(curves);
  }

  /** Submits one training step. */
  submitStep(): void {
    const batch = this.batcher.batchAt(this.#step);
    const plan = this.#plans[batch.bucket] as Plan;
    this.#load(plan, batch).run();
    this.#step++;
    this.#used.add(plan);
    if (--this.#stepsUntilTuning === 0) void this.#tune();
  }

  /** Has the executor measure the longest of the plans that have inputs, and run all of them as it finds best. */
  async #tune(): Promise<void> {
    const byLength = this.#plans.toSorted((a, b) => programFlops(b.program) - programFlops(a.program));
    const [used, unused] = [true, false].map((isUsed) => byLength.filter((plan) => this.#used.has(plan) === isUsed));
    const { signal } = this.#tuning;
    await this.executor.tune?.([...(used as Plan[]), ...(unused as Plan[])], signal);
    if (!signal.aborted) this.onTuned();
  }

  /** Calls it off; it begins again after the next steps. */
  #stopTuning(): void {
    this.#tuning.abort();
    this.#tuning = new AbortController();
    this.#stepsUntilTuning = TUNING_STEPS;
  }

  /** Writes the next step's batch and values. */
  #load(plan: Plan, batch: Batch): Plan {
    this.#write(plan, batch);
    this.#tokens += batch.sourceTokens + batch.targetTokens;
    return plan;
  }

  async #steppedPlan(bucket: number): Promise<Plan> {
    const known = this.#steppedPlans.get(bucket);
    if (known) return known;
    const plan = await this.executor.prepare(this.#program(bucket, this.#variant), { isStepped: true });
    this.#steppedPlans.set(bucket, plan);
    return plan;
  }

  #write(plan: Plan, batch: Batch): void {
    for (const [tensor, data] of this.#inputs(batch, this.#step)) plan.write(tensor, data);
  }

  /** The next batch of the longest bucket, with its plan, as `submitStep` would run it. */
  sampleStep(): { readonly plan: Plan; readonly inputs: ReadonlyMap<string, TensorData>; readonly step: number } {
    const flops = this.#plans.map(({ program }) => programFlops(program));
    const longest = flops.indexOf(Math.max(...flops));
    // A bucket that comes up rarely is not waited for beyond so many steps.
    let step = this.#step;
    for (let i = 0; i < SAMPLED_STEPS && this.batcher.batchAt(step).bucket !== longest; i++) step++;
    const batch = this.batcher.batchAt(step);
    return { plan: this.#plans[batch.bucket] as Plan, inputs: this.#inputs(batch, step), step: this.#step };
  }

  #inputs(batch: Batch, step: number): ReadonlyMap<string, TensorData> {
    const values = new Float64Array(VALUES_LENGTH);
    const [correction1, correction2] = biasCorrections(this.#optimizer, step + 1);
    values[VALUES.learningRate] = learningRateAt(step, this.#config);
    values[VALUES.dropout] = this.#config.dropout;
    values[VALUES.teacherForcing] = this.#config.teacherForcing;
    values[VALUES.correction1] = correction1;
    values[VALUES.correction2] = correction2;
    const counters = new Uint32Array(COUNTERS_LENGTH);
    counters[COUNTERS.seed] = this.#config.seed;
    counters[COUNTERS.step] = step;
    const { source, sourceLengths, targetIn, targetOut } = batch;
    return new Map<string, TensorData>(
      Object.entries({
        values,
        counters,
        source,
        sourceLengths,
        ...(this.layout.shape.kind !== 'classifier' && { targetIn }),
        targetOut,
      }),
    );
  }

  /**
   * One step, stage by stage: before each range of calls `visit` is awaited, then the range is submitted. The step is always
   * finished, so that pausing in the middle leaves no half update behind.
   */
  async stepSlowly(visit: (range: StageRange) => Promise<void>): Promise<void> {
    const batch = this.batcher.batchAt(this.#step);
    const plan = this.#load(await this.#steppedPlan(batch.bucket), batch);
    for (const range of stageRanges(plan.program)) {
      await visit(range);
      plan.run(range.from, range.to);
    }
    this.#step++;
  }

  /** Metrics of the steps since the last call, as far back as the history goes; none where the run began anew meanwhile. */
  async readProgress(): Promise<ProgressColumns> {
    const [from, to, start] = [this.#reported, this.#step, this.#start];
    this.#reported = to;
    return this.#inTurn(this.executor.read('history'), (history) =>
      this.#note(this.#columns(history, from, start === this.#start ? to : from)),
    );
  }

  /** Takes over readings in the order in which they were asked for, so that the curves grow to the right. */
  #inTurn<T, R>(reading: Promise<T>, take: (read: T) => R): Promise<R> {
    const taken = Promise.all([reading, this.#reading]).then(([read]) => take(read));
    this.#reading = taken.catch(() => {});
    return taken;
  }

  #note(columns: ProgressColumns): ProgressColumns {
    this.curves.addSteps(columns);
    if (columns.step.length > 0) this.onProgress(columns);
    return columns;
  }

  /** Metrics of the steps after `from` up to `to`. */
  #columns(history: TensorData, start: number, to: number): ProgressColumns {
    const from = Math.max(start, to - HISTORY_SLOTS);
    const column = (value: (row: number, step: number) => number) =>
      Float64Array.from({ length: Math.max(0, to - from) }, (_, i) =>
        value(((from + i) % HISTORY_SLOTS) * METRICS_LENGTH, from + i),
      );
    const metric = (row: number, index: number) => history[row + index] as number;
    return {
      step: column((_, step) => step + 1),
      loss: column((row) => metric(row, METRICS.loss)),
      tokenAccuracy: column((row) => metric(row, METRICS.correct) / Math.max(1, metric(row, METRICS.count))),
      gradientNorm: column((row) => metric(row, METRICS.gradientNorm)),
      learningRate: column((_, step) => learningRateAt(step, this.#config)),
      nonFinite: Uint8Array.from(column((row) => metric(row, METRICS.nonFinite))),
    };
  }

  /** The weights by PyTorch name. */
  async parameters(): Promise<Record<string, TensorData>> {
    return this.layout.unpack(await this.executor.read('parameters'));
  }
}

function samePlace(a: StageRange['place'], b: StageRange['place']): boolean {
  return a.stage === b.stage && a.direction === b.direction && a.position === b.position;
}

/** The program's calls cut where stage, direction or position change. */
export function stageRanges({ calls }: Program): StageRange[] {
  const ranges: { from: number; to: number; place: StageRange['place'] }[] = [];
  calls.forEach(({ place }, i) => {
    const last = ranges.at(-1);
    if (last && samePlace(last.place, place)) last.to = i + 1;
    else ranges.push({ from: i, to: i + 1, place });
  });
  return ranges.map((range) => ({ ...range, dispatches: dispatchCount({ calls: calls.slice(range.from, range.to) }) }));
}
