/** What the page is sent of the run that is open, and when: often enough to be live, and never dearer than it is worth. */

import type { Meter } from './meter.ts';
import type { DecodingMode, Event, ProgressColumns, StrategyDescription } from './protocol.ts';
import type { Run } from './run.ts';

/** A frame at most so often; a slow executor gets fewer, so that drawing costs little of the training. */
const FRAME_INTERVAL_MS = 66;
const FRAME_SHARE = 3;
/** Frames with the likeliest words are a fifth dearer. */
const CANDIDATES_INTERVAL_MS = 1000;
const PROGRESS_INTERVAL_MS = 100;
/** Held-out pairs behind the live meters. */
const EVALUATION_PAIRS = 128;
/** Between two evaluations lie at least so many steps, and so many times the time that the last one took. */
const EVALUATION_STEPS = 25;
const EVALUATION_SHARE = 8;

/** What a reporter needs of the session. */
export interface ReporterOptions {
  readonly emit: (event: Event) => void;
  /** False from when a run has given way to another: nothing more is told of it. */
  readonly isOpen: (run: Run) => boolean;
  /** Runs a body that reads from the run's executor; what it throws is a fault of the run. */
  readonly guard: (run: Run, body: () => Promise<void>) => Promise<void>;
}

/** Sends what a run says of itself, for as long as it is the one that is open. */
export class Reporter {
  /** How frames are decoded. */
  mode: DecodingMode = 'free-running';
  /** What the page knows of how the run's steps are cut into launches. */
  #strategy: StrategyDescription | null = null;

  constructor(private readonly options: ReporterOptions) {}

  /** The page is about to be told of another run, its strategy included. */
  begin(run: Run): void {
    this.#strategy = run.trainer.strategy;
  }

  /** Sends the probes as the model translates them now; with the likeliest words of each position where they are wanted. */
  async frame(run: Run, wantsCandidates = true): Promise<void> {
    const { step } = run.trainer;
    const { mode } = this;
    const probes = await run.translateProbes(mode, wantsCandidates);
    if (this.options.isOpen(run)) this.options.emit({ type: 'frame', step, mode, probes });
  }

  /** Sends beside the training what is due of frame and progress. */
  sendDue(run: Run, meter: Meter, now: number): void {
    const { guard } = this.options;
    meter.frameDue(now, FRAME_INTERVAL_MS, FRAME_SHARE, () =>
      guard(run, () => this.frame(run, meter.candidatesDue(now, CANDIDATES_INTERVAL_MS))),
    );
    meter.progressDue(now, PROGRESS_INTERVAL_MS, () => guard(run, () => readMetrics(run)));
  }

  /** Measures on held-out pairs between two steps where that is due, until `shouldStop` says so. */
  async evaluateWhenDue(run: Run, meter: Meter, now: number, shouldStop: () => boolean): Promise<void> {
    if (!meter.evaluationDue(now, run.trainer.step, EVALUATION_STEPS, EVALUATION_SHARE)) return;
    const evaluation = await run.evaluateLive(EVALUATION_PAIRS, shouldStop);
    if (evaluation) this.options.emit({ type: 'evaluation', evaluation });
  }

  /** Sends metrics of steps that went well, with the speed at which they were taken. */
  progress(run: Run, columns: ProgressColumns): void {
    const speed = run.speed();
    run.trainer.curves.addRates(speed);
    this.options.emit({ type: 'progress', columns, ...speed });
  }

  /** Tells how steps are cut into launches where that is no longer what the page knows. */
  strategy(run: Run): void {
    const { strategy, dispatchesPerStep } = run.trainer;
    if (strategy === this.#strategy || !this.options.isOpen(run)) return;
    this.#strategy = strategy;
    this.options.emit({ type: 'strategy', strategy, dispatchesPerStep });
  }
}

/** Has the metrics of the newest steps read; the trainer passes them to whoever listens to its progress. */
export async function readMetrics(run: Run): Promise<void> {
  await run.trainer.readProgress();
}
