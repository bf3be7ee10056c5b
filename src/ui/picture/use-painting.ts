/** Attention painted on the picture: a drag makes a symbol look at the cells under it and at no other; + and − change one weight. */

import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { onlyAt, withWeight } from '../../store/attention-row.ts';
import { endGesture, startGesture } from '../../store/edits-store.ts';
import { useSession } from '../context.ts';
import { KEY_SIGNS, KEY_STEP, setRow, shownRow, useIsEditable } from '../heatmap/use-cell-editing.ts';

interface Painting {
  readonly row: number;
  readonly cells: Set<number>;
  readonly from: number;
  isUnderWay: boolean;
}

/** Each handler says whether it took the event for itself. */
export function usePainting(cells: number, stepAt: (cell: number) => number) {
  const session = useSession();
  const { edits } = session;
  const isEditable = useIsEditable();
  const painting = useRef<Painting | null>(null);
  /** The click that the browser sends after a drag means nothing. */
  const wasPainted = useRef(false);

  const onPointerDown = (event: PointerEvent, cell: number): void => {
    wasPainted.current = false;
    if (!isEditable || event.button !== 0) return;
    endGesture(edits);
    painting.current = { row: stepAt(cell), cells: new Set([cell]), from: cell, isUnderWay: false };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (cell: number): boolean => {
    const now = painting.current;
    if (!now || (!now.isUnderWay && cell === now.from)) return now !== null;
    if (!now.isUnderWay) startGesture(edits);
    now.isUnderWay = true;
    now.cells.add(cell);
    setRow(session, now.row, onlyAt(cells, [...now.cells]));
    return true;
  };
  const onPointerUp = (): void => {
    wasPainted.current = painting.current?.isUnderWay ?? false;
    painting.current = null;
    if (wasPainted.current) endGesture(edits);
  };
  const onClick = (): boolean => {
    const isOver = wasPainted.current;
    wasPainted.current = false;
    return isOver;
  };
  /** @param place - row · cells + cell of the walk */
  const onKeyDown = (event: KeyboardEvent, place: number): void => {
    const sign = KEY_SIGNS[event.key];
    if (!isEditable || sign === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    const [row, cell] = [Math.floor(place / cells), place % cells];
    const weights = shownRow(session, row, cells);
    startGesture(edits);
    const wanted = Math.round(((weights[cell] ?? 0) + sign * KEY_STEP) / KEY_STEP) * KEY_STEP;
    setRow(session, row, withWeight(weights, cell, wanted));
    endGesture(edits);
    event.preventDefault();
    event.stopPropagation();
  };
  return { onPointerDown, onPointerMove, onPointerUp, onClick, onKeyDown };
}
