/** One lane of a race: a model of its own on an executor of its own, with the same data as its neighbours. */

import type { Corpus, SentencePair } from '../../data/corpus.ts';
import type { Config } from '../../model/config.ts';
import { EVALUATION_BATCH, evaluate } from '../evaluate.ts';
import type { OpenedExecutor } from '../executors.ts';
import type { Evaluation, ProgressColumns, Translation } from '../protocol.ts';
import { DivergenceWatch } from '../safety/divergence.ts';
import { Trainer } from '../trainer.ts';
import type { TrainingState } from '../training-state.ts';
import { Translator } from '../translate.ts';
import { type LengthBucket, qualityByLength } from './length-quality.ts';
import type { LengthQuality } from './race-protocol.ts';

/** Rounds whose times are kept. */
const TIMED_ROUNDS = 101;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] as number;

/** What outlives the executor of a lane. */
export interface LaneRest {
  readonly state: TrainingState;
  readonly times: readonly number[];
  readonly brokenAt: number | null;
}

/** Trains and measures one of the settings of a race. */
export class Lane {
  /** Milliseconds a step of the last rounds. */
  #times: number[];
  #brokenAt: number | null;
  readonly #watch: DivergenceWatch;

  private constructor(
    private readonly opened: OpenedExecutor,
    private readonly corpus: Corpus,
    readonly config: Config,
    readonly trainer: Trainer,
    private readonly evaluator: Translator,
    private readonly follower: Translator,
    rest: LaneRest | null,
  ) {
    this.#times = [...(rest?.times ?? [])];
    this.#brokenAt = rest?.brokenAt ?? null;
    this.#watch = new DivergenceWatch(corpus.targetVocabulary.size);
  }

  /** @throws any error of the executor; nothing stays allocated then */
  static async open(
    opened: OpenedExecutor,
    corpus: Corpus,
    config: Config,
    rest: LaneRest | null = null,
  ): Promise<Lane> {
    const { executor } = opened;
    try {
      const trainer = await Trainer.open(executor, corpus, config);
      const { maxSource, maxTarget } = trainer.batcher.limits;
      const size = { sourceLength: maxSource, targetLength: maxTarget };
      const prepare = (batch: number) => Translator.prepare(executor, trainer.layout, corpus, { batch, ...size });
      const lane = new Lane(opened, corpus, config, trainer, await prepare(EVALUATION_BATCH), await prepare(1), rest);
      if (rest) await trainer.restore(rest.state);
      return lane;
    } catch (error) {
      executor.dispose();
      throw error;
    }
  }

  get parameterCount(): number {
    return this.trainer.layout.length;
  }

  /** Median time of a step, ms; null before it is known. */
  get stepMs(): number | null {
    return this.#times.length > 0 ? median(this.#times) : null;
  }

  /** Step at which its training broke down; null while it goes well. */
  get brokenAt(): number | null {
    return this.#brokenAt;
  }

  /** Makes some steps with nothing else on the way, and resolves when they are through. @returns ms a step */
  async train(steps: number): Promise<number> {
    const { executor } = this.opened;
    const isFirst = this.trainer.step === 0;
    const started = performance.now();
    for (let i = 0; i < steps; i++) {
      await executor.ready();
      this.trainer.submitStep();
    }
    await executor.idle();
    const stepMs = (performance.now() - started) / steps;
    // The first steps compile and fill caches.
    if (!isFirst) this.#times = [...this.#times.slice(-TIMED_ROUNDS + 1), stepMs];
    return stepMs;
  }

  /** Figures of the steps since they were last asked for. */
  async progress(): Promise<ProgressColumns> {
    const columns = await this.trainer.readProgress();
    this.#brokenAt ??= this.#watch.look(columns)?.step ?? null;
    return columns;
  }

  /** Held-out figures over up to so many pairs; null where it was stopped. */
  evaluate(pairs: number, shouldStop: () => boolean): Promise<Evaluation | null> {
    const { evaluator, corpus, trainer } = this;
    return evaluate(evaluator, corpus, corpus.validation, pairs, trainer.step, shouldStop);
  }

  /** Figures by sentence length; null where it was stopped. */
  qualityByLength(buckets: readonly LengthBucket[], shouldStop: () => boolean): Promise<LengthQuality[] | null> {
    return qualityByLength(this.evaluator, this.corpus, buckets, shouldStop);
  }

  /** Greedy translation of one sentence. */
  async translate(source: readonly string[], reference?: SentencePair): Promise<Translation> {
    const input = reference ? { source, reference } : { source };
    const [translation] = await this.follower.translate([input], 'free-running');
    return translation as Translation;
  }

  /** Back to the initial weights. What was timed stays true. */
  async reset(): Promise<void> {
    await this.opened.executor.idle();
    this.trainer.reset();
    this.#watch.reset();
    this.#brokenAt = null;
  }

  /** Everything that it takes to go on from here on another executor. */
  async rest(): Promise<LaneRest> {
    return { state: await this.trainer.capture(), times: this.#times, brokenAt: this.#brokenAt };
  }

  dispose(): void {
    this.opened.executor.dispose();
  }
}
