/** Inputs that are fine, one of each kind that the page reads; `mutations.ts` damages them. */

import { zipSync } from 'fflate';
import { concat } from './mutations.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export const bytesOf = (text: string): Bytes => new TextEncoder().encode(text);

/** Enough to make a corpus of. */
const PAIRS = Array.from({ length: 24 }, (_, i) => [`We saw ${i} cats.`, `Nous avons vu ${i} chats « là ».`] as const);

const lines = (write: (pair: readonly [string, string], index: number) => string, end = '\n'): string =>
  PAIRS.map(write).join(end) + end;

const TSV = lines(([source, target]) => `${source}\t${target}\tCC-BY 2.0 (France) #${source.length}`);

const utf16 = (text: string, isLittle: boolean): Bytes => {
  const bytes = new Uint8Array(2 + 2 * text.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, isLittle);
  for (let i = 0; i < text.length; i++) view.setUint16(2 + 2 * i, text.charCodeAt(i), isLittle);
  return bytes;
};

const latin1 = (text: string): Bytes => Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);

/** One text in every format and encoding that imports take. */
export const TEXT_FILES: readonly Bytes[] = [
  TSV,
  lines(([source, target], i) => `${i},"${source}","${target} ""oui"""`, '\r\n'),
  `english;french\n${lines(([source, target]) => `${source};${target}`)}`,
  `#separator:tab\n#html:true\n#columns:Front\tBack\n${lines(([source, target]) => `"${source}"\t${target}`)}`,
  JSON.stringify(PAIRS),
  JSON.stringify({ data: PAIRS.map(([en, fr]) => ({ translation: { en, fr }, id: 7 })) }),
  lines(([en, fr]) => JSON.stringify({ en, fr })),
  `<?xml version="1.0"?><tmx version="1.4"><header/><body>${lines(
    ([en, fr]) =>
      `<tu><tuv xml:lang="en"><seg>${en}</seg></tuv><tuv xml:lang="fr"><seg>${fr} <ph>x</ph></seg></tuv></tu>`,
  )}</body></tmx>`,
  lines(([, target], i) => `私は猫を${i}匹見ました。\t${target}`),
]
  .map(bytesOf)
  .concat(utf16(TSV, true), utf16(TSV, false), latin1(TSV));

/** An archive whose directory, or end record, says something else than what is in it. */
function withField(archive: Bytes, signature: number, offset: number, value: number): Bytes {
  const damaged = archive.slice();
  const view = new DataView(damaged.buffer);
  for (let at = damaged.length - 4; at >= 0; at--)
    if (view.getUint32(at, true) === signature) {
      view.setUint32(at + offset, value, true);
      break;
    }
  return damaged;
}

const DIRECTORY_ENTRY = 0x02014b50;
const END_RECORD = 0x06054b50;

/** The end of a directory that claims 2³² − 1 entries. */
function withEndlessDirectory(archive: Bytes): Bytes {
  const end = archive.length - 22;
  const record = new Uint8Array(56);
  const view = new DataView(record.buffer);
  view.setUint32(0, 0x06064b50, true);
  view.setUint32(32, 0xffffffff, true);
  view.setUint32(48, end, true);
  const locator = new Uint8Array(20);
  const place = new DataView(locator.buffer);
  place.setUint32(0, 0x07064b50, true);
  place.setUint32(8, end, true);
  return concat(archive.subarray(0, end), record, locator, archive.subarray(end));
}

/** 8 MB of one letter. */
const swollen = (): Bytes => new Uint8Array(8 << 20).fill(0x61);

const archiveOf = (name: string, content: Uint8Array): Bytes => zipSync({ [name]: content }, { level: 9 });

export const ARCHIVES: readonly Bytes[] = (() => {
  const deck = zipSync({ '_about.txt': bytesOf('about'), 'fra.txt': bytesOf(TSV) });
  const bomb = archiveOf('bomb.txt', swollen());
  return [
    deck,
    zipSync({ 'deck.csv': bytesOf('a,b\nc,d\n') }, { level: 0 }),
    // Says that it unpacks to more than is read, to next to nothing, and to 2³² − 1 bytes.
    withField(bomb, DIRECTORY_ENTRY, 24, 100 << 20),
    withField(bomb, DIRECTORY_ENTRY, 24, 100),
    withField(bomb, DIRECTORY_ENTRY, 24, 0xffffffff),
    withField(deck, END_RECORD, 8, 0xffffffff),
    withEndlessDirectory(deck),
  ];
})();

export const LINKS: readonly Bytes[] = [
  '#task=dates&hidden=16&score=dot&seed=7&bidirectional=false&learningRate=0.002',
  '#say=The+small+cat+doesn%27t+sleep.&probe=2&panel=cell&picture=ribbons&beam=4&values=true',
  '#edits=a2_0-500-500*w3_chien*s1*s2_chat*x_attention*t_2',
  '?executor=cpu&strategy=wide&speed=slow&decoding=teacher-forced&table=true&log=true',
].map(bytesOf);

export const EDIT_TEXTS: readonly Bytes[] = [
  'a2_0-500-500*w3_chien*s1*x_attention*t_2',
  'a0_1000*a1_1-2-3-4*s0_%C3%A9t%C3%A9*t_0.5*x_encoder.backward',
].map(bytesOf);
