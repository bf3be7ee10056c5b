/** A word at one end of the ribbons: a button that pins it. What it says to a screen reader is written by the painter. */

import { activeLit, isWordLit } from '../../store/view-store.ts';
import type { RibbonWord as Place } from '../../viz/ribbon-layout.ts';
import { useView } from '../context.ts';
import { type Side, tokenText } from '../parts/word.tsx';

export interface RibbonWordProps {
  readonly side: Side;
  readonly token: string;
  readonly place: number;
  readonly at: Place | undefined;
  /** Takes the tab stop of the picture. */
  readonly isStop: boolean;
  readonly mark: 'wrong' | 'unknown' | '';
  readonly language: string | undefined;
}

export function RibbonWord({ side, token, place, at, isStop, mark, language }: RibbonWordProps) {
  const isLit = useView((state) => isWordLit(activeLit(state), side, token, place));
  const isPinned = useView(({ pinned }) => isWordLit(pinned, side, token, place));
  if (!at) return null;
  return (
    <button
      type="button"
      className={`ribbon-word word ${side} ${mark} ${isLit ? 'lit' : ''}`}
      style={{ left: at.x, top: at.y, width: at.width, height: at.height }}
      data-side={side}
      data-place={place}
      tabIndex={isStop ? 0 : -1}
      aria-pressed={isPinned}
      {...(language && { lang: language })}
    >
      <span>{tokenText(token)}</span>
      {side === 'target' && <span className="probability" data-probability={place} aria-hidden="true" />}
    </button>
  );
}
