/** What `npm run fuzz` found, one test each. Time is not measured: each of these took seconds, or did not end. */

import { describe, expect, it } from 'vitest';
import { decodeText } from './encoding.ts';
import { readTable } from './read-table.ts';
import { finish } from './table.ts';
import { createTokenizer } from './tokens.ts';

describe('hostile files', () => {
  it('samples of encodings come from long lines too, without reading them over and over', () => {
    const bytes = new Uint8Array(1 << 20).fill(0x61);
    bytes.set([0x0a, 0xe9, 0x74, 0xe9], bytes.length - 4);
    const decoded = decodeText('a.txt', bytes);
    if (decoded.kind !== 'ask') throw new Error('expected a question');
    expect(decoded.candidates.find(({ encoding }) => encoding === 'windows-1252')?.sample).toEqual(['été']);
  });

  it('samples are the first lines with a character beyond ASCII, whatever ends the lines', () => {
    const bytes = Uint8Array.from('a\r\n\xe9t\xe9 \xe0\rb\nl\xe0\r\n\xe9\n\xe8\n\xf9', (character) =>
      character.charCodeAt(0),
    );
    const decoded = decodeText('a.txt', bytes);
    if (decoded.kind !== 'ask') throw new Error('expected a question');
    const western = decoded.candidates.find(({ encoding }) => encoding === 'windows-1252');
    expect(western?.sample).toEqual(['été à', 'là', 'é', 'è']);
  });

  it('an entry that is nested too deeply to be shown is left out like any other', () => {
    const nested = `${'['.repeat(20_000)}1${']'.repeat(20_000)}`;
    const table = finish(readTable('a.json', `[${nested},["a","b"]]`));
    expect(table.rows).toEqual([['a', 'b']]);
    expect(table.rejected).toMatchObject([{ line: 1, reason: 'no-texts' }]);
  });

  it('a segmenter stops where a sentence is too long for any model', () => {
    const tokenizer = createTokenizer('segmenter', '猫を見た', 'ja');
    expect(tokenizer.tokenize('猫 '.repeat(50_000)).length).toBeLessThan(1000);
  });
});
