/** The languages' tables, each loaded when it is first asked for: a page in one language never downloads another. */

import type { Language } from '../../store/view-store.ts';
import type { Strings } from './strings.ts';

export type Loaders<T> = Readonly<Record<Language, () => Promise<T>>>;

/** Loads each table once; one that failed is tried again when it is asked for again. */
export function createTables<T>(loaders: Loaders<T>): (language: Language) => Promise<T> {
  const tables = new Map<Language, Promise<T>>();
  return (language) => {
    const known = tables.get(language);
    if (known) return known;
    const table = loaders[language]();
    tables.set(language, table);
    table.catch(() => tables.delete(language));
    return table;
  };
}

/** The words of the first view and of all panels that have no table of their own. */
export const loadStrings = createTables<Strings>({
  en: () => import('./en.ts').then(({ en }) => en),
  zh: () => import('./zh.ts').then(({ zh }) => zh),
});
