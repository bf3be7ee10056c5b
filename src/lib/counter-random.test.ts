import { describe, expect, it } from 'vitest';
import { pcg, uniformRandom } from './counter-random.ts';

const draws = (count: number, seed = 1, step = 2, salt = 3) =>
  Array.from({ length: count }, (_, index) => uniformRandom(seed, step, salt, index));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('pcg', () => {
  it('hashes 32 bits to 32 bits, one to one where it is looked at', () => {
    const hashes = Array.from({ length: 10_000 }, (_, i) => pcg(i));
    expect(new Set(hashes).size).toBe(10_000);
    expect(hashes.every((hash) => Number.isInteger(hash) && hash >= 0 && hash < 2 ** 32)).toBe(true);
  });

  it('is the published function, in exact integers', () => {
    const published = (value: number): number => {
      const wrap = (n: bigint) => n & 0xffff_ffffn;
      const state = wrap(BigInt(value) * 747_796_405n + 2_891_336_453n);
      const word = wrap(((state >> ((state >> 28n) + 4n)) ^ state) * 277_803_737n);
      return Number((word >> 22n) ^ word);
    };
    for (const value of [0, 1, 2, 12_345, 2 ** 31, 2 ** 32 - 1]) expect(pcg(value)).toBe(published(value));
  });
});

describe('uniformRandom', () => {
  it('is uniform in [0, 1) in steps of 2⁻²⁴', () => {
    const values = draws(20_000);
    expect(values.every((value) => value >= 0 && value < 1 && Number.isInteger(value * 2 ** 24))).toBe(true);
    expect(Math.abs(mean(values) - 0.5)).toBeLessThan((5 * Math.sqrt(1 / 12)) / Math.sqrt(20_000));
  });

  it('has draws of neighbouring seeds, steps and salts that are unrelated', () => {
    const first = draws(5000);
    for (const other of [draws(5000, 2, 2, 3), draws(5000, 1, 3, 3), draws(5000, 1, 2, 4)]) {
      const products = first.map((value, i) => (value - 0.5) * (other[i] - 0.5) * 12);
      expect(Math.abs(mean(products))).toBeLessThan(5 / Math.sqrt(5000));
    }
  });

  it('takes seeds up to 32 bits', () => {
    expect(uniformRandom(2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1)).toBeGreaterThanOrEqual(0);
  });
});
