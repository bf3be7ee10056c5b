import { describe, expect, it } from 'vitest';
import { alignPair } from './alignment.ts';
import { renderEnglish } from './english.ts';
import { renderFrench } from './french.ts';
import type { AdjectiveKey, NounKey, VerbKey } from './lexicon.ts';
import type { Clause, Determiner, NounPhrase, Participant, Person, Predicate } from './meaning.ts';

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
const [i, you, he, she, we, they] = (['i', 'you', 'he', 'she', 'we', 'they'] as const).map(pronoun);
const there: Predicate = { kind: 'existence' };

/** English, French, and the gold links of each French word: the sure one, then the possible ones. */
function check(clause: Clause, english: string, french: string, links?: string): void {
  const { source, target, alignment } = alignPair(renderEnglish(clause), renderFrench(clause));
  expect(source.join(' ')).toBe(english);
  expect(target.join(' ')).toBe(french);
  if (links) expect(alignment?.map((row) => row.join(',')).join(' ')).toBe(links);
}

describe('French noun phrases', () => {
  it('puts each adjective on its side of the noun, agreeing with it', () => {
    const see = (phrase: NounPhrase) => say(i, act('see', phrase));
    check(
      see(noun('house', 'the', 'small', 'red')),
      'i see the small red house',
      'je vois la petite maison rouge',
      '0 1 2,5 3 5 4',
    );
    check(
      see(plural(noun('shirt', 'the', 'beautiful', 'white'))),
      'i see the beautiful white shirts',
      'je vois les belles chemises blanches',
    );
    check(see(plural(noun('woman', 'the', 'happy'))), 'i see the happy women', 'je vois les femmes heureuses');
    check(
      see(plural(noun('horse', 'the', 'old', 'brown'))),
      'i see the old brown horses',
      'je vois les vieux chevaux marron',
    );
    check(
      see(plural(noun('newspaper', 'the', 'new', 'french'))),
      'i see the new french newspapers',
      'je vois les nouveaux journaux français',
    );
  });

  it('writes bel, vieil, nouvel and cet before a vowel and a mute h only', () => {
    const like = (phrase: NounPhrase) => say(we, act('like', phrase));
    check(like(noun('hotel', 'this', 'beautiful')), 'we like this beautiful hotel', 'nous aimons ce bel hôtel');
    check(like(noun('tree', 'this')), 'we like this tree', 'nous aimons cet arbre');
    check(like(noun('friend', 'our', 'new')), 'we like our new friend', 'nous aimons notre nouvel ami');
    check(like(noun('man', 'the', 'old')), 'we like the old man', 'nous aimons le vieil homme');
    check(like(noun('hero', 'this', 'old')), 'we like this old hero', 'nous aimons ce vieux héros');
    check(like(noun('owl', 'this', 'beautiful')), 'we like this beautiful owl', 'nous aimons ce beau hibou');
    check(like(plural(noun('man', 'this', 'old'))), 'we like these old men', 'nous aimons ces vieux hommes');
    check(like(noun('child', 'this', 'tired')), 'we like this tired child', 'nous aimons cet enfant fatigué');
  });

  it('makes possessives agree with what is possessed, and mon of ma before a vowel', () => {
    check(say(he, act('have', noun('key', 'her'))), 'he has her key', 'il a sa clé');
    check(say(she, act('have', noun('hat', 'his'))), 'she has his hat', 'elle a son chapeau');
    check(say(i, act('eat', noun('apple', 'my'))), 'i eat my apple', 'je mange ma pomme');
    check(say(i, act('see', noun('school', 'my'))), 'i see my school', 'je vois mon école');
    check(say(i, act('see', noun('school', 'my', 'old'))), 'i see my old school', 'je vois ma vieille école');
    check(say(i, act('drink', noun('water', 'her'))), 'i drink her water', 'je bois son eau');
  });

  it('turns the genitive round', () => {
    const friends = plural(of(noun('brother', 'my'), noun('friend')));
    check(
      say(friends, act('sleep')),
      "my brother 's friends sleep",
      'les amis de mon frère dorment',
      '2,3 3 2 0,1 1 4',
    );
    check(
      say(i, act('see', of(noun('girl'), noun('car', 'the', 'red')))),
      "i see the girl 's red car",
      'je vois la voiture rouge de la fille',
    );
    check(
      say(i, act('see', of(noun('boy'), noun('car')))),
      "i see the boy 's car",
      'je vois la voiture du garçon',
      '0 1 4,5 5 4,2,3 3',
    );
    check(
      say(i, act('see', of(noun('man'), noun('car')))),
      "i see the man 's car",
      "je vois la voiture de l' homme",
      '0 1 4,5 5 4 2,3 3',
    );
  });

  it('chooses un, une, des, du, de la, de', () => {
    const eat = (phrase: NounPhrase, rest: Partial<Clause> = {}) => say(she, act('eat', phrase), rest);
    check(eat(noun('apple', 'a')), 'she eats an apple', 'elle mange une pomme', '0 1 2,3 3');
    check(eat(plural(noun('apple', 'none'))), 'she eats apples', 'elle mange des pommes', '0 1 2 2');
    check(
      eat(plural(noun('apple', 'some', 'red'))),
      'she eats some red apples',
      'elle mange des pommes rouges',
      '0 1 2,4 4 3',
    );
    check(
      eat(plural(noun('apple', 'some', 'good'))),
      'she eats some good apples',
      'elle mange de bonnes pommes',
      '0 1 2,4 3 4',
    );
    check(eat(noun('bread', 'some')), 'she eats some bread', 'elle mange du pain', '0 1 2,3 3');
    check(eat(noun('meat', 'none')), 'she eats meat', 'elle mange de la viande', '0 1 2 2 2');
    check(say(she, act('drink', noun('water', 'some'))), 'she drinks some water', "elle boit de l' eau", '0 1 2 2,3 3');
    check(eat(plural(noun('egg', 'many'))), 'she eats many eggs', "elle mange beaucoup d' œufs", '0 1 2 2 3');
    check(eat(plural(noun('egg', 'three'))), 'she eats three eggs', 'elle mange trois œufs');
    check(
      eat(noun('apple', 'a'), { negation: 'not' }),
      'she does not eat an apple',
      'elle ne mange pas de pomme',
      '0 2,1 3,1 2,1 4 5',
    );
    check(
      eat(noun('bread', 'some'), { negation: 'never' }),
      'she never eats any bread',
      'elle ne mange jamais de pain',
    );
    check(
      eat(plural(noun('egg', 'none', 'good')), { negation: 'not' }),
      'she does not eat good eggs',
      'elle ne mange pas de bons œufs',
    );
    check(
      eat(noun('bread', 'my'), { negation: 'no-longer' }),
      'she no longer eats my bread',
      'elle ne mange plus mon pain',
    );
  });

  it('contracts à and de with the article, unless it is elided', () => {
    const near = (phrase: NounPhrase) => say(we, act('sleep'), at('near', phrase));
    check(near(noun('garden')), 'we sleep near the garden', 'nous dormons près du jardin', '0 1 2 3,4,2 4');
    check(near(noun('hotel')), 'we sleep near the hotel', "nous dormons près de l' hôtel", '0 1 2 2 3,4 4');
    check(near(noun('tree', 'a')), 'we sleep near a tree', "nous dormons près d' un arbre");
    check(near(noun('church')), 'we sleep near the church', "nous dormons près de l' église");
    check(say(he, act('go'), at('to', noun('market'))), 'he goes to the market', 'il va au marché', '0 1 2,3,4 4');
    check(say(he, act('go'), at('to', noun('station'))), 'he goes to the station', 'il va à la gare', '0 1 2 3,4 4');
    check(
      say(he, act('come'), at('from', noun('market'))),
      'he comes from the market',
      'il vient du marché',
      '0 1 2,3,4 4',
    );
    check(
      say(i, act('give', noun('key', 'a'), plural(noun('child')))),
      'i give a key to the children',
      'je donne une clé aux enfants',
      '0 1 2,3 3 4,5,6 6',
    );
    check(say(i, act('give', noun('key', 'a'), noun('hero'))), 'i give a key to the hero', 'je donne une clé au héros');
    check(say(i, act('need', noun('car'))), 'i need the car', "j' ai besoin de la voiture", '0 1 1 1 2,3 3');
    check(
      say(i, act('need', plural(noun('key'))), { negation: 'not' }),
      'i do not need the keys',
      "je n' ai pas besoin des clés",
      '0 2,1 3,1 2,1 3 4,5,3 5',
    );
  });
});

describe('French verbs', () => {
  it('agree with each person', () => {
    const forms = [i, you, he, she, we, they].map((who) =>
      renderFrench(say(who, act('take', noun('book'))))
        .map(({ text }) => text)
        .join(' '),
    );
    expect(forms).toEqual([
      'je prends le livre',
      'vous prenez le livre',
      'il prend le livre',
      'elle prend le livre',
      'nous prenons le livre',
      'ils prennent le livre',
    ]);
    check(say(noun('dog', 'every'), act('eat')), 'every dog eats', 'chaque chien mange');
    check(say(plural(noun('dog', 'many')), act('eat')), 'many dogs eat', 'beaucoup de chiens mangent');
  });

  it('stand between ne and pas, never, no longer', () => {
    check(
      say(i, act('see', noun('bird')), { negation: 'not' }),
      'i do not see the bird',
      "je ne vois pas l' oiseau",
      '0 2,1 3,1 2,1 4,5 5',
    );
    check(
      say(i, act('like', noun('car')), { negation: 'never' }),
      'i never like the car',
      "je n' aime jamais la voiture",
      '0 1 2 1 3,4 4',
    );
    check(say(he, act('sing'), { negation: 'no-longer' }), 'he no longer sings', 'il ne chante plus', '0 2,1 3 2,1');
    check(
      say(they, act('see', noun('bird')), { negation: 'not', tense: 'past' }),
      'they did not see the bird',
      "ils n' ont pas vu l' oiseau",
      '0 2,1 1,3 2,1 3,1 4,5 5',
    );
    check(
      say(she, act('eat', noun('egg', 'a')), { negation: 'not', tense: 'future' }),
      'she is not going to eat an egg',
      "elle ne va pas manger d' œuf",
    );
    check(say(she, quality('tired'), { negation: 'not' }), 'she is not tired', "elle n' est pas fatiguée", '0 2 1 2 3');
  });

  it('have the pronoun of their object before them', () => {
    check(say(i, act('see', he)), 'i see him', 'je le vois', '0 2 1');
    check(say(i, act('like', she)), 'i like her', "je l' aime", '0 2 1');
    check(say(they, act('look-for', you)), 'they look for you', 'ils vous cherchent', '0 3 1,2');
    check(
      say(he, act('see', they), { negation: 'not' }),
      'he does not see them',
      'il ne les voit pas',
      '0 2,1 4 3,1 2,1',
    );
    check(say(she, act('help', i), { modal: 'want' }), 'she wants to help me', "elle veut m' aider", '0 1,2 4 3,2');
    check(
      say(we, act('find', he), { tense: 'future' }),
      'we are going to find him',
      'nous allons le trouver',
      '0 2,1,3 5 4,3',
    );
    check(say(i, act('talk-to', null, he)), 'i talk to him', 'je lui parle', '0 3,2 1');
    check(
      say(he, act('give', noun('book', 'a'), they)),
      'he gives them a book',
      'il leur donne un livre',
      '0 2 1 3,4 4',
    );
    check(
      say(you, act('give', noun('book', 'a'), she), { negation: 'never' }),
      'you never give her a book',
      'vous ne lui donnez jamais de livre',
    );
  });

  it('have a reflexive pronoun where English has none', () => {
    check(say(he, act('wash-oneself')), 'he washes', 'il se lave', '0 1 1');
    check(say(he, act('wash', noun('car'))), 'he washes the car', 'il lave la voiture');
    check(say(we, act('get-up')), 'we get up', 'nous nous levons', '0 1 1,2');
    check(say(i, act('rest'), { negation: 'not' }), 'i do not rest', 'je ne me repose pas');
    check(say(i, act('rest'), { modal: 'must' }), 'i must rest', 'je dois me reposer');
    check(say(you, act('get-up'), { tense: 'past' }), 'you got up', 'vous vous êtes levé');
  });

  it('agree in the past with the subject after être, with an object before avoir', () => {
    const past = { tense: 'past' } as const;
    check(say(she, act('arrive'), past), 'she arrived', 'elle est arrivée', '0 1 1');
    check(say(plural(noun('girl')), act('leave'), past), 'the girls left', 'les filles sont parties');
    check(say(plural(noun('boy')), act('come'), past), 'the boys came', 'les garçons sont venus');
    check(say(we, act('fall'), past), 'we fell', 'nous sommes tombés');
    check(say(noun('woman'), act('rest'), past), 'the woman rested', "la femme s' est reposée");
    check(
      say(plural(noun('sister', 'his')), act('get-up'), { ...past, negation: 'not' }),
      'his sisters did not get up',
      'ses sœurs ne se sont pas levées',
    );
    check(say(i, act('see', she), past), 'i saw her', "je l' ai vue", '0 2 1 1');
    check(say(i, act('see', they), past), 'i saw them', 'je les ai vus');
    check(say(she, act('see', noun('girl')), past), 'she saw the girl', 'elle a vu la fille');
    check(say(they, act('give', noun('key', 'a'), she), past), 'they gave her a key', 'ils lui ont donné une clé');
  });

  it('form questions with est-ce que', () => {
    check(
      say(he, act('see', noun('house')), { question: 'whether' }),
      'does he see the house',
      "est-ce qu' il voit la maison",
      '0 0 1 2,0 3,4 4',
    );
    check(
      say(you, quality('tired'), { question: 'whether' }),
      'are you tired',
      'est-ce que vous êtes fatigué',
      '0 0 1 0 2',
    );
    check(
      say(they, act('sleep'), { question: 'where', tense: 'past' }),
      'where did they sleep',
      "où est-ce qu' ils ont dormi",
      '0 1 1 2 1,3 3,1',
    );
    check(
      say(she, act('leave'), { question: 'when', tense: 'future' }),
      'when is she going to leave',
      "quand est-ce qu' elle va partir",
      '0 1 1 2 3,1,4 5,4',
    );
    check(
      say(i, act('help', you), { question: 'whether', modal: 'can' }),
      'can i help you',
      'est-ce que je peux vous aider',
      '0 0 1 0 3 2',
    );
  });

  it('say hunger with avoir and existence with il y a', () => {
    check(say(i, { kind: 'state', state: 'hungry' }), 'i am hungry', "j' ai faim", '0 1 2');
    check(say(she, { kind: 'state', state: 'afraid' }, { negation: 'not' }), 'she is not afraid', "elle n' a pas peur");
    check(
      say(noun('cat', 'a'), there, at('in', noun('garden'))),
      'there is a cat in the garden',
      'il y a un chat dans le jardin',
      '0 0 1 2,3 3 4 5,6 6',
    );
    check(
      say(noun('cat', 'a'), there, { negation: 'not', ...at('on', noun('bed')) }),
      'there is not a cat on the bed',
      "il n' y a pas de chat sur le lit",
      '0 2 0 1 2 3 4 5 6,7 7',
    );
    check(
      say(plural(noun('egg', 'some')), there, { negation: 'not', ...at('on', noun('table')) }),
      'there are not any eggs on the table',
      "il n' y a pas d' œufs sur la table",
    );
  });

  it('are followed by their adverb, which English puts before', () => {
    check(
      say(he, act('look-at', she), { frequency: 'often' }),
      'he often looks at her',
      'il la regarde souvent',
      '0 4 2,3 1',
    );
    check(
      say(she, quality('happy'), { frequency: 'always', tense: 'past' }),
      'she was always happy',
      'elle était toujours heureuse',
    );
  });

  it('keep place, company and time at the end', () => {
    check(
      say(i, act('sleep'), at('in-front-of', noun('church'))),
      'i sleep in front of the church',
      "je dors devant l' église",
      '0 1 3,2,4 5,6 6',
    );
    check(
      say(he, act('eat'), { companion: they, time: 'now' }),
      'he eats with them now',
      'il mange avec eux maintenant',
      '0 1 2 3 4',
    );
    check(say(she, act('leave'), { tense: 'past', time: 'yesterday' }), 'she left yesterday', 'elle est partie hier');
  });
});
