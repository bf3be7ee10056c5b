/** A run that is open: the trainer and the translators that look at it, on one executor. */

import type { Corpus, PairList, SentencePair } from '../data/corpus.ts';
import type { KeptPairs } from '../data/import/kept-pairs.ts';
import type { Executor } from '../engine/executor.ts';
import type { Config } from '../model/config.ts';
import { type Checkpoint, checkpointOf, encodeCheckpoint, trainingStateOf } from './checkpoint.ts';
import { EVALUATION_BATCH, evaluate } from './evaluate.ts';
import type { OpenedExecutor } from './executors.ts';
import { Explorer } from './explore/explorer.ts';
import { Meter } from './meter.ts';
import { outlinePrograms } from './model-programs.ts';
import type { DecodingMode, Evaluation, RunDescription, SamplePair, Translation } from './protocol.ts';
import { Trainer } from './trainer.ts';
import type { TrainingState } from './training-state.ts';
import { type DecodingInput, Translator } from './translate.ts';

/** How much longer than the corpus' longest pair a typed sentence may be, and its translation. */
const TYPED_LENGTH_FACTOR = 2;
const MAX_PROBES = 8;

/** Pairs beyond which a typed sentence is not looked up for its reference translation. */
const MAX_KNOWN_PAIRS = 100_000;

function knownPairs(corpus: Corpus): Map<string, SentencePair> {
  const known = new Map<string, SentencePair>();
  const add = (pair: SentencePair | undefined) => pair && known.set(pair.source.join(' '), pair);
  const lists = [corpus.train, corpus.validation, corpus.test];
  const isSmall = lists.reduce((total, { length }) => total + length, 0) <= MAX_KNOWN_PAIRS;
  for (const list of isSmall ? lists : []) for (let i = 0; i < list.length; i++) add(list.at(i));
  for (const pair of corpus.probes) add(pair);
  return known;
}

/** Longest sentences and translations: of the corpus, and of what a visitor may type. */
function decodingSizes({ batcher: { limits } }: Trainer, { hasEndSymbol, picture }: Corpus) {
  const { maxSource, maxTarget } = limits;
  return {
    held: { sourceLength: maxSource, targetLength: maxTarget },
    typed: {
      sourceLength: picture ? maxSource : TYPED_LENGTH_FACTOR * maxSource,
      targetLength: hasEndSymbol ? TYPED_LENGTH_FACTOR * maxTarget : maxTarget,
    },
  };
}

export class Run {
  readonly maxSourceTokens: number;
  /** Answers what the visitor asks about the model. */
  readonly explorer: Explorer;
  #probes: readonly DecodingInput[];
  #probeTranslator: Translator;
  #pending: (() => Promise<void>)[] = [];
  /** Made for the first sentence that is looked up. */
  #known: ReadonlyMap<string, SentencePair> | null = null;
  readonly #meter = new Meter();
  /** The visitor's pairs that the run is trained on, where its task is their own. */
  pairs: KeptPairs | null = null;
  #evaluation: Evaluation | null = null;
  readonly #answers = new Set<Promise<void>>();

  private constructor(
    private readonly opened: OpenedExecutor,
    readonly corpus: Corpus,
    private readonly config: Config,
    readonly trainer: Trainer,
    private readonly sentenceTranslator: Translator,
    private readonly evaluationTranslator: Translator,
    probeTranslator: Translator,
  ) {
    this.maxSourceTokens = sentenceTranslator.sourceLength;
    this.#probes = corpus.probes.map((reference) => ({ source: reference.source, reference }));
    this.#probeTranslator = probeTranslator;
    const { sourceLength, targetLength } = sentenceTranslator;
    this.explorer = new Explorer({ executor: opened.executor, corpus, trainer, sourceLength, targetLength });
  }

  /**
   * Compiles while the corpus is made, which takes about as long.
   * @throws any error of the corpus or the executor; nothing stays allocated then
   */
  static async open(opened: OpenedExecutor, loadCorpus: () => Corpus | Promise<Corpus>, config: Config): Promise<Run> {
    const { executor } = opened;
    try {
      executor.warmUp(outlinePrograms(config));
      const corpus = await loadCorpus();
      const trainer = await Trainer.open(executor, corpus, config);
      const { typed, held } = decodingSizes(trainer, corpus);
      const prepare = (batch: number, size: typeof held) =>
        Translator.prepare(executor, trainer.layout, corpus, { batch, ...size });
      return new Run(
        opened,
        corpus,
        config,
        trainer,
        await prepare(1, typed),
        await prepare(EVALUATION_BATCH, held),
        await prepare(Math.max(1, corpus.probes.length), held),
      );
    } catch (error) {
      executor.dispose();
      throw error;
    }
  }

  /**
   * Puts trained weights on show: they translate and are asked about, but can't be trained.
   * @param corpus may be one without pairs (`data/outline.ts`)
   * @throws CheckpointFormatError where the weights are not of this model; nothing stays allocated then
   */
  static async show(opened: OpenedExecutor, corpus: Corpus, checkpoint: Checkpoint): Promise<Run> {
    const { executor } = opened;
    const { config } = checkpoint;
    try {
      const trainer = Trainer.show(executor, corpus, config);
      const { typed, held } = decodingSizes(trainer, corpus);
      const prepare = (batch: number, size: typeof held) =>
        Translator.prepare(executor, trainer.layout, corpus, { batch, ...size });
      const probes = await prepare(Math.max(1, corpus.probes.length), held);
      const sentences = await prepare(1, typed);
      const run = new Run(opened, corpus, config, trainer, sentences, probes, probes);
      trainer.place(run.stateOf(checkpoint));
      run.#evaluation = checkpoint.evaluation;
      return run;
    } catch (error) {
      executor.dispose();
      throw error;
    }
  }

  get executor(): Executor {
    return this.opened.executor;
  }

  get lost(): Promise<never> {
    return this.opened.lost;
  }

  describe(): RunDescription {
    const { corpus, trainer, config } = this;
    const counters = this.executor.counters();
    return {
      config,
      executor: this.opened.description,
      parameterCount: trainer.layout.length,
      bufferBytes: counters.bytes,
      bufferCount: counters.buffers,
      strategy: trainer.strategy,
      dispatchesPerStep: trainer.dispatchesPerStep,
      sourceLanguage: corpus.sourceLanguage,
      targetLanguage: corpus.targetLanguage,
      trainPairs: corpus.train.length,
      validationPairs: corpus.validation.length,
      testPairs: corpus.test.length,
      sourceVocabularySize: corpus.sourceVocabulary.size,
      targetVocabularySize: corpus.targetVocabulary.size,
      hasGoldAlignment: corpus.hasGoldAlignment,
      maxSourceTokens: this.maxSourceTokens,
      samples: corpus.probes.map((pair) => this.#sample(pair)),
    };
  }

  #sample({ source, target }: SentencePair): SamplePair {
    return {
      source,
      target,
      sourceText: this.corpus.joinSource(source),
      targetText: this.corpus.joinTarget(target),
    };
  }

  /** Work that waits until no step is being submitted. */
  pend(body: () => Promise<void>): void {
    this.#pending.push(body);
  }

  async applyPending(): Promise<void> {
    for (let body = this.#pending.shift(); body; body = this.#pending.shift()) await body();
  }

  startMeter(): Meter {
    this.#meter.start(performance.now(), this.trainer.step, this.trainer.tokens);
    return this.#meter;
  }

  speed() {
    return this.#meter.speed(performance.now(), this.trainer.step, this.trainer.tokens);
  }

  /** Translates one typed sentence. A source that is a pair of the task shows its reference. */
  async translate(source: readonly string[]): Promise<Translation> {
    const [translation] = await this.sentenceTranslator.translate([this.#input(source)], 'free-running');
    return translation as Translation;
  }

  #input(source: readonly string[]): DecodingInput {
    this.#known ??= knownPairs(this.corpus);
    const reference = this.#known.get(source.join(' ')) ?? this.corpus.referenceOf?.(source);
    return reference ? { source, reference } : { source };
  }

  translateProbes(mode: DecodingMode, wantsCandidates = false): Promise<Translation[]> {
    return this.#probeTranslator.translate(this.#probes, mode, wantsCandidates);
  }

  /** Pins other probes; unusable ones are left out, and at least one stays. */
  async pinProbes(sources: readonly string[]): Promise<void> {
    const { maxSource } = this.trainer.batcher.limits;
    const inputs = sources
      .slice(0, MAX_PROBES)
      .map((text) => this.corpus.tokenizeSource(text))
      .filter((tokens) => tokens.length > 0 && tokens.length <= maxSource)
      .map((tokens) => this.#input(tokens));
    if (inputs.length === 0) return;
    if (inputs.length > this.#probeTranslator.batch) {
      const { sourceLength, targetLength } = this.#probeTranslator;
      const size = { batch: inputs.length, sourceLength, targetLength };
      const translator = await Translator.prepare(this.executor, this.trainer.layout, this.corpus, size);
      await this.executor.idle();
      this.#probeTranslator.dispose();
      this.#probeTranslator = translator;
    }
    this.#probes = inputs;
  }

  evaluate(pairs: PairList, limit: number, shouldStop: () => boolean): Promise<Evaluation | null> {
    return evaluate(this.evaluationTranslator, this.corpus, pairs, limit, this.trainer.step, shouldStop);
  }

  /** Held-out figures while training; the meter learns what they cost. */
  async evaluateLive(limit: number, shouldStop: () => boolean): Promise<Evaluation | null> {
    const started = performance.now();
    const evaluation = await this.evaluate(this.corpus.validation, limit, shouldStop);
    this.#meter.evaluated(performance.now(), performance.now() - started, this.trainer.step);
    if (evaluation) {
      this.#evaluation = evaluation;
      this.trainer.curves.addEvaluation(evaluation);
    }
    return evaluation;
  }

  /** Everything that it takes to go on from the step that was submitted last. */
  async save(): Promise<Checkpoint> {
    return this.checkpointOf(await this.trainer.capture());
  }

  /** A state of this run as a checkpoint. */
  checkpointOf(state: TrainingState): Checkpoint {
    return checkpointOf(state, this.trainer.layout, this.corpus, this.#evaluation, this.pairs);
  }

  /** @throws CheckpointFormatError where it is not of this model */
  stateOf(checkpoint: Checkpoint): TrainingState {
    return trainingStateOf(checkpoint, this.trainer.layout, this.corpus);
  }

  /** Goes on from what was saved. @throws CheckpointFormatError where it is not of this model */
  async restore(checkpoint: Checkpoint): Promise<void> {
    await this.trainer.restore(this.stateOf(checkpoint));
    this.#evaluation = checkpoint.evaluation;
  }

  /** Takes over what a run that can't go on knew besides the state of its training. */
  inherit({ pairs, evaluation }: Run): void {
    this.pairs = pairs;
    this.#evaluation = evaluation;
  }

  /** The newest held-out figures. */
  get evaluation(): Evaluation | null {
    return this.#evaluation;
  }

  async checkpoint(): Promise<{ fileName: string; bytes: Uint8Array<ArrayBuffer> }> {
    const checkpoint = await this.save();
    const fileName = `heed-${this.config.task}-step${checkpoint.step}.safetensors`;
    return { fileName, bytes: encodeCheckpoint(checkpoint) };
  }

  /** Keeps the executor until `answer` is there, even if the run goes on elsewhere meanwhile. */
  async answering(answer: Promise<void>): Promise<void> {
    this.#answers.add(answer);
    try {
      await answer;
    } finally {
      this.#answers.delete(answer);
    }
  }

  /** Frees everything once no answer needs it. */
  async retire(): Promise<void> {
    await Promise.allSettled(this.#answers);
    this.dispose();
  }

  dispose(): void {
    this.executor.dispose();
  }
}
