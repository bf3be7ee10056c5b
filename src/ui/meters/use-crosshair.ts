/** The step that the charts' crosshair stands at: under the pointer, else the moment of the past that the stage shows. */

import { useTimeline, useView } from '../context.ts';

/** Null where the charts stand at their end. */
export function useCrosshair(): number | null {
  const pointed = useView((state) => state.crosshair);
  const past = useTimeline((state) => state.past?.step ?? null);
  return pointed ?? past;
}
