/** Walking through the cells: one tab stop, arrows, Home and End, Enter to pin. */

import { type FocusEvent, type KeyboardEvent, type RefObject, useState } from 'react';
import { hold, release } from '../../store/frame-store.ts';
import type { Shape } from '../../store/shape.ts';
import { movePin, pinAndOpen } from '../../store/view-store.ts';
import { useSession } from '../context.ts';
import { litCell } from './heatmap-grid.tsx';

export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Where a key leads from a cell, null where the key is not one of the grid's. */
export function nextPlace(
  place: Place,
  { key, ctrlKey }: { readonly key: string; readonly ctrlKey: boolean },
  rows: number,
  columns: number,
): Place | null {
  const { row, column } = place;
  const moves: Readonly<Record<string, Place>> = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    Home: { row: ctrlKey ? 0 : row, column: 0 },
    End: { row: ctrlKey ? rows - 1 : row, column: columns - 1 },
  };
  if (!Object.hasOwn(moves, key)) return null;
  const next = moves[key];
  return {
    row: Math.min(rows - 1, Math.max(0, next.row)),
    column: Math.min(columns - 1, Math.max(0, next.column)),
  };
}

export function useGridKeys(grid: RefObject<HTMLElement | null>, shape: Shape) {
  const { frames, view } = useSession();
  const [wanted, setWanted] = useState<Place>({ row: 0, column: 0 });
  const rows = shape.target.length;
  const columns = shape.source.length;
  const place: Place = { row: Math.min(wanted.row, rows - 1), column: Math.min(wanted.column, columns - 1) };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey) return;
    if (event.key === 'Enter') {
      const lit = litCell(shape, place.row * columns + place.column);
      if (lit) pinAndOpen(view, lit);
      event.preventDefault();
      return;
    }
    const next = nextPlace(place, event, rows, columns);
    if (!next) return;
    event.preventDefault();
    hold(frames, 'keyboard');
    setWanted(next);
    const moved = litCell(shape, next.row * columns + next.column);
    if (moved) movePin(view, moved);
    grid.current?.querySelector<HTMLElement>(`[data-cell="${next.row * columns + next.column}"]`)?.focus();
  };
  const onFocus = (event: FocusEvent): void => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset.cell === undefined) return;
    const index = Number(event.target.dataset.cell);
    setWanted({ row: Math.floor(index / columns), column: index % columns });
    if (!event.target.matches(':focus-visible')) return;
    hold(frames, 'keyboard');
    view.setState({ hovered: litCell(shape, index) });
  };
  const onBlur = (event: FocusEvent): void => {
    if (event.relatedTarget instanceof Node && grid.current?.contains(event.relatedTarget)) return;
    release(frames, 'keyboard');
    view.setState({ hovered: null });
  };
  return {
    onKeyDown,
    onFocus,
    onBlur,
    focusedColumn: (row: number): number => (row === place.row ? place.column : -1),
  };
}
