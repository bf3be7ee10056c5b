/** What the Lessons button opens: the list, or the making of a link for a class. */

import '../styles/lessons.css';
import { useState } from 'react';
import { LESSON_IDS, LESSONS, type LessonId } from '../../store/lessons/catalogue.ts';
import { type LessonState, progressOf } from '../../store/lessons/lesson-store.ts';
import { startLesson } from '../../store/lessons/start.ts';
import { useLessons, useSession } from '../context.ts';
import { LESSONS_BUTTON_ID } from '../header/shortcuts.ts';
import { Icon } from '../parts/icon.tsx';
import type { LessonWords } from '../strings/lessons/lesson-words.ts';
import { useLessonTexts, useLessonWords } from '../strings/lessons/use-lesson-strings.ts';
import { ClassLink } from './class-link.tsx';

export default function LessonMenu() {
  const [isSharing, setSharing] = useState(false);
  return isSharing ? <ClassLink onBack={() => setSharing(false)} /> : <LessonList onShare={() => setSharing(true)} />;
}

function LessonList({ onShare }: { readonly onShare: () => void }) {
  const session = useSession();
  const { list, share } = useLessonWords();
  const texts = useLessonTexts();
  const state = useLessons((all) => all);
  const start = (lesson: LessonId): void => {
    document
      .getElementById(LESSONS_BUTTON_ID)
      ?.closest('.tools')
      ?.querySelector<HTMLElement>(':popover-open')
      ?.hidePopover();
    startLesson(session, lesson);
  };
  return (
    <>
      <strong className="lesson-panel-title">{list.title}</strong>
      <span className="hint">{list.intro}</span>
      <ol className="lesson-list">
        {LESSON_IDS.map((lesson) => (
          <li key={lesson}>
            <button type="button" className="quiet lesson-entry" onClick={() => start(lesson)}>
              <span className="lesson-entry-title">{texts[lesson].title}</span>
              <span className="lesson-entry-state">
                {progressOf(state, lesson).isDone && <Icon name="tick" />}
                {stateText(state, lesson, list)}
              </span>
            </button>
          </li>
        ))}
      </ol>
      <button type="button" className="text-button" onClick={onShare}>
        {share.open}
      </button>
    </>
  );
}

function stateText(state: LessonState, lesson: LessonId, list: LessonWords['list']): string {
  const { card, isDone, reached } = progressOf(state, lesson);
  if (state.lesson === lesson) return list.open;
  if (isDone) return list.done;
  const { cards } = LESSONS[lesson];
  return card > 0 || reached.length > 0 ? list.at(card + 1, cards) : list.cards(cards);
}
