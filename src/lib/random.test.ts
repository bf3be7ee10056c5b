import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from './random.ts';

const draw = (random: Random, count: number) => Array.from({ length: count }, () => random.uniform());
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('createRandom', () => {
  it('repeats itself for the same seeds and differs for neighbouring ones', () => {
    expect(draw(createRandom(7, 1), 20)).toEqual(draw(createRandom(7, 1), 20));
    for (const other of [createRandom(7, 2), createRandom(8, 1), createRandom(7), createRandom(1, 7)])
      expect(draw(other, 20)).not.toEqual(draw(createRandom(7, 1), 20));
  });

  it('keeps its draws from version to version', () => {
    const random = createRandom(0);
    expect(Array.from({ length: 4 }, () => random.integer(1000))).toMatchInlineSnapshot(`
      [
        260,
        272,
        50,
        412,
      ]
    `);
  });

  it('draws uniformly, whatever the seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), (seed) => {
        const values = draw(createRandom(seed), 4000);
        expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
        // Five standard errors of the mean of 4,000 uniform draws.
        expect(Math.abs(mean(values) - 0.5)).toBeLessThan((5 * Math.sqrt(1 / 12)) / Math.sqrt(4000));
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it('has first draws of neighbouring seeds that are unrelated', () => {
    const first = Array.from({ length: 2000 }, (_, seed) => createRandom(seed).uniform());
    const products = first.slice(1).map((value, index) => (value - 0.5) * (first[index] - 0.5) * 12);
    expect(Math.abs(mean(products))).toBeLessThan(5 / Math.sqrt(2000));
  });

  it('draws integers below n, all of them equally often', () => {
    const random = createRandom(3);
    const counts = new Array(7).fill(0);
    for (let i = 0; i < 7000; i++) counts[random.integer(7)]++;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(1000));
  });

  it('draws normals with mean 0 and variance 1', () => {
    const random = createRandom(5);
    const values = Array.from({ length: 20_000 }, () => random.normal());
    expect(Math.abs(mean(values))).toBeLessThan(5 / Math.sqrt(20_000));
    expect(Math.abs(mean(values.map((value) => value * value)) - 1)).toBeLessThan((5 * Math.SQRT2) / Math.sqrt(20_000));
    expect(Math.max(...values)).toBeGreaterThan(3);
  });

  it('shuffles arrays and typed arrays in place, every order alike', () => {
    const random = createRandom(11);
    const orders = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = random.shuffle(Uint32Array.of(1, 2, 3)).join('');
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect([...orders.keys()].sort()).toEqual(['123', '132', '213', '231', '312', '321']);
    for (const count of orders.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(1000));
    const items = ['a'];
    expect(random.shuffle(items)).toBe(items);
  });
});
