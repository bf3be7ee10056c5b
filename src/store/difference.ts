/** What changed between two translations of the same sentence: words, and attention row by row. */

import { commonSubsequence } from '../lib/common-subsequence.ts';
import type { Translation } from '../training/protocol.ts';

export interface Difference {
  /** α_B − α_A, row-major [target of B, source]; 0 in rows that A has nothing for. */
  readonly weights: Float32Array;
  /** For each target word of B the word of A in its place where it is another one, '' where A has none; null if unchanged. */
  readonly was: readonly (string | null)[];
  /** Greatest absolute value of `weights`. */
  readonly most: number;
}

/**
 * For each word of `b` the place in `a` that it is compared with, or null: words that both have, in order, and between them
 * the others one by one as they stand.
 */
export function pairWords(a: readonly string[], b: readonly string[]): (number | null)[] {
  const partners = commonSubsequence(b, a);
  let free = 0;
  for (let row = 0; row < b.length; row++) {
    const partner = partners[row];
    if (partner !== null) {
      free = partner + 1;
      continue;
    }
    const next = partners.slice(row).find((place) => place !== null) ?? a.length;
    if (free < next) partners[row] = free++;
  }
  return partners;
}

/** B against A. @throws RangeError where the two are translations of sentences of different length */
export function differenceOf(a: Translation, b: Translation): Difference {
  const columns = b.source.length;
  if (a.source.length !== columns)
    throw new RangeError(`difference: two translations of ${columns} source words expected, got ${a.source.length}`);
  const words = (translation: Translation): string[] => translation.target.map((token) => token.text);
  const [before, after] = [words(a), words(b)];
  const partners = pairWords(before, after);
  const weights = new Float32Array(b.weights.length);
  let most = 0;
  partners.forEach((partner, row) => {
    if (partner === null || a.weights.length === 0) return;
    for (let column = 0; column < columns && row * columns + column < weights.length; column++) {
      const change = b.weights[row * columns + column] - a.weights[partner * columns + column];
      weights[row * columns + column] = change;
      most = Math.max(most, Math.abs(change));
    }
  });
  const was = partners.map((partner, row) => {
    if (partner === null) return '';
    return before[partner] === after[row] ? null : before[partner];
  });
  return { weights, was, most };
}
