/** Moments that the visitor keeps: marks with names, to come back to and to compare with. */

import { useFormat, useSession, useStrings, useTimeline } from '../context.ts';
import { Icon } from '../parts/icon.tsx';
import type { Moments } from './use-moments.ts';
import { useNote } from './use-note.ts';

export function KeepButton() {
  const { time } = useStrings();
  const { timeline } = useSession();
  const isKept = useTimeline(({ past, kept }) => past !== null && kept.some(({ step }) => step === past.step));
  return (
    <button
      type="button"
      className="time-button"
      aria-disabled={isKept}
      aria-keyshortcuts="k"
      title={time.keepHint}
      onClick={timeline.keep}
    >
      <Icon name="mark" />
      {time.keep}
    </button>
  );
}

/** Their row is always there, so that nothing moves when the first one comes. */
export function KeptMoments({ moments }: { readonly moments: Moments }) {
  const { time } = useStrings();
  const kept = useTimeline((state) => state.kept);
  const note = useNote(moments);
  return (
    <div className="time-kept">
      {kept.length > 0 ? (
        <ul aria-label={time.keptList}>
          {kept.map(({ step, name }) => (
            <KeptMoment key={step} step={step} name={name} />
          ))}
        </ul>
      ) : (
        <span className="time-no-kept" />
      )}
      <p className="time-note" role="status">
        {note}
      </p>
    </div>
  );
}

/** A name to press; the one on the stage can be renamed and let go. */
function KeptMoment({ step, name }: { readonly step: number; readonly name: string }) {
  const { time } = useStrings();
  const format = useFormat();
  const { timeline } = useSession();
  const isHere = useTimeline((state) => state.past?.step === step);
  const label = time.keptName(format.integer(step));
  if (!isHere)
    return (
      <li>
        <button
          type="button"
          className="kept-name"
          aria-label={time.goTo(name || label)}
          onClick={() => timeline.goToStep(step)}
        >
          {name || label}
        </button>
      </li>
    );
  return (
    <li className="kept-here">
      <input
        aria-label={time.nameLabel}
        placeholder={label}
        value={name}
        maxLength={40}
        size={Math.max(10, name.length)}
        onChange={(event) => timeline.rename(step, event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
      <button
        type="button"
        className="icon-button"
        aria-label={time.letGo(name || label)}
        title={time.letGo(name || label)}
        onClick={() => timeline.release(step)}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}
