import { describe, expect, it } from 'vitest';
import { plainScene } from '../training/questions.ts';
import { onlyAt, permuted, presetRow, reversed, shifted, uniform, withWeight } from './attention-row.ts';
import { editedScene, isUntouched, NO_EDITS, wholeRow, withPart, withRow, withSource, withWord } from './edits.ts';
import { parseEdits, printEdits } from './edits-text.ts';

const sum = (row: readonly number[]) => row.reduce((total, weight) => total + weight, 0);
const base = plainScene(['the', 'black', 'cat']);

describe('a row of attention', () => {
  it('keeps the proportions of the other weights when one is set', () => {
    const row = withWeight([0.5, 0.3, 0.2], 0, 0.9);
    expect(row[0]).toBe(0.9);
    expect(row[1] / row[2]).toBeCloseTo(1.5, 12);
    expect(sum(row)).toBeCloseTo(1, 12);
  });
  it('shares alike what is taken from a word that had everything', () => {
    expect(withWeight([0, 1, 0], 1, 0.4)).toEqual([0.3, 0.4, 0.3]);
  });
  it('stays between 0 and 1, and a single word keeps everything', () => {
    expect(withWeight([0.5, 0.5], 0, 1.7)).toEqual([1, 0]);
    expect(withWeight([0.5, 0.5], 0, -3)).toEqual([0, 1]);
    expect(withWeight([1], 0, 0.2)).toEqual([1]);
  });
  it('is moved, turned and shuffled without losing weight', () => {
    expect(shifted([0.2, 0.3, 0.5], -1)).toEqual([0.5, 0.5, 0]);
    expect(shifted([0.2, 0.3, 0.5], 1)).toEqual([0, 0.2, 0.8]);
    expect(reversed([0.2, 0.3, 0.5])).toEqual([0.5, 0.3, 0.2]);
    expect(permuted([1, 2, 3, 4], 7, 0)).toEqual(permuted([1, 2, 3, 4], 7, 0));
    expect([...permuted([1, 2, 3, 4], 7, 0)].sort()).toEqual([1, 2, 3, 4]);
    expect(uniform(4)).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(onlyAt(4, [1, 2])).toEqual([0, 0.5, 0.5, 0]);
    expect(presetRow('one-hot', [0.5, 0.5, 0], 2, [])).toEqual([0, 0, 1]);
  });
});

describe('edits', () => {
  it('become a scene', () => {
    let edits = withRow(NO_EDITS, 1, [0.5, 0.25, 0.25]);
    edits = withWord(edits, 2, 'chien');
    edits = withPart(edits, 'backward', true);
    const scene = editedScene(base, edits);
    expect(scene.attention).toEqual([null, [0.5, 0.25, 0.25]]);
    expect(scene.words).toEqual([null, null, 'chien']);
    expect(scene.off).toEqual({
      attention: false,
      forward: false,
      backward: true,
      inputFeeding: false,
      paddingMask: false,
    });
    expect(scene.source).toEqual(base.source);
  });
  it('keep the words of teacher forcing where none is picked', () => {
    const scene = editedScene({ ...base, words: ['le', 'chat'] }, withWord(NO_EDITS, 1, 'chien'));
    expect(scene.words).toEqual(['le', 'chien']);
  });
  it('take a removed word out of the edited rows, and give it back with its weight', () => {
    const edits = withSource(withRow(NO_EDITS, 0, [0.5, 0.25, 0.25]), 0, null);
    expect(editedScene(base, edits).source).toEqual(['black', 'cat']);
    expect(editedScene(base, edits).attention).toEqual([[0.5, 0.5]]);
    expect(editedScene(base, withSource(edits, 0, undefined)).attention).toEqual([[0.5, 0.25, 0.25]]);
    expect(editedScene(base, withSource(edits, 1, 'small')).source).toEqual(['small', 'cat']);
  });
  it('let the model look by itself where all that a row looked at is removed', () => {
    const edits = withSource(withRow(NO_EDITS, 0, [1, 0, 0]), 0, null);
    expect(editedScene(base, edits).attention).toEqual([null]);
    expect(wholeRow([0.4, 0.6], [1, 2], 3)).toEqual([0, 0.4, 0.6]);
  });
  it('are none when each is taken back', () => {
    expect(isUntouched(withWord(withWord(NO_EDITS, 3, 'x'), 3, null))).toBe(true);
    expect(isUntouched(withPart(withPart(NO_EDITS, 'attention', true), 'attention', false))).toBe(true);
  });
});

describe('edits in a link', () => {
  it('come back as they were', () => {
    let edits = withRow(NO_EDITS, 2, [0, 0.5, 0.5]);
    edits = withWord(edits, 0, "l'_*été");
    edits = withSource(withSource(edits, 1, null), 2, 'dog');
    edits = { ...withPart(edits, 'inputFeeding', true), temperature: 2.5 };
    const text = printEdits(edits);
    expect(text).toMatch(/^a2_0-500-500\*w0_/);
    expect(parseEdits(text)).toEqual(edits);
  });
  it('are nothing for an empty text', () => {
    expect(printEdits(NO_EDITS)).toBe('');
    expect(parseEdits('')).toBe(NO_EDITS);
  });
  it.each([
    'a1',
    'a1_0-0',
    'a1_x',
    'w2',
    'w2_%',
    'x_brain',
    't_0',
    't_',
    't_11',
    'q1_2',
    'a_1-1',
    'javascript:alert(1)',
  ])('refuse %s', (text) => expect(parseEdits(text)).toBeNull());
});
