/** A map of words: points in a frame, labels that do not overlap, and points on their way to new places. No DOM in here. */

import type { MeasureText } from './text-width.ts';

export interface MapFrame {
  readonly width: number;
  readonly height: number;
}

/** From the map's units to pixels: the same scale on both axes, the middle of the frame at the origin. */
export interface MapScale {
  readonly pixelsPerUnit: number;
  readonly centreX: number;
  readonly centreY: number;
}

/** Kept free beside the points, where labels stand, and above and below them, px. */
const MARGIN = { side: 36, edge: 14 };
/** Growth or shrinkage of the cloud that changes the scale: within it points move and the frame stands still. */
const SLACK = 1.15;

/** Farthest that a point reaches towards the frame, as the units that half of it has to hold. */
function unitsPerPixel(points: ArrayLike<number>, { width, height }: MapFrame): number {
  let [x, y] = [0, 0];
  for (let i = 0; i + 1 < points.length; i += 2) {
    x = Math.max(x, Math.abs(points[i] as number));
    y = Math.max(y, Math.abs(points[i + 1] as number));
  }
  return Math.max(x / Math.max(1, width / 2 - MARGIN.side), y / Math.max(1, height / 2 - MARGIN.edge));
}

/** A scale that holds all points. The former one stays while it fits about, so that the map does not breathe. */
export function mapScale(points: ArrayLike<number>, frame: MapFrame, former: MapScale | null = null): MapScale {
  const needed = unitsPerPixel(points, frame);
  const [centreX, centreY] = [frame.width / 2, frame.height / 2];
  const had = former ? 1 / former.pixelsPerUnit : 0;
  const isSameFrame = former?.centreX === centreX && former.centreY === centreY;
  if (former && isSameFrame && needed <= had && had <= needed * SLACK * SLACK) return former;
  return { pixelsPerUnit: needed > 0 ? 1 / (needed * (former ? SLACK : 1)) : 1, centreX, centreY };
}

export const mapX = (scale: MapScale, x: number): number => scale.centreX + x * scale.pixelsPerUnit;
/** Up is positive, as on paper. */
export const mapY = (scale: MapScale, y: number): number => scale.centreY - y * scale.pixelsPerUnit;

export interface MapLabel {
  readonly index: number;
  /** Left end of the text, and its middle line. */
  readonly x: number;
  readonly y: number;
}

export interface LabelInput {
  readonly words: readonly string[];
  /** Pixels, [V, 2]. */
  readonly places: ArrayLike<number>;
  /** Indices, the most important first; what comes later gives way. */
  readonly order: readonly number[];
  readonly fontSize: number;
  readonly frame: MapFrame;
  readonly measure: MeasureText;
}

const GAP = 6;
const CELL = 64;

/** Labels right of their points where there is room, else left of them, else none. */
export function placeLabels({ words, places, order, fontSize, frame, measure }: LabelInput): MapLabel[] {
  const labels: MapLabel[] = [];
  const taken = new Map<string, Box[]>();
  const height = fontSize * 1.25;
  for (const index of order) {
    const [x, y] = [places[2 * index] as number, places[2 * index + 1] as number];
    const width = measure(words[index] as string, fontSize);
    for (const left of [x + GAP, x - GAP - width]) {
      const box = { left: left - 2, right: left + width + 2, top: y - height / 2, bottom: y + height / 2 };
      const isInside = box.left >= 0 && box.right <= frame.width && box.top >= 0 && box.bottom <= frame.height;
      if (!isInside || cellsOf(box).some((cell) => taken.get(cell)?.some((other) => overlaps(box, other)))) continue;
      for (const cell of cellsOf(box)) taken.set(cell, [...(taken.get(cell) ?? []), box]);
      labels.push({ index, x: left, y });
      break;
    }
  }
  return labels;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Names of the squares of a grid that a box touches. */
function cellsOf({ left, right, top, bottom }: Box): string[] {
  const cells: string[] = [];
  for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++)
    for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) cells.push(`${x},${y}`);
  return cells;
}

/** Index of the point nearest to a place, within `reach`; -1 where there is none. */
export function nearestPoint(places: ArrayLike<number>, x: number, y: number, reach: number): number {
  let [best, least] = [-1, reach * reach];
  for (let i = 0; 2 * i < places.length; i++) {
    const distance = ((places[2 * i] as number) - x) ** 2 + ((places[2 * i + 1] as number) - y) ** 2;
    if (distance <= least) [best, least] = [i, distance];
  }
  return best;
}

/** A direction on the map, y downward. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * Index of the next point from one of them in a direction: the one that is least far, where a way aside counts double.
 * −1 where there is none within 60 degrees of the direction.
 */
export function pointToward(places: ArrayLike<number>, from: number, direction: Direction): number {
  const isAcross = direction === 'left' || direction === 'right';
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  const at = (i: number, axis: 0 | 1): number => (places[2 * i + axis] as number) - (places[2 * from + axis] as number);
  let [best, least] = [-1, Number.POSITIVE_INFINITY];
  for (let i = 0; 2 * i < places.length; i++) {
    const ahead = sign * at(i, isAcross ? 0 : 1);
    const aside = Math.abs(at(i, isAcross ? 1 : 0));
    if (i === from || ahead <= 0 || aside > Math.sqrt(3) * ahead) continue;
    const cost = ahead + 2 * aside;
    if (cost < least) [best, least] = [i, cost];
  }
  return best;
}

/** Points on the way from one place to another; `share` from 0 to 1, eased at both ends. */
export function between(from: ArrayLike<number>, to: ArrayLike<number>, share: number): Float64Array {
  const eased = share * share * (3 - 2 * share);
  return Float64Array.from(to, (goal, i) => (from[i] ?? goal) + (goal - (from[i] ?? goal)) * eased);
}
