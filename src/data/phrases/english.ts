/** Clauses to English tokens, each marked with what it stands for. */

import type { MarkedToken } from './alignment.ts';
import { ENGLISH_PLACES, ENGLISH_VERBS, englishAdjective, englishNoun } from './english-words.ts';
import { type Clause, isPlural, type NounPhrase, type Participant, type Person } from './meaning.ts';

const SUBJECT: Record<Person, string> = { i: 'i', you: 'you', he: 'he', she: 'she', we: 'we', they: 'they' };
const OBJECT: Record<Person, string> = { i: 'me', you: 'you', he: 'him', she: 'her', we: 'us', they: 'them' };

const token = (text: string, mark: string): MarkedToken => ({ text, mark });

/** `a` or `an`; all words of the lexicon with a vowel letter first also sound so. */
const indefinite = (next: string): string => (/^[aeiou]/.test(next) ? 'an' : 'a');

function determiner(phrase: NounPhrase, next: string, isNegated: boolean): string {
  switch (phrase.determiner) {
    case 'a':
      return indefinite(next);
    case 'this':
      return phrase.number === 'plural' ? 'these' : 'this';
    case 'some':
      return isNegated ? 'any' : 'some';
    default:
      return phrase.determiner;
  }
}

function nounPhrase(phrase: NounPhrase, role: string, isNegated: boolean): MarkedToken[] {
  const head = [
    ...phrase.adjectives.map((key, index) => token(englishAdjective(key), `${role}.adjective${index}`)),
    token(englishNoun(phrase.noun, phrase.number === 'plural'), `${role}.noun`),
  ];
  if (phrase.owner)
    return [...nounPhrase(phrase.owner, `${role}.owner`, false), token("'s", `${role}.determiner`), ...head];
  if (phrase.determiner === 'none') return head;
  return [token(determiner(phrase, head[0].text, isNegated), `${role}.determiner`), ...head];
}

function participant(who: Participant, role: string, isNegated = false): MarkedToken[] {
  if (who.kind === 'noun') return nounPhrase(who, role, isNegated);
  return [token(role === 'subject' ? SUBJECT[who.person] : OBJECT[who.person], role)];
}

const isThird = (who: Participant): boolean =>
  who.kind === 'noun' ? !isPlural(who) : who.person === 'he' || who.person === 'she';

function be(who: Participant, isPast: boolean): string {
  const isFirst = who.kind === 'pronoun' && who.person === 'i';
  if (isPast) return isFirst || isThird(who) ? 'was' : 'were';
  if (isFirst) return 'am';
  return isThird(who) ? 'is' : 'are';
}

const NEGATION: Record<NonNullable<Clause['negation']>, MarkedToken[]> = {
  not: [token('not', 'negation')],
  never: [token('never', 'negation')],
  'no-longer': [token('no', 'negation.no'), token('longer', 'negation')],
};

/** The verb in three parts: what a question moves before the subject, what stands between, and the verb itself. */
interface VerbParts {
  readonly operator: readonly MarkedToken[];
  readonly middle: readonly MarkedToken[];
  readonly main: readonly MarkedToken[];
}

function verbParts(clause: Clause): VerbParts {
  const { subject, predicate, tense, modal, negation, question } = clause;
  const middle = [
    ...(negation ? NEGATION[negation] : []),
    ...(clause.frequency ? [token(clause.frequency, 'frequency')] : []),
  ];
  if (predicate.kind !== 'action')
    return { operator: [token(be(subject, tense === 'past'), 'verb')], middle, main: [] };

  const verb = ENGLISH_VERBS[predicate.verb];
  const particle = verb.particle ? [token(verb.particle, 'particle')] : [];
  const base = [token(verb.base, 'verb'), ...particle];
  if (tense === 'future') {
    const goingTo = [token('going', 'going'), token('to', 'to')];
    return { operator: [token(be(subject, false), 'be')], middle: [...middle, ...goingTo], main: base };
  }
  if (modal === 'can' || modal === 'must') return { operator: [token(modal, 'modal')], middle, main: base };

  const support = tense === 'past' ? 'did' : isThird(subject) ? 'does' : 'do';
  const needsSupport = negation === 'not' || question !== null;
  const operator = needsSupport ? [token(support, 'auxiliary')] : [];
  if (modal === 'want') {
    const want = needsSupport || !isThird(subject) ? 'want' : 'wants';
    return { operator, middle: [...middle, token(want, 'modal'), token('to', 'to')], main: base };
  }
  if (needsSupport) return { operator, middle, main: base };
  const finite = tense === 'past' ? (verb.past ?? verb.base) : isThird(subject) ? verb.third : verb.base;
  return { operator, middle, main: [token(finite, 'verb'), ...particle] };
}

/** What follows the verb, but for place, company and time. */
function complements({ predicate, negation }: Clause): MarkedToken[] {
  if (predicate.kind === 'quality') return [token(englishAdjective(predicate.adjective), 'quality')];
  if (predicate.kind === 'state') return [token(predicate.state, 'state')];
  if (predicate.kind !== 'action') return [];
  const { object, recipient } = predicate;
  const direct = object ? participant(object, 'object', negation !== null) : [];
  if (!recipient) return direct;
  const person = participant(recipient, 'recipient');
  // People named by a pronoun come first where something is given to them: gives him a book.
  if (object && recipient.kind === 'pronoun') return [...person, ...direct];
  return [...direct, token('to', 'recipient.to'), ...person];
}

function placeWords({ place }: Clause): MarkedToken[] {
  if (!place) return [];
  const words = ENGLISH_PLACES[place.preposition];
  const main = words.length === 1 ? 0 : 1;
  return [
    ...words.map((word, index) => token(word, index === main ? 'place.preposition' : `place.${word}`)),
    ...participant(place.ground, 'place'),
  ];
}

/** The English sentence of a clause, lower case and without punctuation. */
export function renderEnglish(clause: Clause): MarkedToken[] {
  const { subject, question } = clause;
  const { operator, middle, main } = verbParts(clause);
  const ending = [
    ...complements(clause),
    ...placeWords(clause),
    ...(clause.companion ? [token('with', 'companion.with'), ...participant(clause.companion, 'companion')] : []),
    ...(clause.time ? [token(clause.time, 'time')] : []),
  ];
  if (clause.predicate.kind === 'existence')
    return [
      token('there', 'there'),
      ...operator,
      ...middle,
      ...participant(subject, 'subject', clause.negation !== null),
      ...ending,
    ];
  const who = participant(subject, 'subject');
  if (question === null) return [...who, ...operator, ...middle, ...main, ...ending];
  const asked = question === 'whether' ? [] : [token(question, 'question')];
  return [...asked, ...operator, ...who, ...middle, ...main, ...ending];
}
