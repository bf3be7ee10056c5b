/**
 * The part of a layer that comes from the word alone, W x + b, taken once for each word of the vocabulary instead of once for each
 * position: a row of (table · Wᵀ + b) by id is the projection of that row. The layers are the gates of an LSTM and the readout. The
 * gradients go back the same way, summed by word before any product. The numbers are those of `MODEL.md` up to rounding; the work is
 * that of V rows instead of N.
 */

import { columnsOf, type View } from '../ops/view.ts';
import type { BatchShape, Network } from './network.ts';
import { annotationSizeOf, directionsOf, type ModelShape } from './parameters.ts';

/**
 * Positions a word of the vocabulary stands for on average, from which on its projection is worth a table. A target word takes two
 * tables, and with them twice as many launches that no others can join.
 */
const MIN_POSITIONS_PER_WORD = { source: 2, target: 4 };

interface Names {
  /** Parameter [V, E]. */
  readonly table: string;
  /** Parameter of which E columns take the word, from this one on. */
  readonly weight: string;
  readonly column: number;
  readonly bias: string;
  /** Stem of the tensors that it makes. */
  readonly local: string;
}

export class WordProjection {
  readonly #table: View;
  /** table · Wᵀ + b [V, N] */
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

  /** projected [rows of ids, N] = words[ids] */
  forward(ids: View, projected: View): void {
    this.net.builder.call('embedding.forward', { ids, table: this.#words, y: projected });
  }

  /** The gradients of table, weight and bias, from that of the projected rows. @param accumulate the table's holds what comes from elsewhere */
  backward(ids: View, dProjected: View, accumulate: boolean): void {
    const { net, names } = this;
    const dWords = net.local(`${names.local}.dWords`, this.#words.rows, dProjected.columns);
    net.builder.call('embedding.backward', { ids, dY: dProjected, dTable: dWords });
    const dWeight = this.#inputColumns(net.gradient(names.weight));
    net.builder.call('linear.backward-weight', { dY: dWords, x: this.#table, dWeight });
    net.builder.call('linear.backward-bias', { dY: dWords, dBias: net.gradient(names.bias) });
    const weight = this.#inputColumns(net.parameter(names.weight));
    const dX = net.gradient(names.table);
    net.builder.call('linear.backward-input', { dY: dWords, weight, dX }, { accumulate: accumulate ? 1 : 0 });
  }

  #inputColumns(weight: View): View {
    return columnsOf(weight, this.names.column, this.#table.columns);
  }
}

export interface WordProjections {
  /** Of the encoder's first layer, one a direction; none where it is projected by position. */
  readonly source: readonly WordProjection[];
  readonly target: TargetProjection | null;
}

/** The two layers that read a target word. */
export interface TargetProjection {
  readonly gates: WordProjection;
  readonly readout: WordProjection;
}

/** Which words are projected once a word of the vocabulary. The numbers are the same either way. */
export interface Projected {
  readonly source: boolean;
  readonly target: boolean;
}

/** Words that are known before the step, where the vocabulary is small beside the batch. */
export function worthProjecting(shape: ModelShape, size: BatchShape, isSampled: boolean): Projected {
  const { batch, sourceLength, targetLength } = size;
  return {
    source: batch * sourceLength >= MIN_POSITIONS_PER_WORD.source * shape.sourceVocabulary,
    target: !isSampled && batch * targetLength >= MIN_POSITIONS_PER_WORD.target * shape.outputs,
  };
}

/**
 * Appends the products over the vocabularies, which stand in front of everything else. None with dropout, which draws anew for each
 * position, and none of what a network does not read as words.
 */
export function projectWords(net: Network, projected: Projected): WordProjections {
  const { shape, builder, options } = net;
  const gatesOf = (part: 'encoder' | 'decoder', name: string) =>
    new WordProjection(net, {
      table: `${part}.embedding.weight`,
      weight: `${part}.lstm.weight_ih_${name}`,
      column: 0,
      bias: `${part}.lstm.bias_ih_${name}`,
      local: `${part}.projected.${name}`,
    });
  const readout = () =>
    new WordProjection(net, {
      table: 'decoder.embedding.weight',
      weight: 'readout.weight',
      column: shape.decoderHidden + annotationSizeOf(shape),
      bias: 'readout.bias',
      local: 'readout.projected',
    });
  builder.at('embed');
  const hasSource = projected.source && !options.hasDropout && shape.kind !== 'reader';
  const hasTarget = projected.target && !options.hasDropout && shape.kind !== 'classifier';
  return {
    source: hasSource ? directionsOf(shape).map((suffix) => gatesOf('encoder', `l0${suffix}`)) : [],
    target: hasTarget ? { gates: gatesOf('decoder', 'l0'), readout: readout() } : null,
  };
}
