/** How components reach the session and the words. */

import { createContext, useContext } from 'react';
import { type StoreApi, useStore } from 'zustand';
import type { EditsState } from '../store/edits-store.ts';
import type { FrameState } from '../store/frame-store.ts';
import type { LessonState } from '../store/lessons/lesson-store.ts';
import type { NoticeState } from '../store/notice-store.ts';
import type { RunState } from '../store/run-store.ts';
import type { RunsState } from '../store/runs-store.ts';
import type { Actions, Session } from '../store/session.ts';
import type { SettingsState } from '../store/settings-store.ts';
import type { TimelineState } from '../store/timeline-store.ts';
import type { ViewState } from '../store/view-store.ts';
import { createFormat, type Format } from './format.ts';
import type { Strings } from './strings/strings.ts';

export const SessionContext = createContext<Session | null>(null);
export const StringsContext = createContext<Strings | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('components of the page stand inside a SessionContext');
  return session;
}

export const useActions = (): Actions => useSession().actions;

export function useStrings(): Strings {
  const strings = useContext(StringsContext);
  if (!strings) throw new Error('components of the page stand inside a LanguageProvider');
  return strings;
}

const formats = new Map<string, Format>();
/** The number formats of the current language. */
export function useFormat(): Format {
  const { language } = useStrings();
  let format = formats.get(language);
  if (!format) {
    format = createFormat(language);
    formats.set(language, format);
  }
  return format;
}

const hook =
  <State>(choose: (session: Session) => StoreApi<State>) =>
  <Slice>(selector: (state: State) => Slice): Slice =>
    useStore(choose(useSession()), selector);

/** Each selects a small slice of one store; the component renders again when that slice changes. */
export const useRun = hook<RunState>((session) => session.run);
export const useSettings = hook<SettingsState>((session) => session.settings);
export const useFrames = hook<FrameState>((session) => session.frames);
export const useEdits = hook<EditsState>((session) => session.edits);
export const useTimeline = hook<TimelineState>((session) => session.timeline);
export const useView = hook<ViewState>((session) => session.view);
export const useRuns = hook<RunsState>((session) => session.runs);
export const useLessons = hook<LessonState>((session) => session.lessons);
export const useNotices = hook<NoticeState>((session) => session.notices);
