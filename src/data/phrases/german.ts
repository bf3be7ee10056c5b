/** Clauses to German tokens, each with the parts of the English sentence that it renders: the verb second, its rest at the end. */

import type { LinkedToken } from './alignment.ts';
import {
  agreeArticle,
  agreeDer,
  agreeEin,
  agreeGermanAdjective,
  agreeGermanNoun,
  type Case,
  type Declension,
  type GermanFeatures,
  germanPersonIndex,
} from './german-agreement.ts';
import {
  FRESSEN,
  GERMAN_ADJECTIVES,
  GERMAN_CONTRACTIONS,
  GERMAN_FREQUENCIES,
  GERMAN_MODALS,
  GERMAN_NOUNS,
  GERMAN_NUMERALS,
  GERMAN_POSSESSIVES,
  GERMAN_PRONOUNS,
  GERMAN_QUESTIONS,
  GERMAN_REFLEXIVE,
  GERMAN_STATES,
  GERMAN_TIMES,
  GERMAN_VERBS,
  type GermanVerb,
  germanPreposition,
  HABEN_PRESENT,
  SEIN_PAST,
  SEIN_PRESENT,
  WERDEN,
} from './german-words.ts';
import { NOUNS } from './lexicon.ts';
import type { Clause, NounPhrase, Participant } from './meaning.ts';
import { belongsTo } from './noun-phrases.ts';

const word = (text: string, ...marks: string[]): LinkedToken => ({ text, marks });

/** What supports the negation in English has nothing else to render in German. */
const NEGATION_MARKS = ['negation', 'negation.no', 'auxiliary'];

/** A phrase of an unknown quantity, which a negated verb turns into kein. */
const isIndefinite = (who: Participant | null): who is NounPhrase =>
  who?.kind === 'noun' && (who.determiner === 'a' || who.determiner === 'some' || who.determiner === 'none');

/** How a noun phrase stands in its clause. */
interface Place {
  readonly role: string;
  readonly case: Case;
  /** `kein` takes the place of an indefinite article; under `never` a quantity has none. */
  readonly negation?: Clause['negation'];
}

interface Determined {
  readonly words: readonly LinkedToken[];
  readonly declension: Declension;
}

/** What agrees with the noun is possibly aligned to it as well: nothing else says whether it is der or die, mein or meine. */
function determiner(phrase: NounPhrase, features: GermanFeatures, { role, negation = null }: Place): Determined {
  const mark = `${role}.determiner`;
  const noun = `${role}.noun`;
  const isPluralOrMass = features.number === 'plural' || 'isMass' in NOUNS[phrase.noun];
  if (isIndefinite(phrase) && negation !== null && negation !== 'never')
    return { words: [word(agreeEin('kein', features), mark, ...NEGATION_MARKS, noun)], declension: 'mixed' };
  switch (phrase.determiner) {
    case 'the':
    case 'owner':
      return { words: [word(agreeArticle(features), mark, noun)], declension: 'weak' };
    case 'this':
      return { words: [word(agreeDer('dies', features), mark, noun)], declension: 'weak' };
    case 'every':
      return { words: [word(agreeDer('jed', features), mark, noun)], declension: 'weak' };
    case 'a':
      return { words: [word(agreeEin('ein', features), mark, noun)], declension: 'mixed' };
    case 'none':
      return { words: [], declension: 'strong' };
    case 'some': {
      if (negation === 'never' || !isPluralOrMass) return { words: [], declension: 'strong' };
      const text = features.number === 'plural' ? agreeDer('einig', features) : 'etwas';
      return { words: [word(text, mark)], declension: 'strong' };
    }
    case 'many':
      return { words: [word(agreeDer('viel', features), mark)], declension: 'strong' };
    case 'two':
    case 'three':
      return { words: [word(GERMAN_NUMERALS[phrase.determiner], mark)], declension: 'strong' };
    default:
      return {
        words: [word(agreeEin(GERMAN_POSSESSIVES[phrase.determiner], features), mark, noun)],
        declension: 'mixed',
      };
  }
}

function nounPhrase(phrase: NounPhrase, place: Place): LinkedToken[] {
  const { role } = place;
  const { gender } = GERMAN_NOUNS[phrase.noun];
  const features: GermanFeatures = { gender, number: phrase.number, case: place.case };
  const { words, declension } = determiner(phrase, features, place);
  const owner = phrase.owner ? nounPhrase(phrase.owner, { role: `${role}.owner`, case: 'genitive' }) : [];
  return [
    ...words,
    ...phrase.adjectives.map((key, index) =>
      word(agreeGermanAdjective(key, declension, features), `${role}.adjective${index}`),
    ),
    word(agreeGermanNoun(phrase.noun, features), `${role}.noun`),
    // The genitive's article renders the English ending as well.
    ...owner.map((token, index) => (index === 0 ? { ...token, marks: [...token.marks, `${role}.determiner`] } : token)),
  ];
}

const CASES: readonly Case[] = ['nominative', 'accusative', 'dative'];

function participant(who: Participant, place: Place): LinkedToken[] {
  if (who.kind === 'noun') return nounPhrase(who, place);
  return [word(GERMAN_PRONOUNS[who.person][CASES.indexOf(place.case)], place.role)];
}

/** A preposition and what it governs; it contracts with a definite article: in dem Garten becomes im Garten. */
function prepositional(text: string, marks: readonly string[], who: Participant, role: string): LinkedToken[] {
  const [first, ...rest] = participant(who, { role, case: 'dative' });
  const isArticle = who.kind === 'noun' && (who.determiner === 'the' || who.determiner === 'owner');
  const contracted = isArticle ? GERMAN_CONTRACTIONS[`${text} ${first.text}`] : undefined;
  if (contracted !== undefined) return [word(contracted, ...marks, ...first.marks), ...rest];
  return [word(text, ...marks), first, ...rest];
}

/** The finite verb, which stands second, and what of the verb stands at the end. */
interface Bracket {
  readonly finite: LinkedToken;
  readonly end: readonly LinkedToken[];
  readonly reflexive: readonly LinkedToken[];
}

function verbOf({ subject, predicate }: Clause): GermanVerb | null {
  if (predicate.kind !== 'action') return null;
  const isAnimal = subject.kind === 'noun' && belongsTo(subject.noun, ['animal']);
  return predicate.verb === 'eat' && isAnimal ? FRESSEN : GERMAN_VERBS[predicate.verb];
}

function bracket(clause: Clause): Bracket {
  const { subject, predicate, tense, modal } = clause;
  const person = germanPersonIndex(subject);
  const verb = verbOf(clause);
  if (!verb) {
    const finite =
      predicate.kind === 'existence'
        ? 'gibt'
        : predicate.kind === 'state'
          ? HABEN_PRESENT[person]
          : (tense === 'past' ? SEIN_PAST : SEIN_PRESENT)[person];
    return { finite: word(finite, 'verb'), end: [], reflexive: [] };
  }
  const own = subject.kind === 'pronoun' ? GERMAN_REFLEXIVE[subject.person] : 'sich';
  const reflexive = verb.isReflexive ? [word(own, 'verb')] : [];
  const prefix = verb.prefix ?? '';
  const infinitive = word(prefix + verb.infinitive, 'verb', 'particle', 'to');
  if (tense === 'past') {
    const auxiliary = (verb.hasSein ? SEIN_PRESENT : HABEN_PRESENT)[person];
    const participle = word(prefix + verb.participle, 'verb', 'particle', 'auxiliary');
    return { finite: word(auxiliary, 'auxiliary', 'verb'), end: [participle], reflexive };
  }
  if (tense === 'future') return { finite: word(WERDEN[person], 'going', 'be', 'to'), end: [infinitive], reflexive };
  if (modal)
    return { finite: word(GERMAN_MODALS[modal][person], 'modal', 'auxiliary', 'to'), end: [infinitive], reflexive };
  return {
    finite: word(verb.present[person], 'verb', 'particle', 'auxiliary'),
    end: prefix === '' ? [] : [word(prefix, 'particle', 'verb')],
    reflexive,
  };
}

const NOT: Record<NonNullable<Clause['negation']>, readonly LinkedToken[]> = {
  not: [word('nicht', ...NEGATION_MARKS)],
  never: [word('nie', ...NEGATION_MARKS)],
  'no-longer': [word('nicht', 'negation.no', 'negation', 'auxiliary'), word('mehr', 'negation', 'negation.no')],
};

/** Objects, negation and predicate in the order of the middle field: the known before the new, and the negation before what is denied. */
function middleField(clause: Clause): LinkedToken[] {
  const { predicate, subject, negation } = clause;
  const negated = negation ? NOT[negation] : [];
  const more = negation === 'no-longer' ? [word('mehr', 'negation', 'negation.no')] : [];
  /** An indefinite phrase carries the negation itself, as kein; nie stands before it. */
  const around = (phrase: NounPhrase, words: readonly LinkedToken[]): LinkedToken[] => {
    if (!isIndefinite(phrase)) return [...words, ...negated];
    return negation === 'never' ? [...negated, ...words] : [...words, ...more];
  };
  switch (predicate.kind) {
    case 'quality': {
      const { stem, plain = stem } = GERMAN_ADJECTIVES[predicate.adjective];
      return [...negated, word(plain, 'quality')];
    }
    case 'state': {
      const [state, gender] = GERMAN_STATES[predicate.state];
      const features = { gender, number: 'singular', case: 'accusative' } as const;
      if (negation === null || negation === 'never') return [...negated, word(state, 'state')];
      return [word(agreeEin('kein', features), ...NEGATION_MARKS), word(state, 'state'), ...more];
    }
    case 'location':
      return [...negated];
    case 'existence':
      return subject.kind === 'noun'
        ? around(subject, nounPhrase(subject, { role: 'subject', case: 'accusative', negation }))
        : [];
    case 'action': {
      const { object, recipient, verb } = predicate;
      const isSpokenTo = verb === 'talk-to';
      const given =
        recipient?.kind === 'noun' && !isSpokenTo ? nounPhrase(recipient, { role: 'recipient', case: 'dative' }) : [];
      // The dative renders what English says with to.
      const dative = given.map((token) => ({ ...token, marks: [...token.marks, 'recipient.to'] }));
      const objectCase = GERMAN_VERBS[verb].takesDative ? 'dative' : 'accusative';
      const direct =
        object?.kind === 'noun'
          ? around(object, nounPhrase(object, { role: 'object', case: objectCase, negation }))
          : negated;
      const spokenTo = recipient && isSpokenTo ? prepositional('mit', ['recipient.to'], recipient, 'recipient') : [];
      return [...dative, ...direct, ...spokenTo];
    }
  }
}

/** A pronoun right behind the verb and its subject; no clause has two. */
function pronouns({ predicate }: Clause): LinkedToken[] {
  if (predicate.kind !== 'action') return [];
  const { object, recipient, verb } = predicate;
  if (object?.kind === 'pronoun')
    return participant(object, { role: 'object', case: GERMAN_VERBS[verb].takesDative ? 'dative' : 'accusative' });
  if (recipient?.kind !== 'pronoun' || verb === 'talk-to') return [];
  return participant(recipient, { role: 'recipient', case: 'dative' }).map((token) => ({
    ...token,
    marks: [...token.marks, 'recipient.to'],
  }));
}

/** Who comes somewhere is asked where to. */
function questionWord({ question, predicate }: Clause): LinkedToken[] {
  if (question === null || question === 'whether') return [];
  const isTo = question === 'where' && predicate.kind === 'action' && predicate.verb === 'come';
  return [word(isTo ? 'wohin' : GERMAN_QUESTIONS[question], 'question')];
}

/** The German sentence of a clause, without punctuation. */
export function renderGerman(clause: Clause): LinkedToken[] {
  const { subject, question, place, companion, frequency, time } = clause;
  const { finite, end, reflexive } = bracket(clause);
  const who =
    clause.predicate.kind === 'existence'
      ? [word('es', 'there')]
      : participant(subject, { role: 'subject', case: 'nominative' });
  return [
    ...(question === null ? [...who, finite] : [...questionWord(clause), finite, ...who]),
    ...reflexive,
    ...pronouns(clause),
    ...(frequency ? [word(GERMAN_FREQUENCIES[frequency], 'frequency')] : []),
    ...(time ? [word(GERMAN_TIMES[time], 'time')] : []),
    ...middleField(clause),
    ...(companion ? prepositional('mit', ['companion.with'], companion, 'companion') : []),
    ...(place
      ? prepositional(
          germanPreposition(place.preposition, place.ground.noun),
          ['place.preposition', 'place.in', 'place.of'],
          place.ground,
          'place',
        )
      : []),
    ...end,
  ];
}
