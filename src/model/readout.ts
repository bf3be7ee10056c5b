/** Readout and output layer: logits = output(tanh(readout of the concatenated inputs)), with dropout between (`MODEL.md`). */

import { columnsOf, rowsOf, type View } from '../ops/view.ts';
import type { Network } from './network.ts';
import type { WordProjection } from './word-projection.ts';

/** Words [N] whose part of the readout is taken once a word of the vocabulary. */
export interface ReadoutWords {
  readonly projection: WordProjection;
  readonly ids: View;
}

export class Readout {
  /** [N, V] */
  readonly logits: View;
  readonly #before: View;
  readonly #hidden: View;
  readonly #dropped: View;
  readonly #salt: number;

  constructor(
    private readonly net: Network,
    rows: number,
  ) {
    const { readout: R, outputs: V } = net.shape;
    this.logits = net.local('logits', rows, V);
    this.#before = net.local('readout.before', rows, R);
    this.#hidden = net.local('readout.hidden', rows, R);
    this.#dropped = net.options.hasDropout ? net.local('readout.dropped', rows, R) : this.#hidden;
    this.#salt = net.nextSalt();
  }

  /** Gradient of what the tanh is taken of [N, R], after `backward`. */
  get dBefore(): View {
    const { rows, columns } = this.#before;
    return this.net.local('readout.dBefore', rows, columns);
  }

  /** Rows `first` to `first + count` from inputs whose columns follow each other in the readout's weight. */
  forward(inputs: readonly View[], first: number, count: number, salt = this.#salt, words?: ReadoutWords): void {
    const { net } = this;
    const part = (view: View) => rowsOf(view, first, count);
    words?.projection.forward(part(words.ids), part(this.#before));
    net.linear('readout.weight', inputs, part(this.#before), words ? undefined : 'readout.bias', Boolean(words));
    net.builder.call('tanh.forward', { x: part(this.#before), y: part(this.#hidden) });
    if (net.options.hasDropout)
      net.builder.call(
        'dropout.forward',
        { x: part(this.#hidden), values: net.values, counters: net.counters, y: part(this.#dropped) },
        { salt },
      );
    net.linear('output.weight', [part(this.#dropped)], part(this.logits), 'output.bias');
  }

  /**
   * From dLogits [N, V] to the gradients of the inputs, all rows at once; `dInputs` are written, in the order of `inputs`.
   * `draws` are those of the forward calls with the rows that each covered. With words, their part is left to their projection.
   */
  backward(
    dLogits: View,
    inputs: readonly View[],
    dInputs: readonly View[],
    draws: readonly { readonly salt: number; readonly first: number; readonly count: number }[] = [
      { salt: this.#salt, first: 0, count: dLogits.rows },
    ],
    words?: ReadoutWords,
  ): void {
    const { net } = this;
    const { builder } = net;
    const { rows, columns } = this.#hidden;
    net.linearBackwardWeights('output.weight', dLogits, [this.#dropped], 'output.bias');
    const dDropped = net.local('readout.dDropped', rows, columns);
    net.linearBackwardInput('output.weight', 0, dLogits, dDropped, false);
    let dY = dDropped;
    if (net.options.hasDropout) {
      dY = net.local('readout.dHidden', rows, columns);
      for (const { salt, first, count } of draws)
        builder.call(
          'dropout.backward',
          {
            dY: rowsOf(dDropped, first, count),
            values: net.values,
            counters: net.counters,
            dX: rowsOf(dY, first, count),
          },
          { salt },
        );
    }
    const dX = this.dBefore;
    builder.call('tanh.backward', { y: this.#hidden, dY, dX });
    net.linearBackwardWeights('readout.weight', dX, inputs, words ? undefined : 'readout.bias');
    let column = 0;
    for (const dInput of dInputs) {
      builder.call('linear.backward-input', {
        dY: dX,
        weight: columnsOf(net.parameter('readout.weight'), column, dInput.columns),
        dX: dInput,
      });
      column += dInput.columns;
    }
  }
}
