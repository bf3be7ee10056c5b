/** Sequence to vector: one attention over the encoder's outputs, and a class (`MODEL.md`, Classifier). */

import { SPECIAL_TOKENS } from '../data/vocabulary.ts';
import { ShapeError } from '../lib/errors.ts';
import { columnsOf, type View } from '../ops/view.ts';
import { Attention } from './attention.ts';
import { Bridge } from './bridge.ts';
import type { SourceEncoder } from './encoder.ts';
import type { Head } from './head.ts';
import type { Interventions } from './interventions.ts';
import type { Network } from './network.ts';
import { annotationSizeOf } from './parameters.ts';
import { Readout } from './readout.ts';

/** PAD, BOS, EOS and UNK come before the names of the classes in the target vocabulary (`MODEL.md`), and have no logits. */
export const CLASS_SHIFT = SPECIAL_TOKENS.length;

export interface ClassifierOptions {
  /** The most likely class is written to `decoder.predicted`, as a decoder does with its words. */
  readonly isSampled: boolean;
  readonly interventions?: Interventions;
}

/**
 * The name of a class is a target of one word, so that batches, heatmaps and figures are those of a translation with one row.
 * Input `targetOut` [B]: the id of the name, 0 where there is no label. Class k is row k of the output layer and word 4 + k of the
 * target vocabulary, behind the special symbols. Beside the tensors of attention and readout it leaves `query` [B, Hd] and
 * `context` [B, De].
 */
export class Classifier implements Head {
  readonly targetOut: View;
  readonly readout: Readout;
  readonly shift = CLASS_SHIFT;
  readonly #query: View;
  readonly #context: View;
  readonly #bridge: Bridge;
  readonly #attention: Attention | null;

  /** @throws ShapeError for more than one target position */
  constructor(
    private readonly net: Network,
    private readonly encoder: SourceEncoder,
    { isSampled, interventions }: ClassifierOptions,
  ) {
    const { builder, shape, size } = net;
    const { batch: B, targetLength } = size;
    if (targetLength !== 1) throw new ShapeError(`classifier: expected one target position, got ${targetLength}`);
    this.targetOut = builder.tensor('targetOut', B, 1, 'u32', 'input');
    builder.at('encode');
    this.#query = net.local('query', B, shape.decoderHidden);
    this.#bridge = new Bridge(net, 'bridge.h', encoder.finalH, this.#query);
    this.#context = net.local('context', B, annotationSizeOf(shape));
    this.#attention = shape.score === 'none' ? null : new Attention(net, encoder, 1, interventions);
    if (this.#attention) this.#attention.forward(0, this.#query, this.#context);
    else this.#takeFinal(interventions);
    builder.at('decode');
    this.readout = new Readout(net, B);
    this.readout.forward([this.#query, this.#context], 0, B);
    if (isSampled) this.#predict();
  }

  /** Without attention the context is the encoder's last state. */
  #takeFinal(interventions: Interventions | undefined): void {
    const { builder, shape } = this.net;
    builder.at('context');
    this.encoder.finalH.forEach((x, direction) => {
      builder.call('repeat.forward', { x, y: columnsOf(this.#context, direction * shape.hidden, shape.hidden) });
    });
    interventions?.context(this.#context);
  }

  #predict(): void {
    const { net, shift } = this;
    const { batch: B } = net.size;
    const tokens = net.ids('decoder.predicted', B);
    const probabilities = net.local('decoder.probabilities', B, 2);
    const { logits } = this.readout;
    net.builder.call('predict', { logits, expected: this.targetOut, tokens, probabilities }, { shift });
  }

  /** Backward from dLogits [B, classes] to the parameters and, through bridge and attention, to the encoder's outputs. */
  backward(dLogits: View): void {
    const { net, encoder } = this;
    const { builder, shape, size } = net;
    builder.at('decode', 'backward');
    const dQuery = net.local('dQuery', size.batch, shape.decoderHidden);
    const dContext = net.local('dContext', size.batch, annotationSizeOf(shape));
    this.readout.backward(dLogits, [this.#query, this.#context], [dQuery, dContext]);
    const gradients = encoder.startBackward();
    this.#attention?.startBackward();
    this.#attention?.backward(0, this.#query, dContext, dQuery, gradients);
    this.#attention?.finishBackward(this.#query, gradients);
    builder.at('encode', 'backward');
    this.#bridge.backward(dQuery, gradients.finalH, true);
    if (!this.#attention)
      gradients.finalH.forEach((dX, direction) => {
        const dY = columnsOf(dContext, direction * shape.hidden, shape.hidden);
        builder.call('repeat.backward', { dY, dX }, { accumulate: 1 });
      });
    net.zero(...gradients.finalC);
  }

  /** Nothing comes after the query but what `backward` went through. */
  completeStateGradients(): void {}
}
