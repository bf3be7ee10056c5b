/** Training over time: steps at the pace that is asked for, and everything else in turn between and after them. */

import type { Event, Pace, RunStatus } from './protocol.ts';
import { type Reporter, readMetrics } from './reporter.ts';
import type { Run } from './run.ts';
import type { Safeguard } from './safety/safeguard.ts';
import { dwellMs } from './slow-motion.ts';

/** A limited pace that falls behind catches up with at most so much of it. */
const CATCH_UP_MS = 1000;

export interface TrainingLoopOptions {
  readonly emit: (event: Event) => void;
  readonly reporter: Reporter;
  readonly safeguard: Safeguard;
  /** Something that the run needs is gone. */
  readonly onFault: (run: Run, error: unknown) => void;
}

/** The one place where a run waits: whatever touches its executor in between steps goes through here. */
export class TrainingLoop {
  #run: Run | null = null;
  #status: RunStatus = 'paused';
  #stepsLeft = 0;
  #pauses = 0;
  #pace: Pace = { kind: 'full' };
  /** The steps rest, so that the run can go on elsewhere from where it is. */
  #isHeld = false;
  #queue: Promise<void> = Promise.resolve();
  #wake: () => void = () => {};

  constructor(private readonly options: TrainingLoopOptions) {}

  /** The run that is open; null before the first, and from a fault until the run goes on elsewhere. */
  get run(): Run | null {
    return this.#run;
  }

  /** @throws Error where no run is open */
  openRun(): Run {
    if (!this.#run) throw new Error('no run is open');
    return this.#run;
  }

  get status(): RunStatus {
    return this.#status;
  }

  /** Counts the pauses, so that what was asked for before one does not begin after it. */
  get pauses(): number {
    return this.#pauses;
  }

  get #isTraining(): boolean {
    return this.#status !== 'paused';
  }

  /** Goes on with this run from now on. */
  adopt(run: Run): void {
    this.#run = run;
  }

  /** The run that was open can't go on. */
  drop(): void {
    this.#run = null;
    this.#wake();
  }

  setPace(pace: Pace): void {
    this.#pace = pace;
    this.#wake();
  }

  /** Takes `steps` steps from here; where no run is open, the one that is on its way back does. */
  start(status: 'training' | 'stepping', steps: number): void {
    this.#stepsLeft = steps;
    const isRunning = this.#isTraining;
    this.#status = status;
    if (!this.#run) return;
    this.options.emit({ type: 'status', status, step: this.#run.trainer.step });
    if (!isRunning) this.#begin();
  }

  /** The pause is told at once; the final step when the last submit is through. */
  pause(): void {
    this.#pauses++;
    if (!this.#isTraining) return;
    this.stop();
    if (this.#run) this.options.emit({ type: 'status', status: 'paused', step: this.#run.trainer.step });
  }

  /** Takes no further step; whoever calls tells the page of it. */
  stop(): void {
    this.#status = 'paused';
    this.#wake();
  }

  /** Lets the steps rest, whether the run is trained or not, until `release`. */
  hold(): void {
    this.#isHeld = true;
    this.#wake();
  }

  /** Goes on, with whatever run is open now. */
  release(): void {
    this.#isHeld = false;
    if (this.#isTraining && this.#stepsLeft > 0) this.#begin();
    else this.next((run) => this.options.reporter.frame(run));
  }

  /** Steps that were taken and lost are taken once more, on top of those that were asked for. */
  repeat(steps: number): void {
    this.#stepsLeft += steps;
  }

  /** Does with the run that has come back what was being done. */
  async resume(run: Run): Promise<void> {
    if (this.#isTraining) this.#begin();
    else await this.guard(run, () => this.options.reporter.frame(run));
  }

  /** Resolves when everything that was asked for until now is through. */
  quiet(): Promise<void> {
    return this.#queue;
  }

  /** Runs `body` after all that is under way; what is asked for meanwhile comes after it. */
  inTurn<T>(body: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(body);
    this.#queue = done.then(
      () => {},
      () => {},
    );
    return done;
  }

  /** As `inTurn`, on the run that is open then, if one is. */
  next(body: (run: Run) => Promise<void>): void {
    void this.inTurn(async () => {
      const run = this.#run;
      if (run) await this.guard(run, () => body(run));
    });
  }

  /** Runs `body` between two steps of the run that is open, or in turn where none are being taken. */
  between(body: (run: Run) => Promise<void>): void {
    const run = this.#run;
    if (run && this.#isTraining && !this.#isHeld) run.pend(() => body(run));
    else this.next(body);
  }

  /** Runs `body`; what it throws is a fault of the run. */
  async guard(run: Run, body: () => Promise<void>): Promise<void> {
    try {
      await body();
    } catch (error) {
      this.options.onFault(run, error);
    }
  }

  #begin(): void {
    this.next((run) => this.#train(run));
  }

  async #train(run: Run): Promise<void> {
    const { reporter, safeguard, emit } = this.options;
    const { trainer, executor } = run;
    const meter = run.startMeter();
    let stepStarted = performance.now();
    while (this.#isTraining && !this.#isHeld && this.#stepsLeft > 0 && run === this.#run) {
      await executor.ready();
      await run.applyPending();
      if (!this.#isTraining) break;
      if (this.#pace.kind === 'slow-motion') await this.#slowStep(run);
      else trainer.submitStep();
      this.#stepsLeft--;
      const now = performance.now();
      reporter.sendDue(run, meter, now);
      safeguard.takeWhenDue(trainer, now);
      await reporter.evaluateWhenDue(run, meter, now, () => !this.#isTraining || run !== this.#run);
      if (this.#pace.kind === 'limited') {
        const due = stepStarted + 1000 / this.#pace.stepsPerSecond;
        await this.#sleep(due - performance.now());
        stepStarted = Math.max(due, performance.now() - CATCH_UP_MS);
      } else stepStarted = now;
    }
    await executor.idle();
    if (run !== this.#run) return;
    await meter.settled();
    await run.applyPending();
    await readMetrics(run);
    if (safeguard.isRollingBack) return;
    safeguard.takeLast(run);
    await reporter.frame(run);
    if (this.#isTraining && this.#stepsLeft > 0) return;
    this.#status = 'paused';
    emit({ type: 'status', status: 'paused', step: trainer.step });
  }

  /** One step, each stage announced before it is dispatched; a pause or another pace hurries through the rest. */
  async #slowStep(run: Run): Promise<void> {
    const { emit } = this.options;
    const { trainer } = run;
    let visited = 0;
    await trainer.stepSlowly(async ({ place, dispatches }) => {
      if (this.#pace.kind !== 'slow-motion' || !this.#isTraining || this.#isHeld || run !== this.#run) return;
      const { stage, direction, position } = place;
      emit({ type: 'stage', report: { step: trainer.step + 1, stage, direction, position, dispatches } });
      await this.#sleep(dwellMs(position, visited++));
    });
    emit({ type: 'stage', report: null });
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
