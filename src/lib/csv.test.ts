import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvText, shortestFloat32 } from './csv.ts';

test('quotes what has a comma, a quote, a line break or a space at its ends', () => {
  expect(csvText([['a,b', 'say "x"', 'two\nlines', ' ', 'plain']])).toBe(
    '\uFEFF"a,b","say ""x""","two\nlines"," ",plain\r\n',
  );
});

test('leaves empty what is no number, and keeps every line as long', () => {
  expect(
    csvText([
      ['', 1, null],
      ['x', Number.NaN, 1e-7],
    ]),
  ).toBe('\uFEFF,1,\r\nx,,1e-7\r\n');
});

test('the shortest number is the same float32', () => {
  expect(shortestFloat32(Math.fround(0.1))).toBe(0.1);
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Math.fround(shortestFloat32(value)) === Math.fround(value)).toBe(true);
    }),
  );
});
