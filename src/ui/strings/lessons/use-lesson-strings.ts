/** How components reach the lessons' words, which come with the first lesson. */

import { useMemo } from 'react';
import { useStrings } from '../../context.ts';
import { lazyTable } from '../lazy-table.ts';
import type { Strings } from '../strings.ts';
import type { LessonTexts } from './lesson-texts.ts';
import type { LessonWords } from './lesson-words.ts';

interface Table {
  readonly words: LessonWords;
  readonly texts: (strings: Strings) => LessonTexts;
}

const useTable = lazyTable<Table>({
  en: () =>
    import('./en.ts').then(({ enLessonWords, enLessonTexts }) => ({ words: enLessonWords, texts: enLessonTexts })),
  zh: () =>
    import('./zh.ts').then(({ zhLessonWords, zhLessonTexts }) => ({ words: zhLessonWords, texts: zhLessonTexts })),
});

export const useLessonWords = (): LessonWords => useTable().words;

/** Texts name the page's controls as the page does. */
export function useLessonTexts(): LessonTexts {
  const strings = useStrings();
  const { texts } = useTable();
  return useMemo(() => texts(strings), [texts, strings]);
}
