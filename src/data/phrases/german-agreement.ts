/** German agreement: the forms that case, gender and number ask for. */

import { GERMAN_ADJECTIVES, GERMAN_NOUNS, type GermanGender } from './german-words.ts';
import type { AdjectiveKey, NounKey } from './lexicon.ts';
import { type GrammaticalNumber, isPlural, type Participant } from './meaning.ts';

export type Case = 'nominative' | 'accusative' | 'dative' | 'genitive';

export interface GermanFeatures {
  readonly gender: GermanGender;
  readonly number: GrammaticalNumber;
  readonly case: Case;
}

/** One form for each of masculine, feminine, neuter and plural. */
type Row = readonly [string, string, string, string];
type Table = Readonly<Record<Case, Row>>;

const column = ({ gender, number }: GermanFeatures): number =>
  number === 'plural' ? 3 : { masculine: 0, feminine: 1, neuter: 2 }[gender];
const pick = (table: Table, features: GermanFeatures): string => table[features.case][column(features)];

const ARTICLES: Table = {
  nominative: ['der', 'die', 'das', 'die'],
  accusative: ['den', 'die', 'das', 'die'],
  dative: ['dem', 'der', 'dem', 'den'],
  genitive: ['des', 'der', 'des', 'der'],
};
/** Endings of dieser and jeder. */
const DER_ENDINGS: Table = {
  nominative: ['er', 'e', 'es', 'e'],
  accusative: ['en', 'e', 'es', 'e'],
  dative: ['em', 'er', 'em', 'en'],
  genitive: ['es', 'er', 'es', 'er'],
};
/** Endings of ein, kein and the possessives. */
const EIN_ENDINGS: Table = {
  nominative: ['', 'e', '', 'e'],
  accusative: ['en', 'e', '', 'e'],
  dative: ['em', 'er', 'em', 'en'],
  genitive: ['es', 'er', 'es', 'er'],
};

/** How an adjective is declined: after der, after ein, or after nothing that shows the case. */
export type Declension = 'weak' | 'mixed' | 'strong';

const ADJECTIVE_ENDINGS: Readonly<Record<Declension, Table>> = {
  weak: {
    nominative: ['e', 'e', 'e', 'en'],
    accusative: ['en', 'e', 'e', 'en'],
    dative: ['en', 'en', 'en', 'en'],
    genitive: ['en', 'en', 'en', 'en'],
  },
  mixed: {
    nominative: ['er', 'e', 'es', 'en'],
    accusative: ['en', 'e', 'es', 'en'],
    dative: ['en', 'en', 'en', 'en'],
    genitive: ['en', 'en', 'en', 'en'],
  },
  strong: {
    nominative: ['er', 'e', 'es', 'e'],
    accusative: ['en', 'e', 'es', 'e'],
    dative: ['em', 'er', 'em', 'en'],
    genitive: ['en', 'er', 'en', 'er'],
  },
};

export const agreeArticle = (features: GermanFeatures): string => pick(ARTICLES, features);
/** dieser, jeder: a stem with the endings of der. */
export const agreeDer = (stem: string, features: GermanFeatures): string => stem + pick(DER_ENDINGS, features);
/** ein, kein, mein: a stem with the endings of ein. */
export const agreeEin = (stem: string, features: GermanFeatures): string => stem + pick(EIN_ENDINGS, features);

export const agreeGermanAdjective = (key: AdjectiveKey, declension: Declension, features: GermanFeatures): string =>
  GERMAN_ADJECTIVES[key].stem + pick(ADJECTIVE_ENDINGS[declension], features);

/** -n in the dative plural, but after n and s; -n of the weak nouns; the genitive of persons. */
export function agreeGermanNoun(key: NounKey, { number, case: grammaticalCase }: GermanFeatures): string {
  const { singular, plural, isWeak, genitive } = GERMAN_NOUNS[key];
  if (number === 'plural') return grammaticalCase === 'dative' && !/[ns]$/.test(plural) ? `${plural}n` : plural;
  if (grammaticalCase === 'genitive') return genitive ?? singular;
  return isWeak && grammaticalCase !== 'nominative' ? plural : singular;
}

/** The place of a subject's form in a row of ich, er, and the plural persons and Sie. */
export function germanPersonIndex(who: Participant): number {
  if (who.kind === 'noun') return isPlural(who) ? 2 : 1;
  return { i: 0, he: 1, she: 1, we: 2, you: 2, they: 2 }[who.person];
}
