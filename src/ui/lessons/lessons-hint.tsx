/** A calm line on the first visit: there are lessons. */

import { useLessons, useSession, useStrings, useView } from '../context.ts';
import { Icon } from '../parts/icon.tsx';

export function LessonsHint() {
  const { lessons: text } = useStrings();
  const session = useSession();
  const isDone = useLessons((state) => state.isHintDone);
  const isHidden = useView((state) => state.hidden.includes('lessons'));
  if (isDone || isHidden) return null;
  const start = async (): Promise<void> => {
    const { startLesson } = await import('../../store/lessons/start.ts');
    startLesson(session, 'what-attention-is');
  };
  return (
    <aside className="notice" aria-label={text.title}>
      <p>
        {text.hint}{' '}
        <button type="button" className="text-button" onClick={() => void start()}>
          {text.hintStart}
        </button>
      </p>
      <button
        type="button"
        className="tool"
        aria-label={text.hintDismiss}
        onClick={() => session.lessons.setState({ isHintDone: true })}
      >
        <Icon name="close" />
      </button>
    </aside>
  );
}
