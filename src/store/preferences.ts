/** What this browser remembers of its visitor: theme, size, and whether single keys are shortcuts. Nothing else. */

import type { ThemeChoice, ViewState } from './view-store.ts';

const THEME = 'heed.theme';
const SIZE = 'heed.size';
const SHORTCUTS = 'heed.shortcuts';

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Preferences that were stored; nothing where storage is switched off or holds something else. */
export function readPreferences(storage: () => Storage): Partial<ViewState> {
  try {
    const theme = storage().getItem(THEME);
    return {
      ...((theme === 'light' || theme === 'dark') && { theme: theme as ThemeChoice }),
      ...(storage().getItem(SIZE) === 'large' && { size: 'large' as const }),
      hasShortcuts: storage().getItem(SHORTCUTS) !== 'off',
    };
  } catch {
    return {};
  }
}

/** Stores the preferences; a browser that forbids it keeps them for this visit only. */
export function writePreferences(
  storage: () => Storage,
  view: Pick<ViewState, 'theme' | 'size' | 'hasShortcuts'>,
): void {
  try {
    if (view.theme === 'system') storage().removeItem(THEME);
    else storage().setItem(THEME, view.theme);
    if (view.size === 'normal') storage().removeItem(SIZE);
    else storage().setItem(SIZE, view.size);
    if (view.hasShortcuts) storage().removeItem(SHORTCUTS);
    else storage().setItem(SHORTCUTS, 'off');
  } catch {
    // The visit goes on without a memory.
  }
}
