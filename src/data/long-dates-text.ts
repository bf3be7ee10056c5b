/** How long dates are read and written, without the dates themselves. */

import type { CorpusText } from './outline.ts';
import { joinText } from './running-text.ts';
import table from './tables/long-dates.json' with { type: 'json' };

export type LongDateTask = 'long-dates' | 'long-dates-hu' | 'long-dates-fr';

const WORDS = new Map(
  [...table.en.weekdays, ...table.en.months, ...table.en.eras.flatMap((era) => era.split(' '))].map((word) => [
    word.toLowerCase(),
    word,
  ]),
);
const MONTHS = new Set(table.en.months);

/** Typed text as the task writes it: names in their own case, a day after its month in one piece, a year digit by digit. */
export function readDate(text: string): string[] {
  const pieces = text.normalize('NFKC').match(/\p{L}+|\d+|[^\s\p{L}\d]/gu) ?? [];
  const words = pieces.map((piece) => WORDS.get(piece.toLowerCase()) ?? piece);
  return words.flatMap((word, index) => {
    const isDay = MONTHS.has(words[index - 1]) && Number(word) >= 1 && Number(word) <= 31;
    return /^\d+$/.test(word) && !isDay ? [...word] : [word];
  });
}

const textOf = (task: LongDateTask, targetLanguage: keyof typeof table): CorpusText => ({
  task,
  sourceLanguage: 'en',
  targetLanguage,
  tokenUnit: { source: 'words', target: 'words' },
  hasEndSymbol: true,
  hasGoldAlignment: true,
  tokenizeSource: readDate,
  joinTarget: (tokens) => joinText(tokens),
  joinSource: (tokens) => joinText(tokens),
});

export const LONG_DATE_TEXTS: Record<LongDateTask, CorpusText> = {
  'long-dates': textOf('long-dates', 'ja'),
  'long-dates-hu': textOf('long-dates-hu', 'hu'),
  'long-dates-fr': textOf('long-dates-fr', 'fr'),
};
