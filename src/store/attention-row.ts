/** Rows of attention as a visitor changes them: each α lies between 0 and 1, and a row sums to 1. */

import { createRandom } from '../lib/random.ts';

type Row = readonly number[];

/** Sets one weight; the others keep their proportions, and share the rest alike where they were all 0. */
export function withWeight(row: Row, column: number, weight: number): Row {
  if (row.length === 1) return [1];
  const wanted = Math.min(1, Math.max(0, weight));
  const others = row.reduce((sum, other, at) => (at === column ? sum : sum + other), 0);
  return row.map((other, at) => {
    if (at === column) return wanted;
    return others > 0 ? (other / others) * (1 - wanted) : (1 - wanted) / (row.length - 1);
  });
}

/** Looks at some words alike and at no other. */
export function onlyAt(length: number, columns: readonly number[]): Row {
  return Array.from({ length }, (_, column) => (columns.includes(column) ? 1 / columns.length : 0));
}

export const uniform = (length: number): Row => new Array<number>(length).fill(1 / length);

/** Every weight `by` words further to the right; what would leave the sentence stays on its last word. */
export function shifted(row: Row, by: number): Row {
  const result = new Array<number>(row.length).fill(0);
  row.forEach((weight, column) => {
    result[Math.min(row.length - 1, Math.max(0, column + by))] += weight;
  });
  return result;
}

export const reversed = (row: Row): Row => [...row].reverse();

/** The same weights in another order; the same seeds give the same order. */
export const permuted = (row: Row, ...seeds: readonly number[]): Row => createRandom(...seeds).shuffle([...row]);

/** What the presets do to a row. */
export const PRESETS = ['uniform', 'one-hot', 'left', 'right', 'reverse', 'permute'] as const;
export type Preset = (typeof PRESETS)[number];

/** @param column - word that `one-hot` looks at; @param seeds - of `permute` */
export function presetRow(preset: Preset, row: Row, column: number, seeds: readonly number[]): Row {
  if (preset === 'uniform') return uniform(row.length);
  if (preset === 'one-hot') return onlyAt(row.length, [column]);
  if (preset === 'left') return shifted(row, -1);
  if (preset === 'right') return shifted(row, 1);
  return preset === 'reverse' ? reversed(row) : permuted(row, ...seeds);
}
