/**
 * Autoencoder tasks: an English sentence to itself, from the sentence as it is or from a damaged one. Without attention everything
 * has to pass through one vector (a sequence autoencoder, Dai & Le 2015); with it, each word is looked up where it stands.
 */

import { createRandom, type Random } from '../lib/random.ts';
import { AUTOENCODER_TEXTS, type AutoencoderTask, MASK } from './autoencode-text.ts';
import type { Corpus, SentencePair } from './corpus.ts';
import { holdOut } from './hold-out.ts';
import { drawPairs, PROBES, type Render } from './phrases/draw.ts';
import { createVocabulary } from './vocabulary.ts';

const TRAIN = 30_000;
const VALIDATION = 1000;
const TEST = 2000;
/** One split for every run, whatever its seed. */
const SEED = 1986;

/** Of each word. */
const MASKED = 0.05;
/** Of each sentence; words are dropped from those of more than `FEWEST_LEFT` only. */
const DROPPED = 0.15;
const SWAPPED = 0.7;
const FEWEST_LEFT = 3;

/** A sentence and where each of its words came from. */
interface Traced {
  readonly word: string;
  readonly from: number;
}

/** Swaps two neighbours, drops a word and masks some: each by chance, and at least one of them. */
export function damage(words: readonly string[], random: Random): SentencePair {
  let traced: Traced[] = words.map((word, from) => ({ word, from }));
  const kinds = { swap: random.uniform() < SWAPPED, drop: random.uniform() < DROPPED && words.length > FEWEST_LEFT };
  if (kinds.swap) {
    const at = random.integer(traced.length - 1);
    traced = [...traced.slice(0, at), traced[at + 1], traced[at], ...traced.slice(at + 2)];
  }
  if (kinds.drop) {
    const at = random.integer(traced.length);
    traced = traced.filter((_, index) => index !== at);
  }
  const must = kinds.swap || kinds.drop ? -1 : random.integer(traced.length);
  traced = traced.map(({ word, from }, index) => ({
    word: random.uniform() < MASKED || index === must ? MASK : word,
    from,
  }));
  const alignment = words.map((_, from) => traced.flatMap((entry, index) => (entry.from === from ? [index] : [])));
  return { source: traced.map(({ word }) => word), target: words, alignment };
}

const copy: Render = (_, english) => {
  const words = english.map(({ text }) => text);
  return { source: words, target: words, alignment: words.map((_, index) => [index]) };
};

/** Damages every sentence, no two of them to the same words. */
function damageAll(pairs: readonly SentencePair[], random: Random): SentencePair[] {
  const damaged = new Map<string, SentencePair>();
  for (const { target } of pairs) {
    let pair = damage(target, random);
    while (damaged.has(pair.source.join(' '))) pair = damage(target, random);
    damaged.set(pair.source.join(' '), pair);
  }
  return [...damaged.values()];
}

/** 30,000 sentences to train on, 1,000 and 2,000 that are never trained on, the same for every seed. */
export function loadAutoencoder(task: AutoencoderTask): Corpus {
  const isDamaged = task === 'denoise';
  const sentences = drawPairs(TRAIN + VALIDATION + TEST, copy);
  const pairs = isDamaged ? damageAll(sentences, createRandom(SEED)) : sentences;
  // `drawPairs` and `damageAll` keep the sentences to show in front.
  const probes = pairs.slice(0, PROBES.length);
  const parts = holdOut(pairs, { validation: VALIDATION, test: TEST, seed: SEED, probes, keepInTraining: 5 });
  const vocabulary = createVocabulary(parts.train.flatMap(({ target }) => target));
  return {
    ...AUTOENCODER_TEXTS[task],
    sourceVocabulary: isDamaged ? createVocabulary([...vocabulary.tokens, MASK]) : vocabulary,
    targetVocabulary: vocabulary,
    ...parts,
    probes,
  };
}
