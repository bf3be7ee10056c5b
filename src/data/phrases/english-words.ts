/** The English forms of the lexicon. */

import type { AdjectiveKey, NounKey, PlaceKey, VerbKey } from './lexicon.ts';

/** Plurals that are not the singular with an s. */
export const IRREGULAR_PLURALS: Partial<Record<NounKey, string>> = {
  man: 'men',
  woman: 'women',
  child: 'children',
  hero: 'heroes',
};

export interface EnglishVerb {
  readonly base: string;
  readonly third: string;
  readonly past?: string;
  /** Stands between the verb and its object: `look at`, `get up`. */
  readonly particle?: string;
}

export const ENGLISH_VERBS: Record<VerbKey, EnglishVerb> = {
  see: { base: 'see', third: 'sees', past: 'saw' },
  'look-at': { base: 'look', third: 'looks', particle: 'at' },
  'look-for': { base: 'look', third: 'looks', particle: 'for' },
  find: { base: 'find', third: 'finds', past: 'found' },
  help: { base: 'help', third: 'helps', past: 'helped' },
  know: { base: 'know', third: 'knows' },
  like: { base: 'like', third: 'likes' },
  have: { base: 'have', third: 'has' },
  want: { base: 'want', third: 'wants' },
  need: { base: 'need', third: 'needs' },
  buy: { base: 'buy', third: 'buys', past: 'bought' },
  take: { base: 'take', third: 'takes', past: 'took' },
  eat: { base: 'eat', third: 'eats', past: 'ate' },
  drink: { base: 'drink', third: 'drinks' },
  read: { base: 'read', third: 'reads' },
  wash: { base: 'wash', third: 'washes' },
  give: { base: 'give', third: 'gives', past: 'gave' },
  'talk-to': { base: 'talk', third: 'talks' },
  sleep: { base: 'sleep', third: 'sleeps' },
  sing: { base: 'sing', third: 'sings' },
  go: { base: 'go', third: 'goes', past: 'went' },
  come: { base: 'come', third: 'comes', past: 'came' },
  arrive: { base: 'arrive', third: 'arrives', past: 'arrived' },
  leave: { base: 'leave', third: 'leaves', past: 'left' },
  fall: { base: 'fall', third: 'falls', past: 'fell' },
  'wash-oneself': { base: 'wash', third: 'washes' },
  'get-up': { base: 'get', third: 'gets', past: 'got', particle: 'up' },
  rest: { base: 'rest', third: 'rests', past: 'rested' },
};

/** Words of each preposition; the last but `of` is the one that says where. */
export const ENGLISH_PLACES: Record<PlaceKey, readonly string[]> = {
  in: ['in'],
  on: ['on'],
  under: ['under'],
  behind: ['behind'],
  'in-front-of': ['in', 'front', 'of'],
  near: ['near'],
  at: ['at'],
  to: ['to'],
  from: ['from'],
};

/** Adjectives and nouns are spelt as their keys. */
export const englishAdjective = (key: AdjectiveKey): string => key;
export const englishNoun = (key: NounKey, isPlural: boolean): string =>
  isPlural ? (IRREGULAR_PLURALS[key] ?? `${key}s`) : key;
