import { describe, expect, it } from 'vitest';
import { drawingCells } from './drawing.ts';
import { unpackCells } from './picture-cells.ts';
import { ink, type Stroke, smooth } from './strokes.ts';

const SIZE = { height: 16, width: 64 };
const one = (x: number, top = 20, bottom = 100): Stroke => [
  [x, top],
  [x, bottom],
];

/** Columns and rows that have ink. */
function extent(strokes: readonly Stroke[]) {
  const levels = unpackCells(drawingCells(strokes, 128, SIZE), SIZE);
  const inked = [...levels.keys()].filter((i) => (levels[i] as number) > 1);
  const [xs, ys] = [inked.map((i) => i % SIZE.width), inked.map((i) => Math.floor(i / SIZE.width))];
  return { xs: [...new Set(xs)].sort((a, b) => a - b), top: Math.min(...ys), bottom: Math.max(...ys) };
}

describe('a drawing', () => {
  it('becomes as high as the digits of the task, wherever and however large it was drawn', () => {
    const large = extent([one(100), one(150)]);
    expect(large.bottom - large.top).toBeGreaterThanOrEqual(9);
    expect(large.bottom - large.top).toBeLessThanOrEqual(12);
    expect(extent([one(300, 90, 125), one(322, 90, 125)])).toEqual(large);
  });

  it('moves symbols together that were drawn far apart, and keeps what overlaps together', () => {
    const { xs } = extent([one(20), one(480)]);
    expect(Math.max(...xs) - Math.min(...xs)).toBeLessThan(10);
    const cross = extent([
      one(60),
      [
        [40, 60],
        [80, 60],
      ],
    ]);
    expect(Math.max(...cross.xs) - Math.min(...cross.xs)).toBeGreaterThan(3);
  });

  it('does not blow a dot up, and leaves nothing where nothing is drawn', () => {
    const dot = extent([[[200, 60]]]);
    expect(dot.bottom - dot.top).toBeLessThan(3);
    expect(drawingCells([], 128, SIZE).every((cell) => cell === 0)).toBe(true);
    expect(drawingCells([[]], 128, SIZE).every((cell) => cell === 0)).toBe(true);
  });
});

describe('a pen', () => {
  it('leaves full ink within its radius, none beyond it, and halves at the edge', () => {
    const picture = ink(
      [
        [
          [2, 3.5],
          [8, 3.5],
        ],
      ],
      1,
      { height: 8, width: 12 },
    );
    const at = (x: number, y: number) => picture[y * 12 + x];
    expect([at(4, 3), at(4, 2), at(4, 1), at(11, 3)]).toEqual([1, 0.5, 0, 0]);
  });

  it('goes through every point of a smooth stroke', () => {
    const points: Stroke = [
      [0, 0],
      [3, 1],
      [5, 7],
      [1, 9],
    ];
    for (const point of points) expect(smooth(points)).toContainEqual(point);
  });
});
