/** Damage to inputs: what files and links look like after a bad transfer, a wrong program, or a person with bad intent. */

import type { Random } from '../../lib/random.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Mutation = (input: Bytes, random: Random, others: readonly Bytes[]) => Bytes;

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Texts that parsers trip over. */
const TOKENS: readonly string[] = [
  '',
  '__proto__',
  '"__proto__":{"polluted":1},',
  '{"constructor":{"prototype":{"polluted":1}}}',
  '{"toString":1,"valueOf":1}',
  'hasOwnProperty',
  'NaN',
  'Infinity',
  '-Infinity',
  '-0',
  '1e999',
  '-1',
  '0.1',
  '9007199254740993',
  '18446744073709551615',
  '99999999999999999999999999999999',
  'null',
  'true',
  '[]',
  '{}',
  '"',
  '""',
  "'",
  '\\',
  '\\u0000',
  '\\ud800',
  '\u0000',
  '\ufeff',
  '\ufffe',
  '\u202e',
  '\u2028',
  '\r',
  '\n\n\n',
  '\r\n',
  '\t',
  ',',
  ';',
  '#separator:tab\n',
  '#columns:a\tb\n',
  '<tu>',
  '</tu>',
  '<seg>',
  '</seg><seg>',
  '<![CDATA[',
  ']]>',
  '<!DOCTYPE tmx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
  '&b;',
  '&amp;',
  '&#0;',
  '&',
  '%',
  '%00',
  '%E0%A4%A',
  '*',
  '_',
  '-',
  '=',
  'a0_1-1-1',
  'a999_9999-0',
  't_1e9',
  'x_attention',
  'w0_',
  'data_offsets',
  '__metadata__',
  'F64',
  'e\u0301'.repeat(40),
  '\u0e33'.repeat(30),
  '𝄞',
  '漢字かな',
  '\ud83d',
];

/** What is repeated until it is too much. */
const UNITS: readonly string[] = [
  '[',
  '{"a":',
  '<a>',
  '\t',
  ',',
  '"',
  '\n',
  'a ',
  '*',
  '&x=1',
  'é',
  '\r',
  '""',
  '9',
  '-1',
];

const at = (input: Bytes, random: Random): number => random.integer(input.length + 1);
const spliced = (input: Bytes, from: number, to: number, middle: Uint8Array): Bytes =>
  concat(input.subarray(0, from), middle, input.subarray(to));

const truncate: Mutation = (input, random) => input.slice(0, at(input, random));

const cutOut: Mutation = (input, random) => {
  const from = at(input, random);
  return spliced(input, from, Math.min(input.length, from + 1 + random.integer(40)), new Uint8Array());
};

const flipBits: Mutation = (input, random) => {
  const damaged = input.slice();
  for (let i = 1 + random.integer(8); i > 0 && damaged.length > 0; i--) {
    const place = random.integer(damaged.length);
    damaged[place] = (damaged[place] as number) ^ (1 << random.integer(8));
  }
  return damaged;
};

const overwrite: Mutation = (input, random) => {
  const damaged = input.slice();
  const from = at(input, random);
  const value = random.pick([0, 0xff, 0x7f, 0x80, random.integer(256)]);
  return damaged.fill(value, from, from + 1 + random.integer(8));
};

const insertToken: Mutation = (input, random) => {
  const from = at(input, random);
  return spliced(input, from, from, utf8(random.pick(TOKENS)));
};

/** Another number, word or key in place of one. */
const replaceWord: Mutation = (input, random) => {
  const text = new TextDecoder().decode(input);
  const words = [...text.matchAll(/[\p{L}\p{N}_.+-]+/gu)];
  if (words.length === 0) return insertToken(input, random, []);
  const { 0: word, index } = random.pick(words);
  return utf8(text.slice(0, index) + random.pick(TOKENS) + text.slice(index + word.length));
};

const repeatUnit: Mutation = (input, random) => {
  const unit = random.pick(UNITS);
  const from = at(input, random);
  return spliced(input, from, from, utf8(unit.repeat(10 ** random.integer(5))));
};

/** Deep nesting that is well-formed. */
const nest: Mutation = (input, random) => {
  const depth = 10 ** (1 + random.integer(4));
  const [open, close] = random.pick([
    ['[', ']'],
    ['{"a":', '}'],
    ['<a>', '</a>'],
  ] as const);
  const nested = (middle: Uint8Array) => concat(utf8(open.repeat(depth)), middle, utf8(close.repeat(depth)));
  if (random.uniform() < 0.5) return nested(input);
  const text = new TextDecoder().decode(input);
  const values = [...text.matchAll(/"(?:[^"\\]|\\.)*"|\d+/gu)];
  if (values.length === 0) return nested(input);
  const { 0: value, index } = random.pick(values);
  return concat(utf8(text.slice(0, index)), nested(utf8('1')), utf8(text.slice(index + value.length)));
};

const duplicate: Mutation = (input, random) => {
  const from = at(input, random);
  const part = input.subarray(from, from + 1 + random.integer(200));
  const times = 1 + random.integer(random.uniform() < 0.1 ? 200 : 3);
  return spliced(input, from, from, concat(...Array.from({ length: times }, () => part)));
};

const graft: Mutation = (input, random, others) => {
  const other = random.pick(others);
  return concat(input.subarray(0, at(input, random)), other.subarray(at(other as Bytes, random)));
};

/** Another encoding, for all of it or from somewhere on. */
const reencode: Mutation = (input, random) => {
  const from = random.uniform() < 0.5 ? 0 : at(input, random);
  const text = new TextDecoder().decode(input.subarray(from));
  const encoded = random.pick([
    () => Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff),
    () =>
      Uint8Array.from([...text].flatMap((character) => [character.charCodeAt(0) & 0xff, character.charCodeAt(0) >> 8])),
    () =>
      Uint8Array.from([...text].flatMap((character) => [character.charCodeAt(0) >> 8, character.charCodeAt(0) & 0xff])),
  ])();
  const mark = random.pick([[], [0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf]]);
  return concat(Uint8Array.from(mark), input.subarray(0, from), encoded);
};

/** A number in binary, as sizes and offsets are written: huge, negative or off by one. */
const writeNumber: Mutation = (input, random) => {
  if (input.length < 8) return flipBits(input, random, []);
  const damaged = input.slice();
  const view = new DataView(damaged.buffer);
  const place = random.integer(input.length - 7);
  const isEarly = random.uniform() < 0.3;
  const where = isEarly ? 0 : place;
  const value = random.pick([0n, 1n, 0x7fffffffn, 0xffffffffn, 0xffffn, (1n << 63n) - 1n, (1n << 64n) - 1n, 1n << 40n]);
  if (random.uniform() < 0.5) view.setBigUint64(where, value, true);
  else view.setFloat32(where, random.pick([Number.NaN, Number.POSITIVE_INFINITY, -1e38, 1e-40]), true);
  return damaged;
};

const MUTATIONS: readonly Mutation[] = [
  truncate,
  cutOut,
  flipBits,
  overwrite,
  insertToken,
  insertToken,
  replaceWord,
  replaceWord,
  repeatUnit,
  nest,
  duplicate,
  graft,
  reencode,
  writeNumber,
];

/** One of the seeds with one to three kinds of damage. */
export function mutate(seeds: readonly Bytes[], random: Random): Bytes {
  let input = random.pick(seeds);
  for (let i = 1 + random.integer(3); i > 0; i--) input = random.pick(MUTATIONS)(input, random, seeds);
  return input;
}
