/** The drawer's height and the line that is dragged, or moved with the arrow keys, to change it. */

import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useState } from 'react';
import { useStrings } from '../context.ts';

const LEAST_PX = 160;
const STEP_PX = 32;
/** Of the window: what the drawer takes at first, and at most. */
const FIRST_SHARE = 0.42;
const MOST_SHARE = 0.8;

/** Stacked columns scroll with the page, and the drawer among them takes the room that it needs. */
const BESIDE = '(min-width: 900px)';

export function useDrawerHeight(): { readonly height: number | undefined; readonly handle: ReactNode } {
  const { drawer } = useStrings();
  const [isBeside, setBeside] = useState(() => matchMedia(BESIDE).matches);
  const [wanted, setWanted] = useState(() => Math.round(innerHeight * FIRST_SHARE));
  useEffect(() => {
    const query = matchMedia(BESIDE);
    const follow = (): void => setBeside(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  const most = Math.round(innerHeight * MOST_SHARE);
  const clamp = (height: number): number => Math.max(LEAST_PX, Math.min(most, Math.round(height)));
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) setWanted(clamp(innerHeight - event.clientY));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowUp' ? STEP_PX : event.key === 'ArrowDown' ? -STEP_PX : 0;
    if (by === 0) return;
    event.preventDefault();
    setWanted((height) => clamp(height + by));
  };
  if (!isBeside) return { height: undefined, handle: null };
  return {
    height: clamp(wanted),
    handle: (
      // biome-ignore lint/a11y/useSemanticElements: a rule does not move
      <div
        role="separator"
        aria-orientation="horizontal"
        aria-label={drawer.height}
        aria-valuenow={clamp(wanted)}
        aria-valuemin={LEAST_PX}
        aria-valuemax={most}
        tabIndex={0}
        className="drawer-handle"
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
      />
    ),
  };
}
