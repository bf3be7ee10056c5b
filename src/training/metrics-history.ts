/** Everything the meters draw: one curve a figure, filled as messages arrive, read when the page paints. */

import { type SavedSeries, Series } from '../lib/series.ts';
import type { Evaluation, ProgressColumns } from './protocol.ts';

/** Figures of single training steps. */
export const TRAINING_FIGURES = ['loss', 'tokenAccuracy', 'gradientNorm'] as const;
export type TrainingFigure = (typeof TRAINING_FIGURES)[number];

/** Figures of the held-out pairs. */
export const HELD_OUT_FIGURES = [
  'loss',
  'tokenAccuracy',
  'exactMatch',
  'bleu',
  'alignmentError',
  'decidingWord',
  'attentionEntropy',
] as const;
export type HeldOutFigure = (typeof HELD_OUT_FIGURES)[number];

export const RATE_FIGURES = ['stepsPerSecond', 'tokensPerSecond'] as const;
export type RateFigure = (typeof RATE_FIGURES)[number];

/** Weight of the past in the smoothed curves. */
const SMOOTHING = 0.95;

const createSeries = <Name extends string>(names: readonly Name[]): Record<Name, Series> =>
  Object.fromEntries(names.map((name) => [name, new Series()])) as Record<Name, Series>;

/** Curves by `group.figure`, and the running means behind the smoothed ones. */
export interface SavedHistory {
  readonly lastStep: number;
  readonly series: Readonly<Record<string, SavedSeries>>;
  /** Sum and weight by training figure, in the order of `TRAINING_FIGURES`. */
  readonly means: readonly number[];
}

/** Curves of one run. Mutable, and of constant size however long the run gets. */
export class MetricsHistory {
  readonly training = createSeries(TRAINING_FIGURES);
  /** Exponential mean of the training figures, corrected for its start at zero. */
  readonly smoothed = createSeries(TRAINING_FIGURES);
  readonly heldOut = createSeries(HELD_OUT_FIGURES);
  readonly rates = createSeries(RATE_FIGURES);
  /** Counts changes, so that a painter can tell whether there is anything new. */
  version = 0;
  lastStep = 0;
  readonly #means: Record<TrainingFigure, { sum: number; weight: number }> = {
    loss: { sum: 0, weight: 0 },
    tokenAccuracy: { sum: 0, weight: 0 },
    gradientNorm: { sum: 0, weight: 0 },
  };

  addProgress(columns: ProgressColumns, rates: Readonly<Record<RateFigure, number>>): void {
    if (columns.step.length === 0) return;
    this.addSteps(columns);
    this.addRates(rates);
  }

  /** Figures of consecutive steps, after those that came before. */
  addSteps(columns: ProgressColumns): void {
    const count = columns.step.length;
    if (count === 0) return;
    for (const name of TRAINING_FIGURES) {
      for (let i = 0; i < count; i++) this.#addTraining(name, columns.step[i], columns[name][i]);
    }
    this.lastStep = columns.step[count - 1];
    this.version++;
  }

  /** How fast it goes at the newest step; part of the change that brought the step. */
  addRates(rates: Readonly<Record<RateFigure, number>>): void {
    for (const name of RATE_FIGURES) this.rates[name].push(this.lastStep, rates[name]);
  }

  addEvaluation(evaluation: Evaluation): void {
    const known = this.heldOut.loss;
    if (known.length > 0 && known.x(known.length - 1) >= evaluation.step) return;
    for (const name of HELD_OUT_FIGURES) this.heldOut[name].push(evaluation.step, evaluation[name] ?? Number.NaN);
    this.lastStep = Math.max(this.lastStep, evaluation.step);
    this.version++;
  }

  /** The newest held-out point becomes this one, which was measured with the same weights on more pairs. */
  amendEvaluation(evaluation: Evaluation): void {
    const known = this.heldOut.loss;
    if (known.length === 0 || known.x(known.length - 1) !== evaluation.step) {
      this.addEvaluation(evaluation);
      return;
    }
    for (const name of HELD_OUT_FIGURES) this.heldOut[name].amend(evaluation.step, evaluation[name] ?? Number.NaN);
    this.version++;
  }

  /** Everything, as copies. */
  save(): SavedHistory {
    const series: Record<string, SavedSeries> = {};
    for (const [name, one] of this.#named()) if (one.length > 0) series[name] = one.save();
    const means = TRAINING_FIGURES.flatMap((name) => [this.#means[name].sum, this.#means[name].weight]);
    return { lastStep: this.lastStep, series, means };
  }

  /** Takes the place of everything there was; curves that this version does not know are left out. */
  load({ lastStep, series, means }: SavedHistory): void {
    this.clear();
    for (const [name, one] of this.#named()) if (series[name]) one.load(series[name]);
    TRAINING_FIGURES.forEach((name, i) => {
      Object.assign(this.#means[name], { sum: means[2 * i] ?? 0, weight: means[2 * i + 1] ?? 0 });
    });
    this.lastStep = lastStep;
    this.version++;
  }

  #named(): (readonly [string, Series])[] {
    const groups = { training: this.training, smoothed: this.smoothed, heldOut: this.heldOut, rates: this.rates };
    return Object.entries(groups).flatMap(([group, all]) =>
      Object.entries(all).map(([name, series]) => [`${group}.${name}`, series] as const),
    );
  }

  clear(): void {
    for (const group of [this.training, this.smoothed, this.heldOut, this.rates])
      for (const series of Object.values(group)) series.clear();
    for (const mean of Object.values(this.#means)) Object.assign(mean, { sum: 0, weight: 0 });
    this.lastStep = 0;
    this.version++;
  }

  #addTraining(name: TrainingFigure, step: number, value: number): void {
    if (!Number.isFinite(value)) return;
    this.training[name].push(step, value);
    const mean = this.#means[name];
    mean.sum = SMOOTHING * mean.sum + (1 - SMOOTHING) * value;
    mean.weight = SMOOTHING * mean.weight + (1 - SMOOTHING);
    this.smoothed[name].push(step, mean.sum / mean.weight);
  }
}
