/** The longest common subsequence of two lists. */

/**
 * Pairs the items of two lists that agree, in order: for each item of `a` the index in `b` of its partner, or null.
 * Of several longest pairings it takes the one that starts earliest.
 */
export function commonSubsequence<T>(a: readonly T[], b: readonly T[]): (number | null)[] {
  const columns = b.length + 1;
  // lengths[i * columns + j]: longest pairing of a from i on with b from j on
  const lengths = new Uint32Array((a.length + 1) * columns);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const at = i * columns + j;
      lengths[at] = a[i] === b[j] ? 1 + lengths[at + columns + 1] : Math.max(lengths[at + columns], lengths[at + 1]);
    }
  }
  const partners: (number | null)[] = Array.from(a, () => null);
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const at = i * columns + j;
    if (a[i] === b[j]) partners[i++] = j++;
    else if (lengths[at + columns] >= lengths[at + 1]) i++;
    else j++;
  }
  return partners;
}
