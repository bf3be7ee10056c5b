/** The run of a session: at most one, and how another takes its place, by the visitor's wish or because its device has failed. */

import { reportError } from '../lib/errors.ts';
import { causeOf } from '../lib/fault-ladder.ts';
import type { Config, LiveSettings } from '../model/config.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Executors } from './executors.ts';
import type { Importing } from './importing.ts';
import type { Keeper } from './keeping/keeper.ts';
import type { Breakdown, Command, Event, FaultCause, ProgressColumns, StrategyPreference } from './protocol.ts';
import { type Reporter, readMetrics } from './reporter.ts';
import type { Run } from './run.ts';
import { type OpenCommand, type Opened, RunOpener } from './run-opener.ts';
import { type OpenRun, openOn, type Rescued, Rescuer, type Returned } from './safety/rescuer.ts';
import type { Safeguard } from './safety/safeguard.ts';
import { Showcase } from './shipped/showcase.ts';
import type { TrainingLoop } from './training-loop.ts';

export interface RunHostOptions {
  readonly emit: (event: Event) => void;
  readonly executors: Executors;
  readonly importer: Importing;
  readonly keeper: Keeper;
  readonly loop: TrainingLoop;
  readonly reporter: Reporter;
  readonly safeguard: Safeguard;
  /** How long a run waits for a GPU that it lost before it goes on on the CPU meanwhile, in ms. */
  readonly patienceMs?: number | undefined;
}

/** Changes of the run, one after the other; between them the loop has it. */
export class RunHost {
  readonly #opener: RunOpener;
  readonly #rescuer: Rescuer;
  #shown: Showcase | null = null;
  /** What changes the run, one after the other. */
  #changes: Promise<void> = Promise.resolve();
  #isRecovering = false;
  #strategy: StrategyPreference = 'auto';
  #live: LiveSettings | null = null;
  #pinned: readonly string[] | null = null;
  /** Made here, where no run is in sight that it would keep. */
  readonly #onLost = (run: Run, error: unknown): void => this.fault(run, error);

  constructor(private readonly options: RunHostOptions) {
    const { executors, importer, keeper, loop, patienceMs } = options;
    const hasOther = () => loop.run !== null && !this.#shown;
    this.#rescuer = new Rescuer(executors, patienceMs);
    this.#opener = new RunOpener({ executors, rescuer: this.#rescuer, importer, keeper, hasOther });
  }

  /** The model on show; null where the run is a whole one. */
  get shown(): Showcase | null {
    return this.#shown;
  }

  /** True from a fault until it is known how the run goes on: commands wait. */
  get isRecovering(): boolean {
    return this.#isRecovering;
  }

  /** Resolves when no change of the run is under way that was asked for until now. */
  settled(): Promise<void> {
    return this.#changes;
  }

  /** Answers `opened` or `refused`; the run before stays as it is until the other is there. */
  open(command: OpenCommand): void {
    this.#changes = this.#changes.then(() => this.#open(command));
  }

  /** Answers `moved` or `refused`. */
  move(command: Extract<Command, { type: 'move' }>): void {
    this.#changes = this.#changes.then(() => this.#move(command));
  }

  /** Settings that hold wherever the run goes on. */
  configure(live: LiveSettings): void {
    this.#live = live;
  }

  /** Probes that are translated wherever the run goes on. */
  pin(sources: readonly string[]): void {
    this.#pinned = sources;
  }

  async #open(command: OpenCommand): Promise<void> {
    const { emit, loop, keeper, reporter, safeguard } = this.options;
    const { request, strategy = 'auto', resume } = command;
    let next: Opened;
    try {
      next = await this.#opener.open(command);
    } catch (error) {
      emit({ type: 'refused', request, error: reportError(error) });
      return;
    }
    loop.pause();
    await loop.quiet();
    const previous = loop.run;
    this.#strategy = strategy;
    this.#live = null;
    this.#pinned = null;
    this.#adopt(next);
    const { run, found, checkpoint, origin, isShown, returning } = next;
    if (!resume) keeper.begin(found);
    this.#shown = checkpoint && isShown ? new Showcase(run, () => this.#becomeWhole(run, command, checkpoint)) : null;
    safeguard.restart(checkpoint ? run.stateOf(checkpoint) : (resume ?? null));
    void previous?.retire();
    const { step, curves } = run.trainer;
    const resumed =
      resume || checkpoint ? { resumed: { step, curves: curves.save(), evaluation: run.evaluation, origin } } : {};
    emit({ type: 'opened', request, run: run.describe(), isReturning: returning !== null, ...resumed });
    emit({ type: 'status', status: 'paused', step });
    if (returning) void this.#comeBack(run, 'worker', returning);
    await loop.guard(run, () => reporter.frame(run));
  }

  /**
   * Opens the whole run of a model on show beside it, and goes on there.
   * @returns false where that did not come about: another run was opened meanwhile, or none can be
   */
  async #becomeWhole(shown: Run, command: OpenCommand, checkpoint: Checkpoint): Promise<boolean> {
    const { emit, loop, reporter } = this.options;
    let next: OpenRun | null = null;
    try {
      const opened = await this.#opener.openWhole(command, checkpoint);
      next = opened;
      const hasArrived = await loop.inTurn(async () => {
        if (this.#pinned) await opened.run.pinProbes(this.#pinned);
        if (shown !== loop.run && this.#shown?.run !== shown) return false;
        this.#shown = null;
        this.#adopt(opened);
        return true;
      });
      if (!hasArrived) {
        opened.run.dispose();
        return false;
      }
      emit({ type: 'moved', request: 0, run: opened.run.describe() });
      void shown.retire();
      loop.next((run) => reporter.frame(run));
      return true;
    } catch (error) {
      next?.run.dispose();
      if (this.#shown?.run === shown) {
        this.#shown = null;
        emit({ type: 'failed', error: reportError(error) });
      }
      return false;
    }
  }

  /** Opens the run elsewhere beside the training, then goes on there from the step that has been reached. */
  async #move({ request, executor, strategy }: Extract<Command, { type: 'move' }>): Promise<void> {
    const { emit, executors, loop } = this.options;
    const { run } = loop;
    try {
      if (!run) throw new Error('no run is open');
      const wanted = { strategy, config: this.#configOf(run), state: null };
      const opened = await openOn(await executors.open(executor, strategy, wanted.config), run, wanted);
      await this.#changeOver(run, opened, request);
      this.#strategy = strategy;
    } catch (error) {
      emit({ type: 'refused', request, error: reportError(error) });
    }
  }

  /** Goes on elsewhere between two steps. @throws what keeps the run from it; it stays where it is then, and `next` is freed */
  async #changeOver(run: Run, next: OpenRun, request: number): Promise<void> {
    const { emit, loop } = this.options;
    try {
      loop.hold();
      await loop.inTurn(() => this.#goOnAt(run, next));
      emit({ type: 'moved', request, run: next.run.describe() });
      void run.retire();
    } catch (error) {
      next.run.dispose();
      throw error;
    } finally {
      loop.release();
    }
  }

  /** Hands everything of a run that rests to the same one elsewhere. */
  async #goOnAt(run: Run, next: OpenRun): Promise<void> {
    const { loop } = this.options;
    if (run !== loop.run) throw new Error('the run ended before it could go on elsewhere');
    await run.applyPending();
    const state = await run.trainer.capture();
    await next.run.trainer.restore({ ...state, config: this.#configOf(run) });
    next.run.inherit(run);
    if (this.#pinned) await next.run.pinProbes(this.#pinned);
    if (run !== loop.run) throw new Error('the run ended before it could go on elsewhere');
    this.#adopt(next);
  }

  /** Goes on with this run from now on. */
  #adopt({ run, opened }: OpenRun): void {
    const { emit, loop, reporter, safeguard } = this.options;
    loop.adopt(run);
    reporter.begin(run);
    safeguard.follow(run);
    whenLost(run, this.#onLost);
    run.trainer.onTuned = () => reporter.strategy(run);
    run.trainer.onProgress = (columns) => this.#look(run, columns);
    opened.onDescription((description) => {
      if (loop.run !== run) return;
      emit({ type: 'executor', executor: description });
      reporter.strategy(run);
    });
  }

  /** Tells the page of steps that went well, and stops at one that did not. */
  #look(run: Run, columns: ProgressColumns): void {
    const { loop, reporter, safeguard } = this.options;
    if (run !== loop.run || safeguard.isRollingBack) return;
    const breakdown = safeguard.look(columns);
    if (breakdown) this.#rollBack(run, breakdown);
    else reporter.progress(run, columns);
  }

  /** Stops, and goes back to the last good state. */
  #rollBack(run: Run, breakdown: Breakdown): void {
    const { emit, loop, reporter, safeguard } = this.options;
    loop.stop();
    void loop.inTurn(() =>
      loop.guard(run, async () => {
        const divergence = await safeguard.rollBack(run, breakdown, this.#configOf(run));
        emit({ type: 'diverged', divergence, curves: run.trainer.curves.save() });
        emit({ type: 'status', status: 'paused', step: divergence.step });
        await reporter.frame(run);
      }),
    );
  }

  /** Something that the run needs is gone: it goes on elsewhere from the last good state. */
  fault(run: Run, error: unknown): void {
    const { loop, safeguard } = this.options;
    if (run !== loop.run) return;
    if (this.#shown?.run === run) {
      void this.#shown.whole();
      return;
    }
    this.#isRecovering = true;
    safeguard.release();
    loop.drop();
    this.#changes = this.#changes.then(() => this.#recover(run, error));
  }

  async #recover(run: Run, error: unknown): Promise<void> {
    const { emit, loop, safeguard } = this.options;
    try {
      // Opened in the meantime, by the visitor's wish.
      if (loop.run) {
        run.dispose();
        return;
      }
      const lostAt = run.trainer.step;
      const rescued = await this.#rescuer.rescue({
        run,
        error,
        strategy: this.#strategy,
        config: this.#configOf(run),
        state: safeguard.newest,
      });
      await loop.quiet();
      if (!rescued) {
        loop.stop();
        emit({ type: 'failed', error: reportError(error) });
        return;
      }
      this.#adopt(rescued);
      await this.#goOn(rescued, causeOf(error), lostAt);
      if (rescued.returning) void this.#comeBack(rescued.run, causeOf(error), rescued.returning);
    } finally {
      this.#isRecovering = false;
    }
  }

  /** Tells the page what happened, and does there what the run was doing. */
  async #goOn({ run, isGpuGone, returning }: Rescued, cause: FaultCause, lostAt: number): Promise<void> {
    const { emit, loop } = this.options;
    const { step, curves } = run.trainer;
    const repeatedSteps = Math.max(0, lostAt - step);
    const isReturning = returning !== null;
    const recovery = { cause, onto: run.executor.kind, isGpuGone, isReturning, step, repeatedSteps };
    emit({ type: 'recovered', run: run.describe(), recovery, curves: curves.save() });
    emit({ type: 'status', status: loop.status, step });
    loop.repeat(repeatedSteps);
    const pinned = this.#pinned;
    if (pinned) await loop.guard(run, () => run.pinProbes(pinned));
    await loop.resume(run);
  }

  /** From the CPU, where the run has gone on meanwhile, to the GPU when that is ready. */
  async #comeBack(run: Run, cause: FaultCause, returning: Promise<Returned>): Promise<void> {
    const { emit, loop } = this.options;
    const { next, isGpuGone } = await returning;
    this.#changes = this.#changes.then(async () => {
      if (run !== loop.run) next?.run.dispose();
      // Where that fails, the run stays on the CPU.
      else if (next) await this.#changeOver(run, next, 0).catch(() => {});
      else if (isGpuGone)
        loop.between(async () => {
          await run.executor.idle();
          await readMetrics(run);
          const { step, curves } = run.trainer;
          const recovery = { cause, onto: 'cpu', isGpuGone, isReturning: false, step, repeatedSteps: 0 } as const;
          emit({ type: 'recovered', run: run.describe(), recovery, curves: curves.save() });
        });
    });
  }

  #configOf(run: Run): Config {
    return { ...run.describe().config, ...this.#live };
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
