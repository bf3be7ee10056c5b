/** Opening a lesson: on the run as it is where that will do, else on the lesson's own; and the way back. */

import { decodeLink, defaultLinkState, type LinkState } from '../link.ts';
import { notify } from '../notice-store.ts';
import type { Session } from '../session.ts';
import { linkOf } from '../session-link.ts';
import { changesBetween } from '../settings-store.ts';
import { LESSONS, type LessonId } from './catalogue.ts';
import { pageOf } from './lesson.ts';
import { forgetProgress, goToCard, leaveLesson, openCard, openLesson, progressOf } from './lesson-store.ts';
import { specOf } from './specs.ts';

/** Opens a lesson where it was left. At its first card it brings its own settings, unless the run suits it. */
export function startLesson(session: Session, lesson: LessonId): void {
  const { lessons } = session;
  const { card, isDone } = progressOf(lessons.getState(), lesson);
  if (isDone) forgetProgress(lessons, lesson);
  const isFresh = isDone || card === 0;
  if (isFresh && !specOf(lesson).fits(pageOf(session))) setUpLesson(session, lesson);
  else openLesson(lessons, lesson);
}

/** The lesson's own settings and a tidy page, at the card where the lesson stands. What is kept of such a run goes on. */
export function setUpLesson(session: Session, lesson: LessonId): void {
  const { lessons, actions } = session;
  const now = linkOf(session);
  const state = lessons.getState();
  if (!state.before) lessons.setState({ before: now });
  const { config } = decodeLink(LESSONS[lesson].start).state;
  const { size, language, hidden, executor, strategy } = now;
  const card = state.lesson === lesson ? openCard(state) : progressOf(state, lesson).card;
  const fresh: LinkState = { ...defaultLinkState(config.task), size, language, hidden, executor, strategy, config };
  actions.applyLink({ ...fresh, lesson, card }, [], true);
}

/** Puts the lesson away, and offers the way back to what was on the page before it. */
export function endLesson(session: Session, isDone: boolean): void {
  const { lessons, notices, settings } = session;
  const { lesson, before } = lessons.getState();
  if (!lesson) return;
  if (isDone) goToCard(lessons, LESSONS[lesson].cards);
  else leaveLesson(lessons);
  lessons.setState({ before: null });
  const hasChanged = before && changesBetween(before.config, settings.getState().config).length > 0;
  if (hasChanged) notify(notices, { kind: 'lesson-left', before: { ...before, lesson: null, card: 0 } });
}
