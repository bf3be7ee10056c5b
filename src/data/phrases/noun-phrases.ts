/** Draws noun phrases that make sense: fitting adjectives, determiners that the place in the sentence allows. */

import type { Random } from '../../lib/random.ts';
import {
  ADJECTIVE_KEYS,
  ADJECTIVES,
  type AdjectiveIdea,
  type AdjectiveKey,
  NOUN_KEYS,
  NOUNS,
  type NounClass,
  type NounIdea,
  type NounKey,
} from './lexicon.ts';
import type { Determiner, NounPhrase, Participant, Person } from './meaning.ts';

/** Draws a key by weight. */
export function weighted<K extends string>(random: Random, weights: Readonly<Partial<Record<K, number>>>): K {
  let total = 0;
  for (const key in weights) total += weights[key] ?? 0;
  let left = random.uniform() * total;
  let chosen: K | undefined;
  for (const key in weights) {
    if (left < 0) break;
    left -= weights[key] ?? 0;
    chosen = key;
  }
  if (chosen === undefined) throw new RangeError('weighted: expected at least one key');
  return chosen;
}

const idea = (key: NounKey): NounIdea => NOUNS[key];

export const belongsTo = (key: NounKey, classes: readonly NounClass[]): boolean =>
  idea(key).classes.some((own) => classes.includes(own));

/** Whether an adjective goes with a noun. */
export const suits = (adjective: AdjectiveKey, noun: NounKey): boolean => belongsTo(noun, ADJECTIVES[adjective].of);

const POSSESSIVES = { my: 1, your: 0.6, his: 0.8, her: 0.8, our: 0.5, their: 0.5 } as const;

/** Which determiners a noun phrase may have. */
export interface DeterminerRules {
  /** The, this, possessives only. */
  readonly isDefinite?: boolean;
  /** None of those. */
  readonly isIndefinite?: boolean;
  /** Every, many and numerals are left out, as under a negation. */
  readonly isPlain?: boolean;
  /** A phrase without any article: objects only, `she drinks water`. */
  readonly allowsNone?: boolean;
}

type DeterminerWeights = Partial<Record<Determiner, number>>;

function determinerWeights(noun: NounKey, isPlural: boolean, rules: DeterminerRules): DeterminerWeights {
  const isMass = idea(noun).isMass === true;
  const isOpen = !rules.isDefinite;
  const quantity = isOpen && !rules.isPlain && !isMass;
  return {
    ...(rules.isIndefinite ? {} : { the: 5, this: 1.2, ...(idea(noun).isFree ? {} : POSSESSIVES) }),
    ...(isOpen && !isPlural && !isMass ? { a: 3.5 } : {}),
    ...(rules.allowsNone && isOpen && (isPlural || isMass) ? { some: 2, none: 2 } : {}),
    ...(quantity && isPlural ? { two: 0.8, three: 0.8, many: 0.8 } : {}),
    ...(quantity && !isPlural && !rules.allowsNone ? { every: 0.6 } : {}),
  };
}

/** The weights of each situation, made once: they are asked for with every noun. */
const knownWeights = new Map<string, DeterminerWeights>();

function determinerFor(random: Random, noun: NounKey, isPlural: boolean, rules: DeterminerRules): Determiner {
  const { isDefinite, isIndefinite, isPlain, allowsNone } = rules;
  const situation = `${noun} ${isPlural} ${isDefinite} ${isIndefinite} ${isPlain} ${allowsNone}`;
  let weights = knownWeights.get(situation);
  if (!weights) {
    weights = determinerWeights(noun, isPlural, rules);
    knownWeights.set(situation, weights);
  }
  return weighted<Determiner>(random, weights);
}

/** The adjectives that may stand with each noun, and those of them that may be the second of two. */
const ATTRIBUTES = new Map(
  NOUN_KEYS.map((noun) => {
    const firsts = ADJECTIVE_KEYS.filter((key) => suits(key, noun));
    return [noun, { firsts, seconds: firsts.filter((key) => (ADJECTIVES[key] as AdjectiveIdea).isSecond) }];
  }),
);

/** None, one or two adjectives; of two, the second is a colour or an origin. */
function adjectivesFor(random: Random, noun: NounKey, most: number): AdjectiveKey[] {
  const draw = random.uniform();
  const count = Math.min(most, draw < 0.5 ? 0 : draw < 0.9 ? 1 : 2);
  const { firsts, seconds } = ATTRIBUTES.get(noun) ?? { firsts: [], seconds: [] };
  if (count === 0 || firsts.length === 0) return [];
  const first = random.pick(firsts);
  return count === 2 && !seconds.includes(first) && seconds.length > 0 ? [first, random.pick(seconds)] : [first];
}

export interface NounPhraseRules extends DeterminerRules {
  readonly mostAdjectives?: number;
  readonly isSingular?: boolean;
  /** May belong to somebody: my brother's car. */
  readonly allowsOwner?: boolean;
}

/** A noun phrase around one of the nouns. */
export function drawNounPhrase(random: Random, nouns: readonly NounKey[], rules: NounPhraseRules = {}): NounPhrase {
  const noun = random.pick(nouns);
  const isFixed = rules.isSingular || idea(noun).isSingular || idea(noun).isMass;
  const number = !isFixed && random.uniform() < 0.35 ? 'plural' : 'singular';
  const isOwned = rules.allowsOwner === true && !idea(noun).isFree && random.uniform() < 0.12;
  return {
    kind: 'noun',
    noun,
    number,
    determiner: isOwned ? 'owner' : determinerFor(random, noun, number === 'plural', rules),
    adjectives: adjectivesFor(random, noun, isOwned ? 1 : (rules.mostAdjectives ?? 2)),
    owner: isOwned ? drawOwner(random) : null,
  };
}

function drawOwner(random: Random): NounPhrase {
  return drawNounPhrase(random, nounsOf(['person']), { isDefinite: true, isSingular: true, mostAdjectives: 0 });
}

const found = new Map<string, readonly NounKey[]>();

/** The nouns of any of the classes. */
export function nounsOf(classes: readonly NounClass[]): readonly NounKey[] {
  const name = classes.join();
  const nouns = found.get(name) ?? NOUN_KEYS.filter((key) => belongsTo(key, classes));
  found.set(name, nouns);
  return nouns;
}

const PERSONS: readonly Person[] = ['i', 'you', 'he', 'she', 'we', 'they'];

/** Persons who would be named twice: I see us, we see me, you see you. He who sees him sees another. */
const SAME: Partial<Record<Person, readonly Person[]>> = { i: ['i', 'we'], we: ['i', 'we'], you: ['you'] };

/** A pronoun for another one than `other`. */
export function drawPronoun(random: Random, other: Participant | null = null): Participant {
  const excluded = other?.kind === 'pronoun' ? (SAME[other.person] ?? []) : [];
  for (;;) {
    const person = random.pick(PERSONS);
    if (!excluded.includes(person)) return { kind: 'pronoun', person };
  }
}
