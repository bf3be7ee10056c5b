/** Geometry of the roofline chart: both axes logarithmic, a slope of bandwidth that meets a ceiling of arithmetic. */

import { scaleLog } from 'd3';

export interface Roof {
  readonly gflops: number;
  readonly gigabytesPerSecond: number;
}

/** FLOP a byte, and GFLOP/s. */
export interface RoofPoint {
  readonly intensity: number;
  readonly gflops: number;
}

export interface RooflineLayout {
  /** Pixels. */
  readonly x: (intensity: number) => number;
  readonly y: (gflops: number) => number;
  /** The slope's beginning, the ridge, and the ceiling's end, as `x,y` pairs of a polyline. */
  readonly roof: string;
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
}

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const powerBelow = (value: number): number => 10 ** Math.floor(Math.log10(value));
const powerAbove = (value: number): number => 10 ** Math.ceil(Math.log10(value));

/** Powers of ten from one value to another. */
const powers = (from: number, to: number): number[] => {
  const first = Math.round(Math.log10(from));
  return Array.from({ length: Math.round(Math.log10(to)) - first + 1 }, (_, i) => 10 ** (first + i));
};

/** Whole decades that hold the ridge and all points; points without arithmetic are left out. */
export function rooflineLayout(roof: Roof, points: readonly RoofPoint[], box: Box): RooflineLayout {
  const ridge = roof.gflops / roof.gigabytesPerSecond;
  const shown = points.filter(({ intensity, gflops }) => intensity > 0 && gflops > 0);
  const intensities = [ridge, ...shown.map(({ intensity }) => intensity)];
  const [x0, x1] = [powerBelow(Math.min(...intensities) / 1.5), powerAbove(Math.max(...intensities) * 1.5)];
  const rates = [roof.gflops, ...shown.map(({ gflops }) => gflops)];
  const [y0, y1] = [powerBelow(Math.min(...rates) / 1.2), powerAbove(Math.max(...rates) * 1.2)];
  const x = scaleLog([x0, x1], [box.left, box.right]);
  const y = scaleLog([y0, y1], [box.bottom, box.top]);
  // The slope begins where it comes up from the bottom, or at the left.
  const start = Math.max(x0, y0 / roof.gigabytesPerSecond);
  const corners = [
    [start, start * roof.gigabytesPerSecond],
    [ridge, roof.gflops],
    [x1, roof.gflops],
  ] as const;
  return {
    x,
    y,
    roof: corners.map(([at, rate]) => `${x(at).toFixed(1)},${y(rate).toFixed(1)}`).join(' '),
    xTicks: powers(x0, x1),
    yTicks: powers(y0, y1),
  };
}
