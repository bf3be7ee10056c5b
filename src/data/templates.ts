/**
 * Tasks made from translated texts with slots: compiler messages and block texts. Validation pairs are trained texts with slots
 * filled as never before; test pairs are texts that were never seen at all, which only real understanding would translate.
 */

import { createRandom, type Random } from '../lib/random.ts';
import type { Corpus, SentencePair } from './corpus.ts';
import { holdOut } from './hold-out.ts';
import type { CorpusText } from './outline.ts';
import { FILLERS } from './template-fillers.ts';
import { createVocabulary } from './vocabulary.ts';

/** A text in two languages: tokens separated by spaces, slots as {0} or '{0}'. */
export interface Template {
  readonly source: string;
  readonly target: string;
  /** The kind of each slot by its number, separated by spaces; a key of `FILLERS`. */
  readonly slots: string;
}

export interface TemplateTask {
  readonly text: CorpusText;
  readonly templates: readonly Template[];
  /** Texts that are never trained on: a share of all, among those whose words other texts have too. */
  readonly heldOutTexts: number;
  /** Filled texts to show, by their source and what fills it. */
  readonly probes: readonly { readonly source: string; readonly fillers: readonly string[] }[];
}

/** Most fillings of one text. */
const FILLINGS = 120;
const FILLINGS_TESTED = 40;
const VALIDATION = 800;
/** One split for every run, whatever its seed. */
const SEED = 2093;
/** How often a word of a text that is never trained on is at least in the texts that are. */
const KEEP_IN_TRAINING = 1;

const SLOT = /\{(\d)\}/u;
const tokensOf = (text: string): string[] => text.split(' ');

/** One pair: the slots filled, and each of them linked; what stands around them has no known alignment. */
export function fill({ source, target }: Template, fillers: readonly string[]): SentencePair {
  const put = (text: string): string[] =>
    tokensOf(text).map((token) => token.replace(SLOT, (_, slot: string) => fillers[Number(slot)]));
  const places = tokensOf(source).map((token) => SLOT.exec(token)?.[1]);
  const alignment = tokensOf(target).map((token) => {
    const slot = SLOT.exec(token)?.[1];
    return slot === undefined ? [] : [places.indexOf(slot)];
  });
  return { source: put(source), target: put(target), alignment };
}

/** Different fillings of a text, no two slots alike; all of them where there are few. */
function drawFillings({ slots }: Template, count: number, random: Random): string[][] {
  const kinds = slots.split(' ').map((kind) => FILLERS[kind]);
  const drawn = new Map<string, string[]>();
  for (let tries = 0; drawn.size < count && tries < 4 * count; tries++) {
    const fillers = kinds.map((kind) => random.pick(kind));
    if (new Set(fillers).size === fillers.length) drawn.set(fillers.join(' '), fillers);
  }
  return [...drawn.values()];
}

const wordsOf = ({ source, target }: Template): string[] => [
  ...tokensOf(source).map((token) => `source ${token.replace(SLOT, '{}')}`),
  ...tokensOf(target).map((token) => `target ${token.replace(SLOT, '{}')}`),
];

/** Splits off texts whose words all stay in the others. */
function splitTexts(templates: readonly Template[], count: number, shown: ReadonlySet<string>, random: Random) {
  const left = new Map<string, number>();
  for (const template of templates)
    for (const word of new Set(wordsOf(template))) left.set(word, (left.get(word) ?? 0) + 1);
  const heldOut = new Set<Template>();
  for (const template of random.shuffle([...templates])) {
    const words = new Set(wordsOf(template));
    const isKnown = [...words].every((word) => (left.get(word) ?? 0) > KEEP_IN_TRAINING);
    if (heldOut.size >= count || !isKnown || shown.has(template.source)) continue;
    heldOut.add(template);
    for (const word of words) left.set(word, (left.get(word) ?? 0) - 1);
  }
  return { heldOut: [...heldOut], trained: templates.filter((template) => !heldOut.has(template)) };
}

/** The corpus of texts with slots. @throws RangeError where a probe's text is not in the table */
export function loadTemplates({ text, templates, heldOutTexts, probes: shown }: TemplateTask): Corpus {
  const random = createRandom(SEED);
  const { heldOut, trained } = splitTexts(templates, heldOutTexts, new Set(shown.map(({ source }) => source)), random);
  const probes = shown.map(({ source, fillers }) => {
    const template = trained.find((candidate) => candidate.source === source);
    if (!template) throw new RangeError(`${text.task}: no text '${source}' to show`);
    return fill(template, fillers);
  });
  const fillAll = (template: Template, count: number) =>
    drawFillings(template, count, random).map((fillers) => fill(template, fillers));
  const key = ({ source }: SentencePair): string => source.join(' ');
  const distinct = (pairs: readonly SentencePair[]) => [...new Map(pairs.map((pair) => [key(pair), pair])).values()];
  const known = distinct([...probes, ...trained.flatMap((template) => fillAll(template, FILLINGS))]);
  const { train, validation } = holdOut(known, {
    validation: VALIDATION,
    test: 0,
    seed: SEED,
    probes,
    keepInTraining: 2,
  });
  const knownSources = new Set(known.map(key));
  const test = distinct(heldOut.flatMap((template) => fillAll(template, FILLINGS_TESTED))).filter(
    (pair) => !knownSources.has(key(pair)),
  );
  const sourceVocabulary = createVocabulary(train.flatMap(({ source }) => source));
  const targetVocabulary = createVocabulary(train.flatMap(({ target }) => target));
  const isKnown = ({ source, target }: SentencePair): boolean =>
    source.every(sourceVocabulary.has) && target.every(targetVocabulary.has);
  return {
    ...text,
    sourceVocabulary,
    targetVocabulary,
    train,
    validation,
    test: random.shuffle(test.filter(isKnown)),
    probes,
  };
}
