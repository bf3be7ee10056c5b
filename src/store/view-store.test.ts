import { describe, expect, it } from 'vitest';
import { activeLit, createViewStore, isWordLit, litWord, movePin, pinAndOpen, togglePin } from './view-store.ts';

const cell = { row: 1, column: 2, sourceToken: 'cat', targetToken: 'chat' };

describe('what is lit', () => {
  it('is under the pointer, else pinned', () => {
    const view = createViewStore({ pinned: cell });
    expect(activeLit(view.getState())).toBe(cell);
    const word = litWord('source', 'the');
    view.setState({ hovered: word });
    expect(activeLit(view.getState())).toBe(word);
  });

  it('lights the same word wherever it stands', () => {
    expect(isWordLit(litWord('source', 'cat'), 'source', 'cat', 5)).toBe(true);
    expect(isWordLit(cell, 'source', 'cat', null)).toBe(true);
    expect(isWordLit(cell, 'target', 'chat', null)).toBe(true);
  });

  it('lights one of two equal words on the stage by its place', () => {
    expect(isWordLit(cell, 'source', 'cat', 2)).toBe(true);
    expect(isWordLit(cell, 'source', 'cat', 4)).toBe(false);
  });

  it('does not mix the sides up', () => {
    expect(isWordLit(litWord('source', 'table'), 'target', 'table', null)).toBe(false);
  });

  it('is pinned by a press, and let go by the next', () => {
    const view = createViewStore();
    togglePin(view, cell);
    expect(view.getState().pinned).toEqual(cell);
    togglePin(view, { ...cell });
    expect(view.getState().pinned).toBeNull();
  });

  it('opens the panel of a pressed cell where none is open, and of nothing else', () => {
    const view = createViewStore();
    pinAndOpen(view, litWord('source', 'cat', 2));
    expect(view.getState().panel).toBeNull();
    pinAndOpen(view, cell);
    expect(view.getState()).toMatchObject({ panel: 'cell', pinned: cell });
    view.setState({ panel: 'machine' });
    pinAndOpen(view, { ...cell, row: 0 });
    expect(view.getState().panel).toBe('machine');
  });

  it('moves with the keyboard only while a panel follows it', () => {
    const view = createViewStore({ pinned: cell });
    movePin(view, { ...cell, row: 0 });
    expect(view.getState().pinned).toBe(cell);
    view.setState({ panel: 'lstm' });
    movePin(view, { ...cell, row: 0 });
    expect(view.getState().pinned?.row).toBe(0);
  });
});
