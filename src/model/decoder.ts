/**
 * Decoder: an LSTM over the target that attends before or after each step, or too late (`MODEL.md`). Under teacher forcing the words it
 * reads are known, so everything that does not depend on the recurrence is one product over all steps; with `isSampled` it may
 * read its own words, and each step goes all the way to a token before the next begins.
 */

import { columnsOf, rowsOf, type View } from '../ops/view.ts';
import { Attention } from './attention.ts';
import { Bridge } from './bridge.ts';
import { DecoderWords, type Draw } from './decoder-words.ts';
import type { EncoderGradients, SourceEncoder } from './encoder.ts';
import type { Head } from './head.ts';
import type { Interventions } from './interventions.ts';
import type { Network } from './network.ts';
import { annotationSizeOf } from './parameters.ts';
import { Readout } from './readout.ts';
import type { WordProjections } from './word-projection.ts';

export interface DecoderOptions {
  /** The word of each step is drawn between the given and the produced one; see teacher-forcing.ts. */
  readonly isSampled: boolean;
  /** For a decoding that is sampled: words are given one by one, and contexts and what is fed of them can be changed. */
  readonly interventions?: Interventions;
  readonly words?: WordProjections;
  /** The steps are run more than once, and the first goes on from the state and the context that slot 0 is given in between. */
  readonly isContinued?: boolean;
}

export class Decoder implements Head {
  /** Every word of the vocabulary has a column of the logits. */
  readonly shift = 0;
  readonly targetIn: View;
  readonly targetOut: View;
  readonly readout: Readout;
  readonly attention: Attention | null;
  readonly #words: DecoderWords;
  readonly #readoutDraws: Draw[] = [];
  /** Position t in slot t+1; slot 0 is s_0 [(T+1)·B, Hd]. */
  readonly #h: View;
  readonly #c: View;
  readonly #gates: View;
  /** ctx_t in slot t+1; slot 0 is what 'after' feeds the first step, zeros [(T+1)·B, De]. */
  readonly #contexts: View;
  readonly #bridges: readonly [Bridge, Bridge];
  /** The attention that the words are written with; that of placement 'too-late' is none. */
  readonly #used: Attention | null;

  constructor(
    private readonly net: Network,
    private readonly encoder: SourceEncoder,
    private readonly options: DecoderOptions,
  ) {
    const { builder, shape, size } = net;
    const { batch: B, targetLength: T } = size;
    const { decoderHidden: Hd } = shape;
    const De = annotationSizeOf(shape);
    const { isSampled, interventions, words } = options;
    this.#words = new DecoderWords(net, { isSampled, interventions, projection: words?.target ?? null });
    this.targetIn = this.#words.targetIn;
    this.targetOut = builder.tensor('targetOut', T * B, 1, 'u32', 'input');
    this.#h = net.local('decoder.h', (T + 1) * B, Hd);
    this.#c = net.local('decoder.c', (T + 1) * B, Hd);
    this.#gates = net.local('decoder.gates', T * B, 4 * Hd);
    this.#contexts = net.local('decoder.contexts', (T + 1) * B, De);

    builder.at('encode');
    this.#bridges = [
      new Bridge(net, 'bridge.h', encoder.finalH, rowsOf(this.#h, 0, B)),
      new Bridge(net, 'bridge.c', encoder.finalC, rowsOf(this.#c, 0, B)),
    ];
    this.attention = shape.score === 'none' ? null : new Attention(net, encoder, T, interventions);
    this.#used = shape.placement === 'too-late' ? null : this.attention;
    builder.at('context');
    if (!this.#used) this.#repeatFinal();
    if (shape.placement === 'after') net.zero(this.#slot(this.#contexts, 0));

    this.readout = new Readout(net, T * B);
    if (!isSampled) this.#words.forward(0, T);
    for (let t = 0; t < T; t++) this.#step(t);
    if (!isSampled) this.#read(0, T);
    if (!this.#used && this.attention)
      for (let t = 0; t < T; t++)
        this.attention.forward(t, this.#slot(this.#h, t + 1), this.#slot(this.#lateContexts, t));
  }

  /** The contexts [T·B, De] of placement 'too-late', which nothing reads. */
  get #lateContexts(): View {
    const { batch: B, targetLength: T } = this.net.size;
    return this.net.local('decoder.lateContexts', T * B, annotationSizeOf(this.net.shape));
  }

  #slot(view: View, slot: number): View {
    const { batch: B } = this.net.size;
    return rowsOf(view, slot * B, B);
  }

  /** Without attention the context is the encoder's last state at every step. */
  #repeatFinal(): void {
    const { net } = this;
    const { batch: B, targetLength: T } = net.size;
    const H = net.shape.hidden;
    this.encoder.finalH.forEach((x, direction) => {
      net.builder.call('repeat.forward', { x, y: columnsOf(rowsOf(this.#contexts, B, T * B), direction * H, H) });
    });
    // The context that an attention too late makes is switched off with it: the one that is used is no work of attention.
    if (!this.attention) this.options.interventions?.context(rowsOf(this.#contexts, B, T * B));
  }

  #step(t: number): void {
    const { net } = this;
    const isBefore = net.shape.placement !== 'after';
    if (this.options.isSampled) {
      this.#words.choose(t, this.#predicted);
      this.#words.forward(t, 1);
    }
    const context = this.#slot(this.#contexts, t + 1);
    if (isBefore) this.#used?.forward(t, this.#slot(this.#h, t), context);
    net.builder.at('decode', 'forward', t);
    const fed = isBefore ? t + 1 : t;
    const feed = fed > 0 || this.options.isContinued ? this.#slot(this.#contexts, fed) : undefined;
    net.builder.call(
      'lstm.forward',
      {
        projected: this.#words.projected,
        weight: net.parameter('decoder.lstm.weight_hh_l0'),
        feed: feed && (this.options.interventions?.feed(feed) ?? feed),
        feedWeight: feed && this.#feedWeight,
        h: this.#h,
        c: this.#c,
        gates: this.#gates,
      },
      this.#range(t),
    );
    if (!isBefore) this.#used?.forward(t, this.#slot(this.#h, t + 1), context);
    if (this.options.isSampled) this.#read(t, 1);
  }

  get #feedWeight(): View {
    const { embedding: E } = this.net.shape;
    const weight = this.net.parameter('decoder.lstm.weight_ih_l0');
    return columnsOf(weight, E, weight.columns - E);
  }

  #range(t: number): Record<string, number> {
    const { batch, targetLength } = this.net.size;
    return { batch, steps: targetLength, from: t, to: t + 1 };
  }

  /** The likeliest words of the steps [T·B]. */
  get #predicted(): View {
    const { batch: B, targetLength: T } = this.net.size;
    return this.net.ids('decoder.predicted', T * B);
  }

  /** Logits of steps `first` to `first + count`, and where the decoder is sampled the tokens they stand for. */
  #read(first: number, count: number): void {
    const { net } = this;
    const { builder, size } = net;
    const { batch: B, targetLength: T } = size;
    builder.at('decode', 'forward', this.options.isSampled ? first : null);
    const draw = { salt: net.nextSalt(), first: first * B, count: count * B };
    this.#readoutDraws.push(draw);
    const part = (view: View) => rowsOf(view, first * B, count * B);
    const inputs = this.#readoutInputs().map(part);
    this.readout.forward(inputs, draw.first, draw.count, draw.salt, this.#words.forReadout);
    if (!this.options.isSampled) return;
    builder.call('predict', {
      logits: part(this.readout.logits),
      expected: part(this.targetOut),
      tokens: part(this.#predicted),
      probabilities: part(net.local('decoder.probabilities', T * B, 2)),
    });
  }

  /** [s_t; ctx_t; y] over all steps, without y where words are projected. */
  #readoutInputs(): readonly View[] {
    const { batch: B, targetLength: T } = this.net.size;
    const states = [rowsOf(this.#h, B, T * B), rowsOf(this.#contexts, B, T * B)];
    return this.#words.forReadout ? states : [...states, this.#words.y];
  }

  /** Backward from dLogits [T·B, V] to the parameters and, through bridge and attention, to the encoder's outputs. */
  backward(dLogits: View): void {
    const { net, encoder } = this;
    const attention = this.#used;
    const { builder, shape, size } = net;
    const { batch: B, targetLength: T } = size;
    const { decoderHidden: Hd } = shape;
    const De = annotationSizeOf(shape);
    const isBefore = shape.placement !== 'after';

    builder.at('decode', 'backward');
    const dH = net.local('decoder.dH', (T + 1) * B, Hd);
    const dC = net.local('decoder.dC', B, Hd);
    const dContexts = net.local('decoder.dContexts', (T + 1) * B, De);
    const dZ = net.local('decoder.dZ', T * B, 4 * Hd);
    const later = (view: View) => rowsOf(view, B, T * B);
    net.zero(this.#slot(dH, 0), dC);
    const words = this.#words.forReadout;
    const dInputs = [later(dH), later(dContexts), ...(words ? [] : [this.#words.dY])];
    this.readout.backward(dLogits, this.#readoutInputs(), dInputs, this.#readoutDraws, words);

    const gradients = encoder.startBackward();
    attention?.startBackward();
    this.#lateBackward(later(dH), gradients);
    const stepBackward = (t: number) => {
      builder.at('decode', 'backward', t);
      builder.call(
        'lstm.backward',
        { weight: net.parameter('decoder.lstm.weight_hh_l0'), c: this.#c, gates: this.#gates, dH, dC, dZ },
        this.#range(t),
      );
      // The context that step t was fed: its own, or under 'after' that of the step before.
      const fedSlot = isBefore ? t + 1 : t;
      if (attention && fedSlot > 0)
        builder.call(
          'linear.backward-input',
          { dY: this.#slot(dZ, t), weight: this.#feedWeight, dX: this.#slot(dContexts, fedSlot) },
          { accumulate: 1 },
        );
    };
    const attendBackward = (t: number) => {
      const slot = isBefore ? t : t + 1;
      attention?.backward(t, this.#slot(this.#h, slot), this.#slot(dContexts, t + 1), this.#slot(dH, slot), gradients);
    };
    for (let t = T - 1; t >= 0; t--) {
      if (isBefore) stepBackward(t);
      attendBackward(t);
      if (!isBefore) stepBackward(t);
    }
    if (attention) attention.finishBackward(rowsOf(this.#h, isBefore ? 0 : B, T * B), gradients);

    builder.at('decode', 'backward');
    this.#feedWeightsBackward(dZ);
    net.linearBackwardWeights('decoder.lstm.weight_hh_l0', dZ, [rowsOf(this.#h, 0, T * B)]);
    net.linearBackwardInput('decoder.lstm.weight_hh_l0', 0, this.#slot(dZ, 0), this.#slot(dH, 0), true);
    this.#words.backward(dZ, this.readout.dBefore);

    builder.at('encode', 'backward');
    this.#bridges[0].backward(this.#slot(dH, 0), gradients.finalH, true);
    this.#bridges[1].backward(dC, gradients.finalC, false);
    if (!attention) this.#repeatFinalBackward(dZ, dContexts, gradients.finalH);
  }

  /** The gradient of the weights that take the contexts. Under 'after' the first step has none, unless it is the only one. */
  #feedWeightsBackward(dZ: View): void {
    const { net } = this;
    const { batch: B, targetLength: T } = net.size;
    const steps = net.shape.placement === 'after' ? Math.max(1, T - 1) : T;
    const feeds = rowsOf(this.#contexts, (net.shape.placement === 'after' && T === 1 ? 0 : 1) * B, steps * B);
    const fed = rowsOf(dZ, (T - steps) * B, steps * B);
    net.linearBackwardWeights('decoder.lstm.weight_ih_l0', fed, [feeds], undefined, net.shape.embedding);
  }

  /** The way back through an attention whose context nothing reads: the gradient that it begins with is 0, and so is all that follows. */
  #lateBackward(dH: View, gradients: EncoderGradients): void {
    const { net, attention } = this;
    if (this.#used || !attention) return;
    const { batch: B, targetLength: T } = net.size;
    const dContext = net.local('decoder.dLateContext', B, annotationSizeOf(net.shape));
    net.zero(dContext);
    attention.startBackward();
    for (let t = T - 1; t >= 0; t--)
      attention.backward(t, this.#slot(this.#h, t + 1), dContext, this.#slot(dH, t), gradients);
    attention.finishBackward(rowsOf(this.#h, B, T * B), gradients);
    net.builder.at('decode', 'backward');
  }

  /**
   * After `backward`, which leaves in dH what reaches s_t from readout and attention: adds W_hhᵀ dz_{t+1}, what reaches it through
   * the gates of the next step, so that dH holds dL/ds_t.
   */
  completeStateGradients(): void {
    const { net } = this;
    const { batch: B, targetLength: T } = net.size;
    if (T < 2) return;
    net.builder.at('decode', 'backward');
    const dH = net.local('decoder.dH', (T + 1) * B, net.shape.decoderHidden);
    const dZ = net.local('decoder.dZ', T * B, 4 * net.shape.decoderHidden);
    const [from, to] = [rowsOf(dZ, B, (T - 1) * B), rowsOf(dH, B, (T - 1) * B)];
    net.linearBackwardInput('decoder.lstm.weight_hh_l0', 0, from, to, true);
  }

  /** Without attention nothing in the recurrence waits for the contexts' gradients: they are one product. */
  #repeatFinalBackward(dZ: View, dContexts: View, dFinals: readonly View[]): void {
    const { net } = this;
    const { builder, shape, size } = net;
    const { batch: B, targetLength: T } = size;
    const H = shape.hidden;
    // Under 'after' the first step was fed zeros, and the last context is fed to none.
    const first = shape.placement === 'after' ? 1 : 0;
    if (T > first)
      builder.call(
        'linear.backward-input',
        {
          dY: rowsOf(dZ, first * B, (T - first) * B),
          weight: this.#feedWeight,
          dX: rowsOf(dContexts, B, (T - first) * B),
        },
        { accumulate: 1 },
      );
    dFinals.forEach((dX, direction) => {
      const dY = columnsOf(rowsOf(dContexts, B, T * B), direction * H, H);
      builder.call('repeat.backward', { dY, dX }, { accumulate: 1 });
    });
  }
}
