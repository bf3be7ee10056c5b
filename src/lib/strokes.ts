/** Pen strokes on a grid of pixels: smooth curves through points, and the greys that a round pen leaves. */

import { INK, type PictureSize } from './picture-cells.ts';

export type Point = readonly [x: number, y: number];
export type Stroke = readonly Point[];

/** Straight pieces between two points of a smooth stroke. */
const PIECES = 5;

/** Points on the curve of Catmull & Rom 1974 through the given ones. */
export function smooth(points: Stroke): Stroke {
  if (points.length < 3) return points;
  const at = (i: number): Point => points[Math.max(0, Math.min(points.length - 1, i))] as Point;
  const curve: Point[] = [at(0)];
  for (let i = 0; i + 1 < points.length; i++) {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    for (let k = 1; k <= PIECES; k++) {
      const t = k / PIECES;
      const along = (axis: 0 | 1): number =>
        0.5 *
        (2 * b[axis] +
          (c[axis] - a[axis]) * t +
          (2 * a[axis] - 5 * b[axis] + 4 * c[axis] - d[axis]) * t * t +
          (3 * b[axis] - a[axis] - 3 * c[axis] + d[axis]) * t * t * t);
      curve.push([along(0), along(1)]);
    }
  }
  return curve;
}

/** Distance of a point from a straight piece. */
function distance(x: number, y: number, a: Point, b: Point): number {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const squared = dx * dx + dy * dy;
  const t = squared > 0 ? Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / squared)) : 0;
  const awayX = x - a[0] - t * dx;
  const awayY = y - a[1] - t * dy;
  return Math.sqrt(awayX * awayX + awayY * awayY);
}

/**
 * Ink [height, width] from 0 to 1 of a round pen: 1 within its radius, falling to 0 over one pixel at its edge. Points and radius
 * are in pixels; pixel (y, x) has its centre at (x + ½, y + ½).
 */
export function ink(
  strokes: readonly Stroke[],
  radius: number,
  { height, width }: PictureSize,
): Float32Array<ArrayBuffer> {
  const picture = new Float32Array(height * width);
  const reach = radius + 0.5;
  const range = (a: number, b: number, side: number) =>
    [Math.max(0, Math.floor(Math.min(a, b) - reach)), Math.min(side - 1, Math.ceil(Math.max(a, b) + reach))] as const;
  for (const stroke of strokes)
    for (let i = 0; i < stroke.length; i++) {
      // A stroke of one point is a dot.
      const [from, to] = [stroke[Math.max(0, i - 1)] as Point, stroke[i] as Point];
      if (i === 0 && stroke.length > 1) continue;
      const [top, bottom] = range(from[1], to[1], height);
      const [left, right] = range(from[0], to[0], width);
      for (let y = top; y <= bottom; y++)
        for (let x = left; x <= right; x++) {
          const value = Math.min(1, reach - distance(x + 0.5, y + 0.5, from, to));
          const at = y * width + x;
          if (value > (picture[at] as number)) picture[at] = value;
        }
    }
  return picture;
}

/** Ink in the four greys of a picture. */
export function greys(picture: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const levels = new Uint8Array(picture.length);
  for (let i = 0; i < levels.length; i++) levels[i] = Math.round(INK * Math.max(0, Math.min(1, picture[i] as number)));
  return levels;
}
