/** The one tab stop of a picture: it lies over it, lets the pointer through, and speaks the place that is walked to. */

import { type FocusEvent, type KeyboardEvent, useId } from 'react';

/** What a walk needs to know of a key press. */
export type WalkKey = Pick<KeyboardEvent, 'key' | 'ctrlKey'>;

export interface PictureStopProps {
  /** What is walked through, and what the keys do. */
  readonly label: string;
  /** Place that is spoken, from 0 to `count` − 1. */
  readonly at: number;
  readonly count: number;
  /** What the place is, in words. */
  readonly text: string;
  /** The place that a key leads to; null for a key of somebody else. */
  readonly next: (key: WalkKey) => number | null;
  /** The focus came to a place, by a key or with the focus itself. */
  readonly onReach: (place: number) => void;
  readonly onChoose?: (place: number) => void;
  readonly onLeave: () => void;
}

/** Lies over the nearest positioned element around it. */
export function PictureStop(props: PictureStopProps) {
  const { label, at, count, text, next, onReach, onChoose, onLeave } = props;
  const id = useId();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey || count === 0) return;
    const place = next(event);
    if (place !== null) onReach(place);
    else if (event.key === 'Enter' && onChoose) onChoose(at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onFocus = (event: FocusEvent): void => {
    if (count > 0 && event.target.matches(':focus-visible')) onReach(at);
  };
  return (
    <div
      role="listbox"
      className="picture-stop"
      tabIndex={0}
      aria-label={label}
      {...(count > 0 && { 'aria-activedescendant': `${id}-${at}` })}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      onBlur={onLeave}
    >
      {/* Another place is another option, so that it is spoken. */}
      <span
        key={at}
        id={`${id}-${at}`}
        role="option"
        tabIndex={-1}
        className="visually-hidden"
        aria-selected={true}
        aria-posinset={at + 1}
        aria-setsize={count}
      >
        {text}
      </span>
    </div>
  );
}

const clamp = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));

/** The next of `count` places in a line. */
export function nextInLine(at: number, count: number, { key }: WalkKey, stride = 10): number | null {
  const by: Record<string, number> = {
    ArrowRight: 1,
    ArrowDown: 1,
    ArrowLeft: -1,
    ArrowUp: -1,
    PageDown: stride,
    PageUp: -stride,
    Home: -count,
    End: count,
  };
  const step = by[key];
  return step === undefined ? null : clamp(at + step, count);
}

/** The next place of a grid, counted along its rows. */
export function nextInGrid(at: number, rows: number, columns: number, { key, ctrlKey }: WalkKey): number | null {
  const row = Math.floor(at / columns);
  const column = at % columns;
  const to = (toRow: number, toColumn: number): number => clamp(toRow, rows) * columns + clamp(toColumn, columns);
  switch (key) {
    case 'ArrowRight':
      return to(row, column + 1);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowUp':
      return to(row - 1, column);
    case 'PageDown':
      return to(row + 10, column);
    case 'PageUp':
      return to(row - 10, column);
    case 'Home':
      return to(ctrlKey ? 0 : row, 0);
    case 'End':
      return to(ctrlKey ? rows - 1 : row, columns - 1);
    default:
      return null;
  }
}
