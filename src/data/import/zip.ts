/** The file of sentence pairs in a .zip, as it is downloaded. */

import { unzipSync } from 'fflate';
import { CorpusFormatError } from '../../lib/errors.ts';

/** Bytes beyond which a file is not read, packed or unpacked. */
export const MAX_FILE_BYTES = 64 << 20;

const TEXT_FILE = /\.(?:txt|tsv|tab|csv|json|jsonl|ndjson|tmx)$/iu;
/** What lies beside the data: descriptions, and what macOS adds. */
const BESIDE = /(?:^|\/)(?:_about|readme|licen[cs]e)[^/]*$|__MACOSX\//iu;

export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3;

/**
 * The largest text file of an archive.
 * @throws CorpusFormatError for a damaged archive, one without text, one too large, and Anki's own packages
 */
export function unpack(fileName: string, bytes: Uint8Array): { readonly name: string; readonly bytes: Uint8Array } {
  const found: { name: string; size: number }[] = [];
  try {
    unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        found.push({ name, size: originalSize });
        return false;
      },
    });
  } catch (error) {
    throw new CorpusFormatError(1, `${fileName} is damaged: ${(error as Error).message}`);
  }
  if (found.some(({ name }) => /^collection\.anki\d/u.test(name)))
    throw new CorpusFormatError(
      1,
      `${fileName} is an Anki package: export the deck from Anki as "Notes in Plain Text" and take that file`,
    );
  const texts = found.filter(({ name }) => TEXT_FILE.test(name) && !BESIDE.test(name)).sort((a, b) => b.size - a.size);
  const chosen = texts[0];
  if (!chosen)
    throw new CorpusFormatError(1, `${fileName} holds no text file: ${found.map(({ name }) => name).join(', ')}`);
  if (chosen.size > MAX_FILE_BYTES)
    throw new CorpusFormatError(1, `${chosen.name} in ${fileName} has more than ${MAX_FILE_BYTES >> 20} MB`);
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => name === chosen.name && originalSize === chosen.size,
    });
    return { name: chosen.name, bytes: files[chosen.name] as Uint8Array };
  } catch (error) {
    throw new CorpusFormatError(1, `${fileName} is damaged: ${(error as Error).message}`);
  }
}
