/** The file of sentence pairs in a .zip, as it is downloaded. */

import { Inflate } from 'fflate';
import { crc32 } from '../../lib/crc32.ts';
import { CorpusFormatError } from '../../lib/errors.ts';

/** Bytes beyond which a file is not read, packed or unpacked. */
export const MAX_FILE_BYTES = 64 << 20;
/** Files beyond which an archive is not what a person downloads. */
const MAX_ENTRIES = 10_000;
/** Bytes that are unpacked between two looks at how much has come of it. */
const SLICE = 1 << 14;

const TEXT_FILE = /\.(?:txt|tsv|tab|csv|json|jsonl|ndjson|tmx)$/iu;
/** What lies beside the data: descriptions, and what macOS adds. */
const BESIDE = /(?:^|\/)(?:_about|readme|licen[cs]e)[^/]*$|__MACOSX\//iu;

// Lengths and signatures of PKWARE's APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12 and 4.3.16.
const LOCAL_HEADER = { signature: 0x04034b50, length: 30 };
const DIRECTORY_ENTRY = { signature: 0x02014b50, length: 46 };
const END_RECORD = { signature: 0x06054b50, length: 22 };
const MAX_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;

export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly crc: number;
  /** Bytes in the archive, and as the archive says unpacked. */
  readonly packedSize: number;
  readonly size: number;
  /** Where its header is in the archive. */
  readonly offset: number;
}

/** What is wrong with an archive; leaves this file as a CorpusFormatError. */
class Damage extends Error {}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function endRecord(view: DataView): number {
  const last = view.byteLength - END_RECORD.length;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT); at--)
    if (view.getUint32(at, true) === END_RECORD.signature) return at;
  throw new Damage('it has no end');
}

/** The files of an archive as its directory lists them. */
function readDirectory(bytes: Uint8Array): Entry[] {
  const view = viewOf(bytes);
  const end = endRecord(view);
  const count = view.getUint16(end + 10, true);
  if (count > MAX_ENTRIES) throw new Damage(`it lists more than ${MAX_ENTRIES} files`);
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    if (at + DIRECTORY_ENTRY.length > end || view.getUint32(at, true) !== DIRECTORY_ENTRY.signature)
      throw new Damage('its directory is cut off');
    const nameLength = view.getUint16(at + 28, true);
    const flags = view.getUint16(at + 8, true);
    entries.push({
      name: new TextDecoder().decode(
        bytes.subarray(at + DIRECTORY_ENTRY.length, at + DIRECTORY_ENTRY.length + nameLength),
      ),
      method: view.getUint16(at + 10, true),
      isEncrypted: (flags & 1) !== 0,
      crc: view.getUint32(at + 16, true),
      packedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at += DIRECTORY_ENTRY.length + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** The bytes of an entry. Never makes more of them than the archive says: a small file can unpack to gigabytes. */
function extract(archive: Uint8Array, { method, isEncrypted, crc, packedSize, size, offset }: Entry): Uint8Array {
  const view = viewOf(archive);
  if (isEncrypted) throw new Damage('it has a password');
  if (offset + LOCAL_HEADER.length > archive.length || view.getUint32(offset, true) !== LOCAL_HEADER.signature)
    throw new Damage('a file is not where its directory says');
  const start = offset + LOCAL_HEADER.length + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const packed = archive.subarray(start, start + packedSize);
  if (packed.length < packedSize) throw new Damage('it is cut off');
  if (method !== STORED && method !== DEFLATED) throw new Damage(`it is packed in a way that is not read (${method})`);
  const content = method === STORED ? packed : inflate(packed, size);
  if (content.length !== size || crc32(content) !== crc) throw new Damage('its checksum does not fit');
  return content;
}

function inflate(packed: Uint8Array, size: number): Uint8Array {
  const content = new Uint8Array(size);
  let length = 0;
  const inflater = new Inflate((part) => {
    if (length + part.length > size) throw new Damage('a file is larger than its directory says');
    content.set(part, length);
    length += part.length;
  });
  for (let at = 0; at < packed.length; at += SLICE)
    inflater.push(packed.subarray(at, at + SLICE), at + SLICE >= packed.length);
  return content.subarray(0, length);
}

/**
 * The largest text file of an archive.
 * @throws CorpusFormatError for a damaged archive, one without text, one too large, and Anki's own packages
 */
export function unpack(fileName: string, bytes: Uint8Array): { readonly name: string; readonly bytes: Uint8Array } {
  const readable = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      const reason = (error as Error).message;
      throw new CorpusFormatError(1, `${fileName} is damaged: ${reason}`, 'damaged', { file: fileName, reason });
    }
  };
  const entries = readable(() => readDirectory(bytes));
  if (entries.some(({ name }) => /^collection\.anki\d/u.test(name)))
    throw new CorpusFormatError(
      1,
      `${fileName} is an Anki package: export the deck from Anki as "Notes in Plain Text" and take that file`,
      'anki-package',
      { file: fileName },
    );
  const texts = entries.filter(({ name }) => TEXT_FILE.test(name) && !BESIDE.test(name));
  const chosen = texts.sort((a, b) => b.size - a.size)[0];
  if (!chosen) {
    const names = entries.slice(0, 20).map(({ name }) => name.slice(0, 60));
    throw new CorpusFormatError(
      1,
      `${fileName} holds no text file: ${names.join(', ') || 'it is empty'}`,
      'no-text-inside',
      {
        file: fileName,
        names: names.join(', '),
      },
    );
  }
  if (chosen.size > MAX_FILE_BYTES)
    throw new CorpusFormatError(
      1,
      `${chosen.name} in ${fileName} has more than ${MAX_FILE_BYTES >> 20} MB`,
      'too-large',
      {
        file: chosen.name,
        limit: MAX_FILE_BYTES >> 20,
      },
    );
  return { name: chosen.name, bytes: readable(() => extract(bytes, chosen)) };
}
