import { expect, it } from 'vitest';
import { entropyOf } from '../candidates.ts';

it('the entropy of logits is that of their softmax, in nats, however large they are', () => {
  expect(entropyOf([0, 0, 0, 0])).toBeCloseTo(Math.log(4), 12);
  expect(entropyOf([1e4, 0, -1e4])).toBe(0);
  expect(entropyOf([1000, 1000])).toBeCloseTo(Math.LN2, 12);
  const [p, q] = [0.9, 0.1];
  expect(entropyOf([Math.log(p), Math.log(q)])).toBeCloseTo(-p * Math.log(p) - q * Math.log(q), 12);
});
