/** What a visitor may change about a decoding while it runs, as calls between those of the model. Every change is data. */

import { rowsOf, type View } from '../ops/view.ts';
import type { Network } from './network.ts';

/** Parts of the model whose output a factor of 0 replaces by zeros; the inputs are named after them. */
export const SWITCHES = ['attention', 'forward', 'backward', 'inputFeeding'] as const;
export type Switch = (typeof SWITCHES)[number];

/** Input [B, 1] with the factor of each row: 1 leaves the part as it is, 0 switches it off. */
export const switchName = (part: Switch): string => `switch.${part}`;

/**
 * Inputs beside those of a decoding: `switch.*` [B, 1]; with attention `inverseTemperature` [B, 1], `forcedWeights` [T·B, S],
 * `isForced` [T·B], `scoredLengths` [B], the source lengths or S where padding takes part in the softmax, and `attendedLengths`
 * [B], as many or more where forced rows give weight to padding.
 */
export class Interventions {
  constructor(private readonly net: Network) {}

  /** Zeroes states [N·B, C] of an encoder direction, 0 the forward one, for the rows where it is off. */
  direction(index: number, ...states: readonly View[]): void {
    for (const y of states) this.#scale(index === 0 ? 'forward' : 'backward', y);
  }

  /** Zeroes contexts [N·B, De] for the rows where attention is off. */
  context(y: View): void {
    this.#scale('attention', y);
  }

  /** What the decoder's LSTM is fed instead of a context [B, De]. */
  feed(x: View): View {
    const y = this.net.local('decoder.feed', x.rows, x.columns);
    this.net.builder.call('scale-rows.forward', { x, factor: this.#switch('inputFeeding'), y });
    return y;
  }

  /** Scores [B, S] divided by the temperature, beside the raw ones. */
  temper(position: number, x: View): View {
    const { builder, size } = this.net;
    const all = this.net.local('attention.tempered', size.targetLength * x.rows, x.columns);
    const factor = builder.tensor('inverseTemperature', x.rows, 1, 'f32', 'input');
    const y = rowsOf(all, position * x.rows, x.rows);
    builder.call('scale-rows.forward', { x, factor, y });
    return y;
  }

  /** Puts the visitor's rows into weights [B, S] of a target position. */
  override(position: number, weights: View): void {
    const { builder, size } = this.net;
    const rows = size.targetLength * weights.rows;
    const part = (view: View) => rowsOf(view, position * weights.rows, weights.rows);
    const forced = part(builder.tensor('forcedWeights', rows, weights.columns, 'f32', 'input'));
    const isForced = part(builder.tensor('isForced', rows, 1, 'u32', 'input'));
    builder.call('override-weights.forward', { forced, isForced, weights });
  }

  /** Source positions that are scored and that the softmax goes over. */
  get scoredLengths(): View {
    return this.net.builder.tensor('scoredLengths', this.net.size.batch, 1, 'u32', 'input');
  }

  /** Source positions that the contexts sum over. */
  get attendedLengths(): View {
    return this.net.builder.tensor('attendedLengths', this.net.size.batch, 1, 'u32', 'input');
  }

  #switch(part: Switch): View {
    return this.net.builder.tensor(switchName(part), this.net.size.batch, 1, 'f32', 'input');
  }

  #scale(part: Switch, y: View): void {
    this.net.builder.call('scale-rows.forward', { factor: this.#switch(part), y });
  }
}
