import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignmentErrorRate, attentionEntropy, bleu, exactMatch, strongestLink, tokenAccuracy } from './quality.ts';

const scored = (hypothesis: string, reference: string) => ({
  hypothesis: hypothesis === '' ? [] : hypothesis.split(' '),
  reference: reference.split(' '),
});

describe('alignmentErrorRate over regions', () => {
  it('takes any place of a region for right', () => {
    const sentences = [{ weights: [0.1, 0.7, 0.2, 0.8, 0.1, 0.1], sourceLength: 3, alignment: [[0, 1], [2]] }];
    expect(alignmentErrorRate(sentences, true)).toBe(0.5);
    expect(alignmentErrorRate(sentences)).toBe(0.75);
  });
});

describe('exactMatch', () => {
  it('counts the sentences that are right to the last word', () => {
    expect(exactMatch([scored('a b', 'a b'), scored('a', 'a b'), scored('a b c', 'a b'), scored('b a', 'b a')])).toBe(
      0.5,
    );
  });

  it('compares ids as well as words', () => {
    expect(exactMatch([{ hypothesis: Uint32Array.of(4, 5), reference: [4, 5] }])).toBe(1);
  });

  it('has no value for no sentences', () => {
    expect(exactMatch([])).toBeNaN();
  });
});

describe('tokenAccuracy', () => {
  it('counts the reference tokens met at their place', () => {
    // 2 of 3, 0 of 2 (shifted by one), 1 of 1 (what is too much is not counted).
    expect(tokenAccuracy([scored('a b x', 'a b c'), scored('x a', 'a b'), scored('a b', 'a')])).toBe(3 / 6);
  });
});

describe('bleu', () => {
  it('is 1 for the reference itself and 0 for nothing in common', () => {
    expect(bleu([scored('the cat sat on the mat', 'the cat sat on the mat')])).toBeCloseTo(1, 12);
    expect(bleu([scored('a b c d', 'e f g h')])).toBe(0);
    expect(bleu([scored('', 'e f')])).toBe(0);
  });

  it('equals the value computed by hand', () => {
    // Precisions 5/6, 3/5, 1/4 and 0/3 for the first pair alone: no four words in a row, so 0.
    const first = scored('the cat sat on a mat', 'the cat is on a mat');
    expect(bleu([first])).toBe(0);
    // With a second, perfect pair of five tokens: 10/11, 7/9, 4/7, 2/5, and as many tokens as in the references.
    const second = scored('he eats the red apple', 'he eats the red apple');
    expect(bleu([first, second])).toBeCloseTo(
      (10 / 11) ** 0.25 * (7 / 9) ** 0.25 * (4 / 7) ** 0.25 * (2 / 5) ** 0.25,
      12,
    );
  });

  it('punishes brevity by exp(1 − r/c)', () => {
    expect(bleu([scored('a b c d', 'a b c d e f')])).toBeCloseTo(Math.exp(1 - 6 / 4), 12);
  });

  it('clips repeated words and does not reward length', () => {
    // Orders 1 to 4: 2 of 7 'the' counts (Papineni's example), no pair of them in the reference.
    expect(bleu([scored('the the the the the the the', 'the cat is on the mat')])).toBe(0);
    // Longer than the reference: no penalty, precisions 4/5, 3/4, 2/3, 1/2.
    expect(bleu([scored('a b c d d', 'a b c d')])).toBeCloseTo(((4 / 5) * (3 / 4) * (2 / 3) * (1 / 2)) ** 0.25, 12);
  });

  it('leaves out orders that are longer than every sentence', () => {
    expect(bleu([scored('a b', 'a b'), scored('c d', 'c d')])).toBeCloseTo(1, 12);
    // 3 of 4 words, 1 of 2 pairs.
    expect(bleu([scored('a b', 'a b'), scored('c x', 'c d')])).toBeCloseTo(Math.sqrt((3 / 4) * (1 / 2)), 12);
  });

  it('lies between 0 and 1', () => {
    const sentence = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(fc.record({ hypothesis: sentence, reference: sentence }), { minLength: 1 }), (sentences) => {
        const value = bleu(sentences);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
      }),
      { seed: 3 },
    );
  });
});

describe('alignmentErrorRate', () => {
  // Strongest links: 0, 2, 1.
  const weights = Float32Array.of(0.8, 0.1, 0.1, 0.2, 0.3, 0.5, 0.1, 0.9, 0);

  it('is 0 on sure links, half the way on possible ones, and passes over rows without a link', () => {
    expect(alignmentErrorRate([{ weights, sourceLength: 3, alignment: [[0], [2], [1]] }])).toBe(0);
    expect(alignmentErrorRate([{ weights, sourceLength: 3, alignment: [[0], [2, 1], []] }])).toBe(0);
    // A∩S = 1, A∩P = 2 of |A| = |S| = 3: 1 − 3/6.
    expect(alignmentErrorRate([{ weights, sourceLength: 3, alignment: [[0], [1, 2], [0]] }])).toBeCloseTo(0.5, 12);
    expect(alignmentErrorRate([{ weights, sourceLength: 3, alignment: [[1], [0], [2]] }])).toBe(1);
  });

  it('sums over the corpus and ignores the row of the end symbol', () => {
    const right = { weights, sourceLength: 3, alignment: [[0], [2]] };
    const wrong = { weights: [0.9, 0.1], sourceLength: 2, alignment: [[1]] };
    expect(alignmentErrorRate([right, wrong])).toBeCloseTo(1 - 4 / 6, 12);
  });

  it('has no value without gold links', () => {
    expect(alignmentErrorRate([])).toBeNull();
    expect(alignmentErrorRate([{ weights, sourceLength: 3, alignment: [[], []] }])).toBeNull();
  });

  it('takes the first of equal weights', () => {
    expect(strongestLink({ weights: [0.25, 0.25, 0.25, 0.25], sourceLength: 4 }, 0)).toBe(0);
  });
});

describe('attentionEntropy', () => {
  it('is 0 on one word, 1 for uniform attention, and the mean of the rows', () => {
    expect(attentionEntropy([{ weights: [0, 1, 0], sourceLength: 3 }])).toBe(0);
    expect(attentionEntropy([{ weights: new Array(4).fill(0.25), sourceLength: 4 }])).toBeCloseTo(1, 12);
    expect(attentionEntropy([{ weights: [1, 0, 0.5, 0.5], sourceLength: 2 }])).toBeCloseTo(0.5, 12);
    // −(¾ log ¾ + ¼ log ¼) / log 2
    expect(attentionEntropy([{ weights: [0.75, 0.25], sourceLength: 2 }])).toBeCloseTo(0.8112781244591328, 12);
  });

  it('leaves out sentences of one word', () => {
    expect(attentionEntropy([{ weights: [1, 1], sourceLength: 1 }])).toBeNull();
    expect(attentionEntropy([])).toBeNull();
  });
});
