/** What a visitor changed about the sentence on the stage, as data, and the scene that comes of it. */

import { MODEL_PARTS, type ModelPart, type Scene } from '../training/questions.ts';

/**
 * All places are those of the sentence as it was staged: source words count from 0 and keep their number when others are
 * removed, target positions count from 0.
 */
export interface Edits {
  /** α [S] by target position; each row sums to 1. */
  readonly attention: Readonly<Record<number, readonly number[]>>;
  /** Word that has to be produced, by target position. */
  readonly words: Readonly<Record<number, string>>;
  /** What stands in place of a source word, by its place; null where it is removed. */
  readonly source: Readonly<Record<number, string | null>>;
  /** Parts that are switched off. */
  readonly off: readonly ModelPart[];
  /** τ: scores are divided by it before the softmax. */
  readonly temperature: number;
}

/** Range of τ. */
export const MIN_TEMPERATURE = 0.1;
export const MAX_TEMPERATURE = 10;

export const NO_EDITS: Edits = { attention: {}, words: {}, source: {}, off: [], temperature: 1 };

const isEmpty = (record: object): boolean => Object.keys(record).length === 0;

/** True where nothing is changed. */
export const isUntouched = ({ attention, words, source, off, temperature }: Edits): boolean =>
  isEmpty(attention) && isEmpty(words) && isEmpty(source) && off.length === 0 && temperature === 1;

/** Places of the source words that are left. */
export const keptPlaces = (edits: Pick<Edits, 'source'>, length: number): readonly number[] =>
  Array.from({ length }, (_, place) => place).filter((place) => edits.source[place] !== null);

/** A row of α over the words that are left, scaled to sum to 1; null where all that it looked at is removed. */
export function keptRow(row: readonly number[], kept: readonly number[]): readonly number[] | null {
  if (kept.length === row.length) return row;
  const left = kept.map((place) => row[place]);
  const sum = left.reduce((total, weight) => total + weight, 0);
  return sum > 0 ? left.map((weight) => weight / sum) : null;
}

/** A row of α over the words that are left, as one over all words. */
export function wholeRow(row: ArrayLike<number>, kept: readonly number[], length: number): readonly number[] {
  const whole = new Array<number>(length).fill(0);
  for (let i = 0; i < kept.length; i++) whole[kept[i]] = row[i];
  return whole;
}

/** A list with an item at each place that a record names, and null elsewhere. */
function listOf<T, U>(record: Readonly<Record<number, T>>, item: (value: T) => U | null): (U | null)[] {
  const places = Object.keys(record).map(Number);
  const list = new Array<U | null>(places.length === 0 ? 0 : Math.max(...places) + 1).fill(null);
  for (const place of places) list[place] = item(record[place]);
  return list;
}

/** The scene to decode: `base` as it is on the stage, with all changes in it. */
export function editedScene(base: Scene, edits: Edits): Scene {
  const kept = keptPlaces(edits, base.source.length);
  const words = listOf(edits.words, (word) => word);
  return {
    source: kept.map((place) => edits.source[place] ?? base.source[place]),
    words: Array.from(
      { length: Math.max(words.length, base.words.length) },
      (_, position) => words[position] ?? base.words[position] ?? null,
    ),
    attention: listOf(edits.attention, (row) => keptRow(row, kept)),
    temperature: edits.temperature,
    off: Object.fromEntries(MODEL_PARTS.map((part) => [part, edits.off.includes(part)])) as Scene['off'],
  };
}

/** The same record without one of its keys. */
export function without<T>(record: Readonly<Record<number, T>>, key: number): Readonly<Record<number, T>> {
  const { [key]: _, ...rest } = record;
  return rest;
}

export const withRow = (edits: Edits, position: number, row: readonly number[]): Edits => ({
  ...edits,
  attention: { ...edits.attention, [position]: row },
});

/** The model looks itself again at a target position. */
export const withoutRow = (edits: Edits, position: number): Edits => ({
  ...edits,
  attention: without(edits.attention, position),
});

export const withWord = (edits: Edits, position: number, word: string | null): Edits => ({
  ...edits,
  words: word === null ? without(edits.words, position) : { ...edits.words, [position]: word },
});

/** `word` in place of a source word, null to remove it, undefined to have it back. */
export const withSource = (edits: Edits, place: number, word: string | null | undefined): Edits => ({
  ...edits,
  source: word === undefined ? without(edits.source, place) : { ...edits.source, [place]: word },
});

export const withPart = (edits: Edits, part: ModelPart, isOff: boolean): Edits => ({
  ...edits,
  off: MODEL_PARTS.filter((other) => (other === part ? isOff : edits.off.includes(other))),
});
