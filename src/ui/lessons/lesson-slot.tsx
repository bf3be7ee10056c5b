/** The place of the open lesson, beside the stage; empty while there is none. */

import { lazy, Suspense, useRef } from 'react';
import { useLessons, useStrings } from '../context.ts';

const LessonCard = lazy(() => import('./lesson-card.tsx'));

export function LessonSlot() {
  const { lessons } = useStrings();
  const lesson = useLessons((state) => state.lesson);
  // A lesson that is there from the start came with the link.
  const fromLink = useRef(lesson);
  if (lesson !== fromLink.current) fromLink.current = null;
  if (!lesson) return null;
  return (
    <div className="lesson-column">
      <Suspense fallback={<p className="lesson-loading">{lessons.loading}</p>}>
        <LessonCard lesson={lesson} isAsked={fromLink.current === null} />
      </Suspense>
    </div>
  );
}
