/** The open card of a lesson: what to see, what to do, and the way on. */

import '../styles/lessons.css';
import { useEffect, useRef, useState } from 'react';
import { LESSONS, type LessonId } from '../../store/lessons/catalogue.ts';
import { goToCard, openCard } from '../../store/lessons/lesson-store.ts';
import { specOf } from '../../store/lessons/specs.ts';
import { endLesson, setUpLesson } from '../../store/lessons/start.ts';
import { useLessons, useSession } from '../context.ts';
import { Icon } from '../parts/icon.tsx';
import type { CardText } from '../strings/lessons/lesson-texts.ts';
import { useLessonTexts, useLessonWords } from '../strings/lessons/use-lesson-strings.ts';
import { MarkedText, plainText } from './marked-text.tsx';
import { useGoals } from './use-goals.ts';
import { focusPart, showPart, useMarks } from './use-marks.ts';

export interface LessonCardProps {
  readonly lesson: LessonId;
  /** Opened by the visitor just now, and not by a link: the focus comes along. */
  readonly isAsked: boolean;
}

export default function LessonCard({ lesson, isAsked }: LessonCardProps) {
  const session = useSession();
  const { card: words } = useLessonWords();
  const { title, cards } = useLessonTexts()[lesson];
  const at = useLessons(openCard);
  const [name, spec] = Object.entries(specOf(lesson).cards)[at];
  const text = (cards as Readonly<Record<string, CardText>>)[name];
  const [isFolded, setFolded] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(isAsked ? null : `${lesson} ${at}`);
  useEffect(() => {
    const key = `${lesson} ${at}`;
    if (first.current !== key) heading.current?.focus({ preventScroll: true });
    first.current = null;
    heading.current?.closest('.lesson-body')?.scrollTo(0, 0);
  }, [lesson, at]);
  useMarks(spec.marks);
  useEffect(() => showPart(spec.marks[0]), [spec]);
  const [said, setSaid] = useState('');
  const goals = useGoals(lesson, name, spec, (reached) =>
    setSaid(reached.map((goal) => words.reached(plainText(text.goals[goal]))).join(' ')),
  );
  const isReady = goals.every(({ isReached }) => isReached);
  const { cards: count } = LESSONS[lesson];
  const isLast = at === count - 1;
  return (
    <section
      className={`lesson ${isFolded ? 'folded' : ''}`}
      aria-label={words.region(title)}
      data-marks={spec.marks.join(' ')}
    >
      <div className="lesson-bar">
        <p className="lesson-title">
          <span className="lesson-name">{title}</span>{' '}
          <span className="lesson-place">{words.place(at + 1, count)}</span>
        </p>
        <button
          type="button"
          className="tool lesson-fold"
          aria-expanded={!isFolded}
          aria-label={isFolded ? words.unfold : words.fold}
          onClick={() => setFolded(!isFolded)}
        >
          <Icon name="chevron" />
        </button>
        <button
          type="button"
          className="tool"
          aria-label={words.leave}
          title={words.leave}
          onClick={() => endLesson(session, false)}
        >
          <Icon name="close" />
        </button>
      </div>
      <div className="lesson-body">
        <h2 ref={heading} tabIndex={-1}>
          {text.title}
        </h2>
        {text.paragraphs.map((paragraph) => (
          <p key={paragraph}>
            <MarkedText text={paragraph} />
          </p>
        ))}
        <p className="lesson-more">
          {spec.marks.length > 0 && (
            <button type="button" className="text-button" onClick={() => focusPart(spec.marks[0])}>
              {words.show}
            </button>
          )}
          <button
            type="button"
            className="text-button"
            title={words.setUpHint}
            onClick={() => setUpLesson(session, lesson)}
          >
            {words.setUp}
          </button>
        </p>
      </div>
      {goals.length > 0 && (
        <ul className="lesson-goals" aria-label={words.goals}>
          {goals.map(({ name: goal, isReached }) => (
            <li key={goal} className={isReached ? 'reached' : ''}>
              <span className="lesson-tick">{isReached && <Icon name="tick" />}</span>
              <span>
                <MarkedText text={text.goals[goal]} />
                {isReached && <span className="visually-hidden"> ({words.isReached})</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
      <div className="lesson-foot">
        <button type="button" className="quiet" disabled={at === 0} onClick={() => goToCard(session.lessons, at - 1)}>
          {words.back}
        </button>
        <button
          type="button"
          className={isReady ? 'lesson-next' : ''}
          onClick={() => (isLast ? endLesson(session, true) : goToCard(session.lessons, at + 1))}
        >
          {isLast ? words.finish : isReady ? words.next : words.skip}
        </button>
      </div>
      <p role="status" className="visually-hidden">
        {said}
        {said && isReady && ` ${words.allReached}`}
      </p>
    </section>
  );
}
