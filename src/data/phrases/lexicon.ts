/** The words of the phrases task as ideas: what goes with what. Their forms are in one table for each language. */

export type NounClass =
  | 'person'
  | 'friend'
  | 'animal'
  | 'thing'
  | 'clothing'
  | 'text'
  | 'vehicle'
  | 'food'
  | 'drink'
  | 'furniture'
  | 'building'
  | 'home'
  | 'tree'
  | 'ground';

export interface NounIdea {
  readonly classes: readonly NounClass[];
  /** Only used in the singular. */
  readonly isSingular?: true;
  /** A substance: no plural, and no indefinite article. */
  readonly isMass?: true;
  /** Nobody's: no possessive, no genitive. */
  readonly isFree?: true;
}

export const NOUNS = {
  boy: { classes: ['person'], isFree: true },
  girl: { classes: ['person'], isFree: true },
  man: { classes: ['person'], isFree: true },
  woman: { classes: ['person'], isFree: true },
  child: { classes: ['person'] },
  friend: { classes: ['person', 'friend'] },
  brother: { classes: ['person'] },
  sister: { classes: ['person'] },
  hero: { classes: ['person'], isFree: true },
  cat: { classes: ['animal'] },
  dog: { classes: ['animal'] },
  bird: { classes: ['animal'] },
  horse: { classes: ['animal'] },
  owl: { classes: ['animal'], isFree: true },
  key: { classes: ['thing'] },
  flower: { classes: ['thing'] },
  hat: { classes: ['clothing'] },
  shirt: { classes: ['clothing'] },
  book: { classes: ['text'] },
  letter: { classes: ['text'] },
  newspaper: { classes: ['text'] },
  car: { classes: ['vehicle'] },
  boat: { classes: ['vehicle'] },
  apple: { classes: ['food'] },
  egg: { classes: ['food'] },
  bread: { classes: ['food'], isMass: true },
  meat: { classes: ['food'], isMass: true },
  water: { classes: ['drink'], isMass: true },
  milk: { classes: ['drink'], isMass: true },
  table: { classes: ['furniture'], isSingular: true },
  chair: { classes: ['furniture'], isSingular: true },
  bed: { classes: ['furniture'], isSingular: true },
  house: { classes: ['building', 'home'] },
  school: { classes: ['building'], isSingular: true },
  hotel: { classes: ['building', 'home'] },
  station: { classes: ['building'], isFree: true, isSingular: true },
  church: { classes: ['building'], isFree: true, isSingular: true },
  tree: { classes: ['tree'], isFree: true, isSingular: true },
  garden: { classes: ['ground'], isSingular: true },
  market: { classes: ['ground'], isFree: true, isSingular: true },
  island: { classes: ['ground'], isFree: true, isSingular: true },
} as const satisfies Record<string, NounIdea>;
export type NounKey = keyof typeof NOUNS;
export const NOUN_KEYS = Object.keys(NOUNS) as readonly NounKey[];

export interface AdjectiveIdea {
  /** Nouns that it goes with. */
  readonly of: readonly NounClass[];
  /** Never follows `is`. */
  readonly isAttribute?: true;
  /** Follows another adjective in a pair: `the old black cat`. */
  readonly isSecond?: true;
  /** Comes and goes, so that one can be it often. */
  readonly isPassing?: true;
}

const OBJECTS = ['thing', 'clothing', 'text', 'vehicle', 'furniture'] as const;

export const ADJECTIVES = {
  small: { of: ['person', 'animal', ...OBJECTS, 'building', 'tree', 'ground'] },
  big: { of: ['animal', ...OBJECTS, 'building', 'tree', 'ground'] },
  beautiful: { of: ['person', 'animal', ...OBJECTS, 'building', 'tree', 'ground'] },
  old: { of: ['person', 'animal', ...OBJECTS, 'building', 'tree'] },
  new: { of: [...OBJECTS, 'building', 'friend'], isAttribute: true },
  young: { of: ['person', 'animal'] },
  good: { of: ['friend', 'text', 'food', 'drink'], isAttribute: true },
  red: { of: ['thing', 'clothing', 'vehicle', 'furniture'], isSecond: true },
  black: { of: ['animal', 'thing', 'clothing', 'vehicle', 'furniture'], isSecond: true },
  white: { of: ['animal', 'clothing', 'vehicle', 'building'], isSecond: true },
  green: { of: ['thing', 'clothing', 'vehicle', 'furniture'], isSecond: true },
  brown: { of: ['animal', 'clothing', 'furniture'], isSecond: true },
  french: { of: ['person', 'text', 'vehicle'], isSecond: true },
  heavy: { of: ['thing', 'text', 'furniture'] },
  expensive: { of: ['clothing', 'text', 'vehicle', 'furniture'] },
  interesting: { of: ['person', 'text'] },
  happy: { of: ['person'], isPassing: true },
  sad: { of: ['person'], isPassing: true },
  tired: { of: ['person', 'animal'], isPassing: true },
} as const satisfies Record<string, AdjectiveIdea>;
export type AdjectiveKey = keyof typeof ADJECTIVES;
export const ADJECTIVE_KEYS = Object.keys(ADJECTIVES) as readonly AdjectiveKey[];

export interface VerbIdea {
  readonly subject: readonly NounClass[];
  /** Nouns that it takes as its object; people and animals also as pronouns. */
  readonly object?: readonly NounClass[];
  /** Also has somebody whom something is given to. */
  readonly hasRecipient?: true;
  /** Its objects are known ones: `the`, `my`, `this`. */
  readonly isDefinite?: true;
  /** Where it leads or starts, or what may be added. */
  readonly place?: 'to' | 'from' | 'at' | 'any';
  /** The place has to be named. */
  readonly needsPlace?: true;
  readonly hasPast?: true;
  /** A state: no `going to`, no modal. */
  readonly isStative?: true;
}

const PEOPLE = ['person'] as const;
const ANIMATE = ['person', 'animal'] as const;
const ANYTHING = ['person', 'animal', 'thing', 'clothing', 'text', 'vehicle', 'building', 'tree'] as const;
const GOODS = ['thing', 'clothing', 'text', 'vehicle', 'food'] as const;

export const VERBS = {
  see: { subject: ANIMATE, object: ANYTHING, place: 'any', hasPast: true },
  'look-at': { subject: ANIMATE, object: ANYTHING },
  'look-for': { subject: ANIMATE, object: ['person', 'animal', 'thing', 'text', 'building'], place: 'any' },
  find: { subject: ANIMATE, object: ['person', 'animal', ...GOODS], place: 'any', hasPast: true },
  help: { subject: PEOPLE, object: ANIMATE, hasPast: true },
  know: { subject: PEOPLE, object: ['person', 'building'], isDefinite: true, isStative: true },
  like: { subject: PEOPLE, object: ANYTHING, isDefinite: true, isStative: true },
  have: { subject: PEOPLE, object: ['animal', ...GOODS, 'home'], isStative: true },
  want: { subject: PEOPLE, object: ['animal', ...GOODS, 'drink'], isStative: true },
  need: { subject: PEOPLE, object: ['thing', 'clothing', 'text', 'vehicle'], isDefinite: true, isStative: true },
  buy: { subject: PEOPLE, object: [...GOODS, 'drink', 'home'], place: 'any', hasPast: true },
  take: { subject: PEOPLE, object: GOODS, hasPast: true },
  eat: { subject: ANIMATE, object: ['food'], place: 'any', hasPast: true },
  drink: { subject: ANIMATE, object: ['drink'] },
  read: { subject: PEOPLE, object: ['text'], place: 'any' },
  wash: { subject: PEOPLE, object: ['vehicle', 'clothing', 'animal'] },
  give: {
    subject: PEOPLE,
    object: ['thing', 'clothing', 'text', 'food', 'drink', 'animal'],
    hasRecipient: true,
    hasPast: true,
  },
  'talk-to': { subject: PEOPLE, hasRecipient: true },
  sleep: { subject: ANIMATE, place: 'any' },
  sing: { subject: PEOPLE, place: 'any' },
  go: { subject: ANIMATE, place: 'to', needsPlace: true, hasPast: true },
  come: { subject: ANIMATE, place: 'from', hasPast: true },
  arrive: { subject: PEOPLE, place: 'at', hasPast: true },
  leave: { subject: ANIMATE, hasPast: true },
  fall: { subject: ANIMATE, hasPast: true },
  'wash-oneself': { subject: ANIMATE },
  'get-up': { subject: ANIMATE, hasPast: true },
  rest: { subject: ANIMATE, place: 'any', hasPast: true },
} as const satisfies Record<string, VerbIdea>;
export type VerbKey = keyof typeof VERBS;
export const VERB_KEYS = Object.keys(VERBS) as readonly VerbKey[];

/** Prepositions of place with the nouns that they go with. */
export const PLACES = {
  in: ['garden', 'house', 'school', 'hotel', 'church', 'car', 'boat'],
  on: ['table', 'chair', 'bed', 'island', 'boat'],
  under: ['table', 'bed', 'tree', 'car'],
  behind: ['house', 'school', 'station', 'church', 'tree', 'car'],
  'in-front-of': ['house', 'hotel', 'station', 'church', 'tree', 'car'],
  near: ['house', 'hotel', 'market', 'station', 'church', 'tree', 'garden'],
  at: ['school', 'hotel', 'station', 'market', 'church'],
  to: ['school', 'hotel', 'station', 'market', 'church'],
  from: ['school', 'hotel', 'station', 'market', 'garden', 'church'],
} as const satisfies Record<string, readonly NounKey[]>;
export type PlaceKey = keyof typeof PLACES;

export const STATES = ['hungry', 'thirsty', 'afraid'] as const;
export type StateKey = (typeof STATES)[number];
export const FREQUENCIES = ['often', 'always'] as const;
export type FrequencyKey = (typeof FREQUENCIES)[number];
/** The time words with the tense that each goes with. */
export const TIMES = { today: 'present', now: 'present', yesterday: 'past', tomorrow: 'future' } as const;
export type TimeKey = keyof typeof TIMES;
