/** Calm lines under the bar: a link's bad values, a run that was opened again, a change that was refused. */

import { type ReactNode, useLayoutEffect, useRef } from 'react';
import type { LinkProblem } from '../../store/link.ts';
import { dismiss, type Notice } from '../../store/notice-store.ts';
import { useActions, useFormat, useNotices, useSession, useStrings } from '../context.ts';
import { Icon } from '../parts/icon.tsx';
import { valueText } from '../settings/use-setting.ts';
import type { Strings } from '../strings/strings.ts';
import { useErrorText } from './error-text.ts';

export function Notices() {
  const notices = useNotices((state) => state.notices);
  return (
    <div className="notices" role="status">
      {notices.map((notice) => (
        <NoticeLine key={notice.kind} notice={notice} />
      ))}
    </div>
  );
}

function NoticeLine({ notice }: { readonly notice: Notice }) {
  const strings = useStrings();
  const { notices } = useSession();
  const content = useNoticeContent(notice);
  const line = useRef<HTMLDivElement>(null);
  // A line that goes takes the focus with it; the keyboard goes on from the stage.
  useLayoutEffect(() => {
    const element = line.current;
    return () => {
      if (element?.contains(document.activeElement)) document.getElementById('stage')?.focus({ preventScroll: true });
    };
  }, []);
  // The button itself says that the link was copied; here it is only spoken.
  if (notice.kind === 'link-copied') return <p className="visually-hidden">{content}</p>;
  return (
    <div className="notice" ref={line}>
      <p>{content}</p>
      <button
        type="button"
        className="tool"
        aria-label={strings.notices.dismiss}
        onClick={() => dismiss(notices, notice.kind)}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

function useNoticeContent(notice: Notice): ReactNode {
  const strings = useStrings();
  const format = useFormat();
  const session = useSession();
  const { restore, goOnAt, startAfresh } = useActions();
  const errorText = useErrorText();
  switch (notice.kind) {
    case 'link-problems':
      return strings.notices.linkProblems(
        strings.joined.list(notice.problems.map((problem) => problemText(problem, strings))),
      );
    case 'refused':
      return strings.notices.refused(errorText(notice.error));
    case 'recovered': {
      const { recovery } = notice;
      const { step, repeatedSteps } = recovery;
      return strings.faults.recovered(recovery, format.integer(step), format.integer(repeatedSteps));
    }
    case 'diverged': {
      const { divergence } = notice;
      const { breakdown, learningRate, lowerRate, step } = divergence;
      const figures = {
        step: format.integer(breakdown.step),
        backTo: format.integer(step),
        loss: format.figure(breakdown.loss),
        rate: format.setting(learningRate),
      };
      return (
        <>
          {strings.faults.diverged(divergence, figures)}{' '}
          <button type="button" className="text-button" onClick={() => goOnAt(lowerRate)}>
            {strings.faults.goOn(format.setting(lowerRate))}
          </button>{' '}
          <button type="button" className="text-button" onClick={() => dismiss(session.notices, 'diverged')}>
            {strings.faults.stay}
          </button>
        </>
      );
    }
    case 'resumed':
      return (
        <>
          {strings.runs.resumed(notice.origin, format.integer(notice.step))}{' '}
          <button type="button" className="text-button" onClick={startAfresh}>
            {strings.runs.startAfresh}
          </button>
        </>
      );
    case 'not-saved':
      return strings.runs.notSaved(notice.problem);
    case 'language-not-loaded':
      return strings.notices.languageNotLoaded;
    case 'lesson-left':
      return (
        <>
          {strings.lessons.left}{' '}
          <button
            type="button"
            className="text-button"
            onClick={() => {
              dismiss(session.notices, 'lesson-left');
              session.actions.applyLink(notice.before, [], true);
            }}
          >
            {strings.lessons.goBack}
          </button>
        </>
      );
    case 'link-copied':
      return strings.notices.linkCopied;
    case 'link-not-copied':
      return (
        <>
          {strings.notices.linkNotCopied}{' '}
          <input className="link-field" readOnly value={notice.link} onFocus={(event) => event.target.select()} />
        </>
      );
    case 'reopened': {
      const changes = notice.changes.map(({ field, from, to }) =>
        strings.notices.change(
          strings.settings.fields[field].label,
          valueText(from, strings, format),
          valueText(to, strings, format),
        ),
      );
      const undo = (): void => {
        dismiss(session.notices, 'reopened');
        restore(notice.previous);
      };
      return (
        <>
          {strings.notices.reopened(strings.joined.list(changes))}{' '}
          <button type="button" className="text-button" onClick={undo}>
            {strings.notices.undo}
          </button>
        </>
      );
    }
  }
}

function problemText({ name, text, field, reason }: LinkProblem, { notices, settings }: Strings): string {
  if (reason === 'unknown-name') return notices.linkUnknown(name);
  return notices.linkValue(field ? settings.fields[field].label : name, text);
}
