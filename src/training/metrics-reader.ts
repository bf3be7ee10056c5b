/** Reads the metrics of the steps out of the history that the device keeps, and writes the curves of the run. */

import type { Executor, TensorData } from '../engine/executor.ts';
import { HISTORY_SLOTS, METRICS, METRICS_LENGTH } from '../ops/step-data.ts';
import { MetricsHistory, type SavedHistory } from './metrics-history.ts';
import type { ProgressColumns } from './protocol.ts';

/** Steps whose metrics one reading takes over: those after `from` up to `to`. */
interface Span {
  readonly from: number;
  readonly to: number;
  /** The beginning that they follow. */
  readonly beginning: number;
}

/** The metrics of one run, in the order of its steps whoever reads them. */
export class MetricsReader {
  /** Called with the metrics of consecutive steps when they have been read, whoever asked for them. */
  onProgress: (columns: ProgressColumns) => void = () => {};
  /** The curves of the run, as far as its metrics have been read. */
  readonly curves = new MetricsHistory();
  /** The step up to which metrics have been asked for. */
  #asked = 0;
  /** Counts the times that the run was set to a step. */
  #beginning = 0;
  /** Readings, in the order of their steps. */
  #reading: Promise<unknown> = Promise.resolve();

  /** @param rateAt the learning rate of a step, counted from 0 */
  constructor(
    private readonly executor: Executor,
    private readonly rateAt: (step: number) => number,
  ) {}

  /** The run goes on from this step; what is being read of the steps before is left out. */
  begin(step: number, curves: SavedHistory | null): void {
    this.#asked = step;
    this.#beginning++;
    if (curves) this.curves.load(curves);
    else this.curves.clear();
  }

  /** Metrics of the steps up to `to` that nobody has asked for, as far back as the history goes; none where the run began anew meanwhile. */
  read(to: number): Promise<ProgressColumns> {
    const span = this.ask(to);
    return this.inTurn(this.executor.read('history'), (history) => this.note(history, span));
  }

  /** The steps up to `to` whose metrics whoever asks now has to note. */
  ask(to: number): Span {
    const span = { from: this.#asked, to, beginning: this.#beginning };
    this.#asked = to;
    return span;
  }

  /** False where the run began anew since these steps were asked for. */
  isCurrent({ beginning }: Span): boolean {
    return beginning === this.#beginning;
  }

  /** Takes over readings in the order in which they were asked for, so that the curves grow to the right. */
  inTurn<T, R>(reading: Promise<T>, take: (read: T) => R): Promise<R> {
    const taken = Promise.all([reading, this.#reading]).then(([read]) => take(read));
    this.#reading = taken.catch(() => {});
    return taken;
  }

  /** Adds to the curves what a reading of the history, [HISTORY_SLOTS, METRICS_LENGTH], has of these steps. */
  note(history: TensorData, span: Span): ProgressColumns {
    const columns = this.#columns(history, span.from, this.isCurrent(span) ? span.to : span.from);
    this.curves.addSteps(columns);
    if (columns.step.length > 0) this.onProgress(columns);
    return columns;
  }

  #columns(history: TensorData, after: number, to: number): ProgressColumns {
    const from = Math.max(after, to - HISTORY_SLOTS);
    const column = (value: (row: number, step: number) => number) =>
      Float64Array.from({ length: Math.max(0, to - from) }, (_, i) =>
        value(((from + i) % HISTORY_SLOTS) * METRICS_LENGTH, from + i),
      );
    const metric = (row: number, index: number) => history[row + index] as number;
    return {
      step: column((_, step) => step + 1),
      loss: column((row) => metric(row, METRICS.loss)),
      tokenAccuracy: column((row) => metric(row, METRICS.correct) / Math.max(1, metric(row, METRICS.count))),
      gradientNorm: column((row) => metric(row, METRICS.gradientNorm)),
      learningRate: column((_, step) => this.rateAt(step)),
      nonFinite: Uint8Array.from(column((row) => metric(row, METRICS.nonFinite))),
    };
  }
}
