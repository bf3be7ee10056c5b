/** Clauses to French tokens, each with the parts of the English sentence that it renders. */

import type { LinkedToken } from './alignment.ts';
import {
  agreeAdjective,
  agreeDemonstrative,
  agreeNoun,
  agreeParticiple,
  agreePossessive,
  featuresOf,
  personIndex,
} from './french-agreement.ts';
import { type FrenchWord, joinFrench } from './french-contact.ts';
import {
  ALLER_PRESENT,
  AVOIR_PRESENT,
  DIRECT,
  ETRE_IMPERFECT,
  ETRE_PRESENT,
  FRENCH_ADJECTIVES,
  FRENCH_FREQUENCIES,
  FRENCH_PLACES,
  FRENCH_STATES,
  FRENCH_TIMES,
  FRENCH_VERBS,
  INDIRECT,
  MODALS,
  NEGATIONS,
  NUMERALS,
  QUESTIONS,
  REFLEXIVE,
  SUBJECTS,
  TONIC,
} from './french-words.ts';
import { NOUNS } from './lexicon.ts';
import type { Clause, NounPhrase, Participant, Place } from './meaning.ts';

const word = (text: string, ...marks: string[]): FrenchWord => ({ text, marks });

/** The definite article in front of `next`; the marks after the first are possible. */
function article({ gender, number }: ReturnType<typeof featuresOf>, ...marks: string[]): FrenchWord {
  const text = number === 'plural' ? 'les' : gender === 'feminine' ? 'la' : 'le';
  return { text, marks, isArticle: true };
}

/** The article of an unknown quantity: un, des, du; after a negated verb, and before an adjective in the plural, de. */
function indefinite(phrase: NounPhrase, role: string, isNegated: boolean): FrenchWord[] {
  // Without an English word to render, it goes with its noun.
  const noun = `${role}.noun`;
  const mark = phrase.determiner === 'none' ? noun : `${role}.determiner`;
  if (isNegated) return [word('de', mark)];
  if ('isMass' in NOUNS[phrase.noun]) return [word('de', mark), article(featuresOf(phrase), mark, noun)];
  if (phrase.number === 'singular') return [word(featuresOf(phrase).gender === 'feminine' ? 'une' : 'un', mark, noun)];
  return [word(phrase.adjectives.some((key) => FRENCH_ADJECTIVES[key].isBefore) ? 'de' : 'des', mark, noun)];
}

/** What agrees with the noun is possibly aligned to it as well: nothing else says whether it is le or la, mon or ma. */
function determiner(phrase: NounPhrase, role: string, next: string, isNegated: boolean): FrenchWord[] {
  const features = featuresOf(phrase);
  const mark = `${role}.determiner`;
  const noun = `${role}.noun`;
  switch (phrase.determiner) {
    case 'the':
    case 'owner':
      return [article(features, mark, noun)];
    case 'a':
    case 'some':
    case 'none':
      return indefinite(phrase, role, isNegated);
    case 'this':
      return [word(agreeDemonstrative(features, next), mark, noun)];
    case 'many':
      return [word('beaucoup', mark), word('de', mark)];
    case 'every':
      return [word('chaque', mark)];
    case 'two':
    case 'three':
      return [word(NUMERALS[phrase.determiner], mark)];
    default:
      return [word(agreePossessive(phrase.determiner, features, next), mark, noun)];
  }
}

function nounPhrase(phrase: NounPhrase, role: string, isNegated: boolean): FrenchWord[] {
  const features = featuresOf(phrase);
  const noun = word(agreeNoun(phrase.noun, phrase.number), `${role}.noun`);
  const before: FrenchWord[] = [];
  const after: FrenchWord[] = [];
  // From the noun outwards, so that an adjective before it knows its next word.
  for (let index = phrase.adjectives.length - 1; index >= 0; index--) {
    const key = phrase.adjectives[index];
    const mark = `${role}.adjective${index}`;
    if (FRENCH_ADJECTIVES[key].isBefore) {
      before.unshift(word(agreeAdjective(key, features, (before[0] ?? noun).text), mark));
    } else after.push(word(agreeAdjective(key, features, null), mark));
  }
  const owner = phrase.owner
    ? [word('de', `${role}.determiner`), ...nounPhrase(phrase.owner, `${role}.owner`, false)]
    : [];
  const next = (before[0] ?? noun).text;
  return [...determiner(phrase, role, next, isNegated), ...before, noun, ...after, ...owner];
}

/** A participant after a preposition. */
function tonic(who: Participant, role: string): FrenchWord[] {
  return who.kind === 'pronoun' ? [word(TONIC[who.person], role)] : nounPhrase(who, role, false);
}

function subjectWords(who: Participant): FrenchWord[] {
  return who.kind === 'pronoun' ? [word(SUBJECTS[who.person], 'subject')] : nounPhrase(who, 'subject', false);
}

/** The verb complex: the finite verb, what follows its negation, and the pronoun before the one that governs it. */
interface VerbComplex {
  readonly finite: FrenchWord;
  readonly nonFinite: readonly FrenchWord[];
  readonly clitic: FrenchWord | null;
  /** The clitic stands before the infinitive: il veut le voir. */
  readonly isCliticInside: boolean;
}

type Action = Extract<Clause['predicate'], { kind: 'action' }>;

/** A pronoun before the verb: reflexive, direct or indirect object; no clause has two. */
function cliticOf({ subject }: Clause, { verb, object, recipient }: Action): FrenchWord | null {
  if (FRENCH_VERBS[verb].isReflexive)
    return word(subject.kind === 'pronoun' ? REFLEXIVE[subject.person] : 'se', 'verb');
  if (object?.kind === 'pronoun') return word(DIRECT[object.person], 'object');
  if (recipient?.kind === 'pronoun') return word(INDIRECT[recipient.person], 'recipient', 'recipient.to');
  return null;
}

function actionComplex(clause: Clause, action: Action): VerbComplex {
  const verb = FRENCH_VERBS[action.verb];
  const person = personIndex(clause.subject);
  const clitic = cliticOf(clause, action);
  const verbMarks = ['verb', 'particle'];
  if (clause.tense === 'past') {
    const hasEtre = verb.hasEtre === true || verb.isReflexive === true;
    // With être the participle agrees with the subject, with avoir with a direct object that stands before it.
    const agreesWith = hasEtre ? clause.subject : action.object?.kind === 'pronoun' ? action.object : null;
    const participle = agreesWith ? agreeParticiple(verb.participle, featuresOf(agreesWith)) : verb.participle;
    return {
      finite: word((hasEtre ? ETRE_PRESENT : AVOIR_PRESENT)[person], 'auxiliary', 'verb'),
      nonFinite: [word(participle, ...verbMarks, 'auxiliary')],
      clitic,
      isCliticInside: false,
    };
  }
  const infinitive = word(verb.infinitive, ...verbMarks, 'to');
  if (clause.tense === 'future')
    return {
      finite: word(ALLER_PRESENT[person], 'going', 'be', 'to'),
      nonFinite: [infinitive],
      clitic,
      isCliticInside: true,
    };
  if (clause.modal)
    return {
      finite: word(MODALS[clause.modal][person], 'modal', 'auxiliary', 'to'),
      nonFinite: [infinitive],
      clitic,
      isCliticInside: true,
    };
  return {
    finite: word(verb.present[person], ...verbMarks, 'auxiliary'),
    nonFinite: [],
    clitic,
    isCliticInside: false,
  };
}

function verbComplex(clause: Clause): VerbComplex {
  const { predicate, subject, tense } = clause;
  if (predicate.kind === 'action') return actionComplex(clause, predicate);
  const person = personIndex(subject);
  const plain = { nonFinite: [], clitic: null, isCliticInside: false };
  if (predicate.kind === 'state') return { ...plain, finite: word(AVOIR_PRESENT[person], 'verb') };
  if (predicate.kind === 'existence') return { ...plain, finite: word('a', 'verb'), clitic: word('y', 'there') };
  return { ...plain, finite: word((tense === 'past' ? ETRE_IMPERFECT : ETRE_PRESENT)[person], 'verb') };
}

/** Verb, pronouns, negation around the finite verb, and adverb, in their French order. */
function verbWords(clause: Clause): FrenchWord[] {
  const { finite, nonFinite, clitic, isCliticInside } = verbComplex(clause);
  // What supports the negation in English has nothing else to render in French.
  const marks = ['negation', 'negation.no', 'auxiliary'];
  const pronoun = clitic ? [clitic] : [];
  return [
    ...(clause.negation ? [word('ne', ...marks)] : []),
    ...(isCliticInside ? [] : pronoun),
    finite,
    ...(clause.negation ? [word(NEGATIONS[clause.negation], ...marks)] : []),
    ...(clause.frequency ? [word(FRENCH_FREQUENCIES[clause.frequency], 'frequency')] : []),
    ...(isCliticInside ? pronoun : []),
    ...nonFinite,
  ];
}

function complements(clause: Clause): FrenchWord[] {
  const { predicate, subject } = clause;
  const isNegated = clause.negation !== null;
  if (predicate.kind === 'quality')
    return [word(agreeAdjective(predicate.adjective, featuresOf(subject), null), 'quality')];
  if (predicate.kind === 'state') return [word(FRENCH_STATES[predicate.state], 'state')];
  if (predicate.kind === 'existence') return subject.kind === 'noun' ? nounPhrase(subject, 'subject', isNegated) : [];
  if (predicate.kind !== 'action') return [];
  const { verb, object, recipient } = predicate;
  const expression = (FRENCH_VERBS[verb].expression ?? []).map(
    (text): FrenchWord => (text === 'de' ? { ...word(text, 'verb'), isGoverned: true } : word(text, 'verb')),
  );
  // Only a direct object turns un, des, du into de: pas de pomme, but pas besoin d'une clé.
  const isDirect = expression.length === 0;
  return [
    ...expression,
    ...(object?.kind === 'noun' ? nounPhrase(object, 'object', isNegated && isDirect) : []),
    ...(recipient?.kind === 'noun' ? [word('à', 'recipient.to'), ...nounPhrase(recipient, 'recipient', false)] : []),
  ];
}

function placeWords({ preposition, ground }: Place): FrenchWord[] {
  const words = FRENCH_PLACES[preposition];
  const marks = ['place.preposition', 'place.in', 'place.of'];
  return [
    ...words.map(
      (text, index): FrenchWord => (index > 0 ? { ...word(text, ...marks), isGoverned: true } : word(text, ...marks)),
    ),
    ...nounPhrase(ground, 'place', false),
  ];
}

/** est-ce que, after the question word if there is one. */
function questionWords({ question, predicate, tense, modal }: Clause): FrenchWord[] {
  if (question === null) return [];
  const asked = question === 'whether' ? [] : [word(QUESTIONS[question], 'question')];
  // It renders what English moves before the subject.
  const simple = predicate.kind !== 'action' ? 'verb' : modal === 'can' || modal === 'must' ? 'modal' : 'auxiliary';
  const operator = tense === 'future' ? 'be' : simple;
  return [...asked, word('est-ce', operator), word('que', operator)];
}

/** The French sentence of a clause, lower case and without punctuation. */
export function renderFrench(clause: Clause): LinkedToken[] {
  const subject = clause.predicate.kind === 'existence' ? [word('il', 'there')] : subjectWords(clause.subject);
  return joinFrench([
    ...questionWords(clause),
    ...subject,
    ...verbWords(clause),
    ...complements(clause),
    ...(clause.place ? placeWords(clause.place) : []),
    ...(clause.companion ? [word('avec', 'companion.with'), ...tonic(clause.companion, 'companion')] : []),
    ...(clause.time ? [word(FRENCH_TIMES[clause.time], 'time')] : []),
  ]);
}
