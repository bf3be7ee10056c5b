/** Translation quality against sentence length, as in Bahdanau et al. 2015, figure 2. */

import type { Corpus, PairList, SentencePair } from '../../data/corpus.ts';
import { bleu, exactMatch, type Scored, tokenAccuracy } from '../quality.ts';
import type { Translator } from '../translate.ts';
import type { LengthQuality } from './race-protocol.ts';

/** Buckets that a chart can label. */
const MOST_BUCKETS = 10;

/** Held-out pairs of `from` to `to` source tokens. */
export interface LengthBucket {
  readonly from: number;
  readonly to: number;
  readonly pairs: readonly SentencePair[];
}

const sourceLength = (pairs: PairList, index: number): number =>
  pairs.lengthsAt?.(index).source ?? (pairs.at(index) as SentencePair).source.length;

/** Tokens of the longest source sentence of a list; 0 for none. */
export function longestSource(pairs: PairList): number {
  let longest = 0;
  for (let i = 0; i < pairs.length; i++) longest = Math.max(longest, sourceLength(pairs, i));
  return longest;
}

/**
 * The held-out pairs by source length, shortest first, up to `most` of each; lengths are taken together until there are at most ten
 * buckets. Where training stops short of the longest, a bucket ends at `longestTrained`, so that none mixes lengths that were
 * trained with lengths that were not.
 */
export function bucketsByLength(lists: readonly PairList[], longestTrained: number, most: number): LengthBucket[] {
  let [shortest, longest] = [Number.POSITIVE_INFINITY, 0];
  for (const list of lists) {
    for (let i = 0; i < list.length; i++) {
      const length = sourceLength(list, i);
      shortest = Math.min(shortest, length);
      longest = Math.max(longest, length);
    }
  }
  if (longest === 0) return [];
  const width = Math.ceil((longest - shortest + 1) / MOST_BUCKETS);
  // Counted from the longest length that is trained on, in both directions.
  const end = Math.min(longest, Math.max(shortest, longestTrained));
  const placeOf = (length: number): number => Math.floor((length - end - 1) / width);
  const pairs = new Map<number, SentencePair[]>();
  for (const list of lists) {
    for (let i = 0; i < list.length; i++) {
      const place = placeOf(sourceLength(list, i));
      const known = pairs.get(place) ?? [];
      if (known.length === 0) pairs.set(place, known);
      if (known.length < most) known.push(list.at(i) as SentencePair);
    }
  }
  return [...pairs]
    .sort(([a], [b]) => a - b)
    .map(([place, members]) => ({
      from: Math.max(shortest, end + 1 + place * width),
      to: Math.min(longest, end + (place + 1) * width),
      pairs: members,
    }));
}

/**
 * Greedy translations of every bucket against their references, B at a time.
 * `shouldStop` is asked between batches; a stopped one returns null.
 */
export async function qualityByLength(
  translator: Translator,
  { targetVocabulary }: Pick<Corpus, 'targetVocabulary'>,
  buckets: readonly LengthBucket[],
  shouldStop: () => boolean = () => false,
): Promise<LengthQuality[] | null> {
  const scored: Scored[] = [];
  const all = buckets.flatMap(({ pairs }) => pairs);
  for (let start = 0; start < all.length; start += translator.batch) {
    if (shouldStop()) return null;
    const chunk = all.slice(start, start + translator.batch);
    const decoded = await translator.decode(
      chunk.map((reference) => ({ source: reference.source, reference })),
      'free-running',
    );
    chunk.forEach(({ target }, row) => {
      scored.push({
        hypothesis: translator.producedIds(decoded, row).ids,
        reference: target.map((token) => targetVocabulary.id(token)),
      });
    });
  }
  let next = 0;
  return buckets.map(({ from, to, pairs }) => {
    const own = scored.slice(next, next + pairs.length);
    next += pairs.length;
    return {
      from,
      to,
      sentences: own.length,
      exactMatch: exactMatch(own),
      bleu: bleu(own),
      tokenAccuracy: tokenAccuracy(own),
    };
  });
}
