/** Held-out figures: loss and alignment under teacher forcing, exact match and BLEU of greedy translations. */

import type { Alignment, Corpus, PairList, SentencePair } from '../data/corpus.ts';
import type { Evaluation } from './protocol.ts';
import {
  alignmentErrorRate,
  attentionEntropy,
  bleu,
  decidingWordRate,
  exactMatch,
  type Scored,
  tokenAccuracy,
} from './quality.ts';
import type { Translator } from './translate.ts';

interface AlignedMap {
  readonly weights: Float32Array;
  readonly sourceLength: number;
  readonly alignment: Alignment;
}

/** Pairs that are decoded at once when held-out figures are taken. */
export const EVALUATION_BATCH = 64;

/**
 * Figures over the first `limit` pairs, B at a time.
 * `shouldStop` is asked between batches; a stopped evaluation returns null.
 */
export async function evaluate(
  translator: Translator,
  corpus: Corpus,
  pairs: PairList,
  limit: number,
  step: number,
  shouldStop: () => boolean = () => false,
): Promise<Evaluation | null> {
  const count = Math.min(limit, pairs.length);
  const forcedTokens: Scored[] = [];
  const translations: Scored[] = [];
  const maps: AlignedMap[] = [];
  let lossNats = 0;
  let tokens = 0;
  for (let start = 0; start < count; start += translator.batch) {
    const chunk: SentencePair[] = [];
    for (let i = start; i < Math.min(start + translator.batch, count); i++) chunk.push(pairs.at(i) as SentencePair);
    const inputs = chunk.map((reference) => ({ source: reference.source, reference }));
    const forced = await translator.decode(inputs, 'teacher-forced');
    if (shouldStop()) return null;
    const free = translator.isClassifier ? forced : await translator.decode(inputs, 'free-running');
    if (shouldStop()) return null;
    lossNats += forced.lossNats * forced.countedTokens;
    tokens += forced.countedTokens;
    chunk.forEach((pair, row) => {
      const ids = pair.target.map((token) => corpus.targetVocabulary.id(token));
      const { batch } = translator;
      forcedTokens.push({ hypothesis: ids.map((_, t) => forced.predicted[t * batch + row] as number), reference: ids });
      translations.push({ hypothesis: translator.producedIds(free, row).ids, reference: ids });
      if (forced.weights)
        maps.push({
          weights: translator.attentionOf(forced, row, ids.length, pair.source.length),
          sourceLength: pair.source.length,
          alignment: pair.alignment ?? [],
        });
    });
  }
  const hasGold = corpus.hasGoldAlignment && maps.length > 0;
  return {
    step,
    pairs: count,
    loss: lossNats / Math.max(tokens, 1),
    tokenAccuracy: tokenAccuracy(forcedTokens),
    exactMatch: exactMatch(translations),
    bleu: bleu(translations),
    alignmentError: hasGold && !translator.isClassifier ? alignmentErrorRate(maps, corpus.alignsRegions) : null,
    decidingWord: hasGold && translator.isClassifier ? decidingWordRate(maps) : null,
    attentionEntropy: maps.length > 0 ? attentionEntropy(maps) : null,
  };
}
