/** Tells from the metrics of the steps whether a training has broken down. */

import type { ProgressColumns } from '../protocol.ts';

/** What gave it away. */
export interface Breakdown {
  /** A figure that is no number, a loss beyond all reason, or one that stays far above where it was. */
  readonly kind: 'non-finite' | 'absurd' | 'spike';
  /** The step whose figures these are. */
  readonly step: number;
  /** Nats a token; not finite where that is what happened. */
  readonly loss: number;
  /** The smoothed loss before it began; NaN where there was none. */
  readonly usualLoss: number;
}

/** Weight of the past in the loss that a step is compared with. */
const SMOOTHING = 0.95;
/** Guessing uniformly costs ln V. A loss so many times that can't be reached by a model that is learning, however bad its batch. */
const ABSURD = 30;
/** A step is far off when its loss is above both: so many times the usual, and so many times that of guessing. */
const FAR_FROM_USUAL = 5;
const FAR_FROM_GUESSING = 3;
/** So many steps in a row that are far off are no accident of one batch. */
const STEPS_IN_A_ROW = 8;
/** Below this a step is nothing out of the ordinary. */
const CALM = 2;

/**
 * A training has broken down when a figure of a step is no number, by the flag that the device sets from its bits, when a loss is
 * beyond 30 ln V, or when it stays above five times the usual one and above 3 ln V for eight steps. Guessing costs ln V, so that a
 * model that has learned a lot and meets a hard batch does not come near, and one that is merely bad is left alone.
 */
export class DivergenceWatch {
  readonly #guessing: number;
  #sum = 0;
  #weight = 0;
  #far = 0;
  #last = 0;

  /** @param vocabulary V, the number of words that the model chooses from */
  constructor(vocabulary: number) {
    this.#guessing = Math.log(Math.max(2, vocabulary));
  }

  /** The smoothed loss of the steps that were not far off; NaN before the first. */
  get usualLoss(): number {
    return this.#sum / this.#weight;
  }

  /** True where nothing speaks against the state before the newest step. */
  get isCalm(): boolean {
    return (
      this.#far === 0 && (this.#weight === 0 || this.#last <= CALM * Math.max(this.usualLoss, this.#guessing / 10))
    );
  }

  /** Looks at consecutive steps; tells the first that shows a breakdown. */
  look({ step, loss, nonFinite }: ProgressColumns): Breakdown | null {
    for (let i = 0; i < step.length; i++) {
      const kind = this.#look(loss[i] as number, (nonFinite?.[i] ?? 0) !== 0);
      if (kind) return { kind, step: step[i] as number, loss: loss[i] as number, usualLoss: this.usualLoss };
    }
    return null;
  }

  /** Begins anew, from another state. */
  reset(): void {
    this.#sum = 0;
    this.#weight = 0;
    this.#far = 0;
    this.#last = 0;
  }

  #look(loss: number, isFlagged: boolean): Breakdown['kind'] | null {
    if (isFlagged || !Number.isFinite(loss)) return 'non-finite';
    if (loss > ABSURD * this.#guessing) return 'absurd';
    this.#last = loss;
    const isFar =
      this.#weight > 0 && loss > Math.max(FAR_FROM_USUAL * this.usualLoss, FAR_FROM_GUESSING * this.#guessing);
    // What is far off does not become the usual.
    if (isFar) return ++this.#far >= STEPS_IN_A_ROW ? 'spike' : null;
    this.#far = 0;
    this.#sum = SMOOTHING * this.#sum + (1 - SMOOTHING) * loss;
    this.#weight = SMOOTHING * this.#weight + (1 - SMOOTHING);
    return null;
  }
}
