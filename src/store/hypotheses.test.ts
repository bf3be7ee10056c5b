import { expect, it } from 'vitest';
import type { BeamSearch } from '../training/questions.ts';
import { NO_EDITS } from './edits.ts';
import { createEditsStore, edit, undo } from './edits-store.ts';
import { forcesWords, hypothesisWords, stageHypothesis } from './hypotheses.ts';

const node = (id: number, token: string, isEnd = false) => ({
  id,
  parent: id - 1,
  token,
  position: id - 1,
  probability: 0.5,
  logProbability: -id,
  isKept: true,
  isEnd,
});
const search = {
  step: 1,
  width: 2,
  nodes: [node(0, '<s>'), node(1, 'le'), node(2, 'chat'), node(3, '</s>', true)],
  hypotheses: [
    { node: 3, score: -1, translation: { target: [{ text: 'le' }, { text: 'chat' }] } },
    { node: 2, score: -1, translation: { target: [{ text: 'le' }, { text: 'chat' }] } },
  ],
} as unknown as BeamSearch;

it('a hypothesis forces its words, and its end where it ended', () => {
  expect(hypothesisWords(search, 0)).toEqual(['le', 'chat', '</s>']);
  expect(hypothesisWords(search, 1)).toEqual(['le', 'chat']);
  expect(hypothesisWords(search, 7)).toEqual([]);
});

it('keeps the changed source words, drops what the search did not know, and is one step of undo', () => {
  const store = createEditsStore();
  edit(store, (edits) => ({ ...edits, source: { 1: 'dog' }, temperature: 2, attention: { 0: [1, 0] } }));
  const before = store.getState().edits;
  stageHypothesis(store, search, 0);
  const { edits } = store.getState();
  expect(edits).toEqual({ ...NO_EDITS, source: { 1: 'dog' }, words: { 0: 'le', 1: 'chat', 2: '</s>' } });
  expect(forcesWords(edits, ['le', 'chat', '</s>'])).toBe(true);
  expect(forcesWords(edits, ['le', 'chat'])).toBe(false);
  undo(store);
  expect(store.getState().edits).toBe(before);
});
