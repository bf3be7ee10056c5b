/** Runs over time: answers commands, trains in between, and reports at a pace that neither the run nor the page feels. */

import type { Corpus } from '../data/corpus.ts';
import { loadCorpus } from '../data/tasks.ts';
import { assertNever } from '../lib/assert-never.ts';
import { CheckpointFormatError, DeviceUnavailableError, reportError, SentenceError } from '../lib/errors.ts';
import { causeOf, isDeviceFault } from '../lib/fault-ladder.ts';
import { type Config, checkConfig, type LiveSettings } from '../model/config.ts';
import type { Checkpoint } from './checkpoint.ts';
import { ExecutorFactory, type Executors, type OpenedExecutor } from './executors.ts';
import { Importing } from './importing.ts';
import { type Found, Keeper } from './keeping/keeper.ts';
import type {
  Breakdown,
  Command,
  DecodingMode,
  Event,
  FaultCause,
  OwnData,
  Pace,
  ProgressColumns,
  RunStatus,
  StrategyDescription,
  StrategyPreference,
} from './protocol.ts';
import { RaceHost } from './race/race-host.ts';
import { Run } from './run.ts';
import { DivergenceWatch } from './safety/divergence.ts';
import { type OpenRun, openOn, type Rescued, Rescuer } from './safety/rescuer.ts';
import { Snapshots } from './safety/snapshots.ts';
import { loadShipped } from './shipped/library.ts';
import type { ShippedModel } from './shipped/shipped-model.ts';
import { needsWhole, openShown, Showcase } from './shipped/showcase.ts';
import { dwellMs } from './slow-motion.ts';
import type { TrainingState } from './training-state.ts';

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
  readonly #rescuer: Rescuer;
  readonly #snapshots = new Snapshots((state) => {
    this.emit({ type: 'snapshot', state });
    if (this.#run) this.#offer(this.#run, state, false);
  });
  readonly #keeper = new Keeper((problem) => this.emit({ type: 'not-saved', problem }));
  #divergence = new DivergenceWatch(2);
  /** True from a fault until it is known how the run goes on: commands wait. */
  #isRecovering = false;
  /** The run rests at a step, to go on elsewhere from there. */
  #isMoving = false;
  /** The run is on its way back from a breakdown. */
  #isRollingBack = false;
  #preference: StrategyPreference = 'auto';
  #live: LiveSettings | null = null;
  #pinned: readonly string[] | null = null;
  readonly #importer = new Importing((phase, share) => this.emit({ type: 'import-progress', phase, share }));
  readonly #races: RaceHost;
  #run: Run | null = null;
  /** Set while the run is a model on show. */
  #shown: Showcase | null = null;
  /** What the page knows of how the run's steps are cut into launches. */
  #strategy: StrategyDescription | null = null;
  #status: RunStatus = 'paused';
  #stepsLeft = 0;
  /** Counts the pauses, so that what was asked for before one does not begin after it. */
  #pauses = 0;
  #pace: Pace = { kind: 'full' };
  #mode: DecodingMode = 'free-running';
  #loop: Promise<void> = Promise.resolve();
  #opening: Promise<void> = Promise.resolve();
  #wake: () => void = () => {};
  /** Made here, where no run is in sight that it would keep. */
  readonly #onLost = (run: Run, error: unknown): void => this.#fault(run, error);

  constructor(
    private readonly emit: (event: Event, transfer?: Transferable[]) => void,
    private readonly executors: Executors = new ExecutorFactory(),
  ) {
    this.#rescuer = new Rescuer(executors);
    this.#races = new RaceHost({
      executors,
      ground: () => {
        if (!this.#run) throw new Error('no run is open');
        return { corpus: this.#run.corpus, executor: this.#run.executor.kind };
      },
      pauseMain: async () => {
        this.#pause();
        await this.#loop;
      },
      tell: (news) => this.emit({ type: 'race', news }),
    });
  }

  /** Takes a command; what it answers comes as events. */
  handle(command: Command): void {
    const shown = this.#shown;
    if (!shown || !needsWhole(command)) this.#carryOut(command);
    else
      void shown.whole().then((isWhole) => {
        // What asks for an answer gets one; what was meant for this model is not done to another.
        if (isWhole || 'request' in command) this.#carryOut(command);
      });
  }

  #carryOut(command: Command): void {
    switch (command.type) {
      case 'open':
        this.#opening = this.#opening.then(() => this.#open(command));
        return;
      case 'move':
        this.#opening = this.#opening.then(() => this.#move(command));
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
      case 'shelf':
        this.#reply(command.request, async () => {
          await this.#opening;
          const save = async () => (this.#run as Run).save();
          const shelf = await this.#keeper.act(command.action, save);
          this.emit({ type: 'shelf', request: command.request, shelf });
        });
        return;
      case 'curves':
        this.#reply(command.request, async () => {
          const found = await this.#keeper.find({ kind: 'saved', id: command.id });
          this.emit({ type: 'curves', request: command.request, curves: found?.checkpoint.curves ?? null });
        });
        return;
      case 'race':
        this.#reply(command.request, async () => {
          await this.#opening;
          const race = await this.#races.act(command.action);
          this.emit({ type: 'raced', request: command.request, race });
        });
        return;
      case 'get-ready':
        void this.#shown?.whole();
        return;
      case 'ping':
        this.emit({ type: 'pong' });
        return;
      case 'train':
        this.#startFrom(command.isFromStart, 'training', Number.POSITIVE_INFINITY);
        return;
      case 'step':
        this.#startFrom(command.isFromStart, 'stepping', command.count);
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
          await this.#toStart(run, 'paused');
          await this.#frame(run);
        });
        return;
      case 'configure':
        this.#live = command.live;
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
        this.#pinned = command.sources;
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
    await this.#races.dispose();
    this.#keeper.dispose();
    this.#run?.dispose();
    this.#run = null;
  }

  async #open(command: Extract<Command, { type: 'open' }>): Promise<void> {
    const { request, strategy = 'auto', resume } = command;
    let next: OpenRun;
    let found: Found | null = null;
    let shipped: ShippedModel | null = null;
    let isShown = false;
    const loading = new AbortController();
    try {
      checkConfig(command.config);
      const { models, config } = command;
      // Both at once: what is not needed is not waited for.
      const wanted = models === undefined ? null : loadShipped(models, config, loading.signal);
      found = command.source ? await this.#keeper.find(command.source) : null;
      if (found) loading.abort();
      else shipped = await wanted;
      if (command.source && command.source.kind !== 'last' && !found)
        throw new CheckpointFormatError('checkpoint: the run is not there any more, or none of its states is whole');
      // Who asks for WebGPU by name is shown nothing else.
      isShown = shipped !== null && command.executor !== 'webgpu';
      const checkpoint = found?.checkpoint ?? shipped?.checkpoint ?? null;
      next = shipped && isShown ? await openShown(shipped, command.executor) : await this.#openRun(command, checkpoint);
    } catch (error) {
      loading.abort();
      found?.hold?.release();
      this.emit({ type: 'refused', request, error: reportError(error) });
      return;
    }
    this.#pause();
    await this.#loop;
    const previous = this.#run;
    this.#preference = strategy;
    this.#live = null;
    this.#pinned = null;
    this.#adopt(next);
    if (!resume) this.#keeper.begin(found);
    const { run } = next;
    const kept = found?.checkpoint ?? shipped?.checkpoint ?? null;
    this.#shown = kept && isShown ? new Showcase(run, () => this.#becomeWhole(run, command, kept)) : null;
    this.#watchFrom(kept ? run.stateOf(kept) : (resume ?? null));
    void previous?.retire();
    const { step, curves } = run.trainer;
    const origin = found?.origin ?? (shipped && ({ kind: 'shipped' } as const));
    const resumed =
      resume || kept ? { resumed: { step, curves: curves.save(), evaluation: run.evaluation, origin } } : {};
    this.emit({ type: 'opened', request, run: run.describe(), ...resumed });
    this.emit({ type: 'status', status: 'paused', step });
    await this.#guard(run, () => this.#frame(run));
  }

  /**
   * Opens the whole run of a model on show beside it, and goes on there.
   * @returns false where that did not come about: another run was opened meanwhile, or none can be
   */
  async #becomeWhole(
    shown: Run,
    command: Extract<Command, { type: 'open' }>,
    checkpoint: Checkpoint,
  ): Promise<boolean> {
    let next: OpenRun | null = null;
    try {
      const opened = await this.#openRun(command, checkpoint);
      next = opened;
      const arrived = this.#loop.then(async () => {
        if (this.#pinned) await opened.run.pinProbes(this.#pinned);
        if (shown !== this.#run && this.#shown?.run !== shown) return false;
        this.#shown = null;
        this.#adopt(opened);
        return true;
      });
      this.#loop = arrived.then(
        () => {},
        () => {},
      );
      if (!(await arrived)) {
        opened.run.dispose();
        return false;
      }
      this.emit({ type: 'moved', request: 0, run: opened.run.describe() });
      void shown.retire();
      this.#next((run) => this.#frame(run));
      return true;
    } catch (error) {
      next?.run.dispose();
      if (this.#shown?.run === shown) {
        this.#shown = null;
        this.emit({ type: 'failed', error: reportError(error) });
      }
      return false;
    }
  }

  /** Where the GPU fails with no other run to keep, the CPU takes its place. @throws what keeps the run from being opened */
  async #openRun(command: Extract<Command, { type: 'open' }>, checkpoint: Checkpoint | null): Promise<OpenRun> {
    const { executor, strategy, data, resume } = command;
    const config = checkpoint?.config ?? command.config;
    const load = () => (checkpoint?.pairs ? this.#importer.adopt(checkpoint.pairs) : this.#corpus(config, data));
    const openOn = async (opened: OpenedExecutor): Promise<OpenRun> => {
      const run = await Run.open(opened, load, config);
      try {
        if (config.task === 'own') run.pairs = checkpoint?.pairs ?? this.#importer.kept();
        if (resume) await run.trainer.restore({ ...resume, config });
        if (checkpoint) await run.restore(checkpoint);
      } catch (error) {
        run.dispose();
        throw error;
      }
      return { run, opened };
    };
    try {
      return await openOn(await this.executors.open(executor, strategy ?? 'auto', config));
    } catch (error) {
      // A run that was under way goes on without a GPU.
      const isGone = resume !== undefined && error instanceof DeviceUnavailableError;
      if (isGone) return openOn(await this.executors.insteadOfGpu('lost', error.message));
      const hasOther = this.#run !== null && !this.#shown;
      if (!isDeviceFault(error) || (hasOther && causeOf(error) === 'memory')) throw error;
      const { message } = error as Error;
      return openOn(await this.executors.insteadOfGpu(causeOf(error), message));
    }
  }

  /** Opens the run elsewhere beside the training, then goes on there from the step that has been reached. */
  async #move({ request, executor, strategy }: Extract<Command, { type: 'move' }>): Promise<void> {
    const run = this.#run;
    let next: OpenRun | null = null;
    try {
      if (!run) throw new Error('no run is open');
      const wanted = { strategy, config: this.#configOf(run), state: null };
      const opened = await openOn(await this.executors.open(executor, strategy, wanted.config), run, wanted);
      next = opened;
      this.#isMoving = true;
      this.#wake();
      // A part of the loop, so that what is asked for meanwhile comes after it.
      const moved = this.#loop.then(() => this.#goOnAt(run, opened));
      this.#loop = moved.catch(() => {});
      await moved;
      this.#preference = strategy;
      next = null;
      this.emit({ type: 'moved', request, run: opened.run.describe() });
      void run.retire();
    } catch (error) {
      next?.run.dispose();
      this.emit({ type: 'refused', request, error: reportError(error) });
    }
    this.#isMoving = false;
    if (this.#isTraining && this.#stepsLeft > 0) this.#beginTraining();
    else this.#next((now) => this.#frame(now));
  }

  /** Hands everything of a run that rests to the same one elsewhere. */
  async #goOnAt(run: Run, next: OpenRun): Promise<void> {
    if (run !== this.#run) throw new Error('the run ended before it could go on elsewhere');
    await run.applyPending();
    const state = await run.trainer.capture();
    await next.run.trainer.restore({ ...state, config: this.#configOf(run) });
    next.run.inherit(run);
    if (this.#pinned) await next.run.pinProbes(this.#pinned);
    if (run !== this.#run) throw new Error('the run ended before it could go on elsewhere');
    this.#adopt(next);
  }

  /** Goes on with this run from now on. */
  #adopt({ run, opened }: OpenRun): void {
    this.#run = run;
    this.#strategy = run.trainer.strategy;
    this.#divergence = new DivergenceWatch(run.corpus.targetVocabulary.size);
    this.#snapshots.keep();
    whenLost(run, this.#onLost);
    run.trainer.onTuned = () => this.#tellStrategy(run);
    run.trainer.onProgress = (columns) => this.#report(run, columns);
    opened.onDescription((description) => {
      if (this.#run !== run) return;
      this.emit({ type: 'executor', executor: description });
      this.#tellStrategy(run);
    });
  }

  /** The state of the run is another one from now on. */
  #watchFrom(state: TrainingState | null): void {
    this.#divergence.reset();
    this.#snapshots.restart(state);
  }

  #corpus(config: Config, data: OwnData | undefined): Promise<Corpus> {
    if (config.task === 'own' && data?.kind === 'imported') return this.#importer.corpus();
    return loadCorpus(config, data?.kind === 'text' ? data : undefined);
  }

  /** Back to the initial weights. */
  async #toStart(run: Run, status: RunStatus): Promise<void> {
    await run.executor.idle();
    run.trainer.reset();
    // What was trained before stays among the runs that are kept.
    this.#keeper.begin(null);
    this.#watchFrom(null);
    this.emit({ type: 'status', status, step: 0 });
  }

  #startFrom(isFromStart: boolean | undefined, status: 'training' | 'stepping', steps: number): void {
    if (!isFromStart) this.#start(status, steps);
    else
      this.#whenQuiet(async (run) => {
        const isWanted = () => pauses === this.#pauses;
        await this.#toStart(run, isWanted() ? status : 'paused');
        if (isWanted()) this.#start(status, steps);
        else await this.#frame(run);
      });
    const pauses = this.#pauses;
  }

  #start(status: 'training' | 'stepping', steps: number): void {
    const run = this.#run;
    if (!run && !this.#isRecovering) return;
    this.#races.yield();
    this.#stepsLeft = steps;
    const isRunning = this.#status !== 'paused';
    this.#status = status;
    // While the run is being recovered it is told what it shall do then.
    if (!run) return;
    this.emit({ type: 'status', status, step: run.trainer.step });
    if (!isRunning) this.#beginTraining();
  }

  #beginTraining(): void {
    this.#next((run) => this.#train(run));
  }

  /** After all that is under way, on the run that is open then. */
  #next(body: (run: Run) => Promise<void>): void {
    this.#loop = this.#loop.then(async () => {
      const run = this.#run;
      if (run) await this.#guard(run, () => body(run));
    });
  }

  #pause(): void {
    this.#pauses++;
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
    while (this.#isTraining && !this.#isMoving && this.#stepsLeft > 0 && run === this.#run) {
      await executor.ready();
      await run.applyPending();
      if (!this.#isTraining) break;
      if (this.#pace.kind === 'slow-motion') await this.#slowStep(run);
      else trainer.submitStep();
      this.#stepsLeft--;
      const now = performance.now();
      meter.frameDue(now, FRAME_INTERVAL_MS, FRAME_SHARE, () =>
        this.#guard(run, () => this.#frame(run, meter.candidatesDue(now, CANDIDATES_INTERVAL_MS))),
      );
      meter.progressDue(now, PROGRESS_INTERVAL_MS, () => this.#guard(run, () => this.#progress(run)));
      this.#snapshots.takeWhenDue(trainer, now);
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
    if (this.#isRollingBack) return;
    void this.#snapshots.take(trainer).then(() => this.#offer(run, this.#snapshots.newest, true));
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
      if (this.#pace.kind !== 'slow-motion' || !this.#isTraining || this.#isMoving || run !== this.#run) return;
      const { stage, direction, position } = place;
      this.emit({ type: 'stage', report: { step: trainer.step + 1, stage, direction, position, dispatches } });
      await this.#sleep(dwellMs(position, visited++));
    });
    this.emit({ type: 'stage', report: null });
  }

  async #progress(run: Run): Promise<void> {
    await run.trainer.readProgress();
  }

  /** Has a state of the run saved, at once where it is the last one for now. */
  #offer(run: Run, state: TrainingState | null, isLast: boolean): void {
    if (state && run === this.#run) this.#keeper.offer(() => run.checkpointOf(state), state.step, isLast);
  }

  /** Tells the page of steps that went well, and stops at one that did not. */
  #report(run: Run, columns: ProgressColumns): void {
    if (run !== this.#run || this.#isRollingBack) return;
    const breakdown = this.#divergence.look(columns);
    if (breakdown) {
      this.#rollBack(run, breakdown);
      return;
    }
    if (this.#divergence.isCalm) this.#snapshots.confirm(columns.step.at(-1) as number);
    else this.#snapshots.doubt();
    const speed = run.speed();
    run.trainer.curves.addRates(speed);
    this.emit({ type: 'progress', columns, ...speed });
  }

  /** Stops, and goes back to the last good state. */
  #rollBack(run: Run, breakdown: Breakdown): void {
    this.#isRollingBack = true;
    this.#status = 'paused';
    this.#wake();
    this.#loop = this.#loop.then(() =>
      this.#guard(run, async () => {
        const { trainer, executor } = run;
        const state = this.#snapshots.good;
        const config = this.#configOf(run);
        try {
          await executor.idle();
          if (state) await trainer.restore({ ...state, config });
          else trainer.reset();
        } finally {
          this.#isRollingBack = false;
        }
        this.#watchFrom(state);
        const { learningRate } = config;
        // Where the rate was raised since, the one before is the one to go back to.
        const lowerRate = Number(
          Math.min(learningRate / 10, state?.config.learningRate ?? learningRate).toPrecision(2),
        );
        const { step, curves } = trainer;
        const divergence = { breakdown, learningRate, lowerRate, step };
        this.emit({ type: 'diverged', divergence, curves: curves.save() });
        this.emit({ type: 'status', status: 'paused', step });
        await this.#frame(run);
      }),
    );
  }

  #configOf(run: Run): Config {
    return { ...run.describe().config, ...this.#live };
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
    if (!run) {
      this.#afterRecovery(() => this.#between(body));
      return;
    }
    if (this.#isTraining && !this.#isMoving) run.pend(() => body(run));
    else this.#next(body);
  }

  /** Pauses, then runs `body` when the last step is through. */
  #whenQuiet(body: (run: Run) => Promise<void>): void {
    const run = this.#run;
    if (!run) {
      this.#afterRecovery(() => this.#whenQuiet(body));
      return;
    }
    this.#pause();
    this.#next(body);
  }

  #afterRecovery(body: () => void): void {
    if (this.#isRecovering) void this.#opening.then(body);
  }

  /** Answers a request beside the training; an error is the answer, and leaves the run as it was. */
  async #answer(request: number, body: (run: Run) => Promise<void>): Promise<void> {
    await this.#opening;
    await this.#reply(request, async () => {
      const run = this.#run;
      if (!run) throw new Error('no run is open');
      try {
        await run.answering(body(run));
      } catch (error) {
        if (!isDeviceFault(error)) throw error;
        // What is asked is asked of the model, and it goes on elsewhere.
        this.#fault(run, error);
        await this.#opening;
        if (!this.#run) throw error;
        await body(this.#run);
      }
    });
  }

  async #reply(request: number, body: () => Promise<void>): Promise<void> {
    try {
      await body();
    } catch (error) {
      this.emit({ type: 'rejected', request, error: reportError(error) });
    }
  }

  async #guard(run: Run, body: () => Promise<void>): Promise<void> {
    try {
      await body();
    } catch (error) {
      this.#fault(run, error);
    }
  }

  /** Something that the run needs is gone: it goes on elsewhere from the last good state. */
  #fault(run: Run, error: unknown): void {
    if (run !== this.#run) return;
    if (this.#shown?.run === run) {
      void this.#shown.whole();
      return;
    }
    this.#run = null;
    this.#isRecovering = true;
    this.#isRollingBack = false;
    this.#wake();
    this.#opening = this.#opening.then(() => this.#recover(run, error));
  }

  async #recover(run: Run, error: unknown): Promise<void> {
    try {
      // Opened in the meantime, by the visitor's wish.
      if (this.#run) {
        run.dispose();
        return;
      }
      const lostAt = run.trainer.step;
      const state = this.#snapshots.newest;
      const config = this.#configOf(run);
      const rescued = await this.#rescuer.rescue({
        run,
        error,
        strategy: this.#preference,
        config,
        state,
      });
      await this.#loop;
      if (!rescued) {
        this.#status = 'paused';
        this.emit({ type: 'failed', error: reportError(error) });
        return;
      }
      this.#adopt(rescued);
      await this.#goOn(rescued, causeOf(error), lostAt);
    } finally {
      this.#isRecovering = false;
    }
  }

  /** Tells the page what happened, and does there what the run was doing. */
  async #goOn({ run, isGpuGone }: Rescued, cause: FaultCause, lostAt: number): Promise<void> {
    const { step, curves } = run.trainer;
    const repeatedSteps = Math.max(0, lostAt - step);
    const recovery = { cause, onto: run.executor.kind, isGpuGone, step, repeatedSteps };
    this.emit({ type: 'recovered', run: run.describe(), recovery, curves: curves.save() });
    this.emit({ type: 'status', status: this.#status, step });
    this.#stepsLeft += repeatedSteps;
    const pinned = this.#pinned;
    if (pinned) await this.#guard(run, () => run.pinProbes(pinned));
    if (this.#isTraining) this.#beginTraining();
    else await this.#guard(run, () => this.#frame(run));
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

/** Calls back when the run's device is gone. The device outlives the runs on it, so what waits for its loss may not keep them. */
function whenLost(run: Run, listener: (run: Run, error: unknown) => void): void {
  const known = new WeakRef(run);
  run.lost.catch((error) => {
    const lost = known.deref();
    if (lost) listener(lost, error);
  });
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
