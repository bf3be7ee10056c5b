/** What of the stage a panel looks into: the scene, and the pinned words. */

import { useMemo } from 'react';
import { stagedScene } from '../../store/frame-store.ts';
import type { Lit } from '../../store/view-store.ts';
import type { Scene } from '../../training/questions.ts';
import { useFrames, useStrings, useView } from '../context.ts';

export interface StagedScene {
  /** The same object for as long as it says the same. */
  readonly scene: Scene | null;
  /** Why there is none. */
  readonly note: string | null;
}

export function useStagedScene(): StagedScene {
  const { drawer } = useStrings();
  const text = useFrames((state) => JSON.stringify(stagedScene(state)));
  const isPast = useFrames((state) => state.overlay?.kind === 'past');
  const scene = useMemo(() => JSON.parse(text) as Scene | null, [text]);
  return { scene, note: scene ? null : isPast ? drawer.past : drawer.nothingStaged };
}

export interface OpenCell {
  readonly row: number;
  readonly column: number;
}

/** What is pinned, where the sentences of an answer have it. */
export const usePinned = (): Lit | null => useView((state) => state.pinned);

/**
 * The open cell: the pinned one; of a pinned word its largest cell; else the largest cell of the first row.
 * @param weights α [rows, columns]
 */
export function openCell(pinned: Lit | null, weights: ArrayLike<number>, rows: number, columns: number): OpenCell {
  const inside = (place: number | null | undefined, count: number): number | null =>
    place !== null && place !== undefined && place < count ? place : null;
  const row = inside(pinned?.row, rows);
  const column = inside(pinned?.column, columns);
  const largest = (count: number, value: (index: number) => number): number => {
    let best = 0;
    for (let i = 1; i < count; i++) if (value(i) > value(best)) best = i;
    return best;
  };
  if (row === null && column !== null)
    return { row: largest(rows, (t) => weights[t * columns + column] as number), column };
  const openRow = row ?? 0;
  return { row: openRow, column: column ?? largest(columns, (j) => weights[openRow * columns + j] as number) };
}
