/** The three answers to "which source word mattered" on scales that can be compared. */

import { type OverallAgreement, overallAgreement, type RowAgreement, rowAgreements } from '../../lib/rank-agreement.ts';
import type { Attributions } from '../../training/questions.ts';
import type { Closeness, MeasureName } from '../strings/en-explains.ts';

/** One measure over [T, S], row-major. */
export interface Measure {
  readonly name: MeasureName;
  readonly rows: number;
  readonly columns: number;
  /** As it is: α, or nats with their sign. */
  readonly raw: Float32Array;
  /** What it counts of each word, each row summing to 1, or to 0 where it counts none. */
  readonly shares: Float32Array;
  /** Largest absolute value of `raw`. */
  readonly limit: number;
}

/** Of attention the weight, of gradient × input its size, of erasure what it costs; what helps a word is not its cause. */
const COUNTED: Record<MeasureName, (raw: number) => number> = {
  attention: (raw) => raw,
  gradientInput: Math.abs,
  erasure: (raw) => Math.max(0, raw),
};

/** Each row over its sum. */
function sharesOf(raw: Float32Array, columns: number, counted: (raw: number) => number): Float32Array {
  const shares = raw.map(counted);
  for (let from = 0; from < shares.length; from += columns) {
    const row = shares.subarray(from, from + columns);
    const sum = row.reduce((total, value) => total + value, 0);
    if (sum > 0) for (let j = 0; j < columns; j++) row[j] /= sum;
  }
  return shares;
}

/** In the order in which they are shown; without attention there are two. */
export function measuresOf(attributions: Pick<Attributions, MeasureName>): readonly Measure[] {
  return (['attention', 'gradientInput', 'erasure'] as const).flatMap((name): Measure[] => {
    const { rows, columns, data: raw } = attributions[name];
    if (raw.length === 0) return [];
    const limit = raw.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return [{ name, rows, columns, raw, shares: sharesOf(raw, columns, COUNTED[name]), limit }];
  });
}

export interface PairAgreement {
  readonly a: MeasureName;
  readonly b: MeasureName;
  readonly rows: readonly RowAgreement[];
  readonly overall: OverallAgreement;
}

/** How each two of the measures agree, by their shares. */
export const agreementsOf = (measures: readonly Measure[]): readonly PairAgreement[] =>
  measures.flatMap((a, i) =>
    measures.slice(i + 1).map((b): PairAgreement => {
      const rows = rowAgreements(a.shares, b.shares, a.columns);
      return { a: a.name, b: b.name, rows, overall: overallAgreement(rows) };
    }),
  );

/** Nats below which leaving out a word changes nothing that counts: a probability by one hundredth of itself. */
export const FAINT_NATS = 0.01;

/** Rows in which no word costs more than that. */
export function faintRows(measures: readonly Measure[]): number {
  const erasure = measures.find(({ name }) => name === 'erasure');
  if (!erasure) return 0;
  const { rows, columns, raw } = erasure;
  return Array.from({ length: rows }, (_, row) => raw.subarray(row * columns, (row + 1) * columns)).filter((costs) =>
    costs.every((cost) => cost < FAINT_NATS),
  ).length;
}

/** τ in words. */
export const closenessOf = (tau: number): Closeness => (tau >= 0.6 ? 'close' : tau >= 0.3 ? 'partly' : 'hardly');
