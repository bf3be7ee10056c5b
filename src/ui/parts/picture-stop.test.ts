import { describe, expect, it } from 'vitest';
import { nextInGrid, nextInLine } from './picture-stop.tsx';

const key = (name: string, ctrlKey = false) => ({ key: name, ctrlKey });

describe('walking a picture', () => {
  it('goes along a line, stops at its ends, and leaves other keys alone', () => {
    expect(nextInLine(3, 5, key('ArrowRight'))).toBe(4);
    expect(nextInLine(4, 5, key('ArrowDown'))).toBe(4);
    expect(nextInLine(0, 5, key('ArrowLeft'))).toBe(0);
    expect(nextInLine(2, 50, key('PageDown'))).toBe(12);
    expect(nextInLine(2, 50, key('PageUp'))).toBe(0);
    expect(nextInLine(2, 50, key('End'))).toBe(49);
    expect(nextInLine(2, 50, key('Enter'))).toBeNull();
  });

  it('goes through rows and columns, stops at the edges, and reaches the corners with Ctrl', () => {
    expect(nextInGrid(4, 3, 3, key('ArrowDown'))).toBe(7);
    expect(nextInGrid(7, 3, 3, key('ArrowDown'))).toBe(7);
    expect(nextInGrid(3, 3, 3, key('ArrowLeft'))).toBe(3);
    expect(nextInGrid(4, 3, 3, key('End'))).toBe(5);
    expect(nextInGrid(4, 3, 3, key('Home', true))).toBe(0);
    expect(nextInGrid(4, 3, 3, key('End', true))).toBe(8);
    expect(nextInGrid(4, 30, 3, key('PageDown'))).toBe(34);
    expect(nextInGrid(4, 3, 3, key('x'))).toBeNull();
  });
});
