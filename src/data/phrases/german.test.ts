import { describe, expect, it } from 'vitest';
import { createRandom } from '../../lib/random.ts';
import { alignPair } from './alignment.ts';
import { renderEnglish } from './english.ts';
import { renderGerman } from './german.ts';
import type { AdjectiveKey, NounKey, VerbKey } from './lexicon.ts';
import type { Clause, Determiner, NounPhrase, Participant, Person, Predicate } from './meaning.ts';
import { drawClause } from './patterns.ts';

const noun = (key: NounKey, determiner: Determiner = 'the', ...adjectives: AdjectiveKey[]): NounPhrase => ({
  kind: 'noun',
  noun: key,
  number: 'singular',
  determiner,
  adjectives,
  owner: null,
});
const plural = (phrase: NounPhrase): NounPhrase => ({ ...phrase, number: 'plural' });
const of = (owner: NounPhrase, phrase: NounPhrase): NounPhrase => ({ ...phrase, determiner: 'owner', owner });
const pronoun = (person: Person): Participant => ({ kind: 'pronoun', person });
const act = (verb: VerbKey, object: Participant | null = null, recipient: Participant | null = null): Predicate => ({
  kind: 'action',
  verb,
  object,
  recipient,
});
const quality = (adjective: AdjectiveKey): Predicate => ({ kind: 'quality', adjective });
const say = (subject: Participant, predicate: Predicate, rest: Partial<Clause> = {}): Clause => ({
  tense: 'present',
  modal: null,
  negation: null,
  question: null,
  frequency: null,
  place: null,
  companion: null,
  time: null,
  ...rest,
  subject,
  predicate,
});
const at = (preposition: NonNullable<Clause['place']>['preposition'], ground: NounPhrase): Partial<Clause> => ({
  place: { preposition, ground },
});
const [i, you, he, she, they] = (['i', 'you', 'he', 'she', 'they'] as const).map(pronoun);
const there: Predicate = { kind: 'existence' };

const translate = (clause: Clause) => alignPair(renderEnglish(clause), renderGerman(clause));

/** English, German, and the gold links of each German word: the sure one, then the possible ones. */
function check(clause: Clause, english: string, german: string, links?: string): void {
  const { source, target, alignment } = translate(clause);
  expect(source.join(' ')).toBe(english);
  expect(target.join(' ')).toBe(german);
  if (links) expect(alignment?.map((row) => row.join(',')).join(' ')).toBe(links);
}

describe('German noun phrases', () => {
  it('decline article, adjective and noun by case, gender and number', () => {
    const see = (phrase: NounPhrase) => say(i, act('see', phrase));
    check(see(noun('dog', 'the', 'small')), 'i see the small dog', 'ich sehe den kleinen Hund');
    check(see(noun('cat', 'a', 'old', 'black')), 'i see an old black cat', 'ich sehe eine alte schwarze Katze');
    check(see(noun('house', 'my', 'red')), 'i see my red house', 'ich sehe mein rotes Haus');
    check(
      see(plural(noun('child', 'three', 'happy'))),
      'i see three happy children',
      'ich sehe drei glückliche Kinder',
    );
    check(see(noun('boy', 'this')), 'i see this boy', 'ich sehe diesen Jungen');
    check(
      say(i, act('wash', plural(noun('shirt', 'some', 'expensive')))),
      'i wash some expensive shirts',
      'ich wasche einige teure Hemden',
    );
    check(say(she, act('drink', noun('milk', 'none', 'good'))), 'she drinks good milk', 'sie trinkt gute Milch');
  });

  it('put the owner behind, in the genitive', () => {
    check(
      say(he, act('find', of(noun('man'), noun('key')))),
      "he finds the man 's key",
      'er findet den Schlüssel des Mannes',
      '0 1 4,5 5 2,3,4 3',
    );
  });
});

describe('German verbs', () => {
  it('stand second, with their prefix at the end', () => {
    check(
      say(noun('man', 'the', 'old'), act('look-at', she), { frequency: 'often' }),
      'the old man often looks at her',
      'der alte Mann sieht sie oft an',
      '0,2 1 2 4,5 6 3 5,4',
    );
    check(say(they, act('rest'), at('in', noun('garden'))), 'they rest in the garden', 'sie ruhen sich im Garten aus');
  });

  it('go to the end behind a modal, in the future and in the perfect', () => {
    const bird = noun('bird', 'a');
    check(
      say(i, act('see', bird), { modal: 'want' }),
      'i want to see a bird',
      'ich will einen Vogel sehen',
      '0 1,2 4,5 5 3,2',
    );
    check(say(he, act('see', bird), { tense: 'future' }), 'he is going to see a bird', 'er wird einen Vogel sehen');
    check(say(she, act('see', bird), { tense: 'past' }), 'she saw a bird', 'sie hat einen Vogel gesehen');
    check(
      say(noun('sister', 'my'), act('get-up'), { tense: 'past', negation: 'not' }),
      'my sister did not get up',
      'meine Schwester ist nicht aufgestanden',
    );
  });

  it('come first in a question', () => {
    check(say(you, act('like', he), { question: 'whether' }), 'do you like him', 'mögen Sie ihn');
    check(
      say(noun('cat'), act('sleep'), { question: 'where' }),
      'where does the cat sleep',
      'wo schläft die Katze',
      '0 4,1 2,3 3',
    );
    check(say(you, act('come'), { question: 'where' }), 'where do you come', 'wohin kommen Sie');
  });

  it('govern the dative where they do', () => {
    check(say(i, act('help', noun('child'))), 'i help the child', 'ich helfe dem Kind');
    check(say(i, act('talk-to', null, noun('hero'))), 'i talk to the hero', 'ich spreche mit dem Helden');
    check(
      say(plural(noun('friend', 'the')), act('give', noun('book', 'a'), he)),
      'the friends give him a book',
      'die Freunde geben ihm ein Buch',
    );
  });

  it('say what animals do when they eat', () => {
    const bread = noun('bread');
    check(say(noun('dog'), act('eat', bread)), 'the dog eats the bread', 'der Hund frisst das Brot');
    check(say(noun('girl'), act('eat', bread)), 'the girl eats the bread', 'das Mädchen isst das Brot');
  });
});

describe('German negation', () => {
  it('is kein before what is unknown and nicht behind what is known', () => {
    const not = { negation: 'not' } as const;
    check(
      say(i, act('see', noun('bird', 'a')), not),
      'i do not see a bird',
      'ich sehe keinen Vogel',
      '0 3,1 4,2,1,5 5',
    );
    check(say(i, act('see', noun('bird')), not), 'i do not see the bird', 'ich sehe den Vogel nicht');
    check(say(i, act('drink', noun('water', 'some')), not), 'i do not drink any water', 'ich trinke kein Wasser');
    check(
      say(she, act('sleep'), { ...not, ...at('in', noun('house')) }),
      'she does not sleep in the house',
      'sie schläft nicht im Haus',
    );
  });

  it('has two words for no longer', () => {
    const rest = { negation: 'no-longer' } as const;
    check(say(he, act('sing'), rest), 'he no longer sings', 'er singt nicht mehr', '0 3 1,2 2,1');
    check(say(he, act('have', noun('car', 'a')), rest), 'he no longer has a car', 'er hat kein Auto mehr');
    check(say(he, { kind: 'state', state: 'hungry' }, rest), 'he is no longer hungry', 'er hat keinen Hunger mehr');
  });
});

describe('German places', () => {
  it('contract a preposition with its article, and choose it by the noun', () => {
    check(say(he, act('go'), at('to', noun('school'))), 'he goes to the school', 'er geht zur Schule', '0 1 2,3,4 4');
    check(say(he, act('go'), at('to', noun('market', 'this'))), 'he goes to this market', 'er geht zu diesem Markt');
    check(say(he, act('come'), at('from', noun('station'))), 'he comes from the station', 'er kommt vom Bahnhof');
    check(say(he, act('arrive'), at('at', noun('station'))), 'he arrives at the station', 'er kommt am Bahnhof an');
    check(
      say(noun('egg', 'a'), there, at('on', noun('table'))),
      'there is an egg on the table',
      'es gibt ein Ei auf dem Tisch',
    );
    check(say(noun('hat', 'the'), quality('expensive')), 'the hat is expensive', 'der Hut ist teuer');
  });
});

describe('the German grammar', () => {
  it('is a function: an English sentence has one German one, and every German word renders something', () => {
    const seen = new Map<string, string>();
    const random = createRandom(4711);
    const problems: string[] = [];
    for (let draw = 0; draw < 20_000; draw++) {
      const { source, target, alignment = [] } = translate(drawClause(random));
      const [english, german] = [source.join(' '), target.join(' ')];
      if ((seen.get(english) ?? german) !== german) problems.push(`${english}: ${seen.get(english)}, ${german}`);
      if (alignment.some((row) => row.length === 0)) problems.push(`${english}: ${german} has a word without a link`);
      seen.set(english, german);
    }
    expect(problems).toEqual([]);
  });
});
