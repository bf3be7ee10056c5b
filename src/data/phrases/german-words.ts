/** The German forms of the lexicon. Nouns and the polite pronoun keep their capital letters. */

import type { AdjectiveKey, FrequencyKey, NounKey, PlaceKey, StateKey, TimeKey, VerbKey } from './lexicon.ts';
import type { Numeral, Person, Possessive } from './meaning.ts';

export type GermanGender = 'masculine' | 'feminine' | 'neuter';

export interface GermanNoun {
  readonly gender: GermanGender;
  readonly singular: string;
  readonly plural: string;
  /** Takes -(e)n in every case but the nominative: der Junge, den Jungen. */
  readonly isWeak?: true;
  /** Genitive singular, of those that own something. */
  readonly genitive?: string;
}

const noun = (gender: GermanGender, forms: string): GermanNoun => {
  const [singular, plural = singular, genitive] = forms.split(' ');
  return genitive === undefined ? { gender, singular, plural } : { gender, singular, plural, genitive };
};
const m = (forms: string): GermanNoun => noun('masculine', forms);
const f = (forms: string): GermanNoun => noun('feminine', forms);
const n = (forms: string): GermanNoun => noun('neuter', forms);

/** Singular, plural, and the genitive of persons. */
export const GERMAN_NOUNS: Record<NounKey, GermanNoun> = {
  boy: { ...m('Junge Jungen Jungen'), isWeak: true },
  girl: n('Mädchen Mädchen Mädchens'),
  man: m('Mann Männer Mannes'),
  woman: f('Frau Frauen Frau'),
  child: n('Kind Kinder Kindes'),
  friend: m('Freund Freunde Freundes'),
  brother: m('Bruder Brüder Bruders'),
  sister: f('Schwester Schwestern Schwester'),
  hero: { ...m('Held Helden Helden'), isWeak: true },
  cat: f('Katze Katzen'),
  dog: m('Hund Hunde'),
  bird: m('Vogel Vögel'),
  horse: n('Pferd Pferde'),
  owl: f('Eule Eulen'),
  key: m('Schlüssel Schlüssel'),
  flower: f('Blume Blumen'),
  hat: m('Hut Hüte'),
  shirt: n('Hemd Hemden'),
  book: n('Buch Bücher'),
  letter: m('Brief Briefe'),
  newspaper: f('Zeitung Zeitungen'),
  car: n('Auto Autos'),
  boat: n('Boot Boote'),
  apple: m('Apfel Äpfel'),
  egg: n('Ei Eier'),
  bread: n('Brot'),
  meat: n('Fleisch'),
  water: n('Wasser'),
  milk: f('Milch'),
  table: m('Tisch'),
  chair: m('Stuhl'),
  bed: n('Bett'),
  house: n('Haus Häuser'),
  school: f('Schule'),
  hotel: n('Hotel Hotels'),
  station: m('Bahnhof'),
  church: f('Kirche'),
  tree: m('Baum'),
  garden: m('Garten'),
  market: m('Markt'),
  island: f('Insel'),
};

/** The stem that endings are put to, and the form after `ist` where it is another. */
export const GERMAN_ADJECTIVES: Record<AdjectiveKey, { readonly stem: string; readonly plain?: string }> = {
  small: { stem: 'klein' },
  big: { stem: 'groß' },
  beautiful: { stem: 'schön' },
  old: { stem: 'alt' },
  new: { stem: 'neu' },
  young: { stem: 'jung' },
  good: { stem: 'gut' },
  red: { stem: 'rot' },
  black: { stem: 'schwarz' },
  white: { stem: 'weiß' },
  green: { stem: 'grün' },
  brown: { stem: 'braun' },
  french: { stem: 'französisch' },
  heavy: { stem: 'schwer' },
  expensive: { stem: 'teur', plain: 'teuer' },
  interesting: { stem: 'interessant' },
  happy: { stem: 'glücklich' },
  sad: { stem: 'traurig' },
  tired: { stem: 'müd', plain: 'müde' },
};

export interface GermanVerb {
  /** Without its separable prefix. */
  readonly infinitive: string;
  /** With ich, er, and the plural persons and Sie. */
  readonly present: readonly string[];
  /** Without its separable prefix. */
  readonly participle: string;
  /** Stands at the end, joined to what stands there: sieht an, ansehen. */
  readonly prefix?: string;
  /** Takes sein in the perfect. */
  readonly hasSein?: true;
  readonly isReflexive?: true;
  /** Its object is in the dative: jemandem helfen. */
  readonly takesDative?: true;
}

const verb = (present: string, participle: string, rest: Partial<GermanVerb> = {}): GermanVerb => {
  const forms = present.split(' ');
  // The infinitive is the form of the plural persons.
  return { infinitive: forms[2], present: forms, participle, ...rest };
};
const HABEN = verb('habe hat haben', 'gehabt');

export const GERMAN_VERBS: Record<VerbKey, GermanVerb> = {
  see: verb('sehe sieht sehen', 'gesehen'),
  'look-at': verb('sehe sieht sehen', 'gesehen', { prefix: 'an' }),
  'look-for': verb('suche sucht suchen', 'gesucht'),
  find: verb('finde findet finden', 'gefunden'),
  help: verb('helfe hilft helfen', 'geholfen', { takesDative: true }),
  know: verb('kenne kennt kennen', 'gekannt'),
  like: verb('mag mag mögen', 'gemocht'),
  have: HABEN,
  want: verb('will will wollen', 'gewollt'),
  need: verb('brauche braucht brauchen', 'gebraucht'),
  buy: verb('kaufe kauft kaufen', 'gekauft'),
  take: verb('nehme nimmt nehmen', 'genommen'),
  eat: verb('esse isst essen', 'gegessen'),
  drink: verb('trinke trinkt trinken', 'getrunken'),
  read: verb('lese liest lesen', 'gelesen'),
  wash: verb('wasche wäscht waschen', 'gewaschen'),
  give: verb('gebe gibt geben', 'gegeben'),
  'talk-to': verb('spreche spricht sprechen', 'gesprochen'),
  sleep: verb('schlafe schläft schlafen', 'geschlafen'),
  sing: verb('singe singt singen', 'gesungen'),
  go: verb('gehe geht gehen', 'gegangen', { hasSein: true }),
  come: verb('komme kommt kommen', 'gekommen', { hasSein: true }),
  arrive: verb('komme kommt kommen', 'gekommen', { prefix: 'an', hasSein: true }),
  leave: verb('gehe geht gehen', 'gegangen', { prefix: 'weg', hasSein: true }),
  fall: verb('falle fällt fallen', 'gefallen', { prefix: 'hin', hasSein: true }),
  'wash-oneself': verb('wasche wäscht waschen', 'gewaschen', { isReflexive: true }),
  'get-up': verb('stehe steht stehen', 'gestanden', { prefix: 'auf', hasSein: true }),
  rest: verb('ruhe ruht ruhen', 'geruht', { prefix: 'aus', isReflexive: true }),
};
/** What animals do when people eat. */
export const FRESSEN = verb('fresse frisst fressen', 'gefressen');

/** With ich, er, and the plural persons and Sie. */
export const HABEN_PRESENT = HABEN.present;
export const SEIN_PRESENT = 'bin ist sind'.split(' ');
export const SEIN_PAST = 'war war waren'.split(' ');
export const WERDEN = 'werde wird werden'.split(' ');
export const GERMAN_MODALS = {
  can: 'kann kann können'.split(' '),
  must: 'muss muss müssen'.split(' '),
  want: 'will will wollen'.split(' '),
} as const;

/** Nominative, accusative, dative. */
export const GERMAN_PRONOUNS: Record<Person, readonly [string, string, string]> = {
  i: ['ich', 'mich', 'mir'],
  you: ['Sie', 'Sie', 'Ihnen'],
  he: ['er', 'ihn', 'ihm'],
  she: ['sie', 'sie', 'ihr'],
  we: ['wir', 'uns', 'uns'],
  they: ['sie', 'sie', 'ihnen'],
};
export const GERMAN_REFLEXIVE: Record<Person, string> = {
  i: 'mich',
  you: 'sich',
  he: 'sich',
  she: 'sich',
  we: 'uns',
  they: 'sich',
};
export const GERMAN_POSSESSIVES: Record<Possessive, string> = {
  my: 'mein',
  your: 'Ihr',
  his: 'sein',
  her: 'ihr',
  our: 'unser',
  their: 'ihr',
};
export const GERMAN_NUMERALS: Record<Numeral, string> = { two: 'zwei', three: 'drei' };

/** All with the dative: nobody is sent anywhere but with zu. */
const PREPOSITIONS: Record<PlaceKey, string> = {
  in: 'in',
  on: 'auf',
  under: 'unter',
  behind: 'hinter',
  'in-front-of': 'vor',
  near: 'bei',
  at: 'in',
  to: 'zu',
  from: 'aus',
};
/** Nouns that ask for a preposition of their own. */
const OWN_PREPOSITIONS: Partial<Record<PlaceKey, Partial<Record<NounKey, string>>>> = {
  at: { station: 'an', market: 'auf' },
  from: { station: 'von', market: 'von' },
};
export const germanPreposition = (place: PlaceKey, ground: NounKey): string =>
  OWN_PREPOSITIONS[place]?.[ground] ?? PREPOSITIONS[place];
export const GERMAN_CONTRACTIONS: Readonly<Record<string, string>> = {
  'in dem': 'im',
  'an dem': 'am',
  'von dem': 'vom',
  'zu dem': 'zum',
  'zu der': 'zur',
  'bei dem': 'beim',
};

/** What one has who is hungry, thirsty or afraid, with its gender. */
export const GERMAN_STATES: Record<StateKey, readonly [string, GermanGender]> = {
  hungry: ['Hunger', 'masculine'],
  thirsty: ['Durst', 'masculine'],
  afraid: ['Angst', 'feminine'],
};
export const GERMAN_FREQUENCIES: Record<FrequencyKey, string> = { often: 'oft', always: 'immer' };
export const GERMAN_TIMES: Record<TimeKey, string> = {
  today: 'heute',
  now: 'jetzt',
  yesterday: 'gestern',
  tomorrow: 'morgen',
};
export const GERMAN_QUESTIONS = { where: 'wo', when: 'wann', why: 'warum' } as const;
