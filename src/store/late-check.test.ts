import { describe, expect, it } from 'vitest';
import type { Explored } from '../training/questions.ts';
import { type Edits, NO_EDITS } from './edits.ts';
import { lateCheck } from './late-check.ts';

const explored = (logits: readonly number[]): Explored =>
  ({ logits: { rows: 1, columns: logits.length, data: Float32Array.from(logits) } }) as unknown as Explored;
const edited: Edits = { ...NO_EDITS, attention: { 0: [0, 1] } };
const compare = (plain: Explored, other: Explored, edits = edited) =>
  lateCheck(edits, { step: 7, plain, edited: other });

describe('the check of an attention that comes too late', () => {
  it('says that all logits have the same bits', () => {
    expect(compare(explored([1, 2, 3]), explored([1, 2, 3]))).toEqual({ step: 7, numbers: 3, isSame: true });
  });

  it('notices the last bit, and the sign of a zero', () => {
    expect(compare(explored([1, 0.1]), explored([1, 0.1 + 2 ** -27]))?.isSame).toBe(false);
    expect(compare(explored([0]), explored([-0]))?.isSame).toBe(false);
  });

  it('notices another number of words', () => {
    expect(compare(explored([1, 2]), explored([1, 2, 3]))?.isSame).toBe(false);
  });

  it('says nothing without edits, beside other edits, and without logits', () => {
    const own = explored([1]);
    expect(compare(own, own)).toBeNull();
    expect(lateCheck(edited, null)).toBeNull();
    expect(compare(explored([1]), explored([1]), { ...edited, words: { 0: 'chat' } })).toBeNull();
    expect(compare(explored([1]), explored([1]), { ...edited, off: ['forward'] })).toBeNull();
    expect(compare({} as Explored, {} as Explored)).toBeNull();
  });
});
