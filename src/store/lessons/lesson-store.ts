/** Which lesson is open, and how far each has been gone through. Runs without React; what is in a card it does not know. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LinkState } from '../link.ts';
import { isLessonId, LESSON_IDS, LESSONS, type LessonId } from './catalogue.ts';

/** Where a visitor stands in one lesson. */
export interface Progress {
  /** The card that was open last, from 0. */
  readonly card: number;
  /** Goals that were reached, as `card.goal`. */
  readonly reached: readonly string[];
  /** The last card was gone past. */
  readonly isDone: boolean;
}

export interface LessonState {
  /** The lesson that is open; null while there is none. */
  readonly lesson: LessonId | null;
  readonly progress: Readonly<Partial<Record<LessonId, Progress>>>;
  /** The visitor knows that there are lessons: has opened one, or put the hint away. */
  readonly isHintDone: boolean;
  /** What was on the page before a lesson brought its own settings; null where none has. */
  readonly before: LinkState | null;
}
export type LessonStore = StoreApi<LessonState>;

export const NO_PROGRESS: Progress = { card: 0, reached: [], isDone: false };

export const createLessonStore = (initial: Partial<LessonState> = {}): LessonStore =>
  createStore(() => ({ lesson: null, progress: {}, isHintDone: false, before: null, ...initial }));

export const progressOf = ({ progress }: Pick<LessonState, 'progress'>, lesson: LessonId): Progress =>
  progress[lesson] ?? NO_PROGRESS;

/** The open card, from 0; 0 where no lesson is open. */
export const openCard = (state: LessonState): number => (state.lesson ? progressOf(state, state.lesson).card : 0);

const change = (store: LessonStore, lesson: LessonId, part: Partial<Progress>): void =>
  store.setState((state) => ({
    progress: { ...state.progress, [lesson]: { ...progressOf(state, lesson), ...part } },
  }));

/** Opens a lesson at a card, at the one where it was left where none is given, at the first one where it was done. */
export function openLesson(store: LessonStore, lesson: LessonId, card?: number): void {
  const { card: last, isDone } = progressOf(store.getState(), lesson);
  store.setState({ lesson, isHintDone: true });
  goToCard(store, card ?? (isDone ? 0 : last));
}

/** Goes to a card of the open lesson; one beyond the last ends the lesson. */
export function goToCard(store: LessonStore, card: number): void {
  const { lesson } = store.getState();
  if (!lesson) return;
  const { cards } = LESSONS[lesson];
  if (card >= cards) {
    change(store, lesson, { isDone: true, card: cards - 1 });
    store.setState({ lesson: null });
  } else change(store, lesson, { card: Math.max(0, card) });
}

/** Puts the lesson away; it is gone on with where it was left. */
export const leaveLesson = (store: LessonStore): void => store.setState({ lesson: null });

/** Notes goals, as `card.goal`; they stay reached. @returns those that were not yet */
export function reachGoals(store: LessonStore, lesson: LessonId, goals: readonly string[]): readonly string[] {
  const { reached } = progressOf(store.getState(), lesson);
  const fresh = goals.filter((goal) => !reached.includes(goal));
  if (fresh.length > 0) change(store, lesson, { reached: [...reached, ...fresh] });
  return fresh;
}

/** A lesson from its start: nothing of it has been reached. */
export const forgetProgress = (store: LessonStore, lesson: LessonId): void => change(store, lesson, NO_PROGRESS);

const KEY = 'heed.lessons';
/** More than any lesson has; what is longer was not written by this page. */
const MAX_REACHED = 100;

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

/** What this browser remembers of the lessons; nothing where storage is switched off or holds something else. */
export function readLessons(storage: () => Storage): Partial<LessonState> {
  try {
    const text = storage().getItem(KEY);
    if (text === null) return {};
    const kept: unknown = JSON.parse(text);
    const progress: Partial<Record<LessonId, Progress>> = {};
    if (typeof kept !== 'object' || kept === null) return {};
    for (const [id, value] of Object.entries(kept)) {
      const one = isLessonId(id) ? parseProgress(id, value) : null;
      if (one && isLessonId(id)) progress[id] = one;
    }
    return { progress, isHintDone: true };
  } catch {
    return {};
  }
}

function parseProgress(lesson: LessonId, value: unknown): Progress | null {
  if (typeof value !== 'object' || value === null) return null;
  const { card, reached, isDone } = value as Partial<Record<keyof Progress, unknown>>;
  const isCard = Number.isInteger(card) && (card as number) >= 0 && (card as number) < LESSONS[lesson].cards;
  const isList = Array.isArray(reached) && reached.length <= MAX_REACHED && reached.every((g) => typeof g === 'string');
  return isCard && isList ? { card: card as number, reached, isDone: isDone === true } : null;
}

/** Keeps the progress for the next visit; a browser that forbids it keeps it for this one only. */
export function writeLessons(storage: () => Storage, { progress }: LessonState): void {
  try {
    storage().setItem(KEY, JSON.stringify(progress));
  } catch {
    // The visit goes on without a memory.
  }
}

/** Lessons that were gone through to their end. */
export const doneCount = ({ progress }: LessonState): number =>
  LESSON_IDS.filter((lesson) => progress[lesson]?.isDone).length;
