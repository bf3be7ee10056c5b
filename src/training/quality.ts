/** Figures of translation and alignment quality over decoded sentences: pure functions of tokens and attention weights. */

import type { Alignment } from '../data/corpus.ts';

/** A sentence as words or as ids, without special tokens. */
export type Sentence = ArrayLike<string | number>;

/** A translation beside the one it is measured against. */
export interface Scored {
  readonly hypothesis: Sentence;
  readonly reference: Sentence;
}

/** Share of the translations that are their reference, word for word; 0 to 1, `NaN` for none. */
export function exactMatch(sentences: readonly Scored[]): number {
  const equal = sentences.filter(
    ({ hypothesis, reference }) =>
      hypothesis.length === reference.length && matches(hypothesis, reference) === reference.length,
  );
  return equal.length / sentences.length;
}

/** Share of the reference tokens that the translation has at the same place; 0 to 1, `NaN` for none. */
export function tokenAccuracy(sentences: readonly Scored[]): number {
  let [right, all] = [0, 0];
  for (const { hypothesis, reference } of sentences) {
    right += matches(hypothesis, reference);
    all += reference.length;
  }
  return right / all;
}

function matches(hypothesis: Sentence, reference: Sentence): number {
  let count = 0;
  for (let t = 0; t < Math.min(hypothesis.length, reference.length); t++) if (hypothesis[t] === reference[t]) count++;
  return count;
}

const MAX_ORDER = 4;

/**
 * BLEU-4 of a corpus against one reference a sentence, 0 to 1: brevity penalty times the geometric mean of the clipped
 * n-gram precisions, n = 1 to 4, each summed over the corpus (Papineni et al. 2002). No smoothing: an
 * order without any match makes it 0. Orders for which the translations are too short to have any n-gram are left out
 * of the mean, so that a corpus of three-word sentences can reach 1.
 */
export function bleu(sentences: readonly Scored[]): number {
  const matched = new Array<number>(MAX_ORDER).fill(0);
  const possible = new Array<number>(MAX_ORDER).fill(0);
  let [hypothesisLength, referenceLength] = [0, 0];
  for (const { hypothesis, reference } of sentences) {
    hypothesisLength += hypothesis.length;
    referenceLength += reference.length;
    for (let order = 1; order <= MAX_ORDER; order++) {
      const inReference = countNgrams(reference, order);
      for (const [ngram, count] of countNgrams(hypothesis, order)) {
        matched[order - 1] += Math.min(count, inReference.get(ngram) ?? 0);
        possible[order - 1] += count;
      }
    }
  }
  const precisions = matched.map((count, index) => count / possible[index]).filter((p) => !Number.isNaN(p));
  if (precisions.length === 0 || precisions.includes(0)) return 0;
  const logMean = precisions.reduce((sum, p) => sum + Math.log(p), 0) / precisions.length;
  const brevity = hypothesisLength > referenceLength ? 0 : 1 - referenceLength / hypothesisLength;
  return Math.exp(brevity + logMean);
}

/** How often each run of `order` tokens occurs. */
function countNgrams(sentence: Sentence, order: number): Map<string, number> {
  const counts = new Map<string, number>();
  const tokens = Array.from(sentence);
  for (let start = 0; start + order <= tokens.length; start++) {
    const ngram = tokens.slice(start, start + order).join('\u0000');
    counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
  }
  return counts;
}

/** Attention of one decoded sentence. */
export interface AttentionMap {
  /** α, row-major [T, S]: a row for each target token, and perhaps one more for the end symbol. */
  readonly weights: ArrayLike<number>;
  /** S. */
  readonly sourceLength: number;
}

/** The source position with the largest weight in a row; the first of equals. */
export function strongestLink({ weights, sourceLength }: AttentionMap, row: number): number {
  let best = 0;
  for (let j = 1; j < sourceLength; j++)
    if (weights[row * sourceLength + j] > weights[row * sourceLength + best]) best = j;
  return best;
}

/**
 * Alignment error rate, 1 − (|A ∩ S| + |A ∩ P|) / (|A| + |S|) (Och & Ney 2003), summed over the corpus;
 * 0 to 1, null where no row has a gold link. A is the strongest link of every row that has one, S the first link of
 * the gold row, P all of its links. Where the rows are regions any of their links is as good as the first, and the rate is the share
 * of rows that look elsewhere. The rows have to be those of the reference translation, that is, teacher-forced.
 */
export function alignmentErrorRate(
  sentences: readonly (AttentionMap & { readonly alignment: Alignment })[],
  areRegions = false,
): number | null {
  let [links, sure, inSure, inPossible] = [0, 0, 0, 0];
  for (const sentence of sentences) {
    sentence.alignment.forEach((gold, row) => {
      if (gold.length === 0) return;
      const link = strongestLink(sentence, row);
      links++;
      sure++;
      if (areRegions ? gold.includes(link) : link === gold[0]) inSure++;
      if (gold.includes(link)) inPossible++;
    });
  }
  return links === 0 ? null : 1 - (inSure + inPossible) / (links + sure);
}

/** Share of the rows with gold links whose strongest link is one of them; 0 to 1, null where no row has any. */
export function decidingWordRate(
  sentences: readonly (AttentionMap & { readonly alignment: Alignment })[],
): number | null {
  let [found, all] = [0, 0];
  for (const sentence of sentences)
    sentence.alignment.forEach((gold, row) => {
      if (gold.length === 0) return;
      all++;
      if (gold.includes(strongestLink(sentence, row))) found++;
    });
  return all === 0 ? null : found / all;
}

/**
 * Mean over the rows of −Σ α log α / log S, the entropy of a row against that of a uniform one: 0 all on one word,
 * 1 the same on each. Sentences of one source word are left out; null where nothing is left.
 */
export function attentionEntropy(sentences: readonly AttentionMap[]): number | null {
  let [sum, rows] = [0, 0];
  for (const { weights, sourceLength } of sentences) {
    if (sourceLength < 2) continue;
    for (let start = 0; start + sourceLength <= weights.length; start += sourceLength) {
      let entropy = 0;
      for (let j = start; j < start + sourceLength; j++)
        if (weights[j] > 0) entropy -= weights[j] * Math.log(weights[j]);
      sum += entropy / Math.log(sourceLength);
      rows++;
    }
  }
  return rows === 0 ? null : sum / rows;
}
