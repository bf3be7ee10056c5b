/** Axes of the small charts: what they span, and where their few labels stand. */

import { scaleLinear, scaleLog } from 'd3';
import type { Curve } from './line-path.ts';

export interface Axis {
  /** Value to pixel. */
  readonly position: (value: number) => number;
  readonly ticks: readonly number[];
  readonly domain: readonly [number, number];
}

/** Least and greatest value over some curves, or null where there is none. */
export function extent(curves: readonly Curve[]): readonly [number, number] | null {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const curve of curves) {
    for (let i = 0; i < curve.length; i++) {
      min = Math.min(min, curve.min(i));
      max = Math.max(max, curve.max(i));
    }
  }
  return min <= max ? [min, max] : null;
}

/** Values upward: from `height - padding` at the bottom of the domain to `padding` at its top. */
export function valueAxis(
  domain: readonly [number, number],
  height: number,
  options: { readonly isLogarithmic?: boolean; readonly tickCount?: number; readonly padding?: number } = {},
): Axis {
  const padding = options.padding ?? 4;
  const range = [height - padding, padding];
  const tickCount = options.tickCount ?? 3;
  if (options.isLogarithmic) {
    const low = Math.max(1e-6, domain[0]);
    const scale = scaleLog([low, Math.max(domain[1], low * 10)], range).clamp(true);
    const powers = scale.ticks(tickCount).filter((tick) => Number.isInteger(Math.round(Math.log10(tick) * 1e6) / 1e6));
    return { position: scale, ticks: thin(powers, tickCount), domain: [scale.domain()[0], scale.domain()[1]] };
  }
  const high = domain[1] > domain[0] ? domain[1] : domain[0] + 1;
  const scale = scaleLinear([domain[0], high], range).nice(tickCount).clamp(true);
  return {
    position: scale,
    ticks: thin(scale.ticks(tickCount), tickCount),
    domain: [scale.domain()[0], scale.domain()[1]],
  };
}

/** Steps rightward from 0; grows by powers of two, so that the picture stands still most of the time. */
export function stepAxis(lastStep: number, width: number): Axis {
  let span = 64;
  while (span < lastStep) span *= 2;
  // Three quarters of a doubling, so that at most a third of the width stays empty.
  if (lastStep > 0 && lastStep <= span * 0.75 && span > 64) span *= 0.75;
  const scale = scaleLinear([0, span], [0, width]);
  return { position: scale, ticks: scale.ticks(3), domain: [0, span] };
}

/** Every n-th of too many labels. */
function thin(ticks: readonly number[], count: number): readonly number[] {
  const every = Math.max(1, Math.round(ticks.length / (count + 1)));
  return ticks.filter((_, i) => i % every === 0);
}
