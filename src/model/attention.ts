/** Attention of one query per batch row over the annotations: score, masked softmax, context (`MODEL.md`). */

import { rowsOf, type View } from '../ops/view.ts';
import type { EncoderGradients, SourceEncoder } from './encoder.ts';
import type { Interventions } from './interventions.ts';
import type { Network } from './network.ts';
import { annotationSizeOf } from './parameters.ts';

/** Attention over T queries, one after the other; `position` says which. */
export class Attention {
  /** Raw scores and weights α [T·B, S]; padding is 0 in both. */
  readonly scores: View;
  readonly weights: View;
  readonly #family: 'additive' | 'product' | 'sum' | 'zero';
  readonly #scale: number;
  /** What the scores compare the query with [S·B, A]; projected once for all queries. */
  readonly #keys: View | null;
  /** U s for every query [T·B, A], where the score has a U. */
  readonly #queries: View | null;

  constructor(
    private readonly net: Network,
    private readonly encoder: SourceEncoder,
    private readonly steps: number,
    private readonly interventions?: Interventions,
  ) {
    const { shape, size, builder } = net;
    const { batch: B, sourceLength: S } = size;
    this.scores = net.local('attention.scores', steps * B, S);
    this.weights = net.local('attention.weights', steps * B, S);
    this.#scale = shape.score === 'scaled-dot' ? 1 / Math.sqrt(annotationSizeOf(shape)) : 1;
    const { annotations } = encoder;
    builder.at('score');
    switch (shape.score) {
      case 'additive':
      case 'linear-concat': {
        const width = shape.score === 'additive' ? shape.attention : 1;
        this.#family = shape.score === 'additive' ? 'additive' : 'sum';
        this.#keys = net.local('attention.keys', S * B, width);
        this.#queries = net.local('attention.queries', steps * B, width);
        net.linear('attention.W.weight', [annotations], this.#keys, 'attention.b');
        break;
      }
      case 'general':
        this.#family = 'product';
        this.#keys = net.local('attention.keys', S * B, shape.decoderHidden);
        this.#queries = null;
        net.linear('attention.W.weight', [annotations], this.#keys);
        break;
      case 'dot':
      case 'scaled-dot':
        this.#family = 'product';
        this.#keys = annotations;
        this.#queries = null;
        break;
      default:
        this.#family = 'zero';
        this.#keys = null;
        this.#queries = null;
    }
  }

  #at(view: View, position: number): View {
    const { batch: B } = this.net.size;
    return rowsOf(view, position * B, B);
  }

  /** Writes the context [B, De] of query s [B, Hd]. */
  forward(position: number, s: View, context: View): void {
    const { net, interventions } = this;
    const { builder } = net;
    const scores = this.#at(this.scores, position);
    const weights = this.#at(this.weights, position);
    const { annotations } = this.encoder;
    const lengths = interventions?.scoredLengths ?? this.encoder.lengths;
    builder.at('score', 'forward', position);
    if (this.#family === 'zero') builder.call('score.zero.forward', { scores });
    else {
      const query = this.#queries ? this.#at(this.#queries, position) : s;
      if (this.#queries) net.linear('attention.U.weight', [s], query);
      const v = this.#family === 'additive' ? net.parameter('attention.v') : undefined;
      builder.call(
        `score.${this.#family}.forward`,
        { keys: this.#keys ?? undefined, query, v, lengths, scores },
        { scale: this.#scale },
      );
    }
    builder.at('softmax', 'forward', position);
    builder.call('softmax.forward', { lengths, scores: interventions?.temper(position, scores) ?? scores, weights });
    interventions?.override(position, weights);
    builder.at('context', 'forward', position);
    const attended = interventions?.attendedLengths ?? lengths;
    builder.call('context.forward', { lengths: attended, weights, annotations, context });
    interventions?.context(context);
  }

  /** Zeroes what the backward steps add to. */
  startBackward(): void {
    const { net } = this;
    const { batch: B } = net.size;
    if (this.#dKeys) net.zero(this.#dKeys);
    if (this.#family === 'additive') net.zero(net.local('attention.dV', B, net.shape.attention));
  }

  get #dKeys(): View | null {
    if (this.#keys === null || this.#keys === this.encoder.annotations) return null;
    return this.net.local('attention.dKeys', this.#keys.rows, this.#keys.columns);
  }

  /** [B, S]: the place of one position's gradient, where a training step has the same one for all. */
  #gradientAt(name: string, position: number): View {
    const { net } = this;
    const { batch: B, sourceLength: S } = net.size;
    return net.options.keepsAttentionGradients
      ? this.#at(net.local(name, this.steps * B, S), position)
      : net.local(name, B, S);
  }

  /** Adds to the annotations' gradient, and to that of the query [B, Hd], from the context's [B, De]. */
  backward(position: number, s: View, dContext: View, dS: View, gradients: EncoderGradients): void {
    const { net } = this;
    const { builder, size } = net;
    const { batch: B } = size;
    const weights = this.#at(this.weights, position);
    const { lengths, annotations } = this.encoder;
    const dWeights = this.#gradientAt('attention.dWeights', position);
    builder.at('context', 'backward', position);
    builder.call('context.backward', {
      lengths,
      weights,
      annotations,
      dContext,
      dWeights,
      dAnnotations: gradients.annotations,
    });
    if (this.#family === 'zero') return;
    const dScores = this.#gradientAt('attention.dScores', position);
    builder.at('softmax', 'backward', position);
    builder.call('softmax.backward', { weights, dWeights, dScores });
    builder.at('score', 'backward', position);
    const dKeys = this.#dKeys ?? gradients.annotations;
    if (this.#family === 'sum') {
      builder.call('score.sum.backward', { lengths, dScores, dKeys });
      return;
    }
    const isAdditive = this.#family === 'additive';
    const query = this.#queries ? this.#at(this.#queries, position) : s;
    const dQueries = this.#queries && net.local('attention.dQueries', this.#queries.rows, this.#queries.columns);
    const dQuery = dQueries ? this.#at(dQueries, position) : dS;
    builder.call(
      `score.${this.#family}.backward`,
      {
        keys: this.#keys ?? undefined,
        query,
        v: isAdditive ? net.parameter('attention.v') : undefined,
        lengths,
        dScores,
        dQuery,
        dKeys,
        dV: isAdditive ? net.local('attention.dV', B, net.shape.attention) : undefined,
      },
      { scale: this.#scale, accumulate: dQueries ? 0 : 1 },
    );
    if (dQueries) net.linearBackwardInput('attention.U.weight', 0, dQuery, dS, true);
  }

  /** Gradients of W, U, b and v, once all queries are through; `queries` are the decoder states s [T·B, Hd] they came from. */
  finishBackward(queries: View, gradients: EncoderGradients): void {
    const { net } = this;
    const { builder, size } = net;
    const { batch: B } = size;
    builder.at('score', 'backward');
    const dKeys = this.#dKeys;
    if (!dKeys) return;
    // A linear layer on [s; h] shifts all scores of a row alike by U s + b, which the softmax undoes: their gradient is 0.
    if (this.#family === 'sum') net.zero(net.gradient('attention.U.weight'), net.gradient('attention.b'));
    if (this.#family === 'additive') {
      const dQueries = net.local('attention.dQueries', this.steps * B, net.shape.attention);
      net.linearBackwardWeights('attention.U.weight', dQueries, [queries]);
    }
    const bias = this.#family === 'additive' ? 'attention.b' : undefined;
    net.linearBackwardWeights('attention.W.weight', dKeys, [this.encoder.annotations], bias);
    net.linearBackwardInput('attention.W.weight', 0, dKeys, gradients.annotations, true);
    if (this.#family === 'additive')
      builder.call('linear.backward-bias', {
        dY: net.local('attention.dV', B, net.shape.attention),
        dBias: net.gradient('attention.v'),
      });
  }
}
