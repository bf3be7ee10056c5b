/** Which time steps an LSTM call computes, and where their neighbours are. */

/**
 * Numbers of a call: `steps` T of the sequence; positions `from` ≤ t < `to` that this call computes; `batch` B;
 * `isReversed` for a layer that reads from the end; `startsAtZero` where the state before the first position is zeros, whose product
 * may be left out.
 */
export interface Range {
  readonly batch: number;
  readonly steps: number;
  readonly positions: readonly number[];
  readonly isReversed: boolean;
  readonly startsAtZero: boolean;
}

/** The positions of a call in the order in which the forward pass visits them. */
export function lstmRange(numbers: Readonly<Record<string, number>>): Range {
  const { batch = 1, steps = 0, from = 0, to = steps, isReversed = 0, startsAtZero = 0 } = numbers;
  const positions = Array.from({ length: to - from }, (_, i) => (isReversed ? to - 1 - i : from + i));
  return { batch, steps, positions, isReversed: isReversed !== 0, startsAtZero: startsAtZero !== 0 };
}

/** Slot of the state that comes before position t in the layer's own direction; position t itself has slot t+1. */
export const previousSlot = (position: number, isReversed: boolean): number => (isReversed ? position + 2 : position);

/** Whether a position takes its state from the one before it, and so has a product with W_hh. */
export const hasRecurrence = (position: number, { positions, startsAtZero }: Range): boolean =>
  !startsAtZero || position !== positions[0];

/** Position whose backward step comes before that of position t, and whether there is one. */
export function nextPosition(position: number, range: Pick<Range, 'steps' | 'isReversed'>): number | null {
  const next = range.isReversed ? position - 1 : position + 1;
  return next >= 0 && next < range.steps ? next : null;
}
