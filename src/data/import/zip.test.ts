import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { CorpusFormatError } from '../../lib/errors.ts';
import { unpack } from './zip.ts';

const text = (content: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(content);

const SIGNATURES = { directory: 0x02014b50, end: 0x06054b50 };

/** The archive with another number in its last record of a kind. */
function withNumber(archive: Uint8Array<ArrayBuffer>, record: keyof typeof SIGNATURES, offset: number, value: number) {
  const changed = archive.slice();
  const view = new DataView(changed.buffer);
  let at = changed.length - 4;
  while (view.getUint32(at, true) !== SIGNATURES[record]) at--;
  if (offset === 10) view.setUint16(at + offset, value, true);
  else view.setUint32(at + offset, value, true);
  return changed;
}

const deck = (level: 0 | 9 = 9) =>
  zipSync({ '_about.txt': text('about this deck, at length'), 'fra.txt': text('a\tb\nc\td\n') }, { level });

describe('unpack', () => {
  it.each([0, 9] as const)('gives the largest text that is data, at level %i', (level) => {
    const { name, bytes } = unpack('fra.zip', deck(level));
    expect(name).toBe('fra.txt');
    expect(new TextDecoder().decode(bytes)).toBe('a\tb\nc\td\n');
  });

  it('takes an archive that has a comment, and one behind another file', () => {
    const archive = deck();
    const commented = new Uint8Array(archive.length + 9);
    commented.set(archive);
    commented.set(text('a comment'), archive.length);
    expect(unpack('fra.zip', commented).name).toBe('fra.txt');
  });

  it('refuses what its checksum or its size does not fit', () => {
    const stored = deck(0);
    const at = stored.findIndex((byte, i) => byte === 0x61 && stored[i + 1] === 0x09);
    stored[at] = 0x62;
    expect(() => unpack('fra.zip', stored)).toThrow(/fra\.zip is damaged: its checksum/);
    expect(() => unpack('fra.zip', deck().slice(0, -30))).toThrow(CorpusFormatError);
  });

  it('unpacks no more than the directory says, and nothing beyond the limit', () => {
    const bomb = zipSync({ 'bomb.txt': new Uint8Array(8 << 20).fill(0x61) }, { level: 9 });
    expect(unpack('bomb.zip', bomb).bytes.length).toBe(8 << 20);
    expect(() => unpack('bomb.zip', withNumber(bomb, 'directory', 24, 100))).toThrow(/larger than its directory says/);
    expect(() => unpack('bomb.zip', withNumber(bomb, 'directory', 24, 0xffffffff))).toThrow(/more than 64 MB/);
  });

  it('refuses a directory without an end', () => {
    expect(() => unpack('fra.zip', withNumber(deck(), 'end', 10, 0xffff))).toThrow(/lists more than/);
    expect(() => unpack('fra.zip', withNumber(deck(), 'end', 10, 9000))).toThrow(/directory is cut off/);
  });

  it('says what an archive without text holds, and what to do with an Anki package', () => {
    expect(() => unpack('a.zip', zipSync({ 'a.png': text('x') }))).toThrow('a.zip holds no text file: a.png');
    expect(() => unpack('a.apkg', zipSync({ 'collection.anki2': text('x') }))).toThrow(/export the deck from Anki/);
  });
});
