/** Axes of the small charts: what they span, and where their few labels stand. */

import { nice, ticks } from 'd3';
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
  const range = [height - padding, padding] as const;
  const tickCount = options.tickCount ?? 3;
  if (options.isLogarithmic) {
    const low = Math.max(1e-6, domain[0]);
    const high = Math.max(domain[1], low * 10);
    const exponents = linear([Math.log10(low), Math.log10(high)], range);
    return {
      position: (value) => exponents(clamp(Math.log10(value), Math.log10(low), Math.log10(high))),
      ticks: thin(powers(low, high, tickCount), tickCount),
      domain: [low, high],
    };
  }
  const [low, high] = nice(domain[0], domain[1] > domain[0] ? domain[1] : domain[0] + 1, tickCount);
  const position = linear([low, high], range);
  return {
    position: (value) => position(clamp(value, low, high)),
    ticks: thin(ticks(low, high, tickCount), tickCount),
    domain: [low, high],
  };
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

const linear =
  ([low, high]: readonly [number, number], [from, to]: readonly [number, number]) =>
  (value: number): number =>
    from + ((value - low) / (high - low)) * (to - from);

/** Powers of ten from `low` to `high`; every n-th of too many. */
function powers(low: number, high: number, count: number): readonly number[] {
  const [first, last] = [Math.log10(low), Math.log10(high)];
  const exponents = ticks(Math.ceil(first - 1e-6), Math.floor(last + 1e-6), Math.max(1, Math.min(last - first, count)));
  return exponents.filter(Number.isInteger).map((exponent) => 10 ** exponent);
}

/** Steps rightward from 0; grows by powers of two, so that the picture stands still most of the time. */
export function stepAxis(lastStep: number, width: number): Axis {
  let span = 64;
  while (span < lastStep) span *= 2;
  // Three quarters of a doubling, so that at most a third of the width stays empty.
  if (lastStep > 0 && lastStep <= span * 0.75 && span > 64) span *= 0.75;
  return { position: linear([0, span], [0, width]), ticks: ticks(0, span, 3), domain: [0, span] };
}

/** Every n-th of too many labels. */
function thin(ticks: readonly number[], count: number): readonly number[] {
  const every = Math.max(1, Math.round(ticks.length / (count + 1)));
  return ticks.filter((_, i) => i % every === 0);
}
