/** How number words of a language are cut into tokens and put together again. */

import { toCardinal as arabic } from 'n2words/ar-SA';
import { toCardinal as german } from 'n2words/de-DE';
import { toCardinal as english } from 'n2words/en-US';
import { toCardinal as french } from 'n2words/fr-FR';
import { toCardinal as turkish } from 'n2words/tr-TR';

/** The numbers of the task are below this. */
export const NUMBER_COUNT = 10_000;

export interface NumberLanguage {
  /** BCP 47. */
  readonly language: string;
  /** The tokens of a whole number from 0 to 9,999. */
  split(value: number): string[];
  /** Tokens in the standard spelling. */
  join(tokens: readonly string[]): string;
}

const isOneOf = (words: string): ((word: string) => boolean) => {
  const set = new Set(words.split(' '));
  return (word) => set.has(word);
};

/** Joins with spaces, but for the pairs of neighbours that something else stands between. */
const joinWith =
  (between: (left: string, right: string) => string) =>
  (tokens: readonly string[]): string =>
    tokens.reduce((text, word, index) => (index === 0 ? word : text + between(tokens[index - 1], word) + word), '');

const isFrenchTen = isOneOf('vingt trente quarante cinquante soixante');
const isFrenchBelowTwenty = isOneOf(
  'un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize',
);

/**
 * The spelling before 1990, whose hyphens stand within a number below one hundred, except around `et`: `quatre-vingt-dix-sept`,
 * `vingt et un`.
 */
export const FRENCH: NumberLanguage = {
  language: 'fr',
  split: (value) => french(value).split(/[ -]/),
  join: joinWith((left, right) => {
    const isHyphenated =
      (left === 'quatre' && /^vingts?$/.test(right)) ||
      (left === 'dix' && /^(sept|huit|neuf)$/.test(right)) ||
      (isFrenchTen(left) && isFrenchBelowTwenty(right));
    return isHyphenated ? '-' : ' ';
  }),
};

const isEnglishTen = isOneOf('twenty thirty forty fifty sixty seventy eighty ninety');
const isEnglishDigit = isOneOf('one two three four five six seven eight nine');

/** American: `three hundred forty-two`, without `and`. */
export const ENGLISH: NumberLanguage = {
  language: 'en',
  split: (value) => english(value).split(/[ -]/),
  join: joinWith((left, right) => (isEnglishTen(left) && isEnglishDigit(right) ? '-' : ' ')),
};

/** The parts of German numbers; 13 to 19 are one part each, for 16 and 17 shorten their digit. */
const GERMAN_PARTS = new RegExp(
  [
    'dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn',
    'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend',
    'eins ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf null und',
  ]
    .join(' ')
    .replaceAll(' ', '|'),
  'gu',
);

/** One unbroken word, cut where its parts meet: `drei·hundert·zwei·und·vierzig`. */
export const GERMAN: NumberLanguage = {
  language: 'de',
  split: (value) => [...(german(value).match(GERMAN_PARTS) ?? [])],
  join: (tokens) => tokens.join(''),
};

const AND = 'و';
/** Words that begin some number, with their own first letter: واحد begins with the letter of `and`. */
const ARABIC_FIRST_WORDS = new Set(Array.from({ length: NUMBER_COUNT }, (_, value) => arabic(value).split(' ')[0]));

/** `And` is written together with the word after it, and is a token of its own. */
export const ARABIC: NumberLanguage = {
  language: 'ar',
  split: (value) =>
    arabic(value)
      .split(' ')
      .flatMap((word) =>
        word.startsWith(AND) && ARABIC_FIRST_WORDS.has(word.slice(AND.length)) ? [AND, word.slice(AND.length)] : [word],
      ),
  join: joinWith((left) => (left === AND ? '' : ' ')),
};

export const TURKISH: NumberLanguage = {
  language: 'tr',
  split: (value) => turkish(value).split(' '),
  join: joinWith(() => ' '),
};
