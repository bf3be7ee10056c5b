/** What a sentence says, before any language puts it into words; every language renders the same clauses. */

import type { AdjectiveKey, FrequencyKey, NounKey, PlaceKey, StateKey, TimeKey, VerbKey } from './lexicon.ts';

export type GrammaticalNumber = 'singular' | 'plural';

/** Speakers and `you` are one polite man, `they` are men or mixed: where a language has to choose, it takes these. */
export type Person = 'i' | 'you' | 'he' | 'she' | 'we' | 'they';

export interface Pronoun {
  readonly kind: 'pronoun';
  readonly person: Person;
}

export type Possessive = 'my' | 'your' | 'his' | 'her' | 'our' | 'their';
export type Numeral = 'two' | 'three';

/** `none` is a plural or a substance without an article (`she drinks water`); `owner` is a genitive (`my brother's`). */
export type Determiner = Possessive | Numeral | 'the' | 'a' | 'this' | 'some' | 'none' | 'many' | 'every' | 'owner';

export interface NounPhrase {
  readonly kind: 'noun';
  readonly noun: NounKey;
  readonly number: GrammaticalNumber;
  readonly determiner: Determiner;
  readonly adjectives: readonly AdjectiveKey[];
  /** Set with the determiner `owner`. */
  readonly owner: NounPhrase | null;
}

export type Participant = NounPhrase | Pronoun;

export type Predicate =
  | {
      readonly kind: 'action';
      readonly verb: VerbKey;
      readonly object: Participant | null;
      /** Who is given something or talked to. */
      readonly recipient: Participant | null;
    }
  /** The subject is tired. */
  | { readonly kind: 'quality'; readonly adjective: AdjectiveKey }
  /** The subject is hungry. */
  | { readonly kind: 'state'; readonly state: StateKey }
  /** The subject is in the place of the clause. */
  | { readonly kind: 'location' }
  /** There is the subject. */
  | { readonly kind: 'existence' };

export interface Place {
  readonly preposition: PlaceKey;
  readonly ground: NounPhrase;
}

export interface Clause {
  readonly subject: Participant;
  readonly predicate: Predicate;
  readonly tense: 'present' | 'past' | 'future';
  readonly modal: 'can' | 'must' | 'want' | null;
  readonly negation: 'not' | 'never' | 'no-longer' | null;
  readonly question: 'whether' | 'where' | 'when' | 'why' | null;
  readonly frequency: FrequencyKey | null;
  readonly place: Place | null;
  readonly companion: Participant | null;
  readonly time: TimeKey | null;
}

/** Grammatical number of a subject, as its verb sees it. */
export const isPlural = (participant: Participant): boolean =>
  participant.kind === 'noun'
    ? participant.number === 'plural'
    : participant.person === 'we' || participant.person === 'they';
