/** Changing α with pointer and keys while the panel for it is open: a drag up or down, a drag across, + and −. */

import { type KeyboardEvent, type MouseEvent, type PointerEvent, type RefObject, useRef } from 'react';
import { onlyAt, withWeight } from '../../store/attention-row.ts';
import { keptPlaces, wholeRow, withRow } from '../../store/edits.ts';
import { cancelGesture, edit, endGesture, startGesture } from '../../store/edits-store.ts';
import type { Session } from '../../store/session.ts';
import type { Shape } from '../../store/shape.ts';
import type { HeatmapLayout } from '../../viz/heatmap-layout.ts';
import { useFrames, useSession, useView } from '../context.ts';

/** A drag over this height changes a weight by 1, pixels. */
const DRAG_PX = 140;
/** A movement up to here is still a click, pixels. */
const CLICK_PX = 4;
/** What a key adds or takes. */
export const KEY_STEP = 0.05;
export const KEY_SIGNS: Readonly<Record<string, number>> = { '+': 1, '=': 1, '-': -1, '−': -1 };

interface Drag {
  readonly row: number;
  readonly column: number;
  readonly x: number;
  readonly y: number;
  /** The row as it was, over the words that are left. */
  readonly weights: readonly number[];
  readonly kind: 'undecided' | 'weight' | 'paint';
}

/** Whether the heatmap can be edited now. */
export function useIsEditable(): boolean {
  const isOpen = useView((state) => state.panel === 'what-if');
  return useFrames((state) => state.overlay?.kind !== 'past' && (state.shape?.hasAttention ?? false)) && isOpen;
}

/** A row of α as it is on the stage. */
export function shownRow({ frames }: Session, row: number, columns: number): readonly number[] {
  return Array.from(frames.getState().shown?.translation.weights.subarray(row * columns, (row + 1) * columns) ?? []);
}

/** Sets a row over the words that are left. */
export function setRow({ edits }: Session, row: number, weights: readonly number[]): void {
  const { base } = edits.getState();
  if (!base) return;
  edit(edits, (now) => {
    const kept = keptPlaces(now, base.source.length);
    return kept.length === weights.length ? withRow(now, row, wholeRow(weights, kept, base.source.length)) : now;
  });
}

/** Handlers of the grid; each `onKeyDown` and `onClick` says whether it took the event for itself. */
export function useCellEditing(grid: RefObject<HTMLElement | null>, shape: Shape, layout: HeatmapLayout) {
  const session = useSession();
  const { edits } = session;
  const isEditable = useIsEditable();
  const drag = useRef<Drag | null>(null);
  /** A drag that just ended: the click that the browser sends after it means nothing. */
  const wasDragged = useRef(false);
  const columns = shape.source.length;

  const cellAt = (target: EventTarget): { readonly row: number; readonly column: number } | null => {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null;
    const index = Number(cell?.dataset.cell);
    return cell ? { row: Math.floor(index / columns), column: index % columns } : null;
  };

  const onPointerDown = (event: PointerEvent): void => {
    wasDragged.current = false;
    const cell = isEditable && event.button === 0 ? cellAt(event.target) : null;
    if (!cell) return;
    endGesture(edits);
    const weights = shownRow(session, cell.row, columns);
    drag.current = { ...cell, x: event.clientX, y: event.clientY, weights, kind: 'undecided' };
    if (event.target instanceof Element) event.target.setPointerCapture(event.pointerId);
  };

  /** True while a drag is going on. */
  const onPointerMove = (event: PointerEvent): boolean => {
    if (!drag.current) return false;
    const { x, y, row, column, weights } = drag.current;
    const [right, up] = [event.clientX - x, y - event.clientY];
    let { kind } = drag.current;
    if (kind === 'undecided') {
      if (Math.hypot(right, up) <= CLICK_PX) return true;
      kind = Math.abs(right) > Math.abs(up) ? 'paint' : 'weight';
      drag.current = { ...drag.current, kind };
      startGesture(edits);
    }
    if (kind === 'weight') setRow(session, row, withWeight(weights, column, (weights[column] ?? 0) + up / DRAG_PX));
    else setRow(session, row, onlyAt(columns, between(column, columnAt(event.clientX))));
    return true;
  };

  const columnAt = (clientX: number): number => {
    const left = (grid.current?.getBoundingClientRect().left ?? 0) + layout.gutter;
    return Math.min(columns - 1, Math.max(0, Math.floor((clientX - left) / layout.cellWidth)));
  };

  const onPointerUp = (): void => {
    wasDragged.current = drag.current !== null && drag.current.kind !== 'undecided';
    drag.current = null;
    if (wasDragged.current) endGesture(edits);
  };

  const onPointerCancel = (): void => {
    if (drag.current && drag.current.kind !== 'undecided') cancelGesture(edits);
    drag.current = null;
  };

  const onClick = (_: MouseEvent): boolean => {
    const isOver = wasDragged.current;
    wasDragged.current = false;
    return isOver;
  };

  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!isEditable || event.ctrlKey || event.altKey || event.metaKey) return false;
    const hasGesture = edits.getState().gesture !== null;
    const sign = KEY_SIGNS[event.key];
    const cell = sign === undefined ? null : cellAt(event.target);
    if (cell && sign !== undefined) {
      startGesture(edits);
      const weights = shownRow(session, cell.row, columns);
      const wanted = Math.round((weights[cell.column] + sign * KEY_STEP) / KEY_STEP) * KEY_STEP;
      setRow(session, cell.row, withWeight(weights, cell.column, wanted));
    } else if (hasGesture && event.key === 'Enter') endGesture(edits);
    else if (hasGesture && event.key === 'Escape') cancelGesture(edits);
    else {
      // Walking on keeps what was changed.
      if (hasGesture && event.key !== 'Shift') endGesture(edits);
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  const onBlur = (): void => {
    if (!drag.current) endGesture(edits);
  };

  return { isEditable, onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onClick, onKeyDown, onBlur };
}

/** All columns from one to another, either way. */
const between = (a: number, b: number): number[] =>
  Array.from({ length: Math.abs(b - a) + 1 }, (_, i) => Math.min(a, b) + i);
