import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Translation } from '../training/protocol.ts';
import type { Explored, Question, Scene } from '../training/questions.ts';
import { NO_EDITS, withRow, withSource, withWord } from './edits.ts';
import { bindEdits } from './edits-asker.ts';
import {
  cancelGesture,
  createEditsStore,
  edit,
  endGesture,
  probabilityChange,
  redo,
  resetEdits,
  startGesture,
  undo,
} from './edits-store.ts';
import { createFrameStore, hold, openFrames, receiveFrame, setOverlay, stage } from './frame-store.ts';
import { createRunStore } from './run-store.ts';
import type { Actions } from './session.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const tokens = (words: readonly string[]) => words.map((text) => ({ text, isUnknown: false }));
const weights = (rows: number, columns: number) => new Float32Array(rows * columns).fill(1 / columns);
const translated = (source: readonly string[], target: readonly string[]): Translation => ({
  source: tokens(source),
  target: tokens(target),
  targetText: target.join(' '),
  probabilities: new Float32Array(target.length).fill(0.75),
  weights: weights(target.length, source.length),
  isComplete: true,
});
/** A model that says every source word in capitals, unless it is told another word. */
const decode = ({ source, words }: Scene): Explored => {
  const target = source.map((word, position) => words[position] ?? word.toUpperCase());
  return {
    translation: translated(source, target),
    candidates: target.map((token) => [
      { token, probability: 0.75 },
      { token: 'X', probability: 0.125 },
    ]),
    entropies: target.map(() => 0.7),
  };
};
const sample = (text: string) => ({
  source: text.split(' '),
  target: text.toUpperCase().split(' '),
  sourceText: text,
  targetText: text.toUpperCase(),
});

/** Two sentences, a run at step 1, and a worker that answers after `delayMs`. */
function start({ delayMs = 10 } = {}) {
  const edits = createEditsStore();
  const frames = createFrameStore();
  const run = createRunStore();
  const asked: Question<'explore'>[] = [];
  let step = 1;
  const ask = (async (_: 'explore', question: Question<'explore'>) => {
    asked.push(question);
    const at = step;
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    return { answer: { step: at, scenes: question.scenes.map(decode) } };
  }) as unknown as Actions['ask'];
  const stop = bindEdits({ edits, frames, run, ask });
  run.setState({ phase: 'ready' });
  openFrames(frames, [sample('the cat'), sample('a dog')]);
  const frame = (at: number) => {
    step = at;
    const probes = ['the cat', 'a dog'].map((text) => translated(text.split(' '), text.toUpperCase().split(' ')));
    receiveFrame(frames, { type: 'frame', step: at, mode: 'free-running', probes });
  };
  frame(1);
  const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  const shownWords = () => frames.getState().shown?.translation.target.map((token) => token.text);
  return { edits, frames, run, asked, stop, frame, wait, shownWords };
}

/** The same with the panel open. */
async function open(options = {}) {
  const started = start(options);
  started.edits.setState({ isOpen: true });
  await started.wait(20);
  return started;
}

describe('undo', () => {
  const store = () => createEditsStore();
  it('takes back and repeats one edit after the other', () => {
    const edits = store();
    edit(edits, (now) => withWord(now, 0, 'a'));
    edit(edits, (now) => withWord(now, 1, 'b'));
    undo(edits);
    expect(edits.getState().edits.words).toEqual({ 0: 'a' });
    redo(edits);
    expect(edits.getState().edits.words).toEqual({ 0: 'a', 1: 'b' });
    undo(edits);
    undo(edits);
    expect(edits.getState().edits).toBe(NO_EDITS);
    undo(edits);
    expect(edits.getState().future).toHaveLength(2);
    edit(edits, (now) => withWord(now, 5, 'c'));
    expect(edits.getState().future).toEqual([]);
  });
  it('takes a whole drag as one step', () => {
    const edits = store();
    startGesture(edits);
    for (const weight of [0.1, 0.2, 0.3]) edit(edits, (now) => withRow(now, 0, [weight, 1 - weight]));
    endGesture(edits);
    expect(edits.getState().past).toEqual([NO_EDITS]);
    startGesture(edits);
    edit(edits, (now) => withRow(now, 0, [0.9, 0.1]));
    cancelGesture(edits);
    expect(edits.getState().edits.attention[0]).toEqual([0.3, 0.7]);
    expect(edits.getState().past).toHaveLength(1);
  });
  it('does not count what changes nothing, and can take a reset back', () => {
    const edits = store();
    edit(edits, (now) => now);
    startGesture(edits);
    endGesture(edits);
    expect(edits.getState().past).toEqual([]);
    edit(edits, (now) => withWord(now, 0, 'a'));
    resetEdits(edits);
    expect(edits.getState().edits).toBe(NO_EDITS);
    undo(edits);
    expect(edits.getState().edits.words).toEqual({ 0: 'a' });
  });
});

describe('edits on the stage', () => {
  it('ask nothing while there are none and the panel is closed', async () => {
    const { asked, frame, wait } = start();
    for (let step = 2; step < 6; step++) frame(step);
    await wait(3000);
    expect(asked).toEqual([]);
  });
  it('ask for the candidates of the sentence when the panel opens', async () => {
    const { asked, edits, frames } = await open();
    expect(asked.map(({ scenes }) => scenes.length)).toEqual([1]);
    expect(edits.getState().result?.edited.candidates).toHaveLength(2);
    expect(frames.getState().overlay).toBeNull();
  });
  it('are decoded beside the untouched sentence and put on the stage', async () => {
    const { edits, asked, frames, wait, shownWords } = await open();
    edit(edits, (now) => withWord(now, 1, 'dog'));
    await wait(20);
    expect(asked.at(-1)?.scenes.map(({ words }) => words)).toEqual([[], [null, 'dog']]);
    expect(shownWords()).toEqual(['THE', 'dog']);
    expect(frames.getState().overlay?.kind).toBe('edited');
    expect(edits.getState().isChanged).toEqual([false, true]);
    expect(edits.getState().result?.plain.translation.targetText).toBe('THE CAT');
    resetEdits(edits);
    expect(frames.getState().overlay).toBeNull();
    expect(shownWords()).toEqual(['THE', 'CAT']);
  });
  it('ask one question at a time, and the newest last', async () => {
    const { edits, asked, wait, frames } = await open({ delayMs: 100 });
    await wait(200);
    const before = asked.length;
    startGesture(edits);
    for (let i = 1; i <= 10; i++) {
      edit(edits, (now) => withRow(now, 0, [i / 10, 1 - i / 10]));
      await wait(10);
    }
    expect(frames.getState().shown?.translation.weights[0]).toBeCloseTo(1, 5);
    await wait(500);
    expect(asked.length - before).toBeLessThanOrEqual(3);
    expect(asked.at(-1)?.scenes[1].attention).toEqual([[1, 0]]);
  });
  it('are forgotten with their sentence', async () => {
    const { edits, frames, wait, shownWords } = await open();
    edit(edits, (now) => withSource(now, 0, null));
    await wait(20);
    expect(shownWords()).toEqual(['CAT']);
    stage(frames, { kind: 'probe', index: 1 });
    await wait(20);
    expect(edits.getState().edits).toBe(NO_EDITS);
    expect(edits.getState().past).toEqual([]);
    expect(shownWords()).toEqual(['A', 'DOG']);
  });
  it('follow the training once a second, and not while somebody reads', async () => {
    const { edits, frames, run, asked, frame, wait } = await open();
    run.setState({ status: 'training' });
    edit(edits, (now) => withWord(now, 1, 'dog'));
    await wait(20);
    const before = asked.length;
    for (let i = 0; i < 30; i++) {
      frame(2 + i);
      await wait(100);
    }
    const followed = asked.length - before;
    expect(followed).toBeGreaterThanOrEqual(2);
    expect(followed).toBeLessThanOrEqual(3);
    hold(frames, 'pointer');
    await wait(1500);
    const held = asked.length;
    for (let i = 0; i < 30; i++) {
      frame(40 + i);
      await wait(100);
    }
    expect(asked.length).toBe(held);
    edit(edits, (now) => withWord(now, 0, 'a'));
    await wait(20);
    expect(asked.length).toBe(held + 1);
  });
  it('are decoded again after a pause and after a reset of the run', async () => {
    const { edits, asked, frame, wait } = await open();
    edit(edits, (now) => withWord(now, 1, 'dog'));
    await wait(20);
    const before = asked.length;
    frame(9);
    await wait(20);
    expect(asked.length).toBe(before + 1);
    frame(0);
    await wait(20);
    expect(asked.length).toBe(before + 2);
    await wait(5000);
    expect(asked.length).toBe(before + 2);
  });
  it('leave a moment of the past alone, and come back after it', async () => {
    const { edits, frames, wait, shownWords } = await open();
    edit(edits, (now) => withWord(now, 1, 'dog'));
    await wait(20);
    const shown = { key: 'then', step: 0, translation: translated(['the', 'cat'], ['old']) };
    setOverlay(frames, { kind: 'past', shown, translations: new Map() });
    await wait(20);
    expect(shownWords()).toEqual(['old']);
    setOverlay(frames, null);
    expect(shownWords()).toEqual(['THE', 'dog']);
  });
  it('of a link wait for their sentence, and are dropped where they do not fit', async () => {
    const { edits, wait, shownWords } = start();
    edits.setState({ waiting: { edits: withSource(NO_EDITS, 0, null), sentence: '' } });
    await wait(20);
    expect(shownWords()).toEqual(['CAT']);
    undo(edits);
    await wait(20);
    expect(shownWords()).toEqual(['THE', 'CAT']);
    edits.setState({ waiting: { edits: withRow(NO_EDITS, 0, [1, 0, 0]), sentence: '' } });
    await wait(20);
    expect(edits.getState()).toMatchObject({ edits: NO_EDITS, waiting: null });
  });
  it('tell what became of a word that is no longer chosen', async () => {
    const { edits, wait } = await open();
    edit(edits, (now) => withWord(now, 1, 'X'));
    await wait(20);
    const { result } = edits.getState();
    expect(result && probabilityChange(result, 1)).toEqual({ token: 'CAT', before: 0.75, after: 0.125, isBound: true });
    expect(result && probabilityChange(result, 0)).toMatchObject({ token: 'THE', after: 0.75, isBound: false });
    expect(result && probabilityChange(result, 5)).toBeNull();
  });
});
