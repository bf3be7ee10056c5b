/** Watches the page for as long as a card is open, and notes the goals that are reached. */

import { useEffect, useRef } from 'react';
import type { LessonId } from '../../store/lessons/catalogue.ts';
import { type CardSpec, type GoalSpec, PAGE_STORES, type Page, pageOf } from '../../store/lessons/lesson.ts';
import { progressOf, reachGoals } from '../../store/lessons/lesson-store.ts';
import { useLessons, useRun, useSession } from '../context.ts';

export interface GoalState {
  readonly name: string;
  readonly isReached: boolean;
}

/**
 * The goals of the open card that this page can reach.
 * @param onReached - told each goal when it is reached
 */
export function useGoals(
  lesson: LessonId,
  cardName: string,
  card: CardSpec,
  onReached: (names: readonly string[]) => void,
): readonly GoalState[] {
  const session = useSession();
  const reached = useLessons((state) => progressOf(state, lesson).reached);
  // What applies depends on what computes the run, which can change.
  useRun((state) => state.run?.executor.kind ?? null);
  const names = applying(card, pageOf(session));
  const told = useRef(onReached);
  useEffect(() => {
    told.current = onReached;
  });
  useEffect(() => {
    const start = pageOf(session);
    const check = (): void => {
      const page = pageOf(session);
      const now = applying(card, page).filter((name) => card.goals[name].isReached(page, start));
      const keys = now.map((name) => `${cardName}.${name}`);
      const fresh = keys.length > 0 ? reachGoals(session.lessons, lesson, keys) : [];
      if (fresh.length > 0) told.current(now.filter((_, at) => fresh.includes(keys[at])));
    };
    const stops = PAGE_STORES.map((name) => session[name].subscribe(check));
    check();
    return () => {
      for (const stop of stops) stop();
    };
  }, [session, lesson, cardName, card]);
  return names.map((name) => ({ name, isReached: reached.includes(`${cardName}.${name}`) }));
}

const applying = (card: CardSpec, page: Page): readonly string[] =>
  Object.entries<GoalSpec>(card.goals)
    .filter(([, { applies }]) => applies?.(page) ?? true)
    .map(([name]) => name);
