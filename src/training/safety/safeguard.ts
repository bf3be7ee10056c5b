/** Watches whether the training of the run that is open goes well, and has the states that it can go back to. */

import type { Config } from '../../model/config.ts';
import type { Divergence, ProgressColumns } from '../protocol.ts';
import type { Run } from '../run.ts';
import type { TrainingState } from '../training-state.ts';
import { type Breakdown, DivergenceWatch } from './divergence.ts';
import { type Capturable, Snapshots } from './snapshots.ts';

/** A rate to try after a breakdown is so many times lower. */
const LOWER_RATE = 10;
const RATE_DIGITS = 2;

export interface SafeguardOptions {
  /** Told of every state that later steps have shown to be good. */
  readonly onGood: (state: TrainingState) => void;
  /** Told of the newest state of a run whose training has come to rest. */
  readonly onRest: (run: Run, state: TrainingState | null) => void;
}

/** What a run can be set back to, and when it has to be. */
export class Safeguard {
  #divergence = new DivergenceWatch(2);
  readonly #snapshots: Snapshots;
  #isRollingBack = false;

  constructor(private readonly options: SafeguardOptions) {
    this.#snapshots = new Snapshots(options.onGood);
  }

  /** True from a breakdown until the run is back at a good state: what it says meanwhile is of no use. */
  get isRollingBack(): boolean {
    return this.#isRollingBack;
  }

  /** The newest state; null stands for the initial weights. */
  get newest(): TrainingState | null {
    return this.#snapshots.newest;
  }

  /** Watches this run from now on, which goes on from where the one before was. */
  follow(run: Run): void {
    this.#divergence = new DivergenceWatch(run.corpus.targetVocabulary.size);
    this.#snapshots.keep();
  }

  /** The state of the run is another one from now on; null stands for the initial weights. */
  restart(state: TrainingState | null): void {
    this.#divergence.reset();
    this.#snapshots.restart(state);
  }

  /** The run that was watched can't go on, and so can't go back either. */
  release(): void {
    this.#isRollingBack = false;
  }

  takeWhenDue(source: Capturable, now: number): void {
    this.#snapshots.takeWhenDue(source, now);
  }

  /** Takes the state in which the training comes to rest, beside whatever comes next. */
  takeLast(run: Run): void {
    void this.#snapshots.take(run.trainer).then(() => this.options.onRest(run, this.#snapshots.newest));
  }

  /** Looks at the metrics of consecutive steps. @returns what shows that the training has broken down; `rollBack` is due then */
  look(columns: ProgressColumns): Breakdown | null {
    const breakdown = this.#divergence.look(columns);
    if (breakdown) this.#isRollingBack = true;
    else if (this.#divergence.isCalm) this.#snapshots.confirm(columns.step.at(-1) as number);
    else this.#snapshots.doubt();
    return breakdown;
  }

  /** Sets the run back to the last good state, or to its initial weights. @param config its settings as they stand */
  async rollBack({ trainer, executor }: Run, breakdown: Breakdown, config: Config): Promise<Divergence> {
    const state = this.#snapshots.good;
    try {
      await executor.idle();
      if (state) await trainer.restore({ ...state, config });
      else trainer.reset();
    } finally {
      this.#isRollingBack = false;
    }
    this.restart(state);
    const { learningRate } = config;
    // Where the rate was raised since, the one before is the one to go back to.
    const lower = Math.min(learningRate / LOWER_RATE, state?.config.learningRate ?? learningRate);
    return { breakdown, learningRate, lowerRate: Number(lower.toPrecision(RATE_DIGITS)), step: trainer.step };
  }
}
