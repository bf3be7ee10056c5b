/** The French forms of the lexicon. */

import type { AdjectiveKey, FrequencyKey, NounKey, PlaceKey, StateKey, TimeKey, VerbKey } from './lexicon.ts';
import type { Numeral, Person, Possessive } from './meaning.ts';

export type Gender = 'masculine' | 'feminine';

export interface FrenchNoun {
  readonly singular: string;
  readonly gender: Gender;
  /** Where it is not the singular with an s. */
  readonly plural?: string;
}

const m = (singular: string, plural?: string): FrenchNoun => noun('masculine', singular, plural);
const f = (singular: string, plural?: string): FrenchNoun => noun('feminine', singular, plural);
const noun = (gender: Gender, singular: string, plural?: string): FrenchNoun =>
  plural === undefined ? { gender, singular } : { gender, singular, plural };

export const FRENCH_NOUNS: Record<NounKey, FrenchNoun> = {
  boy: m('garçon'),
  girl: f('fille'),
  man: m('homme'),
  woman: f('femme'),
  child: m('enfant'),
  friend: m('ami'),
  brother: m('frère'),
  sister: f('sœur'),
  hero: m('héros', 'héros'),
  cat: m('chat'),
  dog: m('chien'),
  bird: m('oiseau', 'oiseaux'),
  horse: m('cheval', 'chevaux'),
  owl: m('hibou', 'hiboux'),
  key: f('clé'),
  flower: f('fleur'),
  hat: m('chapeau', 'chapeaux'),
  shirt: f('chemise'),
  book: m('livre'),
  letter: f('lettre'),
  newspaper: m('journal', 'journaux'),
  car: f('voiture'),
  boat: m('bateau', 'bateaux'),
  apple: f('pomme'),
  egg: m('œuf'),
  bread: m('pain'),
  meat: f('viande'),
  water: f('eau'),
  milk: m('lait'),
  table: f('table'),
  chair: f('chaise'),
  bed: m('lit'),
  house: f('maison'),
  school: f('école'),
  hotel: m('hôtel'),
  station: f('gare'),
  church: f('église'),
  tree: m('arbre'),
  garden: m('jardin'),
  market: m('marché'),
  island: f('île'),
};

/** Words with an aspirated h, which behaves as a consonant: le héros, not l'héros. */
export const ASPIRATED: ReadonlySet<string> = new Set(['héros', 'hibou', 'hiboux']);

export interface FrenchAdjective {
  readonly masculine: string;
  /** Where it is not the masculine with an e. */
  readonly feminine?: string;
  /** Masculine plural, where it is not the singular with an s. */
  readonly plural?: string;
  /** Masculine singular before a vowel: bel, vieil, nouvel. */
  readonly beforeVowel?: string;
  /** Stands before its noun. */
  readonly isBefore?: true;
  /** The same in every gender and number. */
  readonly isInvariable?: true;
}

export const FRENCH_ADJECTIVES: Record<AdjectiveKey, FrenchAdjective> = {
  small: { masculine: 'petit', isBefore: true },
  big: { masculine: 'grand', isBefore: true },
  beautiful: { masculine: 'beau', feminine: 'belle', plural: 'beaux', beforeVowel: 'bel', isBefore: true },
  old: { masculine: 'vieux', feminine: 'vieille', plural: 'vieux', beforeVowel: 'vieil', isBefore: true },
  new: { masculine: 'nouveau', feminine: 'nouvelle', plural: 'nouveaux', beforeVowel: 'nouvel', isBefore: true },
  young: { masculine: 'jeune', feminine: 'jeune', isBefore: true },
  good: { masculine: 'bon', feminine: 'bonne', isBefore: true },
  red: { masculine: 'rouge', feminine: 'rouge' },
  black: { masculine: 'noir' },
  white: { masculine: 'blanc', feminine: 'blanche' },
  green: { masculine: 'vert' },
  brown: { masculine: 'marron', isInvariable: true },
  french: { masculine: 'français', plural: 'français' },
  heavy: { masculine: 'lourd' },
  expensive: { masculine: 'cher', feminine: 'chère' },
  interesting: { masculine: 'intéressant' },
  happy: { masculine: 'heureux', feminine: 'heureuse', plural: 'heureux' },
  sad: { masculine: 'triste', feminine: 'triste' },
  tired: { masculine: 'fatigué' },
};

export interface FrenchVerb {
  readonly infinitive: string;
  /** With je, il, nous, vous, ils. */
  readonly present: readonly string[];
  /** Masculine singular. */
  readonly participle: string;
  /** Takes être in the past: its participle agrees with the subject. */
  readonly hasEtre?: true;
  /** Has a pronoun of its subject: se lever. Such verbs take être. */
  readonly isReflexive?: true;
  /** Fixed words between the verb and its object: avoir *besoin de*. */
  readonly expression?: readonly string[];
}

const verb = (infinitive: string, present: string, participle: string): FrenchVerb => ({
  infinitive,
  present: present.split(' '),
  participle,
});
/** A regular verb in -er. */
const er = (infinitive: string): FrenchVerb => {
  const stem = infinitive.slice(0, -2);
  return verb(infinitive, `${stem}e ${stem}e ${stem}ons ${stem}ez ${stem}ent`, `${stem}é`);
};
const AVOIR = verb('avoir', 'ai a avons avez ont', 'eu');

export const FRENCH_VERBS: Record<VerbKey, FrenchVerb> = {
  see: verb('voir', 'vois voit voyons voyez voient', 'vu'),
  'look-at': er('regarder'),
  'look-for': er('chercher'),
  find: er('trouver'),
  help: er('aider'),
  know: verb('connaître', 'connais connaît connaissons connaissez connaissent', 'connu'),
  like: er('aimer'),
  have: AVOIR,
  want: verb('vouloir', 'veux veut voulons voulez veulent', 'voulu'),
  need: { ...AVOIR, expression: ['besoin', 'de'] },
  buy: verb('acheter', 'achète achète achetons achetez achètent', 'acheté'),
  take: verb('prendre', 'prends prend prenons prenez prennent', 'pris'),
  eat: verb('manger', 'mange mange mangeons mangez mangent', 'mangé'),
  drink: verb('boire', 'bois boit buvons buvez boivent', 'bu'),
  read: verb('lire', 'lis lit lisons lisez lisent', 'lu'),
  wash: er('laver'),
  give: er('donner'),
  'talk-to': er('parler'),
  sleep: verb('dormir', 'dors dort dormons dormez dorment', 'dormi'),
  sing: er('chanter'),
  go: { ...verb('aller', 'vais va allons allez vont', 'allé'), hasEtre: true },
  come: { ...verb('venir', 'viens vient venons venez viennent', 'venu'), hasEtre: true },
  arrive: { ...er('arriver'), hasEtre: true },
  leave: { ...verb('partir', 'pars part partons partez partent', 'parti'), hasEtre: true },
  fall: { ...er('tomber'), hasEtre: true },
  'wash-oneself': { ...er('laver'), isReflexive: true },
  'get-up': { ...verb('lever', 'lève lève levons levez lèvent', 'levé'), isReflexive: true },
  rest: { ...er('reposer'), isReflexive: true },
};

/** Present of the verbs that help others, and the imperfect of être, with je, il, nous, vous, ils. */
export const AVOIR_PRESENT = AVOIR.present;
export const ETRE_PRESENT = 'suis est sommes êtes sont'.split(' ');
export const ETRE_IMPERFECT = 'étais était étions étiez étaient'.split(' ');
export const ALLER_PRESENT = FRENCH_VERBS.go.present;
export const MODALS = {
  can: 'peux peut pouvons pouvez peuvent'.split(' '),
  must: 'dois doit devons devez doivent'.split(' '),
  want: FRENCH_VERBS.want.present,
} as const;

export const SUBJECTS: Record<Person, string> = {
  i: 'je',
  you: 'vous',
  he: 'il',
  she: 'elle',
  we: 'nous',
  they: 'ils',
};
export const DIRECT: Record<Person, string> = { i: 'me', you: 'vous', he: 'le', she: 'la', we: 'nous', they: 'les' };
export const INDIRECT: Record<Person, string> = {
  i: 'me',
  you: 'vous',
  he: 'lui',
  she: 'lui',
  we: 'nous',
  they: 'leur',
};
export const REFLEXIVE: Record<Person, string> = { i: 'me', you: 'vous', he: 'se', she: 'se', we: 'nous', they: 'se' };
export const TONIC: Record<Person, string> = { i: 'moi', you: 'vous', he: 'lui', she: 'elle', we: 'nous', they: 'eux' };

/** Masculine singular, feminine singular, plural. */
export const POSSESSIVES: Record<Possessive, readonly [string, string, string]> = {
  my: ['mon', 'ma', 'mes'],
  your: ['votre', 'votre', 'vos'],
  his: ['son', 'sa', 'ses'],
  her: ['son', 'sa', 'ses'],
  our: ['notre', 'notre', 'nos'],
  their: ['leur', 'leur', 'leurs'],
};
export const NUMERALS: Record<Numeral, string> = { two: 'deux', three: 'trois' };
export const FRENCH_PLACES: Record<PlaceKey, readonly string[]> = {
  in: ['dans'],
  on: ['sur'],
  under: ['sous'],
  behind: ['derrière'],
  'in-front-of': ['devant'],
  near: ['près', 'de'],
  at: ['à'],
  to: ['à'],
  from: ['de'],
};
export const FRENCH_STATES: Record<StateKey, string> = { hungry: 'faim', thirsty: 'soif', afraid: 'peur' };
export const FRENCH_FREQUENCIES: Record<FrequencyKey, string> = { often: 'souvent', always: 'toujours' };
export const FRENCH_TIMES: Record<TimeKey, string> = {
  today: "aujourd'hui",
  now: 'maintenant',
  yesterday: 'hier',
  tomorrow: 'demain',
};
export const NEGATIONS = { not: 'pas', never: 'jamais', 'no-longer': 'plus' } as const;
export const QUESTIONS = { where: 'où', when: 'quand', why: 'pourquoi' } as const;
