/** Runs over time: answers commands, trains in between, and reports at a pace that neither the run nor the page feels. */

import type { Corpus } from '../data/corpus.ts';
import { loadCorpus } from '../data/tasks.ts';
import { assertNever } from '../lib/assert-never.ts';
import { reportError, SentenceError } from '../lib/errors.ts';
import { type Config, checkConfig } from '../model/config.ts';
import { ExecutorFactory } from './executors.ts';
import { Importer } from './importer.ts';
import type { Command, DecodingMode, Event, OwnData, Pace, RunStatus, StrategyDescription } from './protocol.ts';
import { Run } from './run.ts';
import { dwellMs } from './slow-motion.ts';

/** A frame at most so often; a slow executor gets fewer, so that drawing costs little of the training. */
const FRAME_INTERVAL_MS = 66;
const FRAME_SHARE = 3;
/** Frames with the likeliest words are a fifth dearer. */
const CANDIDATES_INTERVAL_MS = 1000;
const PROGRESS_INTERVAL_MS = 100;
/** Held-out pairs behind the live meters, and the share of the time that they may take. */
const EVALUATION_PAIRS = 128;
const EVALUATION_SHARE = 8;
const EVALUATION_STEPS = 25;
/** Characters beyond which a sentence is not even tokenised. */
const MAX_SENTENCE_CHARACTERS = 2000;

export class Session {
  readonly #executors: ExecutorFactory;
  readonly #importer = new Importer((phase, share) => this.emit({ type: 'import-progress', phase, share }));
  #run: Run | null = null;
  /** What the page knows of how the run's steps are cut into launches. */
  #strategy: StrategyDescription | null = null;
  #status: RunStatus = 'paused';
  #stepsLeft = 0;
  #pace: Pace = { kind: 'full' };
  #mode: DecodingMode = 'free-running';
  #loop: Promise<void> = Promise.resolve();
  #opening: Promise<void> = Promise.resolve();
  #wake: () => void = () => {};

  constructor(private readonly emit: (event: Event, transfer?: Transferable[]) => void) {
    this.#executors = new ExecutorFactory((error) => this.#fail(error));
  }

  /** Takes a command; what it answers comes as events. */
  handle(command: Command): void {
    switch (command.type) {
      case 'open':
        this.#opening = this.#opening.then(() => this.#open(command));
        return;
      case 'import':
        this.#reply(command.request, async () => {
          const imported = await this.#importer.read(command.files, command.encoding);
          this.emit({ type: 'imported', request: command.request, imported });
        });
        return;
      case 'choose-pairs':
        this.#reply(command.request, async () => {
          const preview = await this.#importer.choose(command.choice);
          this.emit({ type: 'previewed', request: command.request, preview });
        });
        return;
      case 'cancel-import':
        this.#importer.cancel();
        return;
      case 'train':
        this.#start('training', Number.POSITIVE_INFINITY);
        return;
      case 'step':
        this.#start('stepping', command.count);
        return;
      case 'pause':
        this.#pause();
        return;
      case 'pace':
        this.#pace = command.pace;
        this.#wake();
        return;
      case 'reset':
        this.#whenQuiet(async (run) => {
          await run.executor.idle();
          run.trainer.reset();
          this.emit({ type: 'status', status: 'paused', step: 0 });
          await this.#frame(run);
        });
        return;
      case 'configure':
        this.#between(async (run) => {
          await run.trainer.configure(command.live);
          this.#tellStrategy(run);
        });
        return;
      case 'decoding':
        this.#mode = command.mode;
        this.#between((run) => this.#frame(run));
        return;
      case 'probes':
        this.#between(async (run) => {
          await run.pinProbes(command.sources);
          await this.#frame(run);
        });
        return;
      case 'translate':
        this.#answer(command.request, async (run) => {
          const translation = await run.translate(sourceTokens(run, command.text));
          this.emit({ type: 'translated', request: command.request, step: run.trainer.step, translation });
        });
        return;
      case 'evaluate':
        this.#answer(command.request, async (run) => {
          const pairs = command.split === 'test' ? run.corpus.test : run.corpus.validation;
          const evaluation = await run.evaluate(pairs, command.limit, () => run !== this.#run);
          if (evaluation) this.emit({ type: 'evaluated', request: command.request, evaluation });
        });
        return;
      case 'ask':
        this.#answer(command.request, async (run) => {
          const answer = await run.explorer.answer(command.question);
          this.emit({ type: 'answered', request: command.request, answer });
        });
        return;
      case 'checkpoint':
        this.#answer(command.request, async (run) => {
          const { fileName, bytes } = await run.checkpoint();
          this.emit({ type: 'checkpointed', request: command.request, fileName, bytes }, [bytes.buffer]);
        });
        return;
      default:
        assertNever(command);
    }
  }

  /** Frees everything. */
  async dispose(): Promise<void> {
    this.#pause();
    await this.#loop;
    this.#run?.dispose();
    this.#run = null;
  }

  async #open({ request, config, executor, strategy, data }: Extract<Command, { type: 'open' }>): Promise<void> {
    let run: Run | null = null;
    try {
      checkConfig(config);
      const opened = await this.#executors.open(executor, strategy);
      run = await Run.open(opened, () => this.#corpus(config, data), config);
      const own = run;
      opened.onDescription((description) => {
        if (this.#run !== own) return;
        this.emit({ type: 'executor', executor: description });
        this.#tellStrategy(own);
      });
    } catch (error) {
      this.emit({ type: 'refused', request, error: reportError(error) });
      return;
    }
    this.#pause();
    await this.#loop;
    const previous = this.#run;
    this.#run = run;
    previous?.dispose();
    const opened = run;
    opened.lost.catch((error) => {
      if (this.#run === opened) this.#fail(error);
    });
    this.#strategy = opened.trainer.strategy;
    opened.trainer.onTuned = () => this.#tellStrategy(opened);
    this.emit({ type: 'opened', request, run: opened.describe() });
    this.emit({ type: 'status', status: 'paused', step: 0 });
    await this.#guard(() => this.#frame(opened));
  }

  #corpus(config: Config, data: OwnData | undefined): Corpus {
    if (config.task === 'own' && data?.kind === 'imported') return this.#importer.corpus();
    return loadCorpus(config, data?.kind === 'text' ? data : undefined);
  }

  #start(status: 'training' | 'stepping', steps: number): void {
    const run = this.#run;
    if (!run) return;
    this.#stepsLeft = steps;
    const isRunning = this.#status !== 'paused';
    this.#status = status;
    this.emit({ type: 'status', status, step: run.trainer.step });
    if (!isRunning) this.#loop = this.#loop.then(() => this.#guard(() => this.#train(run)));
  }

  #pause(): void {
    if (this.#status === 'paused') return;
    this.#status = 'paused';
    this.#wake();
    // The pause is told at once; the loop tells the final step when the last submit is through.
    if (this.#run) this.emit({ type: 'status', status: 'paused', step: this.#run.trainer.step });
  }

  get #isTraining(): boolean {
    return this.#status !== 'paused';
  }

  async #train(run: Run): Promise<void> {
    const { trainer, executor } = run;
    const meter = run.startMeter();
    let stepStarted = performance.now();
    while (this.#isTraining && this.#stepsLeft > 0 && run === this.#run) {
      await executor.ready();
      await run.applyPending();
      if (!this.#isTraining) break;
      if (this.#pace.kind === 'slow-motion') await this.#slowStep(run);
      else trainer.submitStep();
      this.#stepsLeft--;
      const now = performance.now();
      meter.frameDue(now, FRAME_INTERVAL_MS, FRAME_SHARE, () =>
        this.#guard(() => this.#frame(run, meter.candidatesDue(now, CANDIDATES_INTERVAL_MS))),
      );
      meter.progressDue(now, PROGRESS_INTERVAL_MS, () => this.#guard(() => this.#progress(run)));
      if (meter.evaluationDue(now, trainer.step, EVALUATION_STEPS, EVALUATION_SHARE)) await this.#evaluate(run);
      if (this.#pace.kind === 'limited') {
        const due = stepStarted + 1000 / this.#pace.stepsPerSecond;
        await this.#sleep(due - performance.now());
        stepStarted = Math.max(due, performance.now() - 1000);
      } else stepStarted = now;
    }
    await executor.idle();
    if (run !== this.#run) return;
    await meter.settled();
    await run.applyPending();
    await this.#progress(run);
    await this.#frame(run);
    if (this.#isTraining && this.#stepsLeft > 0) return;
    this.#status = 'paused';
    this.emit({ type: 'status', status: 'paused', step: trainer.step });
  }

  async #evaluate(run: Run): Promise<void> {
    const evaluation = await run.evaluateLive(EVALUATION_PAIRS, () => !this.#isTraining || run !== this.#run);
    if (evaluation) this.emit({ type: 'evaluation', evaluation });
  }

  /** One step, each stage announced before it is dispatched; a pause or another pace hurries through the rest. */
  async #slowStep(run: Run): Promise<void> {
    const { trainer } = run;
    let visited = 0;
    await trainer.stepSlowly(async ({ place, dispatches }) => {
      if (this.#pace.kind !== 'slow-motion' || !this.#isTraining) return;
      const { stage, direction, position } = place;
      this.emit({ type: 'stage', report: { step: trainer.step + 1, stage, direction, position, dispatches } });
      await this.#sleep(dwellMs(position, visited++));
    });
    this.emit({ type: 'stage', report: null });
  }

  async #progress(run: Run): Promise<void> {
    const columns = await run.trainer.readProgress();
    if (columns.step.length === 0 || run !== this.#run) return;
    this.emit({ type: 'progress', columns, ...run.speed() });
  }

  #tellStrategy(run: Run): void {
    const { strategy, dispatchesPerStep } = run.trainer;
    if (strategy === this.#strategy || run !== this.#run) return;
    this.#strategy = strategy;
    this.emit({ type: 'strategy', strategy, dispatchesPerStep });
  }

  async #frame(run: Run, wantsCandidates = true): Promise<void> {
    const step = run.trainer.step;
    const mode = this.#mode;
    const probes = await run.translateProbes(mode, wantsCandidates);
    if (run === this.#run) this.emit({ type: 'frame', step, mode, probes });
  }

  /** Runs `body` between two steps, or now when none are being taken. */
  #between(body: (run: Run) => Promise<void>): void {
    const run = this.#run;
    if (!run) return;
    if (this.#isTraining) run.pend(() => body(run));
    else this.#loop = this.#loop.then(() => this.#guard(() => body(run)));
  }

  /** Pauses, then runs `body` when the last step is through. */
  #whenQuiet(body: (run: Run) => Promise<void>): void {
    const run = this.#run;
    if (!run) return;
    this.#pause();
    this.#loop = this.#loop.then(() => this.#guard(() => body(run)));
  }

  /** Answers a request beside the training; an error is the answer, and leaves the run as it was. */
  async #answer(request: number, body: (run: Run) => Promise<void>): Promise<void> {
    await this.#opening;
    await this.#reply(request, async () => {
      if (!this.#run) throw new Error('no run is open');
      await body(this.#run);
    });
  }

  async #reply(request: number, body: () => Promise<void>): Promise<void> {
    try {
      await body();
    } catch (error) {
      this.emit({ type: 'rejected', request, error: reportError(error) });
    }
  }

  async #guard(body: () => Promise<void>): Promise<void> {
    try {
      await body();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    const run = this.#run;
    if (!run) return;
    this.#run = null;
    this.#status = 'paused';
    this.#wake();
    run.dispose();
    this.emit({ type: 'failed', error: reportError(error) });
  }

  #sleep(ms: number): Promise<void> {
    if (ms <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** @throws SentenceError for a sentence without words, or with more than the model reads */
function sourceTokens(run: Run, text: string): readonly string[] {
  const tokens = text.length > MAX_SENTENCE_CHARACTERS ? null : run.corpus.tokenizeSource(text);
  if (tokens && tokens.length === 0) throw new SentenceError('empty', 'the sentence has no words');
  if (!tokens || tokens.length > run.maxSourceTokens)
    throw new SentenceError(
      'too-long',
      `the sentence has ${tokens ? `${tokens.length} tokens` : `${text.length} characters`}, at most ${run.maxSourceTokens} tokens fit`,
    );
  return tokens;
}
