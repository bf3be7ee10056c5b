/** What the parts of a network share while they write their calls into a Program. */

import type { ProgramBuilder } from '../engine/program.ts';
import { COUNTERS_LENGTH, METRICS_LENGTH, VALUES_LENGTH } from '../ops/step-data.ts';
import { columnsOf, type View } from '../ops/view.ts';
import type { ModelShape, ParameterLayout } from './parameters.ts';

/** Fixed shapes of a program: B rows, S source positions, T target positions. */
export interface BatchShape {
  readonly batch: number;
  readonly sourceLength: number;
  readonly targetLength: number;
}

export interface NetworkOptions {
  /** Dropout ops are in the program; the rate is data. */
  readonly hasDropout: boolean;
  /** dα and da are kept for every target position, where a training step has one place for all of them. */
  readonly keepsAttentionGradients?: boolean;
}

export class Network {
  readonly shape: ModelShape;
  /** Per-step values, counters and metrics; see step-data.ts. */
  readonly values: View;
  readonly counters: View;
  readonly metrics: View;
  #salt = 0;

  constructor(
    readonly builder: ProgramBuilder,
    readonly layout: ParameterLayout,
    readonly size: BatchShape,
    readonly options: NetworkOptions,
  ) {
    this.shape = layout.shape;
    builder.tensor('parameters', 1, layout.length, 'f32', 'shared');
    this.values = builder.tensor('values', 1, VALUES_LENGTH, 'f32', 'input');
    this.counters = builder.tensor('counters', 1, COUNTERS_LENGTH, 'u32', 'input');
    this.metrics = builder.tensor('metrics', 1, METRICS_LENGTH);
  }

  parameter(name: string): View {
    return this.layout.view('parameters', name);
  }

  gradient(name: string): View {
    return this.layout.view('gradients', name);
  }

  local(name: string, rows: number, columns: number): View {
    return this.builder.tensor(name, rows, columns);
  }

  ids(name: string, rows: number): View {
    return this.builder.tensor(name, rows, 1, 'u32');
  }

  zero(...views: readonly View[]): void {
    for (const y of views) this.builder.call('zero', { y });
  }

  /** A number that tells one random draw of a step from another. */
  nextSalt(): number {
    return this.#salt++;
  }

  /** Dropout of `x` into a tensor of its own, where the program has dropout; `salt` repeats the draw in the backward pass. */
  dropout(x: View, name: string, salt: number): View {
    if (!this.options.hasDropout) return x;
    const y = this.local(name, x.rows, x.columns);
    this.builder.call('dropout.forward', { x, values: this.values, counters: this.counters, y }, { salt });
    return y;
  }

  /** The gradient before the dropout, from the one behind it. */
  dropoutBackward(dY: View, name: string, salt: number): View {
    if (!this.options.hasDropout) return dY;
    const dX = this.local(name, dY.rows, dY.columns);
    this.builder.call('dropout.backward', { dY, values: this.values, counters: this.counters, dX }, { salt });
    return dX;
  }

  /**
   * y (+)= Σ_i x_i W_iᵀ + b, where the inputs take consecutive columns of the weight: a linear layer on their concatenation.
   * @param isAdded whether y holds something to add to
   */
  linear(name: string, inputs: readonly View[], y: View, bias?: string, isAdded = false): void {
    const weight = this.parameter(name);
    let column = 0;
    inputs.forEach((x, i) => {
      this.builder.call(
        'linear.forward',
        {
          x,
          weight: columnsOf(weight, column, x.columns),
          bias: i === 0 && bias ? this.parameter(bias) : undefined,
          y,
        },
        { accumulate: isAdded || i > 0 ? 1 : 0 },
      );
      column += x.columns;
    });
  }

  /** Gradients of `linear`'s weight and bias. @param first column of the weight that the first input takes */
  linearBackwardWeights(name: string, dY: View, inputs: readonly View[], bias?: string, first = 0): void {
    const dWeight = this.gradient(name);
    let column = first;
    for (const x of inputs) {
      this.builder.call('linear.backward-weight', { dY, x, dWeight: columnsOf(dWeight, column, x.columns) });
      column += x.columns;
    }
    if (bias) this.builder.call('linear.backward-bias', { dY, dBias: this.gradient(bias) });
  }

  /** Gradient of one input of `linear`, whose columns of the weight start at `column`. */
  linearBackwardInput(name: string, column: number, dY: View, dX: View, accumulate: boolean): void {
    const weight = columnsOf(this.parameter(name), column, dX.columns);
    this.builder.call('linear.backward-input', { dY, weight, dX }, { accumulate: accumulate ? 1 : 0 });
  }
}
