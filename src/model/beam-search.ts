/**
 * Beam search (Graves 2012; Sutskever et al. 2014) over any decoder that can be asked for the next words of a few partial
 * translations at once. Translations are ranked by Σ log p / length, the end symbol counted.
 *
 * At each position every partial translation proposes its `width` likeliest words, and the best of all proposals by Σ log p go
 * on; all have the same length there, so the length does not matter yet. One that ends leaves the beam and takes its place with
 * it, so that the search is over when `width` translations have ended. A width of 1 is greedy decoding. A wider beam is not
 * bound to find what greedy decoding finds: a path may fall out of the beam before its good words come.
 */

/** What the decoder says about the next word of each of the `width` rows. */
export interface BeamStep {
  /** [width, V], row-major. */
  readonly logits: ArrayLike<number>;
  /** α [width, S], row-major; null without attention. */
  readonly weights: ArrayLike<number> | null;
}

/**
 * Takes one decoder step. Row r reads word `tokens[r]` in the state that row `parents[r]` was left in; rows beyond the partial
 * translations repeat the first. Called with `parents` null for the first step, where all rows start anew.
 */
export type AdvanceBeam = (tokens: Uint32Array, parents: Uint32Array | null) => Promise<BeamStep>;

export interface BeamOptions {
  /** Partial translations that are followed. */
  readonly width: number;
  /** V. */
  readonly vocabulary: number;
  /** Longest translation, the end symbol included. */
  readonly maxLength: number;
  /** Read first. */
  readonly start: number;
  /** Ends a translation; null where all have `maxLength` words. */
  readonly end: number | null;
}

/** A word proposed at the end of a partial translation. */
export interface BeamProposal {
  readonly id: number;
  /** Null for the start. */
  readonly parent: BeamProposal | null;
  readonly token: number;
  /** Target position of the token; -1 for the start. */
  readonly position: number;
  readonly probability: number;
  /** Σ log p of the path. */
  readonly logProbability: number;
  isKept: boolean;
  readonly isEnd: boolean;
  /** α [S] that the decoder proposed it with; null without attention. */
  readonly weights: ArrayLike<number> | null;
}

export interface BeamResult {
  /** In the order in which they were looked at; the start is the first. */
  readonly proposals: readonly BeamProposal[];
  /** Last words of the translations, best first: those that ended before those that were cut off. */
  readonly leaves: readonly { readonly leaf: BeamProposal; readonly score: number; readonly isComplete: boolean }[];
}

/** Words of a path from the first on, as proposals. */
export function beamPath(leaf: BeamProposal): BeamProposal[] {
  const path: BeamProposal[] = [];
  for (let node: BeamProposal | null = leaf; node && node.position >= 0; node = node.parent) path.unshift(node);
  return path;
}

/** Σ log p / length of a path of `length` words. */
export const beamScore = (logProbability: number, length: number): number => logProbability / length;

/** Searches with a decoder. Equal sums go to the earlier row, then to the smaller id, so that the result is one. */
export async function searchBeam(advance: AdvanceBeam, options: BeamOptions): Promise<BeamResult> {
  const { width, maxLength, start } = options;
  const root: BeamProposal = {
    id: 0,
    parent: null,
    token: start,
    position: -1,
    probability: 1,
    logProbability: 0,
    isKept: true,
    isEnd: false,
    weights: null,
  };
  const proposals = [root];
  const ended: BeamProposal[] = [];
  let beam = [root];
  let parents: Uint32Array | null = null;
  for (let position = 0; position < maxLength && beam.length > 0; position++) {
    const step = await advance(
      rowsFrom(width, (row) => (beam[row] ?? root).token),
      parents,
    );
    const proposed = beam
      .flatMap((parent, row) => propose(step, row, parent, options))
      .map((proposal, i) => ({ ...proposal, id: proposals.length + i, isKept: false }));
    proposals.push(...proposed);
    const kept = proposed.toSorted(byLogProbability).slice(0, width - ended.length);
    for (const proposal of kept) proposal.isKept = true;
    const rowOf = new Map(beam.map((parent, row) => [parent, row]));
    ended.push(...kept.filter(({ isEnd }) => isEnd));
    beam = kept.filter(({ isEnd }) => !isEnd);
    parents = rowsFrom(width, (row) => rowOf.get((beam[row] ?? beam[0])?.parent as BeamProposal) ?? 0);
  }
  const leaves = [
    ...ended.map((leaf) => ({ leaf, isComplete: true })),
    ...beam.map((leaf) => ({ leaf, isComplete: options.end === null })),
  ].map(({ leaf, isComplete }) => ({ leaf, isComplete, score: beamScore(leaf.logProbability, leaf.position + 1) }));
  leaves.sort(
    (a, b) => Number(b.isComplete) - Number(a.isComplete) || descending(a.score, b.score) || a.leaf.id - b.leaf.id,
  );
  return { proposals, leaves };
}

const rowsFrom = (width: number, value: (row: number) => number): Uint32Array =>
  Uint32Array.from({ length: width }, (_, row) => value(row));

/** NaN, which weights that have diverged lead to, comes last. */
const descending = (a: number, b: number): number => orLeast(b) - orLeast(a) || 0;
const orLeast = (value: number): number => (Number.isNaN(value) ? -Number.MAX_VALUE : value);

const byLogProbability = (a: BeamProposal, b: BeamProposal): number =>
  descending(a.logProbability, b.logProbability) || a.id - b.id;

/** The likeliest words of one row, likeliest first. */
function propose(
  { logits, weights }: BeamStep,
  row: number,
  parent: BeamProposal,
  { width, vocabulary, end }: BeamOptions,
): Omit<BeamProposal, 'id' | 'isKept'>[] {
  const from = row * vocabulary;
  let maximum = Number.NEGATIVE_INFINITY;
  for (let v = 0; v < vocabulary; v++) maximum = Math.max(maximum, logits[from + v] as number);
  let total = 0;
  for (let v = 0; v < vocabulary; v++) total += Math.exp((logits[from + v] as number) - maximum);
  const normaliser = maximum + Math.log(total);
  const S = weights ? weights.length / width : 0;
  const alpha = weights && Array.prototype.slice.call(weights, row * S, (row + 1) * S);
  return largest(logits, from, vocabulary, width).map((token) => {
    const logProbability = (logits[from + token] as number) - normaliser;
    return {
      parent,
      token,
      position: parent.position + 1,
      probability: Math.exp(logProbability),
      logProbability: parent.logProbability + logProbability,
      isEnd: token === end,
      weights: alpha,
    };
  });
}

/** Indices of the `count` largest of `length` values from `from`, largest first, of equal ones the first. */
function largest(values: ArrayLike<number>, from: number, length: number, count: number): number[] {
  const best: number[] = [];
  for (let i = 0; i < length; i++) {
    const value = values[from + i] as number;
    if (best.length === count && !(value > (values[from + (best[count - 1] as number)] as number))) continue;
    let at = best.length;
    while (at > 0 && value > (values[from + (best[at - 1] as number)] as number)) at--;
    best.splice(at, 0, i);
    best.length = Math.min(best.length, count);
  }
  return best;
}
