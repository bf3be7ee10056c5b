import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blankCell,
  cellBits,
  cellCount,
  cellTokens,
  packCells,
  pictureOf,
  pictureText,
  readCell,
  textTokens,
  unpackCells,
} from './picture-cells.ts';

const SIZE = { height: 8, width: 12 };
const anyLevels = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 96, maxLength: 96 });

describe('a picture as cells', () => {
  it('gives back every grey, as numbers, as tokens and as one text', () => {
    fc.assert(
      fc.property(anyLevels, (levels) => {
        const cells = packCells(levels, SIZE);
        expect(cells).toHaveLength(cellCount(SIZE));
        expect([...unpackCells(cells, SIZE)]).toEqual(levels);
        const tokens = cellTokens(cells, SIZE);
        expect(tokens.map(cellBits)).toEqual([...cells]);
        expect(pictureOf(tokens)).toEqual({ ...SIZE, levels: Uint8Array.from(levels) });
        expect(textTokens(pictureText(tokens), SIZE)).toEqual(tokens);
        expect(pictureText(tokens)).toMatch(/^[\w-]+$/);
      }),
      { seed: 1, numRuns: 30 },
    );
  });

  it('has the first pixel of a cell in its lowest bits, row by row', () => {
    const levels = new Uint8Array(96);
    levels[5] = 3;
    levels[12 + 5] = 1;
    expect([...packCells(levels, SIZE)]).toEqual([0, 0b1100 + (1 << 10), 0, 0, 0, 0]);
  });

  it('says where a cell is, from 1, and keeps that when it is blanked', () => {
    const tokens = cellTokens([0, 1, 2, 3, 4, 2 ** 32 - 1], SIZE);
    expect(readCell(tokens[5] as string)).toEqual({ row: 2, column: 3, bits: 2 ** 32 - 1 });
    expect(blankCell(tokens[5] as string)).toBe('2,3:00000000');
  });

  it('takes words for words, and no text of another length for a picture', () => {
    expect(readCell('chat')).toBeNull();
    expect(cellBits('1,1')).toBe(0);
    expect(pictureOf(['le', 'chat'])).toBeNull();
    expect(pictureOf([])).toBeNull();
    for (const text of ['', 'A', 'AAAA', '%%%%', 'A'.repeat(400)]) expect(textTokens(text, SIZE)).toEqual([]);
  });
});
