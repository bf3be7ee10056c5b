/** Lines of a chart as SVG path data, thinned to what the pixels can show. */

/** A curve as a chart reads it: buckets of consecutive points, oldest first. */
export interface Curve {
  readonly length: number;
  /** Place of the bucket's last point. */
  x(index: number): number;
  mean(index: number): number;
  min(index: number): number;
  max(index: number): number;
}

export type Scale = (value: number) => number;

/** One decimal is a tenth of a pixel. */
const format = (value: number): string => (Math.round(value * 10) / 10).toString();

/** Groups of buckets, at most `columns` of them, each given as a half-open range of indices. */
export function* groups(length: number, columns: number): Generator<readonly [number, number]> {
  const size = Math.max(1, Math.ceil(length / Math.max(1, columns)));
  for (let from = 0; from < length; from += size) yield [from, Math.min(length, from + size)];
}

/** The curve's mean through at most `columns` points. */
export function linePath(curve: Curve, x: Scale, y: Scale, columns: number): string {
  const parts: string[] = [];
  for (const [from, to] of groups(curve.length, columns)) {
    let sum = 0;
    for (let i = from; i < to; i++) sum += curve.mean(i);
    parts.push(`${format(x(curve.x(to - 1)))} ${format(y(sum / (to - from)))}`);
  }
  return parts.length === 0 ? '' : `M${parts.join('L')}`;
}

/** The area between the curve's least and greatest values, closed, so that no spike is lost to thinning. */
export function bandPath(curve: Curve, x: Scale, y: Scale, columns: number): string {
  const upper: string[] = [];
  const lower: string[] = [];
  for (const [from, to] of groups(curve.length, columns)) {
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (let i = from; i < to; i++) {
      min = Math.min(min, curve.min(i));
      max = Math.max(max, curve.max(i));
    }
    const at = format(x(curve.x(to - 1)));
    upper.push(`${at} ${format(y(max))}`);
    lower.push(`${at} ${format(y(min))}`);
  }
  return upper.length === 0 ? '' : `M${upper.join('L')}L${lower.reverse().join('L')}Z`;
}

/** Index of the bucket that holds a place, the last one where it lies beyond; -1 for an empty curve. */
export function bucketAt(curve: Curve, place: number): number {
  let low = 0;
  let high = curve.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (curve.x(middle) < place) low = middle + 1;
    else high = middle;
  }
  return high;
}
