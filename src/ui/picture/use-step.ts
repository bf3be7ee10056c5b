/** Which output symbol the large picture is about, and what the pointer or a key makes of a cell. */

import { strongestRow } from '../../viz/picture-paint.ts';
import { useSession, useView } from '../context.ts';

/** The step that is lit or pinned; null where the picture shows all of them. */
export const useStep = (steps: number): number | null =>
  useView(({ hovered, pinned }) => {
    const row = hovered?.row ?? pinned?.row ?? null;
    return row !== null && row < steps ? row : null;
  });

/** The step that a cell is read in: the pinned one, else the one that looks there most. */
export function useStepAt(columns: number): (cell: number) => number {
  const { frames, view } = useSession();
  return (cell) => {
    const { pinned } = view.getState();
    const weights = frames.getState().shown?.translation.weights ?? [];
    const steps = weights.length / Math.max(1, columns);
    return pinned?.row !== null && pinned !== null && pinned.row < steps
      ? pinned.row
      : strongestRow(weights, columns, cell);
  };
}
