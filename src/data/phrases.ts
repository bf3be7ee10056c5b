/** English phrases to French, from a written grammar that knows the alignment of every pair. */

import { createRandom } from '../lib/random.ts';
import type { Corpus, SentencePair } from './corpus.ts';
import { holdOut } from './hold-out.ts';
import { alignPair } from './phrases/alignment.ts';
import { renderEnglish } from './phrases/english.ts';
import { renderFrench } from './phrases/french.ts';
import type { Clause, NounPhrase } from './phrases/meaning.ts';
import { drawClause } from './phrases/patterns.ts';
import { PHRASES_TEXT } from './phrases/text.ts';
import { createVocabulary } from './vocabulary.ts';

const TRAIN = 30_000;
const VALIDATION = 1000;
const TEST = 2000;
/** One set of pairs and one split for every run, whatever its seed. */
const SEED = 1847;
/** Tokens a side; longer ones make poor heatmaps. */
const SHORTEST = 3;
const LONGEST = 10;
const LONGEST_TARGET = 11;

/** An English sentence and its translation, with the gold alignment. */
export const translate = (clause: Clause): SentencePair => alignPair(renderEnglish(clause), renderFrench(clause));

const nounPhrase = (noun: NounPhrase['noun'], rest: Partial<NounPhrase> = {}): NounPhrase => ({
  kind: 'noun',
  noun,
  number: 'singular',
  determiner: 'the',
  adjectives: [],
  owner: null,
  ...rest,
});
const PLAIN = {
  tense: 'present',
  modal: null,
  negation: null,
  question: null,
  frequency: null,
  place: null,
  companion: null,
  time: null,
} as const;
const action = (verb: 'see' | 'look-at' | 'get-up' | 'give') =>
  ({ kind: 'action', verb, object: null, recipient: null }) as const;

const PROBES: readonly Clause[] = [
  // Adjectives on both sides of the noun, negation around the verb.
  {
    ...PLAIN,
    subject: nounPhrase('cat', { adjectives: ['small', 'black'] }),
    predicate: { ...action('see'), object: nounPhrase('bird') },
    negation: 'not',
  },
  // The object's pronoun before the verb, the adverb after it.
  {
    ...PLAIN,
    subject: nounPhrase('man', { adjectives: ['old'] }),
    predicate: { ...action('look-at'), object: { kind: 'pronoun', person: 'she' } },
    frequency: 'often',
  },
  // A reflexive verb, agreeing with a woman in the past.
  {
    ...PLAIN,
    subject: nounPhrase('sister', { determiner: 'my' }),
    predicate: action('get-up'),
    tense: 'past',
    negation: 'not',
  },
  // Two things turned round at once: the genitive, and who is given something.
  {
    ...PLAIN,
    subject: nounPhrase('friend', {
      number: 'plural',
      determiner: 'owner',
      owner: nounPhrase('brother', { determiner: 'my' }),
    }),
    predicate: {
      ...action('give'),
      object: nounPhrase('book', { determiner: 'a' }),
      recipient: { kind: 'pronoun', person: 'he' },
    },
  },
];

/** Pairs with different sources, the given ones first. */
function drawPairs(count: number, first: readonly SentencePair[]): SentencePair[] {
  const random = createRandom(SEED);
  const pairs = new Map(first.map((pair) => [pair.source.join(' '), pair]));
  while (pairs.size < count) {
    const pair = translate(drawClause(random));
    const { source, target } = pair;
    const isReadable =
      Math.min(source.length, target.length) >= SHORTEST && source.length <= LONGEST && target.length <= LONGEST_TARGET;
    const key = source.join(' ');
    if (isReadable && !pairs.has(key)) pairs.set(key, pair);
  }
  return [...pairs.values()];
}

/** 30,000 pairs to train on, 1,000 and 2,000 that are never trained on, the same for every seed. */
export function loadPhrases(): Corpus {
  const probes = PROBES.map(translate);
  const pairs = drawPairs(TRAIN + VALIDATION + TEST, probes);
  const parts = holdOut(pairs, { validation: VALIDATION, test: TEST, seed: SEED, probes, keepInTraining: 5 });
  return {
    ...PHRASES_TEXT,
    sourceVocabulary: createVocabulary(parts.train.flatMap(({ source }) => source)),
    targetVocabulary: createVocabulary(parts.train.flatMap(({ target }) => target)),
    ...parts,
    probes,
  };
}
