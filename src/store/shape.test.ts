import { describe, expect, it } from 'vitest';
import type { Translation } from '../training/protocol.ts';
import { shapeOf } from './shape.ts';

const translation = (target: string, reference: string | null, alignment?: number[][]): Translation => {
  const words = target.split(' ').filter(Boolean);
  return {
    source: [{ text: 'x', isUnknown: false }],
    target: words.map((text) => ({ text, isUnknown: false })),
    targetText: target,
    probabilities: new Float32Array(words.length),
    weights: new Float32Array(words.length),
    ...(reference !== null && {
      reference: { target: reference.split(' '), text: reference, ...(alignment && { alignment }) },
    }),
    isComplete: true,
  };
};

describe('shapeOf', () => {
  it('marks words that the reference does not have in this place', () => {
    expect(shapeOf('k', translation('le chien noir', 'le chat noir')).isWrong).toEqual([false, true, false]);
  });

  it('does not call every word wrong because one is missing', () => {
    const shape = shapeOf('k', translation('le noir', 'le chat noir'));
    expect(shape.isWrong).toEqual([false, false]);
    expect(shape.missing).toBe(1);
  });

  it('marks nothing where no reference is known', () => {
    expect(shapeOf('k', translation('le chien', null)).isWrong).toEqual([false, false]);
  });

  it('outlines gold links where the word is the one that they belong to', () => {
    const shape = shapeOf('k', translation('ce chat noir', 'chat noir', [[2], [1]]));
    expect(shape.gold).toEqual([[], [2], [1]]);
  });

  it('takes an end symbol for right', () => {
    expect(shapeOf('k', translation('le chat </s>', 'le chat')).isWrong).toEqual([false, false, false]);
  });

  it('does not take a translation of no words for a model without attention', () => {
    expect(shapeOf('k', translation('', 'le')).hasAttention).toBe(true);
    expect(shapeOf('k', { ...translation('le', 'le'), weights: new Float32Array() }).hasAttention).toBe(false);
  });
});
