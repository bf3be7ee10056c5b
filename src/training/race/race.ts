/**
 * Up to five settings on the same seed and batches, on one device. The lanes take turns: in every round each of them makes the same
 * number of steps with nothing else running, so that none is ahead and the times can be compared.
 */

import type { Corpus, SentencePair } from '../../data/corpus.ts';
import { reportError, SentenceError } from '../../lib/errors.ts';
import type { Executors } from '../executors.ts';
import { checkSetup } from './check-setup.ts';
import { Lane, type LaneRest } from './lane.ts';
import { bucketsByLength, type LengthBucket, longestSource } from './length-quality.ts';
import {
  type LaneNews,
  LENGTH_STEPS,
  MEASURE_PAIRS,
  MEASURE_STEPS,
  type RaceDescription,
  type RaceNews,
  type RacePhase,
  type RaceSetup,
} from './race-protocol.ts';

/** Length of a lane's turn: long enough that changing over costs little, short enough that Pause answers at once. */
const TURN_MS = 40;
/** A step is taken to last so long at least, where the clock is too coarse to tell. */
const LEAST_STEP_MS = 0.1;
/** News at most so often. */
const NEWS_MS = 150;

const NOTHING_NEW = { columns: null, evaluation: null, lengths: null, probe: null } as const;

export interface RaceOptions {
  readonly race: number;
  readonly setup: RaceSetup;
  readonly corpus: Corpus;
  readonly executors: Pick<Executors, 'open'>;
  /** All lanes compute where the main run does. */
  readonly executor: 'webgpu' | 'cpu';
  readonly tell: (news: RaceNews) => void;
}

/** One race, from its first step to its end. */
export class Race {
  #lanes: Lane[] = [];
  /** Null while the lanes are open. */
  #rests: readonly LaneRest[] | null = null;
  #phase: RacePhase = 'opening';
  #step = 0;
  #elapsedMs = 0;
  #isWanted = false;
  #until = 0;
  #loop: Promise<void> = Promise.resolve();
  #isClosed = false;
  #source: readonly string[];
  #reference: SentencePair | undefined;
  readonly #buckets: readonly LengthBucket[];
  readonly #longestTrained: number;

  private constructor(private readonly options: RaceOptions) {
    const { corpus, setup } = options;
    this.#source = this.#tokens(setup.sentence);
    this.#longestTrained = longestSource(corpus.train);
    this.#buckets =
      setup.measure === 'lengths'
        ? bucketsByLength([corpus.validation, corpus.test], this.#longestTrained, setup.sentencesPerLength)
        : [];
  }

  /**
   * Opens every lane at its initial weights.
   * @throws ConfigError for lanes that could not be compared; any error of an executor. Nothing stays allocated then
   */
  static async open(options: RaceOptions): Promise<Race> {
    checkSetup(options.setup);
    const race = new Race(options);
    await race.#openLanes(null);
    race.#phase = 'paused';
    return race;
  }

  /** Shows the followed sentence as the lanes translate it now. */
  show(): void {
    this.#next(() => this.#follow());
  }

  describe(): RaceDescription {
    const { corpus, race, executor } = this.options;
    return {
      race,
      lanes: this.#lanes.map(({ config, parameterCount }) => ({ config, parameterCount })),
      executor,
      sourceLanguage: corpus.sourceLanguage,
      targetLanguage: corpus.targetLanguage,
      longestTrained: this.#longestTrained,
    };
  }

  get isRunning(): boolean {
    return this.#isWanted;
  }

  /** Trains up to a step, from where it stands. */
  go(until: number): void {
    if (this.#isWanted || this.#isClosed || this.#phase === 'failed' || until <= this.#step) return;
    this.#isWanted = true;
    this.#until = until;
    this.#next(async () => {
      if (this.#rests) {
        this.#phase = 'opening';
        this.#tell([]);
        await this.#openLanes(this.#rests);
      }
      await this.#run();
    });
  }

  /** Resolves when all lanes rest at the same step. */
  async pause(): Promise<void> {
    this.#isWanted = false;
    await this.#loop;
  }

  async reset(): Promise<void> {
    await this.pause();
    this.#next(async () => {
      if (this.#rests) await this.#openLanes(null);
      for (const lane of this.#lanes) await lane.reset();
      this.#step = 0;
      this.#elapsedMs = 0;
      this.#phase = 'paused';
      await this.#follow();
    });
    await this.#loop;
  }

  /** @throws SentenceError for one that no lane can read */
  async follow(sentence: string): Promise<void> {
    this.#source = this.#tokens(sentence);
    if (!this.#isWanted && !this.#rests) this.show();
  }

  /** Pauses, and frees everything but the states. */
  async park(): Promise<void> {
    await this.pause();
    this.#next(async () => {
      if (this.#rests || this.#lanes.length === 0) return;
      this.#rests = await Promise.all(this.#lanes.map((lane) => lane.rest()));
      this.#release();
      if (this.#phase === 'paused') this.#phase = 'parked';
      this.#tell([]);
    });
    await this.#loop;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.pause();
    this.#release();
    this.#rests = null;
  }

  /** After all that is under way; what fails ends the race. */
  #next(body: () => Promise<void>): void {
    this.#loop = this.#loop.then(async () => {
      try {
        if (!this.#isClosed) await body();
      } catch (error) {
        this.#isWanted = false;
        this.#release();
        this.#phase = 'failed';
        if (!this.#isClosed) this.#tell([], error);
      }
    });
  }

  async #openLanes(rests: readonly LaneRest[] | null): Promise<void> {
    const { setup, executors, executor, corpus } = this.options;
    const lanes: Lane[] = [];
    try {
      for (const [i, config] of setup.lanes.entries()) {
        const opened = await executors.open(executor, 'auto', config);
        // A device that goes away makes the lane's next call fail; nothing else waits for it.
        opened.lost.catch(() => {});
        lanes.push(await Lane.open(opened, corpus, config, rests?.[i] ?? null));
      }
    } catch (error) {
      for (const lane of lanes) lane.dispose();
      throw error;
    }
    this.#lanes = lanes;
    this.#rests = null;
  }

  #release(): void {
    for (const lane of this.#lanes) lane.dispose();
    this.#lanes = [];
  }

  get #shouldStop(): boolean {
    return !this.#isWanted || this.#isClosed;
  }

  async #run(): Promise<void> {
    const { setup } = this.options;
    const every = setup.measure === 'lengths' ? LENGTH_STEPS : MEASURE_STEPS;
    this.#phase = 'running';
    this.#tell([]);
    let turn = 1;
    let started = performance.now();
    let toldAt = Number.NEGATIVE_INFINITY;
    const lap = (): void => {
      const now = performance.now();
      this.#elapsedMs += now - started;
      started = now;
    };
    while (!this.#shouldStop && this.#step < this.#until) {
      const untilMeasured = every - (this.#step % every);
      const steps = Math.min(turn, untilMeasured, this.#until - this.#step);
      let slowest = 0;
      for (const lane of this.#lanes) if (lane.brokenAt === null) slowest = Math.max(slowest, await lane.train(steps));
      this.#step += steps;
      turn = Math.max(1, Math.min(every, Math.floor(TURN_MS / Math.max(LEAST_STEP_MS, slowest))));
      const isEnd = this.#step >= this.#until;
      const isMeasured = this.#step % every === 0 || isEnd;
      lap();
      if (isEnd) this.#phase = 'finished';
      if (!isMeasured && performance.now() - toldAt < NEWS_MS) continue;
      toldAt = performance.now();
      const news = await this.#look(isMeasured);
      lap();
      this.#tell(news);
    }
    this.#isWanted = false;
    if (this.#phase !== 'running') return;
    this.#phase = 'paused';
    this.#tell(await this.#look(false));
  }

  /** What is new in every lane. */
  async #look(isMeasured: boolean): Promise<LaneNews[]> {
    const { setup } = this.options;
    const news: LaneNews[] = [];
    const isClosed = (): boolean => this.#isClosed;
    for (const lane of this.#lanes) {
      const columns = await lane.progress();
      const isLive = isMeasured && lane.brokenAt === null;
      const evaluation = isLive && setup.measure === 'overall' ? await lane.evaluate(MEASURE_PAIRS, isClosed) : null;
      const buckets =
        isLive && setup.measure === 'lengths' ? await lane.qualityByLength(this.#buckets, isClosed) : null;
      news.push({
        columns,
        evaluation,
        lengths: buckets && { step: this.#step, buckets },
        probe: await lane.translate(this.#source, this.#reference),
        stepMs: lane.stepMs,
        brokenAt: lane.brokenAt,
      });
    }
    return news;
  }

  /** The followed sentence as it stands, with nothing trained. */
  async #follow(): Promise<void> {
    const news: LaneNews[] = [];
    for (const lane of this.#lanes) {
      const probe = await lane.translate(this.#source, this.#reference);
      news.push({ ...NOTHING_NEW, probe, stepMs: lane.stepMs, brokenAt: lane.brokenAt });
    }
    this.#tell(news);
  }

  /** @throws SentenceError for a sentence without words, or with more than the lanes read */
  #tokens(sentence: string): readonly string[] {
    const { corpus } = this.options;
    const tokens = corpus.tokenizeSource(sentence);
    this.#reference = corpus.probes.find(({ source }) => source.join(' ') === tokens.join(' '));
    if (tokens.length === 0) throw new SentenceError('empty', 'the sentence has no words');
    const most = Math.max(...[corpus.train, corpus.validation, corpus.test].map(longestSource));
    if (tokens.length > most)
      throw new SentenceError('too-long', `the sentence has ${tokens.length} tokens, at most ${most} tokens fit`);
    return tokens;
  }

  #tell(lanes: readonly LaneNews[], error: unknown = null): void {
    const { race, tell } = this.options;
    tell({
      race,
      phase: this.#phase,
      step: this.#step,
      lanes,
      elapsedMs: this.#elapsedMs,
      error: error === null ? null : reportError(error),
    });
  }
}
