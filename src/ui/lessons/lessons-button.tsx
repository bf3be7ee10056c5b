/** The button that opens the list of lessons. */

import { lazy, Suspense, useState } from 'react';
import { useStrings } from '../context.ts';
import { LESSONS_BUTTON_ID } from '../header/shortcuts.ts';
import { Icon } from '../parts/icon.tsx';
import { Popover } from '../parts/popover.tsx';

const LessonMenu = lazy(() => import('./lesson-menu.tsx'));

export function LessonsButton() {
  const { lessons } = useStrings();
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      className="tool lessons-button"
      buttonId={LESSONS_BUTTON_ID}
      panelClassName="lesson-panel"
      onOpen={setOpen}
      button={
        <>
          <Icon name="lessons" />
          <span>{lessons.title}</span>
        </>
      }
    >
      <Suspense>{isOpen && <LessonMenu />}</Suspense>
    </Popover>
  );
}
