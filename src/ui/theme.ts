/** The theme in effect: the visitor's choice, or the system's where there is none. */

import { useSyncExternalStore } from 'react';
import type { ThemeChoice, ViewStore } from '../store/view-store.ts';
import type { Theme } from '../viz/attention-scale.ts';
import { useView } from './context.ts';

const prefersDark = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

export const resolveTheme = (choice: ThemeChoice): Theme =>
  choice === 'system' ? (prefersDark().matches ? 'dark' : 'light') : choice;

/** Writes the theme onto the document, now and at every change. Returns how to stop. */
export function bindTheme(view: ViewStore, root: HTMLElement): () => void {
  const apply = (): void => {
    root.dataset.theme = resolveTheme(view.getState().theme);
  };
  const media = prefersDark();
  media.addEventListener('change', apply);
  const stop = view.subscribe(apply);
  apply();
  return () => {
    media.removeEventListener('change', apply);
    stop();
  };
}

function watchSystem(onChange: () => void): () => void {
  const media = prefersDark();
  media.addEventListener('change', onChange);
  return () => media.removeEventListener('change', onChange);
}

/** The theme in effect, for what is painted rather than styled. */
export function useTheme(): Theme {
  const choice = useView((state) => state.theme);
  const isDark = useSyncExternalStore(watchSystem, () => prefersDark().matches);
  return choice === 'system' ? (isDark ? 'dark' : 'light') : choice;
}

/** True where the visitor asked the system for less motion. */
export const prefersStillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
