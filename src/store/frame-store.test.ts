import { describe, expect, it } from 'vitest';
import type { Translation } from '../training/protocol.ts';
import { createFrameStore, hold, openFrames, receiveFrame, receiveOwn, release, stage } from './frame-store.ts';

const tokens = (text: string) => text.split(' ').map((word) => ({ text: word, isUnknown: false }));
const translation = (source: string, target: string): Translation => ({
  source: tokens(source),
  target: tokens(target),
  targetText: target,
  probabilities: new Float32Array(tokens(target).length),
  weights: new Float32Array(tokens(source).length * tokens(target).length),
  isComplete: true,
});
const sample = (source: string, target: string) => ({
  source: source.split(' '),
  target: target.split(' '),
  sourceText: source,
  targetText: target,
});
const frame = (step: number, ...probes: Translation[]) =>
  ({ type: 'frame', step, mode: 'free-running', probes }) as const;

const opened = () => {
  const store = createFrameStore();
  openFrames(store, [sample('the cat', 'le chat'), sample('a dog', 'un chien')]);
  return store;
};

describe('the frame store', () => {
  it('shows the staged probe, wherever it stands in the frame', () => {
    const store = opened();
    receiveFrame(store, frame(1, translation('a dog', 'un'), translation('the cat', 'le')));
    expect(store.getState().shown?.translation.targetText).toBe('le');
    stage(store, { kind: 'probe', index: 1 });
    expect(store.getState().shown?.translation.targetText).toBe('un');
  });

  it('holds still while somebody reads, and catches up when they leave', () => {
    const store = opened();
    receiveFrame(store, frame(1, translation('the cat', 'le')));
    hold(store, 'pointer');
    receiveFrame(store, frame(2, translation('the cat', 'le chat')));
    expect(store.getState().shown?.step).toBe(1);
    expect(store.getState().isHeldBack).toBe(true);
    expect(store.getState().step).toBe(2);
    hold(store, 'keyboard');
    release(store, 'pointer');
    expect(store.getState().shown?.step).toBe(1);
    release(store, 'keyboard');
    expect(store.getState().shown?.step).toBe(2);
    expect(store.getState().isHeldBack).toBe(false);
  });

  it('shows another sentence at once, whoever reads', () => {
    const store = opened();
    receiveFrame(store, frame(1, translation('the cat', 'le'), translation('a dog', 'un')));
    hold(store, 'pointer');
    stage(store, { kind: 'probe', index: 1 });
    expect(store.getState().shown?.translation.targetText).toBe('un');
  });

  it('puts a typed sentence on the stage, and keeps it up to date', () => {
    const store = opened();
    receiveOwn(store, 'the dog', 3, translation('the dog', 'le'));
    expect(store.getState().staged.kind).toBe('own');
    receiveFrame(store, frame(4, translation('the dog', 'le chien')));
    expect(store.getState().shown?.translation.targetText).toBe('le chien');
  });

  it('keeps the words as they are while only weights change', () => {
    const store = opened();
    receiveFrame(store, frame(1, translation('the cat', 'le chat')));
    const before = store.getState().shape;
    receiveFrame(store, frame(2, translation('the cat', 'le chat')));
    expect(store.getState().shape).toBe(before);
    receiveFrame(store, frame(3, translation('the cat', 'la chat')));
    expect(store.getState().shape).not.toBe(before);
  });

  it('forgets sentences that are pinned no more', () => {
    const store = opened();
    for (let i = 0; i < 20; i++) receiveOwn(store, `word ${i}`, i, translation(`word ${i}`, 'mot'));
    receiveFrame(store, frame(30, translation('the cat', 'le')));
    expect(store.getState().translations.size).toBeLessThanOrEqual(3);
  });

  it('goes back to the first probe where a new run has fewer', () => {
    const store = opened();
    stage(store, { kind: 'probe', index: 1 });
    openFrames(store, [sample('one', 'un')]);
    expect(store.getState().staged).toEqual({ kind: 'probe', index: 0 });
  });
});
