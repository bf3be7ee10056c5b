/**
 * Long dates with their era, English to Japanese, Hungarian or French, as CLDR writes them. Years are digits and days one token:
 * `Friday, March 15, 44 Before Christ`. The parts of a date stand in another order in each language, so that the gold alignment is
 * that of equal parts.
 */

import { createRandom, type Random } from '../lib/random.ts';
import type { Alignment, Corpus, SentencePair } from './corpus.ts';
import { holdOut } from './hold-out.ts';
import { LONG_DATE_TEXTS, type LongDateTask } from './long-dates-text.ts';
import table from './tables/long-dates.json' with { type: 'json' };
import { createVocabulary } from './vocabulary.ts';

type Language = keyof typeof table;

/** A day of the proleptic Gregorian calendar; year 0 is 1 BC, -1 is 2 BC. `month` counts from 1. */
export interface LongDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const TRAIN = 12_000;
const VALIDATION = 1000;
const TEST = 2000;
/** One split for every run, whatever its seed. */
const SEED = 1582;
const LAST_YEAR = 2100;
const FIRST_YEAR = -799;
/** Every third date is before the year 1, though there are fewer such years. */
const SHARE_BEFORE = 1 / 3;

const PROBES: readonly LongDate[] = [
  { year: -43, month: 3, day: 15 },
  { year: 1789, month: 7, day: 14 },
  { year: 2024, month: 11, day: 5 },
  { year: -489, month: 9, day: 12 },
];

const utcOf = ({ year, month, day }: LongDate): Date => {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date;
};

/** A token with the part of the date that it says; null for what stands between. Digits of a year and words of an era have a place. */
interface Piece {
  readonly text: string;
  readonly part: string | null;
  readonly place: number;
}

/** A literal of a pattern as tokens: punctuation, or the characters for year, month and day. */
const literals = (text: string): Piece[] =>
  [...text.replace(/\s/gu, '')].map((mark) => ({ text: mark, part: null, place: 0 }));

/** A date in a language, piece by piece. */
function piecesOf(date: LongDate, language: Language): Piece[] {
  const { weekdays, months, eras, order } = table[language];
  const isBefore = date.year <= 0;
  const texts: Record<string, readonly string[]> = {
    weekday: [weekdays[(utcOf(date).getUTCDay() + 6) % 7]],
    month: [months[date.month - 1]],
    day: [String(date.day)],
    year: [...String(isBefore ? 1 - date.year : date.year)],
    era: eras[isBefore ? 0 : 1].split(' '),
  };
  return order.flatMap((entry) =>
    'literal' in entry && entry.literal !== undefined
      ? literals(entry.literal)
      : texts[entry.part as string].map((text, place): Piece => ({ text, part: entry.part as string, place })),
  );
}

/** Links equal parts: digit to digit, and every word of an era to all of the other's, the one at its own place first. */
function align(source: readonly Piece[], target: readonly Piece[]): Alignment {
  return target.map(({ part, place }) => {
    if (part === null) return [];
    const same = source.flatMap((piece, index) => (piece.part === part ? [index] : []));
    if (part === 'year') return [same[place]];
    return [...same.slice(place, place + 1), ...same.filter((_, index) => index !== place)];
  });
}

/** A date in English and in another language. */
export function renderDate(date: LongDate, language: Language): SentencePair {
  const [source, target] = [piecesOf(date, 'en'), piecesOf(date, language)];
  const texts = (pieces: readonly Piece[]) => pieces.map(({ text }) => text);
  return { source: texts(source), target: texts(target), alignment: align(source, target) };
}

const DAY_MS = 86_400_000;
/** Of a year; the last of a leap year is not drawn. */
const DAYS = 365;

function drawDate(random: Random): LongDate {
  const isBefore = random.uniform() < SHARE_BEFORE;
  const year = isBefore ? FIRST_YEAR + random.integer(1 - FIRST_YEAR) : 1 + random.integer(LAST_YEAR);
  const date = new Date(utcOf({ year, month: 1, day: 1 }).getTime() + random.integer(DAYS) * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** 12,000 dates to train on, 1,000 and 2,000 that are never trained on, the same for every seed and every language. */
export function loadLongDates(task: LongDateTask): Corpus {
  const text = LONG_DATE_TEXTS[task];
  const language = text.targetLanguage as Language;
  const random = createRandom(SEED);
  const probes = PROBES.map((date) => renderDate(date, language));
  const key = ({ source }: SentencePair): string => source.join(' ');
  const pairs = new Map(probes.map((pair) => [key(pair), pair]));
  while (pairs.size < TRAIN + VALIDATION + TEST) {
    const pair = renderDate(drawDate(random), language);
    pairs.set(key(pair), pair);
  }
  const options = { validation: VALIDATION, test: TEST, seed: SEED, probes, keepInTraining: 5 };
  const parts = holdOut([...pairs.values()], options);
  return {
    ...text,
    sourceVocabulary: createVocabulary(parts.train.flatMap(({ source }) => source)),
    targetVocabulary: createVocabulary(parts.train.flatMap(({ target }) => target)),
    ...parts,
    probes,
  };
}
