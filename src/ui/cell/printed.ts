/**
 * Numbers of a card and their digits. A card may be recomputed with pencil and paper: its arithmetic, redone from the operands
 * as they are printed, gives its results as they are printed, and those are roundings of what the executor computed.
 */

/** A number as it stands on the page. */
export interface Printed {
  /** With a true minus sign, never a negative zero. */
  readonly text: string;
  /** Exactly what the text says. */
  readonly value: number;
  /** Digits behind the point. */
  readonly decimals: number;
}

/** Beyond this, decimals say nothing of a float32 any more. */
export const MOST_DECIMALS = 9;

export function print(value: number, decimals: number): Printed {
  const digits = value.toFixed(decimals);
  // Rounded to nothing, a negative number would keep its sign.
  const ascii = Number(digits) === 0 ? digits.replace('-', '') : digits;
  return { text: ascii.replace('-', '−'), value: Number(ascii), decimals };
}

/** What a printed text says, read back. */
export const readPrinted = (text: string): number => Number(text.replace('−', '-'));

/** Sum of printed numbers, without the errors of binary fractions: it has the decimals of its finest term. */
export function sumOf(terms: readonly Printed[]): Printed {
  const decimals = terms.reduce((most, term) => Math.max(most, term.decimals), 0);
  const unit = 10 ** decimals;
  const total = terms.reduce((sum, { value }) => sum + Math.round(value * unit), 0);
  return print(total / unit, decimals);
}

/** Difference of printed numbers, as exact as their sum. */
export const differenceOf = (a: Printed, b: Printed): Printed => sumOf([a, print(-b.value, b.decimals)]);

/** Whether a number lies so near the middle of two printable ones that two people might round it differently. */
function isTie(value: number, decimals: number): boolean {
  const scaled = Math.abs(value) * 10 ** decimals;
  return Math.abs(scaled - Math.floor(scaled) - 0.5) < 1e-6 + scaled * 1e-13;
}

/** `redone` printed, where it rounds as the executor's own `truth` does; null where it does not. */
export function agreeAt(redone: number, truth: number, decimals: number): Printed | null {
  if (!Number.isFinite(redone) || !Number.isFinite(truth) || isTie(redone, decimals)) return null;
  const printed = print(redone, decimals);
  return printed.text === print(truth, decimals).text ? printed : null;
}

/**
 * `redone` printed to `decimals` or, where that is exactly on the edge between two roundings, to one fewer, one more, and so on.
 * The edges of neighbouring decimals lie half a unit of the finer one apart, so that two numbers closer than that agree on one
 * of the two. Null where they agree on none.
 */
export function agree(redone: number, truth: number, decimals: number): Printed | null {
  for (const change of [0, -1, 1, -2, -3]) {
    const agreed = decimals + change >= 0 ? agreeAt(redone, truth, decimals + change) : null;
    if (agreed) return agreed;
  }
  return null;
}

/** How a result is rounded: strictly to the wanted decimals, or to what can be had. */
export type Rounding = (redone: number, truth: number, decimals: number) => Printed | null;

/**
 * The first card that can be printed, with as few decimals of its operands as do. `build` returns null where a result, redone
 * from operands of so many decimals, would not be the executor's. Results lose or gain a decimal only where no number of
 * decimals serves all of them.
 */
export function fewestDigits<Card>(
  fewest: number,
  build: (decimals: number, rounding: Rounding) => Card | null,
): Card | null {
  for (let decimals = fewest; decimals <= MOST_DECIMALS; decimals++) {
    const card = build(decimals, agreeAt);
    if (card) return card;
  }
  // Coarser operands serve as well as finer ones where it is the result that gives way.
  return build(MOST_DECIMALS - 2, agree) ?? build(MOST_DECIMALS, agree);
}

/** Power of ten that numbers are divided by so that the largest has one digit before its point; 0 where they print well as they are. */
export function exponentOf(values: Iterable<number>): number {
  let most = 0;
  for (const value of values) if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
  // Smaller than that, a float32 has few digits left or none.
  if (most < 1e-30 || (most >= 0.01 && most < 1000)) return 0;
  return Math.floor(Math.log10(most));
}
