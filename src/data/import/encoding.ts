/** Bytes to text. An encoding is recognised or asked about; it is never guessed in silence. */

import { CorpusFormatError } from '../../lib/errors.ts';

/** Encodings by the names of the WHATWG Encoding standard. */
export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1254',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-kr',
] as const;
export type Encoding = (typeof ENCODINGS)[number];

export type DecodedText =
  | { readonly kind: 'text'; readonly text: string; readonly encoding: Encoding }
  /** Not UTF-8 and without a byte order mark: somebody has to look. Candidates that decode without an error, likeliest first. */
  | { readonly kind: 'ask'; readonly candidates: readonly EncodingCandidate[] };

export interface EncodingCandidate {
  readonly encoding: Encoding;
  /** The first lines that have a character beyond ASCII, as this encoding reads them. */
  readonly sample: readonly string[];
}

const SAMPLE_LINES = 4;
const SAMPLE_LENGTH = 80;
const SAMPLE_BEFORE = 32;
/** Bytes of the start of a file that candidates are judged by. */
const JUDGED_BYTES = 1 << 16;

const strict = (bytes: Uint8Array, encoding: Encoding): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

const startsWith = (bytes: Uint8Array, ...mark: number[]): boolean => mark.every((byte, i) => bytes[i] === byte);

/**
 * Decodes a file. A byte order mark decides, else what is valid UTF-8 is UTF-8, else `wanted` is taken, else the visitor is asked.
 * @throws CorpusFormatError for bytes that are no text in the encoding, or in any
 */
export function decodeText(fileName: string, bytes: Uint8Array, wanted?: Encoding): DecodedText {
  const marked = encodingOfMark(bytes);
  const encoding = marked ?? wanted;
  if (encoding) {
    const text = strict(bytes, encoding);
    if (text === null)
      throw new CorpusFormatError(1, `${fileName} is not valid ${encoding.toUpperCase()}`, 'wrong-encoding', {
        file: fileName,
        encoding: encoding.toUpperCase(),
      });
    return checked(fileName, text, encoding);
  }
  const text = strict(bytes, 'utf-8');
  if (text !== null) return checked(fileName, text, 'utf-8');
  const candidates = candidatesOf(bytes);
  if (candidates.length === 0)
    throw new CorpusFormatError(1, `${fileName} is not a text file`, 'not-text', { file: fileName });
  return { kind: 'ask', candidates };
}

function checked(fileName: string, text: string, encoding: Encoding): DecodedText {
  // A NUL is in no text; it is what UTF-16 without a mark, or a binary file, looks like.
  if (text.includes('\0'))
    throw new CorpusFormatError(1, `${fileName} is not a text file`, 'not-text', { file: fileName });
  return { kind: 'text', text, encoding };
}

function encodingOfMark(bytes: Uint8Array): Encoding | null {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8';
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  return startsWith(bytes, 0xfe, 0xff) ? 'utf-16be' : null;
}

function candidatesOf(bytes: Uint8Array): EncodingCandidate[] {
  if (bytes.subarray(0, JUDGED_BYTES).includes(0)) return [];
  const texts = new Set<string>();
  return ENCODINGS.slice(3)
    .flatMap((encoding) => {
      const text = strict(bytes, encoding);
      // Where two say the same, there is nothing to choose between.
      if (text === null || texts.has(text)) return [];
      texts.add(text);
      return [{ encoding, sample: sampleOf(text), oddness: oddness(text.slice(0, JUDGED_BYTES)) }];
    })
    .sort((a, b) => a.oddness - b.oddness)
    .map(({ encoding, sample }) => ({ encoding, sample }));
}

/** Lines around their first character beyond ASCII. One pass, however long a line is. */
function sampleOf(text: string): string[] {
  const sample: string[] = [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
  const beyondAscii = /[^\x00-\x7f]/gu;
  const lineEnd = /[\r\n]|$/gu;
  for (let match = beyondAscii.exec(text); match && sample.length < SAMPLE_LINES; match = beyondAscii.exec(text)) {
    const start = Math.max(text.lastIndexOf('\n', match.index), text.lastIndexOf('\r', match.index)) + 1;
    lineEnd.lastIndex = match.index;
    const end = lineEnd.exec(text)?.index ?? text.length;
    const from = Math.max(start, match.index - SAMPLE_BEFORE);
    const to = Math.min(end, from + SAMPLE_LENGTH);
    sample.push(`${from > start ? '…' : ''}${text.slice(from, to)}${to < end ? '…' : ''}`);
    beyondAscii.lastIndex = end;
  }
  return sample;
}

/**
 * How unlike written language a decoding looks, 0 to 1: characters beyond ASCII that are no letters or usual marks, capitals after
 * small letters, and scripts that change within a word.
 */
function oddness(text: string): number {
  let beyond = 0;
  let odd = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
  for (const match of text.matchAll(/[^\x00-\x7f]/gu)) {
    beyond++;
    const before = text[match.index - 1] ?? ' ';
    const [character] = match;
    if (/[\p{Cc}\p{Co}\p{Cn}\p{So}\p{Sc}]/u.test(character)) odd++;
    else if (/\p{Lu}/u.test(character) && /\p{Ll}/u.test(before)) odd++;
    else if (/[^\p{Script=Latin}\P{L}]/u.test(character) && /[a-z]/i.test(before)) odd++;
  }
  return beyond === 0 ? 0 : odd / beyond;
}
