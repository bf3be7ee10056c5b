/** Where things stand in the charts of this panel. */

import type { Series } from '../../lib/series.ts';
import { bucketAt } from '../../viz/line-path.ts';

/** Value that held at a step: that of the measurement before it. NaN before the first. */
export function heldAt(curve: Series, step: number | null): number {
  if (curve.length === 0) return Number.NaN;
  const place = bucketAt(curve, step ?? Number.POSITIVE_INFINITY);
  const at = step !== null && curve.x(place) > step ? place - 1 : place;
  return at < 0 ? Number.NaN : curve.mean(at);
}

/** Pushes names apart that would lie over each other; from the top down. */
export function spread(places: readonly number[], pitch: number): number[] {
  const order = places.map((_, i) => i).sort((a, b) => (places[a] as number) - (places[b] as number));
  const spaced = [...places];
  order.forEach((i, rank) => {
    const above = order[rank - 1];
    if (above !== undefined) spaced[i] = Math.max(spaced[i] as number, (spaced[above] as number) + pitch);
  });
  return spaced;
}
