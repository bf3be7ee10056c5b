import { describe, expect, it } from 'vitest';
import { alignPlane, jacobi, principalComponents } from './principal-components.ts';
import { createRandom } from './random.ts';

/** Rows whose columns have the given spreads, mixed by a rotation of the first two. */
function cloud(rows: number, spreads: readonly number[], seed = 1): Float64Array {
  const random = createRandom(seed);
  const data = new Float64Array(rows * spreads.length);
  for (let r = 0; r < rows; r++) {
    spreads.forEach((spread, c) => {
      data[r * spreads.length + c] = spread * random.normal() + c;
    });
    const [x, y] = [data[r * spreads.length] as number, data[r * spreads.length + 1] as number];
    data[r * spreads.length] = 0.6 * x - 0.8 * y;
    data[r * spreads.length + 1] = 0.8 * x + 0.6 * y;
  }
  return data;
}

const covariance = (data: Float64Array, rows: number, columns: number): number[][] => {
  const mean = Array.from({ length: columns }, (_, c) => {
    let sum = 0;
    for (let r = 0; r < rows; r++) sum += data[r * columns + c] as number;
    return sum / rows;
  });
  return mean.map((mi, i) =>
    mean.map((mj, j) => {
      let sum = 0;
      for (let r = 0; r < rows; r++)
        sum += ((data[r * columns + i] as number) - mi) * ((data[r * columns + j] as number) - mj);
      return sum / rows;
    }),
  );
};

describe('principal components', () => {
  it('are those of the whole eigendecomposition of the covariance', () => {
    const [rows, columns] = [200, 24];
    const data = cloud(
      rows,
      Array.from({ length: columns }, (_, c) => 1 + 0.05 * c),
    );
    const { values } = jacobi(covariance(data, rows, columns));
    const { variances, totalVariance } = principalComponents({ rows, columns, data }, 2);
    expect(variances[0]).toBeCloseTo(values[0] as number, 9);
    expect(variances[1]).toBeCloseTo(values[1] as number, 9);
    expect(totalVariance).toBeCloseTo(
      values.reduce((sum, value) => sum + value, 0),
      9,
    );
  });

  it('have coordinates that are centred, uncorrelated and as wide as the variances say', () => {
    const rows = 300;
    const data = cloud(rows, [5, 2, 1, 0.5, 0.25]);
    const { coordinates, variances } = principalComponents({ rows, columns: 5, data }, 2);
    const [[xx, xy], [, yy]] = covariance(coordinates, rows, 2) as [[number, number], [number, number]];
    expect(xx).toBeCloseTo(variances[0] as number, 9);
    expect(yy).toBeCloseTo(variances[1] as number, 9);
    expect(xy).toBeCloseTo(0, 9);
    expect(coordinates.reduce((sum, x) => sum + x, 0)).toBeCloseTo(0, 9);
  });

  it('exist for tables of low rank, of one column, of equal rows', () => {
    const line = Float64Array.from({ length: 30 }, (_, i) => (i % 3) * Math.floor(i / 3));
    const { variances, totalVariance } = principalComponents({ rows: 10, columns: 3, data: line }, 2);
    expect(variances[0]).toBeCloseTo(totalVariance, 9);
    expect(variances[1]).toBeCloseTo(0, 9);
    const one = principalComponents({ rows: 3, columns: 1, data: [1, 2, 3] }, 2);
    expect(one.variances[1]).toBe(0);
    expect([...one.coordinates]).toEqual([-1, 0, 0, 0, 1, 0].map((x) => expect.closeTo(x, 12)));
    const flat = principalComponents({ rows: 4, columns: 2, data: new Float64Array(8).fill(7) }, 2);
    expect([...flat.coordinates].map(Math.abs)).toEqual(new Array(8).fill(0));
  });
});

describe('orthogonal Procrustes', () => {
  const points = cloud(40, [3, 1]);

  it.each([
    ['turned', (x: number, y: number) => [0.6 * x - 0.8 * y, 0.8 * x + 0.6 * y]],
    ['mirrored', (x: number, y: number) => [-x, y]],
    ['turned and mirrored', (x: number, y: number) => [y, x]],
  ])('brings points back that were %s', (_, change) => {
    const changed = new Float64Array(80);
    for (let i = 0; i < 80; i += 2) changed.set(change(points[i] as number, points[i + 1] as number), i);
    const back = alignPlane(changed, points);
    back.forEach((x, i) => {
      expect(x).toBeCloseTo(points[i] as number, 10);
    });
  });

  it('never takes points further away than they were', () => {
    for (let seed = 0; seed < 20; seed++) {
      const [a, b] = [cloud(15, [1, 2], seed), cloud(15, [2, 1], seed + 50)];
      const away = (c: Float64Array) => c.reduce((sum, x, i) => sum + (x - (b[i] as number)) ** 2, 0);
      expect(away(alignPlane(a, b))).toBeLessThanOrEqual(away(a) + 1e-9);
    }
  });
});
