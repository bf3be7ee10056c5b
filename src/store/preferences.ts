/** What this browser remembers of its visitor: theme, size, language, and whether single keys are shortcuts. Nothing else. */

import { LANGUAGES, type ThemeChoice, type ViewState } from './view-store.ts';

const THEME = 'heed.theme';
const SIZE = 'heed.size';
const LANGUAGE = 'heed.language';
const SHORTCUTS = 'heed.shortcuts';

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Preferences that were stored; nothing where storage is switched off or holds something else. */
export function readPreferences(storage: () => Storage): Partial<ViewState> {
  try {
    const theme = storage().getItem(THEME);
    const language = LANGUAGES.find((name) => name === storage().getItem(LANGUAGE));
    return {
      ...((theme === 'light' || theme === 'dark') && { theme: theme as ThemeChoice }),
      ...(storage().getItem(SIZE) === 'large' && { size: 'large' as const }),
      ...(language && { language }),
      hasShortcuts: storage().getItem(SHORTCUTS) !== 'off',
    };
  } catch {
    return {};
  }
}

/** Stores the preferences; a browser that forbids it keeps them for this visit only. */
export function writePreferences(
  storage: () => Storage,
  view: Pick<ViewState, 'theme' | 'size' | 'language' | 'hasShortcuts'>,
): void {
  try {
    if (view.theme === 'system') storage().removeItem(THEME);
    else storage().setItem(THEME, view.theme);
    if (view.size === 'normal') storage().removeItem(SIZE);
    else storage().setItem(SIZE, view.size);
    if (view.language === 'system') storage().removeItem(LANGUAGE);
    else storage().setItem(LANGUAGE, view.language);
    if (view.hasShortcuts) storage().removeItem(SHORTCUTS);
    else storage().setItem(SHORTCUTS, 'off');
  } catch {
    // The visit goes on without a memory.
  }
}
