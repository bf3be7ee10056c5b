/** What a visit shows and remembers, in stores that know nothing of each other but through the session. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Question, QuestionKind } from '../training/questions.ts';
import { createEditsStore, type EditsStore } from './edits-store.ts';
import { createFrameStore, type FrameStore } from './frame-store.ts';
import { createLessonStore, type LessonState, type LessonStore, openLesson } from './lessons/lesson-store.ts';
import type { LinkProblem, LinkState } from './link.ts';
import { viewOf } from './link-view.ts';
import { createNoticeStore, type NoticeStore, notify } from './notice-store.ts';
import { paceOf } from './pace.ts';
import { createRunStore, type RunStore } from './run-store.ts';
import { waitingEdits, waitingPin } from './session-link.ts';
import { createSettingsStore, type SettingsStore } from './settings-store.ts';
import { createTimelineStore, type TimelineStore } from './timeline-store.ts';
import { createViewStore, type ViewState, type ViewStore } from './view-store.ts';

export type AskedState = { readonly [K in QuestionKind]?: Question<K> };
export type AskedStore = StoreApi<AskedState>;

export interface SessionStores {
  readonly settings: SettingsStore;
  readonly run: RunStore;
  readonly frames: FrameStore;
  /** What the visitor changed about the sentence on the stage. */
  readonly edits: EditsStore;
  /** The run's past, as far as it is kept. */
  readonly timeline: TimelineStore;
  readonly view: ViewStore;
  readonly notices: NoticeStore;
  /** Which lesson is open, and how far each is done. */
  readonly lessons: LessonStore;
  /** The last question of each kind that was answered. */
  readonly asked: AskedStore;
}

/** What a visit begins with. */
export interface Beginning {
  readonly link: LinkState;
  readonly problems?: readonly LinkProblem[];
  readonly view?: Partial<ViewState>;
  /** What this browser remembers of the lessons. */
  readonly lessons?: Partial<LessonState>;
}

export function createSessionStores(beginning: Beginning): SessionStores {
  const { link, problems } = beginning;
  const { config, executor, strategy } = link;
  const run = createRunStore();
  const frames = createFrameStore();
  const stores: SessionStores = {
    settings: createSettingsStore({ config, executor, strategy }),
    run,
    frames,
    edits: createEditsStore(),
    timeline: createTimelineStore(frames, run),
    view: createViewStore({ ...beginning.view, ...viewOf(link), waitingPin: waitingPin(link) }),
    notices: createNoticeStore(),
    lessons: createLessonStore(beginning.lessons),
    asked: createStore<AskedState>(() => ({})),
  };
  stores.edits.setState({ waiting: waitingEdits(link) });
  if (link.lesson) openLesson(stores.lessons, link.lesson, link.card);
  run.setState({ pace: paceOf(link.pace) });
  frames.setState({ mode: link.mode, staged: { kind: 'probe', index: link.probe } });
  if (problems?.length) notify(stores.notices, { kind: 'link-problems', problems });
  return stores;
}
