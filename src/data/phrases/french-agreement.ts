/** French agreement: the forms that gender, number and the next word ask for. */

import { ASPIRATED, FRENCH_ADJECTIVES, FRENCH_NOUNS, type Gender, POSSESSIVES } from './french-words.ts';
import type { AdjectiveKey, NounKey } from './lexicon.ts';
import { type GrammaticalNumber, isPlural, type Participant, type Possessive } from './meaning.ts';

export interface Features {
  readonly gender: Gender;
  readonly number: GrammaticalNumber;
}

/** Gender and number of a participant; `je` and `vous` are one man, `nous` and `ils` several. */
export function featuresOf(who: Participant): Features {
  const isFeminine = who.kind === 'noun' ? FRENCH_NOUNS[who.noun].gender === 'feminine' : who.person === 'she';
  return { gender: isFeminine ? 'feminine' : 'masculine', number: isPlural(who) ? 'plural' : 'singular' };
}

/** The place of a subject's form in a row of je, il, nous, vous, ils. */
export function personIndex(who: Participant): number {
  if (who.kind === 'noun') return isPlural(who) ? 4 : 1;
  return { i: 0, he: 1, she: 1, we: 2, you: 3, they: 4 }[who.person];
}

/** Whether a word makes the one before it drop or change its end: a vowel, a mute h, or the pronoun y. */
export const isVocalic = (word: string): boolean => /^[aeiouhyàâéèêëîïôûùœæ]/.test(word) && !ASPIRATED.has(word);

/** Feminine and plural endings of a participle: -e, -s, -es; one in -s has no other -s. */
export function agreeParticiple(participle: string, { gender, number }: Features): string {
  const form = gender === 'feminine' ? `${participle}e` : participle;
  return number === 'plural' && !form.endsWith('s') ? `${form}s` : form;
}

/** An adjective's form; `next` is the word after it where it stands before its noun. */
export function agreeAdjective(key: AdjectiveKey, { gender, number }: Features, next: string | null): string {
  const adjective = FRENCH_ADJECTIVES[key];
  if (adjective.isInvariable) return adjective.masculine;
  if (gender === 'feminine') {
    const feminine = adjective.feminine ?? `${adjective.masculine}e`;
    return number === 'plural' ? `${feminine}s` : feminine;
  }
  if (number === 'plural') return adjective.plural ?? `${adjective.masculine}s`;
  return next !== null && isVocalic(next) ? (adjective.beforeVowel ?? adjective.masculine) : adjective.masculine;
}

export function agreeNoun(key: NounKey, number: GrammaticalNumber): string {
  const { singular, plural } = FRENCH_NOUNS[key];
  return number === 'plural' ? (plural ?? `${singular}s`) : singular;
}

/** mon, ma, mes; a feminine singular before a vowel takes the masculine form: mon amie, son île. */
export function agreePossessive(key: Possessive, { gender, number }: Features, next: string): string {
  const [masculine, feminine, plural] = POSSESSIVES[key];
  if (number === 'plural') return plural;
  return gender === 'feminine' && !isVocalic(next) ? feminine : masculine;
}

/** ce, cet, cette, ces. */
export function agreeDemonstrative({ gender, number }: Features, next: string): string {
  if (number === 'plural') return 'ces';
  if (gender === 'feminine') return 'cette';
  return isVocalic(next) ? 'cet' : 'ce';
}
