/** Puts the page into an element: reads the link and the preferences, starts a session, renders. */

import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';
import './styles/layout.css';
import './styles/header.css';
import './styles/settings.css';
import './styles/stage.css';
import './styles/heatmap.css';
import './styles/heatmap-table.css';
import './styles/heatmap-editing.css';
import './styles/meters.css';
import './styles/drawer.css';
import './styles/access.css';
import { createRoot } from 'react-dom/client';
import { readLessons, writeLessons } from '../store/lessons/lesson-store.ts';
import { asksForRun, bindLink, readLocation } from '../store/link-sync.ts';
import { readPreferences, writePreferences } from '../store/preferences.ts';
import { createSession, type Session, type SessionOptions } from '../store/session.ts';
import { attentionScale } from '../viz/attention-scale.ts';
import { App } from './app.tsx';
import { SessionContext } from './context.ts';
import { LanguageProvider, resolveLanguage } from './language.tsx';
import { loadStrings } from './strings/tables.ts';
import { bindTheme, resolveTheme } from './theme.ts';

/** What a slow computer needs to draw the first picture, ms. */
const DRAWING_MS = 1000;

/**
 * Starts the page.
 * @param onShown called once the first picture stands, or it is clear that there will be none
 * @returns how to end it
 */
export function mount(
  element: HTMLElement,
  startClient: SessionOptions['startClient'],
  onShown: () => void = () => {},
): () => void {
  const storage = (): Storage => localStorage;
  const { state, problems } = readLocation(location);
  const preferences = readPreferences(storage);
  // Before the page is first drawn, which then only waits for what is on its way.
  const wanted = state.language === 'system' ? (preferences.language ?? 'system') : state.language;
  void loadStrings(resolveLanguage(wanted)).catch(() => {});
  const session = createSession({
    startClient,
    link: state,
    problems,
    view: preferences,
    // Who follows a link came for what it shows.
    lessons: { ...readLessons(storage), ...(location.hash.length > 1 && { isHintDone: true }) },
    resumes: asksForRun(location) ? 'same' : 'any',
    models: new URL('models/', document.baseURI).href,
  });
  const stops = [
    onFirstInput(window, session.actions.getReady),
    onFirstPicture(session, onShown),
    bindTheme(session.view, document.documentElement),
    bindLink(session, window),
    session.lessons.subscribe((state, before) => {
      if (state.progress !== before.progress || state.isHintDone !== before.isHintDone) writeLessons(storage, state);
    }),
    session.view.subscribe((view, before) => {
      const isKept = (['theme', 'size', 'language', 'hasShortcuts'] as const).every((key) => view[key] === before[key]);
      if (!isKept) writePreferences(storage, view);
    }),
  ];
  const root = createRoot(element);
  root.render(
    <SessionContext value={session}>
      <LanguageProvider>
        <App />
      </LanguageProvider>
    </SessionContext>,
  );
  // The colours of the first picture, while nothing is there to draw.
  setTimeout(() => attentionScale(resolveTheme(preferences.theme ?? 'system')));
  return () => {
    for (const stop of stops) stop();
    root.unmount();
    session.dispose();
  };
}

/** Calls back when the first picture has had time to be drawn, or the first run could not be opened. Returns how to stop. */
function onFirstPicture({ run, frames }: Session, listener: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    if (timer === undefined && (frames.getState().shown !== null || run.getState().phase === 'failed'))
      timer = setTimeout(listener, DRAWING_MS);
  };
  const stops = [run.subscribe(look), frames.subscribe(look), () => clearTimeout(timer)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Calls back once somebody is there: until then the page only shows what it has. Returns how to stop. */
function onFirstInput(page: Window, listener: () => void): () => void {
  const stopping = new AbortController();
  const call = (): void => {
    stopping.abort();
    listener();
  };
  for (const type of ['pointermove', 'pointerdown', 'keydown', 'wheel'])
    page.addEventListener(type, call, { signal: stopping.signal, passive: true });
  return () => stopping.abort();
}
