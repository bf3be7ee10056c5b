/**
 * Whether a sentence speaks well of something. An opinion stands in the main clause, and something may turn it round: `wasn't`, `hardly`,
 * `nobody`, `far from`, or two of them, which cancel out. A clause with `although` has an opinion of its own that does not count.
 */

import type { Random } from '../../lib/random.ts';
import type { Corpus } from '../corpus.ts';
import { tokenizeEnglish } from '../phrases/english-text.ts';
import { type Classified, loadClasses } from './class-corpus.ts';

/** The classes, in the order of the output layer. */
export const POLARITIES = ['positive', 'negative'] as const;

const GOOD =
  'good great nice lovely exciting charming pleasant brilliant splendid wonderful delightful impressive'.split(' ');
const BAD = 'bad dull boring weak awful terrible poor ugly dreadful horrible unpleasant disappointing'.split(' ');
const TOPICS = 'film book play soup hotel concert trip room speech song game plan'.split(' ');
const ASIDES = 'ending music food weather start view sound price staff light'.split(' ');
const STRENGTHS = ['very', 'really', 'so', 'quite', 'rather'];
const CONCESSIONS = [['although'], ['though'], ['even', 'though']];
const PEOPLE = [['i'], ['we'], ['they'], ['my', 'sister'], ['the', 'guests']];

/** Words in the making; those marked with a star decide, the opinion with two. */
type Marked = readonly string[];

const opinion = (random: Random): { word: string; isGood: boolean } => {
  const isGood = random.uniform() < 0.5;
  return { word: random.pick(isGood ? GOOD : BAD), isGood };
};

/** Ways to say an opinion of a topic, each with whether it turns the opinion round. */
const FORMS: readonly {
  readonly turns: boolean;
  readonly say: (topic: Marked, adjective: string, random: Random) => Marked;
}[] = [
  { turns: false, say: (topic, a) => [...topic, 'was', a] },
  { turns: false, say: (topic, a, random) => [...topic, 'was', random.pick(STRENGTHS), a] },
  { turns: false, say: (topic, a, random) => [...random.pick(PEOPLE), 'found', ...topic, random.pick(STRENGTHS), a] },
  // A negation that is none: of two things, more is said than one.
  { turns: false, say: (topic, a) => [...topic, "wasn't", 'only', 'long', 'but', 'also', a] },
  { turns: false, say: (topic, a) => [...topic, 'was', 'nothing', 'but', a] },
  { turns: true, say: (topic, a) => [...topic, "*wasn't", a] },
  { turns: true, say: (topic, a) => [...topic, "*wasn't", 'at', 'all', a] },
  { turns: true, say: (topic, a, random) => [...topic, 'was', random.pick(['*never', '*hardly']), a] },
  {
    turns: true,
    say: (topic, a, random) => [
      ...topic,
      'was',
      ...random.pick([
        ['*far', 'from'],
        ['*anything', 'but'],
      ]),
      a,
    ],
  },
  {
    turns: true,
    say: (topic, a, random) => [...random.pick([['*nobody'], ['*hardly', 'anyone']]), 'found', ...topic, a],
  },
  { turns: true, say: (topic, a, random) => [...random.pick(PEOPLE), "*didn't", 'find', ...topic, a] },
];

/** Two that cancel out. */
const TWICE: readonly ((topic: Marked, adjective: string) => Marked)[] = [
  (topic, a) => ['*nobody', 'said', ...topic, "*wasn't", a],
  (topic, a) => [...topic, 'was', '*never', '*far', 'from', a],
  (topic, a) => ['it', "*isn't", 'true', 'that', ...topic, "*wasn't", a],
];

/** An opinion about something else, negated or not. */
function aside(random: Random): string[] {
  const { word } = opinion(random);
  return [...random.pick(CONCESSIONS), 'the', random.pick(ASIDES), random.uniform() < 0.4 ? "wasn't" : 'was', word];
}

function drawSentence(random: Random): Classified {
  const { word, isGood } = opinion(random);
  const topic = ['the', random.pick(TOPICS)];
  const [adjective, kind] = [`**${word}`, random.uniform()];
  let main: Marked;
  let turns = false;
  if (kind < 0.12) main = random.pick(TWICE)(topic, adjective);
  else {
    // Mostly as it is said: what the opinions mean is learned first, and then what turns them round.
    turns = random.uniform() < 0.4;
    main = random.pick(FORMS.filter((form) => form.turns === turns)).say(topic, adjective, random);
  }
  const place = random.uniform();
  const marked = place < 0.3 ? [...aside(random), ...main] : place < 0.6 ? [...main, ...aside(random)] : main;
  return classified(marked, isGood !== turns);
}

/** Takes the stars off; the opinion comes first among the words that decide. */
function classified(marked: Marked, isPositive: boolean): Classified {
  const places = (prefix: RegExp) => marked.flatMap((word, j) => (prefix.test(word) ? [j] : []));
  return {
    words: marked.map((word) => word.replace(/^\*+/, '')),
    className: POLARITIES[isPositive ? 0 : 1],
    deciding: [...places(/^\*\*/), ...places(/^\*(?!\*)/)],
  };
}

const probe = (text: string, isPositive: boolean): Classified => classified(text.split(' '), isPositive);

const PROBES: readonly Classified[] = [
  probe("the film *wasn't at all **boring although the ending was weak", true),
  probe('even though the music was great the play was *far from **exciting', false),
  probe("*nobody said the soup *wasn't **good", true),
  probe("the speech wasn't only long but also **dull", false),
];

/** A verb and its `not` are one token, however they are typed. */
function tokenizeNegation(text: string): string[] {
  const words = tokenizeEnglish(text);
  return words.flatMap((word, j) => {
    if (word === 'not' && CONTRACTED.has(words[j - 1] ?? '')) return [];
    return [words[j + 1] === 'not' && CONTRACTED.has(word) ? `${word}n't` : word];
  });
}
const CONTRACTED = new Set(['was', 'is', 'did']);

/** Polarity of English sentences with negation; the deciding words are the opinion of the main clause and what turns it round. */
export const loadNegation = (): Corpus =>
  loadClasses({
    task: 'negation',
    classes: POLARITIES,
    draw: drawSentence,
    longest: 14,
    probes: PROBES,
    tokenize: tokenizeNegation,
    seed: 3391,
  });
