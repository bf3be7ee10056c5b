import { describe, expect, it } from 'vitest';
import { rooflineLayout } from './roofline-layout.ts';

const box = { left: 40, right: 440, top: 10, bottom: 210 };
const roof = { gflops: 100, gigabytesPerSecond: 20 };

describe('the roofline', () => {
  it('spans whole decades around the ridge and all points', () => {
    const layout = rooflineLayout(
      roof,
      [
        { intensity: 0.2, gflops: 1.5 },
        { intensity: 0, gflops: 0 },
      ],
      box,
    );
    expect(layout.xTicks).toEqual([0.1, 1, 10]);
    expect(layout.yTicks).toEqual([1, 10, 100, 1000]);
    expect([layout.x(0.1), layout.x(10)]).toEqual([40, 440]);
    expect([layout.y(1), layout.y(1000)]).toEqual([210, 10]);
  });

  it('rises with the bandwidth to the ridge and stays level from there', () => {
    const { roof: line, x, y } = rooflineLayout(roof, [{ intensity: 0.2, gflops: 1.5 }], box);
    const points = line.split(' ').map((pair) => pair.split(',').map(Number));
    expect(points).toHaveLength(3);
    const [start, ridge, end] = points as [number[], number[], number[]];
    expect(start[0]).toBeCloseTo(x(0.1), 0);
    expect(start[1]).toBeCloseTo(y(2), 0);
    expect(ridge[0]).toBeCloseTo(x(5), 0);
    expect([ridge[1], end[1]].map((at) => Math.round(at as number))).toEqual([y(100), y(100)].map(Math.round));
  });

  it('begins at the bottom where the slope would come from below', () => {
    const { roof: line, y } = rooflineLayout(roof, [{ intensity: 0.001, gflops: 50 }], box);
    expect(Number(line.split(' ')[0]?.split(',')[1])).toBeCloseTo(y(10), 0);
  });
});
