import { describe, expect, it } from 'vitest';
import { createRandom } from '../lib/random.ts';
import { approximateTextWidth } from './text-width.ts';
import { between, mapScale, mapX, mapY, nearestPoint, placeLabels, pointToward } from './word-map.ts';

const frame = { width: 600, height: 300 };

describe('a map of words', () => {
  it('holds all points, with one scale on both axes and the origin in the middle', () => {
    const points = [-3, 0.5, 2, -1, 0, 0];
    const scale = mapScale(points, frame);
    expect([mapX(scale, 0), mapY(scale, 0)]).toEqual([300, 150]);
    for (let i = 0; i < points.length; i += 2) {
      expect(mapX(scale, points[i] as number)).toBeGreaterThanOrEqual(30);
      expect(mapY(scale, points[i + 1] as number)).toBeLessThanOrEqual(270);
    }
    expect(mapY(scale, 1)).toBeLessThan(mapY(scale, 0));
  });

  it('keeps its scale while the cloud changes a little, and changes it in time', () => {
    const first = mapScale([1, 1, -1, -1], frame);
    const second = mapScale([1.1, 1.1, -1.1, -1.1], frame, first);
    expect(second).not.toBe(first);
    expect(mapScale([1.2, 1.2, -1, -1], frame, second)).toBe(second);
    expect(mapScale([5, 5], frame, second).pixelsPerUnit).toBeLessThan(second.pixelsPerUnit);
    expect(mapScale([0.1, 0.1], frame, second).pixelsPerUnit).toBeGreaterThan(second.pixelsPerUnit);
    expect(mapScale([0, 0], frame).pixelsPerUnit).toBe(1);
  });

  it('labels words without overlap inside the frame, the important ones first', () => {
    const random = createRandom(4);
    const words = Array.from({ length: 300 }, (_, i) => `word${i}`);
    const places = Array.from({ length: 600 }, (_, i) => (i % 2 === 0 ? 600 : 300) * random.uniform());
    const order = words.map((_, i) => 299 - i);
    const labels = placeLabels({ words, places, order, fontSize: 13, frame, measure: approximateTextWidth });
    expect(labels.length).toBeGreaterThan(30);
    const boxes = labels.map(({ index, x, y }) => {
      const width = approximateTextWidth(words[index] as string, 13);
      return { left: x, right: x + width, top: y - 8, bottom: y + 8 };
    });
    boxes.forEach((a, i) => {
      expect(a.left >= 0 && a.right <= 600).toBe(true);
      for (const b of boxes.slice(i + 1))
        expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false);
    });
    const inside = order.find(
      (i) =>
        Math.abs((places[2 * i] as number) - 300) < 200 &&
        (places[2 * i + 1] as number) > 20 &&
        (places[2 * i + 1] as number) < 280,
    );
    expect(labels.map(({ index }) => index)).toContain(inside);
  });

  it('finds the point under the pointer', () => {
    expect(nearestPoint([0, 0, 10, 10, 12, 10], 11.5, 10, 5)).toBe(2);
    expect(nearestPoint([0, 0], 30, 0, 5)).toBe(-1);
  });

  it('moves points from where they are to where they go', () => {
    expect([...between([0, 0], [10, 20], 0)]).toEqual([0, 0]);
    expect([...between([0, 0], [10, 20], 0.5)]).toEqual([5, 10]);
    expect([...between([0, 0], [10, 20], 1)]).toEqual([10, 20]);
    expect([...between([], [10, 20], 0.2)]).toEqual([10, 20]);
  });

  it('leads from a point to the next one in a direction, rather ahead than aside, and nowhere at its edge', () => {
    const places = [0, 0, 10, 1, 4, 5, 0, -8, -6, 0];
    expect(pointToward(places, 0, 'right')).toBe(1);
    expect(pointToward(places, 0, 'down')).toBe(2);
    expect(pointToward(places, 0, 'up')).toBe(3);
    expect(pointToward(places, 0, 'left')).toBe(4);
    expect(pointToward(places, 1, 'right')).toBe(-1);
    expect(pointToward([], 0, 'right')).toBe(-1);
  });
});
