import { describe, expect, it } from 'vitest';
import type { Translation } from '../training/protocol.ts';
import { differenceOf, pairWords } from './difference.ts';

const tokens = (text: string) =>
  text
    .split(' ')
    .filter(Boolean)
    .map((word) => ({ text: word, isUnknown: false }));
const translation = (target: string, rows: number[][]): Translation => ({
  source: tokens('the cat'),
  target: tokens(target),
  targetText: target,
  probabilities: new Float32Array(rows.length),
  weights: Float32Array.from(rows.flat()),
  isComplete: true,
});

describe('pairWords', () => {
  it.each([
    ['le chat dort', 'le chat dort', [0, 1, 2]],
    ['le chien dort', 'le chat dort', [0, 1, 2]],
    ['le dort', 'le chat noir dort', [0, null, null, 1]],
    ['le grand chat dort', 'le chat dort', [0, 2, 3]],
    ['', 'le chat', [null, null]],
    ['un chien noir dort', 'le chat dort', [0, 1, 3]],
  ])('from “%s” to “%s”', (a, b, partners) => {
    const words = (text: string) => text.split(' ').filter(Boolean);
    expect(pairWords(words(a), words(b))).toEqual(partners);
  });
});

describe('differenceOf', () => {
  it('takes row from row where the words go on, and nothing from a word that was not there', () => {
    const a = translation('le dort', [
      [0.5, 0.5],
      [0.25, 0.75],
    ]);
    const b = translation('la chat dort', [
      [1, 0],
      [0, 1],
      [0.5, 0.5],
    ]);
    const { weights, was, most } = differenceOf(a, b);
    expect([...weights]).toEqual([0.5, -0.5, 0, 0, 0.25, -0.25]);
    expect(was).toEqual(['le', '', null]);
    expect(most).toBe(0.5);
  });

  it('is nothing against itself, and works without attention', () => {
    const b = translation('le chat', [
      [0.5, 0.5],
      [1, 0],
    ]);
    expect(differenceOf(b, b)).toMatchObject({ was: [null, null], most: 0 });
    const bare = { ...b, weights: new Float32Array() };
    expect(differenceOf(bare, { ...bare, target: tokens('la chat') })).toMatchObject({ was: ['le', null], most: 0 });
  });

  it('refuses another sentence', () => {
    const b = translation('le', [[0.5, 0.5]]);
    expect(() => differenceOf({ ...b, source: tokens('the black cat') }, b)).toThrow('2 source words');
  });
});
