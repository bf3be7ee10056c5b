/**
 * The pairs of a task as a few arrays, which pass from thread to thread for next to nothing. The corpus that is made of them again
 * reads each pair when it is asked for, so that it is there at once, where a grammar takes a second or two to write all of them.
 */

import type { Sliced } from '../lib/slices.ts';
import type { BuiltInTask } from '../model/config.ts';
import type { Corpus, PairLengths, PairList, SentencePair } from './corpus.ts';
import { textOf } from './outline.ts';
import { createVocabulary, SPECIAL_TOKENS } from './vocabulary.ts';

/** All different tokens of one side: those of the vocabulary, then those that it does not have. */
interface PackedTokens {
  readonly tokens: readonly string[];
  /** How many of them are the vocabulary's. */
  readonly known: number;
}

export interface PackedCorpus {
  readonly task: BuiltInTask;
  readonly source: PackedTokens;
  readonly target: PackedTokens;
  /** Pairs to train on, of the validation part, of the test part, and to show. */
  readonly counts: readonly [train: number, validation: number, test: number, probes: number];
  /**
   * The pairs of all parts in turn. Of each: the number of source tokens, then these as indices, the same of the target, and 1 where
   * an alignment follows, else 0. An alignment has for each target token the number of its links, then these.
   */
  readonly pairs: Uint16Array<ArrayBuffer>;
  /** Where in `pairs` each pair begins. */
  readonly starts: Uint32Array<ArrayBuffer>;
}

/** Of one side, in 16 bits. */
const MOST_TOKENS = 0x1_0000;
/** Numbers that are packed between two rests. */
const CHUNK = 4000;

/** Looks up the index of a token, and gives it one where it is new. */
function tableOf(tokens: readonly string[]) {
  const indices = new Map(tokens.map((token, index) => [token, index]));
  const indexOf = (token: string): number => {
    const index = indices.get(token) ?? indices.size;
    if (index === indices.size) indices.set(token, index);
    return index;
  };
  return { indexOf, packed: () => ({ tokens: [...indices.keys()], known: tokens.length }) };
}

/** What unpacked corpora are read from. */
const origins = new WeakMap<Corpus, PackedCorpus>();

/** Null for the visitor's own pairs, and for a task whose pairs are made in no time or when they are asked for. */
export function* packingCorpus(corpus: Corpus): Sliced<PackedCorpus | null> {
  const { task, train, validation, test, probes } = corpus;
  const origin = origins.get(corpus);
  if (origin) return { ...origin, pairs: origin.pairs.slice(), starts: origin.starts.slice() };
  const lists = [train, validation, test, probes] as const;
  if (task === 'own' || !textOf(task) || lists.some((list) => 'lengthsAt' in list)) return null;
  const source = tableOf(corpus.sourceVocabulary.tokens);
  const target = tableOf(corpus.targetVocabulary.tokens);
  const chunks: Uint16Array[] = [];
  let numbers: number[] = [];
  let packed = 0;
  const starts = new Uint32Array(lists.reduce((sum, { length }) => sum + length, 0));
  let count = 0;
  const pack = (pair: SentencePair): void => {
    starts[count++] = packed + numbers.length;
    numbers.push(pair.source.length);
    for (const token of pair.source) numbers.push(source.indexOf(token));
    numbers.push(pair.target.length);
    for (const token of pair.target) numbers.push(target.indexOf(token));
    numbers.push(pair.alignment ? 1 : 0);
    for (const links of pair.alignment ?? []) {
      numbers.push(links.length);
      for (const link of links) numbers.push(link);
    }
  };
  for (const list of lists) {
    for (let index = 0; index < list.length; index++) {
      pack(list.at(index) as SentencePair);
      if (numbers.length < CHUNK) continue;
      chunks.push(new Uint16Array(numbers));
      packed += numbers.length;
      numbers = [];
      yield;
    }
  }
  chunks.push(new Uint16Array(numbers));
  const tables = { source: source.packed(), target: target.packed() };
  if (Math.max(tables.source.tokens.length, tables.target.tokens.length) > MOST_TOKENS) return null;
  return {
    task,
    ...tables,
    counts: [train.length, validation.length, test.length, probes.length],
    pairs: joined(chunks),
    starts,
  };
}

function joined(chunks: readonly Uint16Array[]): Uint16Array<ArrayBuffer> {
  const all = new Uint16Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** The corpus that was packed, with the same pairs. */
export async function unpackCorpus(packed: PackedCorpus): Promise<Corpus> {
  const text = await textOf(packed.task)?.();
  if (!text) throw new RangeError(`unpackCorpus: the task '${packed.task}' has no text`);
  const [train, validation, test, probes] = listsOf(packed);
  const vocabulary = ({ tokens, known }: PackedTokens) => createVocabulary(tokens.slice(SPECIAL_TOKENS.length, known));
  const corpus: Corpus = {
    ...text,
    sourceVocabulary: vocabulary(packed.source),
    targetVocabulary: vocabulary(packed.target),
    train,
    validation,
    test,
    probes: Array.from({ length: probes.length }, (_, index) => probes.at(index) as SentencePair),
  };
  origins.set(corpus, packed);
  return corpus;
}

function listsOf(packed: PackedCorpus): PairList[] {
  let first = 0;
  return packed.counts.map((length) => {
    const begin = first;
    first += length;
    return {
      length,
      at: (index) => (index >= 0 && index < length ? pairAt(packed, begin + index) : undefined),
      lengthsAt: (index) => lengthsAt(packed, begin + index),
    };
  });
}

function lengthsAt({ pairs, starts }: PackedCorpus, index: number): PairLengths {
  const source = pairs[starts[index]];
  return { source, target: pairs[starts[index] + 1 + source] };
}

function pairAt({ source, target, pairs, starts }: PackedCorpus, index: number): SentencePair {
  let at = starts[index];
  const list = <T>(read: (number: number) => T): T[] => {
    const count = pairs[at++];
    return Array.from({ length: count }, () => read(pairs[at++]));
  };
  const pair = { source: list((token) => source.tokens[token]), target: list((token) => target.tokens[token]) };
  if (pairs[at++] === 0) return pair;
  return { ...pair, alignment: pair.target.map(() => list((link) => link)) };
}
