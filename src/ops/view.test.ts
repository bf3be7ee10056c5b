import { describe, expect, it } from 'vitest';
import { ShapeError } from '../lib/errors.ts';
import { columnsOf, rowsOf, viewEnd, wholeView } from './view.ts';

describe('views', () => {
  const view = wholeView('x', 4, 5);

  it('select rows and columns, one after the other in any order', () => {
    const part = { tensor: 'x', offset: 7, rows: 2, columns: 3, stride: 5 };
    expect(columnsOf(rowsOf(view, 1, 2), 2, 3)).toEqual(part);
    expect(rowsOf(columnsOf(view, 2, 3), 1, 2)).toEqual(part);
    expect(columnsOf(part, 1, 2)).toEqual({ ...part, offset: 8, columns: 2 });
  });

  it('end behind their last element, not behind their last stride', () => {
    expect(viewEnd(view)).toBe(20);
    expect(viewEnd(columnsOf(view, 0, 3))).toBe(18);
    expect(viewEnd(rowsOf(view, 4, 0))).toBe(20);
  });

  it('say which rows or columns are not there', () => {
    expect(() => rowsOf(view, 3, 2)).toThrow(new ShapeError('x: rows 3 to 5 are outside of 4'));
    expect(() => columnsOf(view, -1, 2)).toThrow(new ShapeError('x: columns -1 to 1 are outside of 5'));
    expect(() => rowsOf(view, 2, -1)).toThrow(ShapeError);
  });
});
