/** Draws the sentences of the phrases tasks: different ones, of lengths that make a readable heatmap. */

import { createRandom } from '../../lib/random.ts';
import { atOnce, type Sliced } from '../../lib/slices.ts';
import type { SentencePair } from '../corpus.ts';
import type { MarkedToken } from './alignment.ts';
import { renderEnglish } from './english.ts';
import type { Clause, NounPhrase } from './meaning.ts';
import { drawClause } from './patterns.ts';

/** One set of sentences for every run, whatever its seed. */
export const SEED = 1847;
/** Tokens a side; longer ones make poor heatmaps. */
const SHORTEST = 3;
const LONGEST = 10;
const LONGEST_TARGET = 11;
/** Pairs between two rests. */
const SLICE = 50;

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

/** Shown before training. */
export const PROBES: readonly Clause[] = [
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

/** The pair of a clause, whose English is known. */
export type Render = (clause: Clause, english: readonly MarkedToken[]) => SentencePair;

/** Pairs with different sources, the probes first. */
export const drawPairs = (count: number, render: Render): SentencePair[] => atOnce(drawingPairs(count, render));

/** `drawPairs`, resting now and then. */
export function* drawingPairs(count: number, render: Render): Sliced<SentencePair[]> {
  const random = createRandom(SEED);
  const probes = PROBES.map((clause) => render(clause, renderEnglish(clause)));
  const pairs = new Map(probes.map((pair) => [pair.source.join(' '), pair]));
  while (pairs.size < count) {
    const clause = drawClause(random);
    const english = renderEnglish(clause);
    const key = english.map(({ text }) => text).join(' ');
    // A sixth of all clauses say nothing new or too much, and are not rendered any further.
    if (english.length >= SHORTEST && english.length <= LONGEST && !pairs.has(key)) {
      const pair = render(clause, english);
      if (pair.target.length >= SHORTEST && pair.target.length <= LONGEST_TARGET) pairs.set(key, pair);
    }
    if (pairs.size % SLICE === 0) yield;
  }
  return [...pairs.values()];
}
