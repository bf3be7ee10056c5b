/** The sentence patterns of the phrases task, drawn at random with weights. */

import type { Random } from '../../lib/random.ts';
import {
  ADJECTIVE_KEYS,
  ADJECTIVES,
  type AdjectiveIdea,
  FREQUENCIES,
  type NounClass,
  type NounKey,
  PLACES,
  type PlaceKey,
  STATES,
  TIMES,
  type TimeKey,
  VERB_KEYS,
  VERBS,
  type VerbIdea,
  type VerbKey,
} from './lexicon.ts';
import type { Clause, NounPhrase, Participant, Place, Predicate } from './meaning.ts';
import { drawNounPhrase, drawPronoun, nounsOf, suits, weighted } from './noun-phrases.ts';

const verbIdea = (key: VerbKey): VerbIdea => VERBS[key];
const chance = (random: Random, probability: number): boolean => random.uniform() < probability;

const PLAIN = {
  tense: 'present',
  modal: null,
  negation: null,
  question: null,
  frequency: null,
  place: null,
  companion: null,
  time: null,
} as const satisfies Partial<Clause>;

type Frame = Pick<Clause, 'tense' | 'modal' | 'negation' | 'question'>;

const KINDS = { present: 5, future: 1.2, can: 0.6, must: 0.6, want: 0.8 } as const;
const KINDS_WITH_PAST = { ...KINDS, past: 3.5 } as const;
const NEGATIONS = { none: 6.3, not: 2.2 } as const;
const NEGATIONS_IN_PAST = { ...NEGATIONS, never: 0.5 } as const;
const NEGATIONS_IN_PRESENT = { ...NEGATIONS_IN_PAST, 'no-longer': 0.5 } as const;
const QUESTIONS = { none: 8.2, whether: 1, why: 0.3, when: 0.2 } as const;
const QUESTIONS_OF_PLACE = { ...QUESTIONS, where: 0.3 } as const;

/** Tense, modal, negation and question of an action: at most one of the costly ones at a time. */
function drawFrame(random: Random, verb: VerbIdea): Frame {
  const kind = verb.isStative
    ? 'present'
    : weighted<keyof typeof KINDS_WITH_PAST>(random, verb.hasPast ? KINDS_WITH_PAST : KINDS);
  const tense = kind === 'past' || kind === 'future' ? kind : 'present';
  const modal = kind === 'can' || kind === 'must' || kind === 'want' ? kind : null;
  const negation = weighted<keyof typeof NEGATIONS_IN_PRESENT>(
    random,
    kind === 'present' ? NEGATIONS_IN_PRESENT : kind === 'past' ? NEGATIONS_IN_PAST : NEGATIONS,
  );
  // `must he` is old-fashioned, and a negated question is another idiom in each language.
  const mayAsk = negation === 'none' && kind !== 'must';
  const mayAskWhere = verb.place !== undefined && !verb.needsPlace;
  const question = mayAsk
    ? weighted<keyof typeof QUESTIONS_OF_PLACE>(random, mayAskWhere ? QUESTIONS_OF_PLACE : QUESTIONS)
    : 'none';
  return {
    tense,
    modal,
    negation: negation === 'none' ? null : negation,
    question: question === 'none' ? null : question,
  };
}

/** A subject: a pronoun or a known person or animal. */
function drawSubject(
  random: Random,
  classes: readonly NounClass[],
  isRestricted: boolean,
  pronouns = 0.5,
): Participant {
  if (chance(random, pronouns)) return drawPronoun(random);
  return drawNounPhrase(random, nounsOf(classes), {
    isPlain: isRestricted,
    isDefinite: isRestricted,
    mostAdjectives: 1,
    allowsOwner: true,
  });
}

function drawPlace(random: Random, kind: NonNullable<VerbIdea['place']>): Place {
  const preposition: PlaceKey =
    kind === 'to' || kind === 'from'
      ? kind
      : kind === 'at'
        ? weighted(random, { at: 3, 'in-front-of': 1, near: 1 })
        : weighted(random, { in: 4, on: 1.5, under: 1, behind: 1, 'in-front-of': 1, near: 1.2, at: 1 });
  const ground = drawNounPhrase(random, PLACES[preposition], {
    isSingular: true,
    isPlain: true,
    mostAdjectives: chance(random, 0.3) ? 1 : 0,
  });
  return { preposition, ground };
}

function drawObject(random: Random, verb: VerbIdea, subject: Participant, isNegated: boolean): Participant | null {
  if (!verb.object) return null;
  if (verb.object.includes('person') && chance(random, 0.4)) return drawPronoun(random, subject);
  return drawNounPhrase(random, nounsOf(verb.object), {
    isDefinite: verb.isDefinite === true,
    isPlain: isNegated,
    allowsNone: true,
    allowsOwner: true,
  });
}

function drawRecipient(random: Random, verb: VerbIdea, subject: Participant): Participant | null {
  if (!verb.hasRecipient) return null;
  if (chance(random, 0.6)) return drawPronoun(random, subject);
  return drawNounPhrase(random, nounsOf(['person']), { isDefinite: true, mostAdjectives: verb.object ? 0 : 1 });
}

/** `gives her apples` could be her apples: an object that follows a pronoun has a determiner. */
const needsDeterminer = (object: Participant | null, recipient: Participant | null): boolean =>
  recipient?.kind === 'pronoun' && object?.kind === 'noun' && object.determiner === 'none';

function drawAction(random: Random): Clause {
  const key = random.pick(VERB_KEYS);
  const verb = verbIdea(key);
  const frame = drawFrame(random, verb);
  const isNegated = frame.negation !== null;
  const subject = drawSubject(random, verb.subject, isNegated || frame.question !== null);
  const recipient = drawRecipient(random, verb, subject);
  let object = drawObject(random, verb, subject, isNegated);
  if (object?.kind === 'noun' && needsDeterminer(object, recipient)) object = { ...object, determiner: 'some' };

  const isShort = object === null || object.kind === 'pronoun';
  const wantsPlace = verb.needsPlace || chance(random, isShort ? 0.45 : 0.15);
  const place = verb.place && wantsPlace && frame.question !== 'where' ? drawPlace(random, verb.place) : null;
  const isFree = frame.question === null && place === null;
  const hasCompanion = isFree && isShort && recipient === null && !verb.isStative && chance(random, 0.2);
  const companion = hasCompanion ? drawCompanion(random, subject) : null;
  const mayRepeat = frame.tense === 'present' && frame.modal === null && !isNegated && frame.question === null;
  const frequency = mayRepeat && !verb.isStative && chance(random, 0.15) ? random.pick(FREQUENCIES) : null;
  const time =
    isFree && frequency === null && !verb.isStative && !isNegated && chance(random, 0.15)
      ? drawTime(random, frame.tense)
      : null;
  const predicate: Predicate = { kind: 'action', verb: key, object, recipient };
  return { ...PLAIN, ...frame, subject, predicate, place, companion, frequency, time };
}

function drawCompanion(random: Random, subject: Participant): Participant {
  if (chance(random, 0.5)) return drawPronoun(random, subject);
  return drawNounPhrase(random, nounsOf(['person', 'animal']), { isPlain: true, mostAdjectives: 1 });
}

function drawTime(random: Random, tense: Clause['tense']): TimeKey {
  const times = (Object.keys(TIMES) as TimeKey[]).filter((time) => TIMES[time] === tense);
  return random.pick(times);
}

/** Negation or question of a sentence with to be. */
function drawBeFrame(random: Random): Pick<Clause, 'negation' | 'question'> {
  const kind = weighted(random, { plain: 6, not: 2.2, 'no-longer': 0.4, whether: 1, why: 0.4 });
  return {
    negation: kind === 'not' || kind === 'no-longer' ? kind : null,
    question: kind === 'whether' || kind === 'why' ? kind : null,
  };
}

const QUALIFIED: readonly NounClass[] = [
  'person',
  'animal',
  'thing',
  'clothing',
  'text',
  'vehicle',
  'furniture',
  'building',
  'tree',
];

function drawQuality(random: Random): Clause {
  const frame = drawBeFrame(random);
  const isPerson = chance(random, 0.45);
  const subject: Participant = isPerson
    ? drawPronoun(random)
    : drawNounPhrase(random, nounsOf(QUALIFIED), { isDefinite: true, mostAdjectives: 1, allowsOwner: true });
  const noun: NounKey = subject.kind === 'noun' ? subject.noun : 'man';
  const fitting = ADJECTIVE_KEYS.filter((key) => {
    const adjective: AdjectiveIdea = ADJECTIVES[key];
    const isRepeated = subject.kind === 'noun' && subject.adjectives.includes(key);
    return !adjective.isAttribute && suits(key, noun) && !isRepeated;
  });
  const adjective = random.pick(fitting);
  const isPassing = (ADJECTIVES[adjective] as AdjectiveIdea).isPassing === true;
  const frequency = isPassing && frame.negation === null && chance(random, 0.3) ? random.pick(FREQUENCIES) : null;
  return {
    ...PLAIN,
    ...frame,
    subject,
    predicate: { kind: 'quality', adjective },
    tense: chance(random, 0.3) ? 'past' : 'present',
    frequency,
  };
}

function drawState(random: Random): Clause {
  const subject = drawSubject(random, ['person', 'animal'], true, 0.5);
  const frame = drawBeFrame(random);
  const frequency = frame.negation === null && chance(random, 0.3) ? random.pick(FREQUENCIES) : null;
  return { ...PLAIN, ...frame, subject, predicate: { kind: 'state', state: random.pick(STATES) }, frequency };
}

const LOCATED: readonly NounClass[] = ['person', 'animal', 'thing', 'clothing', 'text'];

function drawLocation(random: Random): Clause {
  const subject = chance(random, 0.25)
    ? drawPronoun(random)
    : drawNounPhrase(random, nounsOf(LOCATED), { isDefinite: true, mostAdjectives: 1, allowsOwner: true });
  return {
    ...PLAIN,
    ...drawBeFrame(random),
    subject,
    predicate: { kind: 'location' },
    tense: chance(random, 0.25) ? 'past' : 'present',
    place: drawPlace(random, 'any'),
  };
}

function drawExistence(random: Random): Clause {
  const isNegated = chance(random, 0.25);
  const being: NounPhrase = drawNounPhrase(random, nounsOf([...LOCATED, 'food', 'drink']), {
    isIndefinite: true,
    isPlain: isNegated,
    allowsNone: true,
    mostAdjectives: 1,
  });
  return {
    ...PLAIN,
    subject: being,
    predicate: { kind: 'existence' },
    negation: isNegated ? 'not' : null,
    place: drawPlace(random, 'any'),
  };
}

const PATTERNS = { action: 10, quality: 1.6, state: 0.5, location: 0.9, existence: 0.6 } as const;
const DRAW: Record<keyof typeof PATTERNS, (random: Random) => Clause> = {
  action: drawAction,
  quality: drawQuality,
  state: drawState,
  location: drawLocation,
  existence: drawExistence,
};

/** A clause at random; the same draws give the same clause. */
export const drawClause = (random: Random): Clause => DRAW[weighted<keyof typeof PATTERNS>(random, PATTERNS)](random);
