/**
 * Who did it. Several people are named, one of them does what the main clause says, in the active or the passive voice; the others
 * own things, watch, or do something else in a clause beside it.
 */

import type { Random } from '../../lib/random.ts';
import type { Corpus } from '../corpus.ts';
import { tokenizeEnglish } from '../phrases/english-text.ts';
import { type Classified, loadClasses } from './class-corpus.ts';

/** The classes, in the order of the output layer. */
export const PEOPLE = 'Anna Ben Clara David Emma Felix Greta Hugo Ida Jonas'.split(' ');

/** Past and participle of what can be done to a thing, and the things. */
const DEEDS: readonly (readonly [past: string, participle: string, things: string])[] = [
  ['broke', 'broken', 'vase window lamp cup'],
  ['stole', 'stolen', 'bike coat lamp key'],
  ['ate', 'eaten', 'cake soup pear'],
  ['wrote', 'written', 'letter book song'],
  ['hid', 'hidden', 'key letter book coat'],
  ['painted', 'painted', 'door window bike'],
  ['sold', 'sold', 'vase bike book lamp'],
  ['lost', 'lost', 'key letter coat cup'],
];
/** The same for what can be done to people. */
const MEETINGS: readonly (readonly [past: string, participle: string])[] = [
  ['called', 'called'],
  ['saw', 'seen'],
  ['followed', 'followed'],
  ['thanked', 'thanked'],
  ['woke', 'woken'],
];
const IDLE = ['slept', 'watched', 'waited', 'laughed'];

/** Who may be named in a sentence. */
interface Cast {
  /** The one who did it, marked with a star. */
  readonly agent: string;
  /** Somebody else each time. */
  readonly other: () => string;
  readonly random: Random;
}

interface Deed {
  readonly past: string;
  readonly participle: string;
  /** What or whom it is done to. */
  readonly object: readonly string[];
}

function drawDeed({ other, random }: Cast): Deed {
  if (random.uniform() < 0.35) {
    const [past, participle] = random.pick(MEETINGS);
    return { past, participle, object: [other()] };
  }
  const [past, participle, things] = random.pick(DEEDS);
  const thing = random.pick(things.split(' '));
  const kind = random.uniform();
  if (kind < 0.2) return { past, participle, object: [other(), "'s", thing] };
  if (kind < 0.4)
    return { past, participle, object: ['the', thing, 'that', other(), random.pick(['bought', 'found'])] };
  return { past, participle, object: ['the', thing] };
}

/** The agent, perhaps beside another name. */
function person({ agent, other, random }: Cast): string[] {
  const kind = random.uniform();
  if (kind < 0.12) return [agent, 'and', 'not', other()];
  if (kind < 0.24) return [agent, 'the', 'friend', 'of', other()];
  if (kind < 0.36) return [agent, 'who', random.pick(MEETINGS)[0], other()];
  return [agent];
}

function mainClause(cast: Cast): string[] {
  const { agent, other, random } = cast;
  const { past, participle, object } = drawDeed(cast);
  const kind = random.uniform();
  if (kind < 0.4) return [...person(cast), past, ...object];
  if (kind < 0.8) return [...object, 'was', participle, 'by', ...person(cast)];
  if (kind < 0.9) return ['it', 'was', agent, 'who', past, ...object];
  return ['it', 'was', 'not', other(), 'but', agent, 'who', past, ...object];
}

/** What goes on meanwhile; it has a doer of its own. */
function aside({ other, random }: Cast): string[] {
  if (random.uniform() < 0.6) return ['while', other(), random.pick(IDLE)];
  const [past, participle] = random.pick(MEETINGS);
  return random.uniform() < 0.5
    ? ['after', other(), past, other()]
    : ['after', other(), 'was', participle, 'by', other()];
}

function drawSentence(random: Random): Classified {
  const names = random.shuffle([...PEOPLE]);
  const agent = names.pop() as string;
  const cast: Cast = { agent: `*${agent}`, other: () => names.pop() as string, random };
  const main = mainClause(cast);
  const place = random.uniform();
  if (place < 0.3) return classified([...aside(cast), ...main]);
  return classified(place < 0.6 ? [...main, ...aside(cast)] : main);
}

function classified(marked: readonly string[]): Classified {
  const words = marked.map((word) => word.replace('*', ''));
  const place = marked.findIndex((word) => word.startsWith('*'));
  return { words, className: words[place] as string, deciding: [place] };
}

const PROBES: readonly Classified[] = [
  'the vase that Anna bought was broken by *Ben while Clara slept',
  '*Emma who saw Hugo hid the letter',
  "after Ida was called by Felix Greta 's bike was stolen by *Jonas",
  'it was not David but *Clara who woke Ben',
].map((text) => classified(text.split(' ')));

/** Names keep their capitals, however they are typed. */
const spelling = new Map(PEOPLE.map((name) => [name.toLowerCase(), name]));
const tokenize = (text: string): string[] => tokenizeEnglish(text).map((word) => spelling.get(word) ?? word);

/** Who does what the main clause says; the deciding word is the name. */
export const loadActor = (): Corpus =>
  loadClasses({
    task: 'actor',
    classes: PEOPLE,
    draw: drawSentence,
    longest: 14,
    probes: PROBES,
    tokenize,
    seed: 5077,
  });
