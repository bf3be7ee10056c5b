/** What a lesson is made of: cards, the parts of the page that they speak about, and goals that the page checks by itself. */

import type { EditsState } from '../edits-store.ts';
import type { FrameState } from '../frame-store.ts';
import type { RunState } from '../run-store.ts';
import type { AskedState, SessionStores } from '../session-stores.ts';
import type { SettingsState } from '../settings-store.ts';
import type { TimelineState } from '../timeline-store.ts';
import type { PanelName, ViewState } from '../view-store.ts';

/** Everything that a goal may look at. */
export interface Page {
  readonly settings: SettingsState;
  readonly run: RunState;
  readonly frames: FrameState;
  readonly edits: EditsState;
  readonly timeline: TimelineState;
  readonly view: ViewState;
  readonly asked: AskedState;
}

/** The stores that a page is read from; a change of any may reach a goal. */
export const PAGE_STORES = ['settings', 'run', 'frames', 'edits', 'timeline', 'view', 'asked'] as const;

export const pageOf = (session: Pick<SessionStores, (typeof PAGE_STORES)[number]>): Page => ({
  settings: session.settings.getState(),
  run: session.run.getState(),
  frames: session.frames.getState(),
  edits: session.edits.getState(),
  timeline: session.timeline.getState(),
  view: session.view.getState(),
  asked: session.asked.getState(),
});

/** Parts of the page that a card can mark. */
export type PartName =
  | 'train'
  | 'reset'
  | 'pace'
  | 'schematic'
  | 'sentence'
  | 'translation'
  | 'probes'
  | 'heatmap'
  | 'switches'
  | 'time'
  | 'settings'
  | 'meters'
  | `panel-${PanelName}`;

export interface GoalSpec {
  /** @param start - the page as it was when the card was opened */
  readonly isReached: (page: Page, start: Page) => boolean;
  /** Left out where this page can't reach it. */
  readonly applies?: (page: Page) => boolean;
}

export interface CardSpec {
  /** Marked while the card is open; the first is scrolled into sight. */
  readonly marks: readonly PartName[];
  readonly goals: Readonly<Record<string, GoalSpec>>;
}

export interface LessonSpec {
  /** True where the lesson can go on with the run as it is, instead of with its own. */
  readonly fits: (page: Page) => boolean;
  /** By name, in their order. */
  readonly cards: Readonly<Record<string, CardSpec>>;
}

/** Keeps the names of cards and goals, which the texts of every language have to have. */
export const lesson = <const Spec extends LessonSpec>(spec: Spec): Spec => spec;
