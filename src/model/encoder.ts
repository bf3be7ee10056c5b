/** Encoder: embedding and LSTM layers over the source; its outputs are the annotations (`MODEL.md`). */

import { columnsOf, rowsOf, type View } from '../ops/view.ts';
import type { Interventions } from './interventions.ts';
import type { Network } from './network.ts';
import { annotationSizeOf, directionsOf } from './parameters.ts';
import type { WordProjection, WordProjections } from './word-projection.ts';

interface Layer {
  /** Input of the layer [S·B, E or De]. */
  readonly input: View;
  readonly inputSalt: number;
  /** States of both directions [(S+2)·B, De]: position t in slot t+1, zeros in the first and last slot. */
  readonly h: View;
  readonly c: View;
  readonly gates: readonly View[];
}

/** Where the gradients of the encoder's outputs are added to. */
export interface EncoderGradients {
  /** dh_j of the annotations [S·B, De]. */
  readonly annotations: View;
  /** Per direction [B, H]: gradient of the last hidden state, within the annotations' slots. */
  readonly finalH: readonly View[];
  /** Per direction [B, H]. */
  readonly finalC: readonly View[];
}

export interface EncoderOptions {
  readonly interventions?: Interventions;
  readonly words?: WordProjections;
}

/** What decoder and attention see of an encoder, whatever it reads. */
export interface SourceEncoder {
  readonly source: View;
  readonly lengths: View;
  /** h_j [S·B, De]. */
  readonly annotations: View;
  /** What starts the decoder's states, views [B, …] whose columns make De. */
  readonly finalH: readonly View[];
  readonly finalC: readonly View[];
  /** Gradient views for the encoder's outputs, zeroed. */
  startBackward(): EncoderGradients;
  /** Backward to all its weights; `startBackward`'s views hold the gradients of the outputs. */
  backward(): void;
  /** After `backward`: makes the gradients of the annotations whole where they flow into each other. */
  completeStateGradients(): void;
}

export class Encoder implements SourceEncoder {
  readonly source: View;
  readonly lengths: View;
  /** h_j [S·B, De]. */
  readonly annotations: View;
  /** Last hidden and cell state, one view [B, H] per direction. */
  readonly finalH: readonly View[];
  readonly finalC: readonly View[];
  readonly #layers: Layer[] = [];
  readonly #embeddingSalt: number;
  readonly #interventions: Interventions | undefined;
  readonly #words: readonly WordProjection[];

  constructor(
    private readonly net: Network,
    { interventions, words }: EncoderOptions,
  ) {
    this.#interventions = interventions;
    this.#words = words?.source ?? [];
    const { builder, shape, size } = net;
    const { batch: B, sourceLength: S } = size;
    this.source = builder.tensor('source', S * B, 1, 'u32', 'input');
    this.lengths = builder.tensor('sourceLengths', B, 1, 'u32', 'input');

    builder.at('embed');
    const table = net.parameter('encoder.embedding.weight');
    const embedded = net.local('encoder.embedded', S * B, shape.embedding);
    if (this.#words.length === 0) builder.call('embedding.forward', { ids: this.source, table, y: embedded });
    this.#embeddingSalt = net.nextSalt();
    let input = net.dropout(embedded, 'encoder.embedded.dropped', this.#embeddingSalt);

    builder.at('encode');
    for (let layer = 0; layer < shape.layers; layer++) {
      const inputSalt = layer === 0 ? this.#embeddingSalt : net.nextSalt();
      if (layer > 0) input = net.dropout(input, `encoder.input.l${layer}`, inputSalt);
      this.#layers.push(this.#forwardLayer(layer, input, inputSalt));
      input = this.#outputs(layer);
    }
    this.annotations = input;
    const last = this.#layers[shape.layers - 1] as Layer;
    this.finalH = this.#finals(last.h);
    this.finalC = this.#finals(last.c);
  }

  #forwardLayer(layer: number, input: View, inputSalt: number): Layer {
    const { net } = this;
    const { builder, shape } = net;
    const { batch: B, sourceLength: S } = net.size;
    const H = shape.hidden;
    const De = annotationSizeOf(shape);
    const h = net.local(`encoder.h.l${layer}`, (S + 2) * B, De);
    const c = net.local(`encoder.c.l${layer}`, (S + 2) * B, De);
    const gates = directionsOf(shape).map((suffix, direction) => {
      const name = `l${layer}${suffix}`;
      const projected = net.local(`encoder.projected.${name}`, S * B, 4 * H);
      const gate = net.local(`encoder.gates.${name}`, S * B, 4 * H);
      const words = layer === 0 ? this.#words[direction] : undefined;
      if (words) words.forward(this.source, projected);
      else net.linear(`encoder.lstm.weight_ih_${name}`, [input], projected, `encoder.lstm.bias_ih_${name}`);
      const [ownH, ownC] = [columnsOf(h, direction * H, H), columnsOf(c, direction * H, H)];
      builder.call(
        'lstm.forward',
        {
          projected,
          weight: net.parameter(`encoder.lstm.weight_hh_${name}`),
          lengths: this.lengths,
          h: ownH,
          c: ownC,
          gates: gate,
        },
        { batch: B, steps: S, isReversed: direction, startsAtZero: 1 },
      );
      this.#interventions?.direction(direction, ownH, ownC);
      return gate;
    });
    return { input, inputSalt, h, c, gates };
  }

  /** Gradient views for the encoder's outputs, zeroed. */
  startBackward(): EncoderGradients {
    const { net } = this;
    const { batch: B, sourceLength: S } = net.size;
    const De = annotationSizeOf(net.shape);
    const last = net.shape.layers - 1;
    const dH = net.local(`encoder.dH.l${last}`, (S + 2) * B, De);
    net.zero(dH);
    return {
      annotations: rowsOf(dH, B, S * B),
      finalH: this.#finals(dH),
      finalC: directionsOf(net.shape).map((suffix) => net.local(`encoder.dC.l${last}${suffix}`, B, net.shape.hidden)),
    };
  }

  /** Backward through all layers to the embedding; `startBackward`'s views hold the gradients of the outputs. */
  backward(): void {
    const { net } = this;
    const { builder, shape } = net;
    builder.at('encode', 'backward');
    let dInput: View | null = null;
    for (let layer = shape.layers - 1; layer >= 0; layer--) dInput = this.#backwardLayer(layer);
    if (this.#words.length > 0) return;
    builder.at('embed', 'backward');
    const dY = net.dropoutBackward(dInput as View, 'encoder.dEmbedded', this.#embeddingSalt);
    builder.call('embedding.backward', {
      ids: this.source,
      dY,
      dTable: net.gradient('encoder.embedding.weight'),
    });
  }

  #backwardLayer(index: number): View {
    const { net } = this;
    const { builder, shape } = net;
    const { batch: B, sourceLength: S } = net.size;
    const H = shape.hidden;
    const De = annotationSizeOf(shape);
    const layer = this.#layers[index] as Layer;
    const isTop = index === shape.layers - 1;
    const dH = net.local(`encoder.dH.l${index}`, (S + 2) * B, De);
    const below = index > 0 ? net.local(`encoder.dH.l${index - 1}`, (S + 2) * B, De) : null;
    if (below) net.zero(below);
    const outputs = below ? rowsOf(below, B, S * B) : null;
    const dInput =
      outputs && !net.options.hasDropout ? outputs : net.local(`encoder.dInput.l${index}`, S * B, layer.input.columns);
    directionsOf(shape).forEach((suffix, direction) => {
      const name = `l${index}${suffix}`;
      const dZ = net.local(`encoder.dZ.${name}`, S * B, 4 * H);
      const dC = net.local(`encoder.dC.${name}`, B, H);
      if (!isTop) net.zero(dC);
      builder.call(
        'lstm.backward',
        {
          weight: net.parameter(`encoder.lstm.weight_hh_${name}`),
          lengths: this.lengths,
          c: columnsOf(layer.c, direction * H, H),
          gates: layer.gates[direction],
          dH: columnsOf(dH, direction * H, H),
          dC,
          dZ,
        },
        { batch: B, steps: S, isReversed: direction },
      );
      net.linearBackwardWeights(`encoder.lstm.weight_hh_${name}`, ...this.#recurrence(dZ, layer.h, direction));
      const words = index === 0 ? this.#words[direction] : undefined;
      if (words) words.backward(this.source, dZ, direction > 0);
      else {
        net.linearBackwardWeights(`encoder.lstm.weight_ih_${name}`, dZ, [layer.input], `encoder.lstm.bias_ih_${name}`);
        net.linearBackwardInput(`encoder.lstm.weight_ih_${name}`, 0, dZ, dInput, direction > 0);
      }
    });
    if (outputs && net.options.hasDropout)
      builder.call(
        'dropout.backward',
        { dY: dInput, values: net.values, counters: net.counters, dX: outputs },
        { salt: layer.inputSalt },
      );
    return dInput;
  }

  /**
   * dZ of the positions and the states h [·, H] before them that W_hh multiplied. The first position of a direction starts from
   * zeros and has no part in its gradient, unless it is the only one.
   */
  #recurrence(dZ: View, h: View, direction: number): [View, [View]] {
    const { batch: B, sourceLength: S } = this.net.size;
    const H = this.net.shape.hidden;
    const own = columnsOf(h, direction * H, H);
    const count = Math.max(1, S - 1);
    // The state before position t lies in slot t, or for the reversed direction in slot t+2.
    if (direction > 0) return [rowsOf(dZ, 0, count * B), [rowsOf(own, 2 * B, count * B)]];
    return [rowsOf(dZ, (S - count) * B, count * B), [rowsOf(own, (S - count) * B, count * B)]];
  }

  /**
   * After `backward`, which leaves in dH what reaches h_j from above: adds W_hhᵀ dz of the position that is read after j, so that dH
   * holds dL/dh_j of every layer and direction.
   */
  completeStateGradients(): void {
    const { net } = this;
    const { builder, shape } = net;
    const { batch: B, sourceLength: S } = net.size;
    const H = shape.hidden;
    if (S < 2) return;
    builder.at('encode', 'backward');
    this.#layers.forEach((_, layer) => {
      const dH = net.local(`encoder.dH.l${layer}`, (S + 2) * B, annotationSizeOf(shape));
      directionsOf(shape).forEach((suffix, direction) => {
        const name = `l${layer}${suffix}`;
        const dZ = net.local(`encoder.dZ.${name}`, S * B, 4 * H);
        const from = rowsOf(dZ, direction === 0 ? B : 0, (S - 1) * B);
        const to = rowsOf(columnsOf(dH, direction * H, H), direction === 0 ? B : 2 * B, (S - 1) * B);
        net.linearBackwardInput(`encoder.lstm.weight_hh_${name}`, 0, from, to, true);
      });
    });
  }

  #outputs(layer: number): View {
    const { batch: B, sourceLength: S } = this.net.size;
    return rowsOf((this.#layers[layer] as Layer).h, B, S * B);
  }

  /** The last states within the slots of a layer: the forward one in slot S, the reversed one in slot 1. */
  #finals(states: View): View[] {
    const { batch: B, sourceLength: S } = this.net.size;
    const H = this.net.shape.hidden;
    return directionsOf(this.net.shape).map((_, direction) =>
      columnsOf(rowsOf(states, direction === 0 ? S * B : B, B), direction * H, H),
    );
  }
}
