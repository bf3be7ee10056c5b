/** Words of a part that is not loaded with the first view. */

import { use } from 'react';
import { useLanguage } from '../language.tsx';
import { createTables, type Loaders } from './tables.ts';

/**
 * Makes a hook for the words of a part that is loaded when it is first opened. The component that calls it suspends
 * until they are there.
 *
 * @example const useLessonStrings = lazyTable({ en: () => import('./en-lessons.ts').then(({ enLessons }) => enLessons), … });
 */
export function lazyTable<T>(loaders: Loaders<T>): () => T {
  const load = createTables(loaders);
  return () => use(load(useLanguage()));
}
