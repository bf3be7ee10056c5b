/** Length buckets: a few fixed shapes that hold every pair with little padding. */

/** One shape of a batch. */
export interface Bucket {
  /** S, source tokens. */
  readonly sourceLength: number;
  /** T, decoder steps: target tokens and the end symbol, where the task has one. */
  readonly targetLength: number;
  /** Share of the training pairs, 0 to 1. */
  readonly share: number;
}

/** How many pairs there are of each (source, target) length. */
export interface LengthHistogram {
  readonly maxSource: number;
  readonly maxTarget: number;
  /** Row-major [maxSource + 1, maxTarget + 1]. */
  readonly counts: Uint32Array;
  /** Pairs in all. */
  readonly total: number;
}

const MAX_BUCKETS = 3;
/** A further bucket has to save this share of all recurrent steps: each costs its own recorded plan and buffers. */
const WORTHWHILE_SAVING = 0.08;
/** Padding up to this share of the recurrent steps is left alone, for batches of mixed lengths train better. */
const TOLERATED_PADDING = 0.2;

interface Corner {
  readonly source: number;
  readonly target: number;
}

/** Pairs no longer than (s, t), for all s and t. */
function cumulate({ maxSource, maxTarget, counts }: LengthHistogram): (corner: Corner) => number {
  const width = maxTarget + 1;
  const sums = new Float64Array(counts.length);
  for (let s = 0; s <= maxSource; s++) {
    let row = 0;
    for (let t = 0; t <= maxTarget; t++) {
      row += counts[s * width + t];
      sums[s * width + t] = row + (s > 0 ? sums[(s - 1) * width + t] : 0);
    }
  }
  return ({ source, target }) => sums[source * width + target];
}

/**
 * Chooses one to three nested buckets that minimise the padded recurrent steps Σ (S + T), by trying all of them.
 * The last one holds the longest source and the longest target of all.
 * @param minimum the least number of pairs that a bucket is made for
 */
export function chooseBuckets(histogram: LengthHistogram, minimum: number): Bucket[] {
  const { maxSource, maxTarget, total, counts } = histogram;
  const within = cumulate(histogram);
  const largest: Corner = { source: maxSource, target: maxTarget };
  const steps = (corner: Corner): number => corner.source + corner.target;

  let needed = 0;
  for (let s = 0; s <= maxSource; s++)
    for (let t = 0; t <= maxTarget; t++) needed += counts[s * (maxTarget + 1) + t] * (s + t);

  const corners: Corner[] = [];
  for (let source = 1; source <= maxSource; source++)
    for (let target = 1; target <= maxTarget; target++)
      if (within({ source, target }) >= minimum) corners.push({ source, target });

  let best: Corner[] = [largest];
  let bestCost = total * steps(largest);
  const isTight = (): boolean => bestCost - needed <= TOLERATED_PADDING * bestCost;
  for (let size = 2; size <= MAX_BUCKETS && !isTight(); size++) {
    const { chain, cost } = cheapestChain(corners, largest, size, minimum, total, within, steps);
    if (bestCost - cost < WORTHWHILE_SAVING * bestCost) break;
    best = chain;
    bestCost = cost;
  }
  return best.map((corner, index) => ({
    sourceLength: corner.source,
    targetLength: corner.target,
    share:
      total === 0
        ? 1
        : ((index === best.length - 1 ? total : within(corner)) - (index > 0 ? within(best[index - 1]) : 0)) / total,
  }));
}

/** The cheapest chain of `size` nested corners that ends with the largest. */
function cheapestChain(
  corners: readonly Corner[],
  largest: Corner,
  size: number,
  minimum: number,
  total: number,
  within: (corner: Corner) => number,
  steps: (corner: Corner) => number,
): { chain: Corner[]; cost: number } {
  let chain = [largest];
  let cost = Number.POSITIVE_INFINITY;
  const extend = (inner: readonly Corner[], held: number, spent: number): void => {
    const last = inner.at(-1);
    if (inner.length === size - 1) {
      const full = spent + (total - held) * steps(largest);
      if (total - held >= minimum && full < cost) {
        cost = full;
        chain = [...inner, largest];
      }
      return;
    }
    for (const corner of corners) {
      if (last !== undefined && (corner.source < last.source || corner.target < last.target)) continue;
      const added = within(corner) - held;
      if (added >= minimum) extend([...inner, corner], held + added, spent + added * steps(corner));
    }
  };
  extend([], 0, 0);
  return { chain, cost };
}
