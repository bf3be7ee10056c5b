/** The language in effect: the visitor's choice, or what the browser prefers where there is none. */

import { type ReactNode, startTransition, useEffect, useMemo, useRef, useState } from 'react';
import { familyOf } from '../model/config.ts';
import { notify } from '../store/notice-store.ts';
import { LANGUAGES, type Language, type LanguageChoice } from '../store/view-store.ts';
import { StringsContext, useSession, useSettings, useView } from './context.ts';
import { stringsFor } from './strings/for-family.ts';
import type { Strings } from './strings/strings.ts';
import { loadStrings } from './strings/tables.ts';

/** The first language of the browser's list that the page has; English where it has none of them. */
export const preferredLanguage = (wanted: readonly string[]): Language =>
  wanted
    .map((tag) => LANGUAGES.find((language) => tag.toLowerCase().split('-')[0] === language))
    .find((language) => language !== undefined) ?? LANGUAGES[0];

export const resolveLanguage = (choice: LanguageChoice, wanted: readonly string[] = navigator.languages): Language =>
  choice === 'system' ? preferredLanguage(wanted) : choice;

export const useLanguage = (): Language => resolveLanguage(useView((state) => state.language));

/**
 * Gives the page its words. Until the first table is there, nothing is shown; until another is, the one before stays,
 * and it stays as well where the other can't be loaded.
 */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const { view, notices } = useSession();
  const language = useLanguage();
  const [strings, setStrings] = useState<Strings | null>(null);
  const spoken = useRef<Language>(LANGUAGES[0]);
  useEffect(() => {
    let isWanted = true;
    loadStrings(language).then(
      (table) => {
        if (!isWanted) return;
        spoken.current = language;
        // In slices: the worker's first messages get through in between.
        startTransition(() => setStrings(table));
      },
      () => {
        if (!isWanted) return;
        view.setState({ language: spoken.current });
        notify(notices, { kind: 'language-not-loaded' });
      },
    );
    return () => {
      isWanted = false;
    };
  }, [language, view, notices]);
  useEffect(() => {
    if (!strings) return;
    document.documentElement.lang = strings.language;
    document.title = strings.app.title;
  }, [strings]);
  const family = useSettings(({ config }) => familyOf(config.task));
  const own = useMemo(() => strings && stringsFor(strings, family), [strings, family]);
  return own && <StringsContext value={own}>{children}</StringsContext>;
}
