/**
 * Dates in 20 formats to ISO 8601, character by character: the task of TensorFlow.js's date-conversion-attention
 * example, with its formats, its days, its split by day and its alphabets.
 */

import { createRandom } from '../lib/random.ts';
import type { Corpus, PairLengths, PairList, SentencePair } from './corpus.ts';
import { createVocabulary } from './vocabulary.ts';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'] as const;

/** A calendar day; `month` counts from 1. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const two = (value: number): string => String(value).padStart(2, '0');
const shortYear = ({ year }: Day): string => two(year % 100);
const monthName = ({ month }: Day): string => MONTHS[month - 1];

/** The 20 formats in the order of the published task, each with its rendering of 5 January 2019. */
export const DATE_FORMATS: readonly { readonly example: string; readonly format: (day: Day) => string }[] = [
  { example: '05JAN2019', format: (d) => `${two(d.day)}${monthName(d)}${d.year}` },
  { example: '010519', format: (d) => `${two(d.month)}${two(d.day)}${shortYear(d)}` },
  { example: '01/05/19', format: (d) => `${two(d.month)}/${two(d.day)}/${shortYear(d)}` },
  { example: '01/05/2019', format: (d) => `${two(d.month)}/${two(d.day)}/${d.year}` },
  { example: '1/5/2019', format: (d) => `${d.month}/${d.day}/${d.year}` },
  { example: '05-01-2019', format: (d) => `${two(d.day)}-${two(d.month)}-${d.year}` },
  { example: '5-1-2019', format: (d) => `${d.day}-${d.month}-${d.year}` },
  { example: 'JAN 05 19', format: (d) => `${monthName(d)} ${two(d.day)} ${shortYear(d)}` },
  { example: '1/5/19', format: (d) => `${d.month}/${d.day}/${shortYear(d)}` },
  { example: 'JAN 05 2019', format: (d) => `${monthName(d)} ${two(d.day)} ${d.year}` },
  { example: 'JAN 05, 19', format: (d) => `${monthName(d)} ${two(d.day)}, ${shortYear(d)}` },
  { example: 'JAN 05, 2019', format: (d) => `${monthName(d)} ${two(d.day)}, ${d.year}` },
  { example: '05.01.2019', format: (d) => `${two(d.day)}.${two(d.month)}.${d.year}` },
  { example: '5.1.2019', format: (d) => `${d.day}.${d.month}.${d.year}` },
  { example: '2019.01.05', format: (d) => `${d.year}.${two(d.month)}.${two(d.day)}` },
  { example: '2019.1.5', format: (d) => `${d.year}.${d.month}.${d.day}` },
  { example: '20190105', format: (d) => `${d.year}${two(d.month)}${two(d.day)}` },
  { example: '2019-1-5', format: (d) => `${d.year}-${d.month}-${d.day}` },
  { example: '5 JAN 2019', format: (d) => `${d.day} ${monthName(d)} ${d.year}` },
  { example: '2019-01-05', format: (d) => `${d.year}-${two(d.month)}-${two(d.day)}` },
];

const ISO_FORMAT = DATE_FORMATS.length - 1;
const ISO_LENGTH = 10;

/** Input and output alphabets in the order of the published task; the special ids take the place of its `\n` and `\t`. */
const SOURCE_ALPHABET = '0123456789/-., JANFEBMRPYULGSOCTVD';
const TARGET_ALPHABET = '0123456789-';

const FIRST_DAY = Date.UTC(1950, 0, 1);
const LAST_DAY = Date.UTC(2049, 11, 31);
const DAY_MS = 86_400_000;
/** One split for every run, whatever its seed. */
const SPLIT_SEED = 20190105;

/** Every day from 1 January 1950 to 31 December 2049, as the number of days since 1970, shuffled. */
function shuffledDays(): Int32Array {
  const count = (LAST_DAY - FIRST_DAY) / DAY_MS + 1;
  return createRandom(SPLIT_SEED).shuffle(Int32Array.from({ length: count }, (_, index) => FIRST_DAY / DAY_MS + index));
}

function dayOf(daysSince1970: number): Day {
  const date = new Date(daysSince1970 * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function renderPair(day: Day, format: number): SentencePair {
  return { source: [...DATE_FORMATS[format].format(day)], target: [...DATE_FORMATS[ISO_FORMAT].format(day)] };
}

/** Every day in every format, day by day, so that the first 20·n pairs are n whole days; rendered when asked for. */
function everyFormat(days: Int32Array): PairList {
  const formats = DATE_FORMATS.length;
  const exampleLengths = DATE_FORMATS.map(({ example }) => example.length);
  // The formats that write one-digit days and months with one digit are longer where there are two.
  const hasBareDay = DATE_FORMATS.map(({ example }) => /(^|\D)5(\D|$)/.test(example));
  const hasBareMonth = DATE_FORMATS.map(({ example }) => /(^|\D)1(\D|$)/.test(example));
  return {
    length: days.length * formats,
    at(index) {
      if (index < 0 || index >= days.length * formats) return undefined;
      return renderPair(dayOf(days[Math.floor(index / formats)]), index % formats);
    },
    lengthsAt(index): PairLengths {
      const { month, day } = dayOf(days[Math.floor(index / formats)]);
      const format = index % formats;
      const extra = Number(hasBareDay[format] && day > 9) + Number(hasBareMonth[format] && month > 9);
      return { source: exampleLengths[format] + extra, target: ISO_LENGTH };
    },
  };
}

/** Four held-out days whose day and month can't be mistaken for each other, each in a format that asks something else. */
function chooseProbes(days: Int32Array): SentencePair[] {
  const find = (fits: (day: Day) => boolean): Day => {
    const found = days.find((value) => fits(dayOf(value)));
    return dayOf(found ?? days[0]);
  };
  const at = (example: string) => DATE_FORMATS.findIndex((format) => format.example === example);
  const late = (month: number) => (d: Day) => d.month === month && d.day > 12;
  return [
    renderPair(find(late(8)), at('JAN 05, 2019')),
    renderPair(
      find((d) => d.day < 10 && d.month < 10 && d.day !== d.month && d.year < 2000),
      at('5.1.2019'),
    ),
    renderPair(find(late(11)), at('1/5/19')),
    renderPair(
      find((d) => d.month < 10 && d.day > 12 && d.year > 2000),
      at('010519'),
    ),
  ];
}

/** The published dates task: 9,131, 5,478 and 21,916 days in 20 formats. The split is the same for every seed. */
export function loadDates(): Corpus {
  const days = shuffledDays();
  const trainDays = Math.floor(0.25 * days.length);
  const validationDays = Math.floor(0.15 * days.length);
  const validation = days.subarray(trainDays, trainDays + validationDays);
  return {
    task: 'dates',
    sourceLanguage: 'en',
    targetLanguage: 'en',
    tokenUnit: { source: 'characters', target: 'characters' },
    sourceVocabulary: createVocabulary(SOURCE_ALPHABET),
    targetVocabulary: createVocabulary(TARGET_ALPHABET),
    train: everyFormat(days.subarray(0, trainDays)),
    validation: everyFormat(validation),
    test: everyFormat(days.subarray(trainDays + validationDays)),
    hasEndSymbol: false,
    probes: chooseProbes(validation),
    hasGoldAlignment: false,
    tokenizeSource: (text) => [...text.normalize('NFC').replace(/\s+/gu, ' ').trim().toUpperCase()],
    joinTarget: (tokens) => tokens.join(''),
    joinSource: (tokens) => tokens.join(''),
  };
}
