/** The theme in effect: the visitor's choice, or the system's where there is none or where it forces its colours. */

import { useSyncExternalStore } from 'react';
import type { ThemeChoice, ViewStore } from '../store/view-store.ts';
import type { Theme } from '../viz/attention-scale.ts';
import { useView } from './context.ts';

const prefersDark = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

const forcedColours = (): MediaQueryList => matchMedia('(forced-colors: active)');

/** Forced colours are the system's: a picture that kept another theme would stand on the wrong ground. */
export const resolveTheme = (choice: ThemeChoice): Theme =>
  choice === 'system' || forcedColours().matches ? (prefersDark().matches ? 'dark' : 'light') : choice;

/** Writes theme and size onto the document, now and at every change. Returns how to stop. */
export function bindTheme(view: ViewStore, root: HTMLElement): () => void {
  const apply = (): void => {
    root.dataset.theme = resolveTheme(view.getState().theme);
    root.dataset.size = view.getState().size;
  };
  const stops = [watchSystem(apply), view.subscribe(apply)];
  apply();
  return () => {
    for (const stop of stops) stop();
  };
}

function watchSystem(onChange: () => void): () => void {
  const medias = [prefersDark(), forcedColours()];
  for (const media of medias) media.addEventListener('change', onChange);
  return () => {
    for (const media of medias) media.removeEventListener('change', onChange);
  };
}

/** The theme in effect, for what is painted rather than styled. */
export function useTheme(): Theme {
  const choice = useView((state) => state.theme);
  return useSyncExternalStore(watchSystem, () => resolveTheme(choice));
}

/** True where the system forces its few colours upon the page: what is told by colour alone has to be told in numbers. */
export const useForcedColours = (): boolean => useSyncExternalStore(watchSystem, () => forcedColours().matches);

/** True where the visitor asked the system for less motion. */
export const prefersStillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
