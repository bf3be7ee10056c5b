/**
 * The part of an LSTM's gates that comes from the word alone, W_ih x + b, taken once for each word of the vocabulary instead of once
 * for each position: a row of (table · W_ihᵀ + b) by id is the projection of that row. The gradients go back the same way, summed by
 * word before any product. The numbers are those of `MODEL.md` up to rounding; the work is that of V rows instead of N.
 */

import { columnsOf, type View } from '../ops/view.ts';
import type { Network } from './network.ts';
import { directionsOf } from './parameters.ts';

/**
 * Positions a word of the vocabulary stands for on average, from which on its projection is worth a table. A target word is read by the
 * readout as well, so that it is embedded by position all the same and less is saved.
 */
const MIN_POSITIONS_PER_WORD = { source: 2, target: 4 };

interface Names {
  /** Parameter [V, E]. */
  readonly table: string;
  /** Parameter whose first E columns take the word. */
  readonly weight: string;
  /** Parameter [4H]. */
  readonly bias: string;
  /** Stem of the tensors that it makes. */
  readonly local: string;
}

export class WordProjection {
  readonly #table: View;
  /** table · W_ihᵀ + b [V, 4H] */
  readonly #words: View;

  /** Appends the product over the vocabulary. */
  constructor(
    private readonly net: Network,
    private readonly names: Names,
  ) {
    this.#table = net.parameter(names.table);
    const bias = net.parameter(names.bias);
    this.#words = net.local(`${names.local}.words`, this.#table.rows, bias.columns);
    const weight = this.#inputColumns(net.parameter(names.weight));
    net.builder.call('linear.forward', { x: this.#table, weight, bias, y: this.#words });
  }

  /** projected [N, 4H] = words[ids] */
  forward(ids: View, projected: View): void {
    this.net.builder.call('embedding.forward', { ids, table: this.#words, y: projected });
  }

  /** The gradients of table, weight and bias, from dZ [N, 4H] of the gates. @param accumulate the table's holds what comes from elsewhere */
  backward(ids: View, dZ: View, accumulate: boolean): void {
    const { net, names } = this;
    const dWords = net.local(`${names.local}.dWords`, this.#words.rows, dZ.columns);
    net.builder.call('embedding.backward', { ids, dY: dZ, dTable: dWords });
    const dWeight = this.#inputColumns(net.gradient(names.weight));
    net.builder.call('linear.backward-weight', { dY: dWords, x: this.#table, dWeight });
    net.builder.call('linear.backward-bias', { dY: dWords, dBias: net.gradient(names.bias) });
    const weight = this.#inputColumns(net.parameter(names.weight));
    const dX = net.gradient(names.table);
    net.builder.call('linear.backward-input', { dY: dWords, weight, dX }, { accumulate: accumulate ? 1 : 0 });
  }

  #inputColumns(weight: View): View {
    return columnsOf(weight, 0, this.#table.columns);
  }
}

export interface WordProjections {
  /** Of the encoder's first layer, one a direction; none where it is projected by position. */
  readonly source: readonly WordProjection[];
  readonly target: WordProjection | null;
}

/** Which inputs are projected by word; `worthwhile` where the vocabulary is small beside the batch. The numbers are the same. */
export type ProjectionRule = 'worthwhile' | 'always' | 'never';

/**
 * Projections of words that are known before the step, by the rule. Their products stand in front of everything else. None with
 * dropout, which draws anew for each position.
 */
export function projectWords(net: Network, isSampled: boolean, rule: ProjectionRule): WordProjections {
  const { shape, size, builder, options } = net;
  const { batch: B, sourceLength: S, targetLength: T } = size;
  if (options.hasDropout || rule === 'never') return { source: [], target: null };
  const isWorth = (positions: number, words: number, least: number) => rule === 'always' || positions >= least * words;
  builder.at('embed');
  const source =
    shape.kind !== 'reader' && isWorth(S * B, shape.sourceVocabulary, MIN_POSITIONS_PER_WORD.source)
      ? directionsOf(shape).map((suffix) => {
          const name = `l0${suffix}`;
          return new WordProjection(net, {
            table: 'encoder.embedding.weight',
            weight: `encoder.lstm.weight_ih_${name}`,
            bias: `encoder.lstm.bias_ih_${name}`,
            local: `encoder.projected.${name}`,
          });
        })
      : [];
  const target =
    shape.kind !== 'classifier' && !isSampled && isWorth(T * B, shape.outputs, MIN_POSITIONS_PER_WORD.target)
      ? new WordProjection(net, {
          table: 'decoder.embedding.weight',
          weight: 'decoder.lstm.weight_ih_l0',
          bias: 'decoder.lstm.bias_ih_l0',
          local: 'decoder.projected',
        })
      : null;
  return { source, target };
}
