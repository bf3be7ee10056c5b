/**
 * The words that a decoder reads: which they are, their embeddings y, and the part of the LSTM's gates that comes from them alone,
 * W_ih y + b. Where they are known before the step (teacher forcing) all of it is taken over all positions at once, or once a word of
 * the vocabulary (`word-projection.ts`), and then the readout's part as well, so that nothing needs y.
 */

import { columnsOf, rowsOf, type View } from '../ops/view.ts';
import type { Interventions } from './interventions.ts';
import type { Network } from './network.ts';
import type { ReadoutWords } from './readout.ts';
import type { TargetProjection } from './word-projection.ts';

/** One draw of a dropout mask: which, and for what rows. */
export interface Draw {
  readonly salt: number;
  readonly first: number;
  readonly count: number;
}

export interface DecoderWordsOptions {
  /** The word of each step is drawn between the given and the produced one; see teacher-forcing.ts. */
  readonly isSampled: boolean;
  /** For a decoding that is sampled: words are given one by one. */
  readonly interventions: Interventions | undefined;
  readonly projection: TargetProjection | null;
}

const TABLE = 'decoder.embedding.weight';
const WEIGHT = 'decoder.lstm.weight_ih_l0';
const BIAS = 'decoder.lstm.bias_ih_l0';

/** Appends the calls of a decoder that concern its words; of each call that goes forward one goes back. */
export class DecoderWords {
  /** Words that are given [T·B]. */
  readonly targetIn: View;
  /** For the readout, where words are projected once a word; then there is no y. */
  readonly forReadout: ReadoutWords | undefined;
  /** W_ih y + b, the part of the gates [T·B, 4Hd]. */
  readonly projected: View;
  /** Words that are read [T·B]. */
  readonly #fed: View;
  readonly #draws: Draw[] = [];

  constructor(
    private readonly net: Network,
    private readonly options: DecoderWordsOptions,
  ) {
    const { batch: B, targetLength: T } = net.size;
    const { decoderHidden: Hd } = net.shape;
    this.targetIn = net.builder.tensor('targetIn', T * B, 1, 'u32', 'input');
    this.#fed = options.isSampled ? net.ids('decoder.fed', T * B) : this.targetIn;
    this.projected = net.local('decoder.projected', T * B, 4 * Hd);
    const { projection } = options;
    this.forReadout = projection ? { projection: projection.readout, ids: this.#fed } : undefined;
  }

  /** y after dropout [T·B, E]. */
  get y(): View {
    const { rows } = this.projected;
    const name = this.net.options.hasDropout ? 'decoder.embedded.dropped' : 'decoder.embedded';
    return this.net.local(name, rows, this.net.shape.embedding);
  }

  /** Gradient of y [T·B, E]. */
  get dY(): View {
    return this.net.local('decoder.dY', this.projected.rows, this.net.shape.embedding);
  }

  /** The word of step t: the given one, or the most likely one of step t-1, of `produced` [T·B]. The first is always given. */
  choose(t: number, produced: View): void {
    const { builder, values, counters, size } = this.net;
    const { batch: B } = size;
    const at = (view: View, step: number) => rowsOf(view, step * B, B);
    const given = at(this.targetIn, t);
    builder.at('embed', 'forward', t);
    const words = { given, produced: t === 0 ? given : at(produced, t - 1), fed: at(this.#fed, t) };
    if (this.options.interventions) builder.call('choose-token.forward', words);
    else builder.call('teacher-forcing', { ...words, values, counters }, { salt: this.net.nextSalt() });
  }

  /** y, where something reads it, and its part of the gates for steps `first` to `first + count`. */
  forward(first: number, count: number): void {
    const { net } = this;
    const { builder, shape } = net;
    const { batch: B } = net.size;
    const part = (view: View) => rowsOf(view, first * B, count * B);
    const position = this.options.isSampled ? first : null;
    builder.at('embed', 'forward', position);
    if (this.options.projection) {
      this.options.projection.gates.forward(this.#fed, this.projected);
      return;
    }
    const raw = part(net.local('decoder.embedded', this.y.rows, shape.embedding));
    builder.call('embedding.forward', { ids: part(this.#fed), table: net.parameter(TABLE), y: raw });
    if (net.options.hasDropout) {
      const draw = { salt: net.nextSalt(), first: first * B, count: count * B };
      this.#draws.push(draw);
      const { values, counters } = net;
      builder.call('dropout.forward', { x: raw, values, counters, y: part(this.y) }, { salt: draw.salt });
    }
    builder.at('decode', 'forward', position);
    builder.call('linear.forward', {
      x: part(this.y),
      weight: columnsOf(net.parameter(WEIGHT), 0, shape.embedding),
      bias: net.parameter(BIAS),
      y: part(this.projected),
    });
  }

  /**
   * From the gradients of the gates and the readout to the weights that take the words, and to the embeddings.
   * @param dZ of the gates [T·B, 4Hd]
   * @param dBefore of the readout [T·B, R], which has put into `dY` what reaches y from there
   */
  backward(dZ: View, dBefore: View): void {
    const { net } = this;
    const { builder, values, counters } = net;
    const { projection } = this.options;
    if (projection) {
      builder.at('embed', 'backward');
      projection.gates.backward(this.#fed, dZ, false);
      projection.readout.backward(this.#fed, dBefore, true);
      return;
    }
    const { dY } = this;
    net.linearBackwardWeights(WEIGHT, dZ, [this.y], BIAS);
    net.linearBackwardInput(WEIGHT, 0, dZ, dY, true);
    builder.at('embed', 'backward');
    let dEmbedded = dY;
    if (net.options.hasDropout) {
      dEmbedded = net.local('decoder.dEmbedded', dY.rows, dY.columns);
      for (const { salt, first, count } of this.#draws) {
        const dX = rowsOf(dEmbedded, first, count);
        builder.call('dropout.backward', { dY: rowsOf(dY, first, count), values, counters, dX }, { salt });
      }
    }
    builder.call('embedding.backward', { ids: this.#fed, dY: dEmbedded, dTable: net.gradient(TABLE) });
  }
}
