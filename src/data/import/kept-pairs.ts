/** The visitor's pairs as a saved run keeps them: the two chosen columns as text, and the choice. */

import { CorpusFormatError } from '../../lib/errors.ts';
import type { PairChoice } from './selection.ts';
import { columnNames, type ImportTable } from './table.ts';

export interface KeptPairs {
  readonly fileName: string;
  /** Names of the two columns as the format gave them. */
  readonly columns: readonly [string, string];
  readonly rows: readonly (readonly [string, string])[];
  /** What was chosen, with the columns 0 and 1. */
  readonly choice: PairChoice;
}

/** What is kept of a table; the rows that were left out stay among them, so that the choice can be changed later. */
export function keepPairs(fileName: string, table: ImportTable, choice: PairChoice): KeptPairs {
  const { source, target } = choice;
  const names = columnNames(table, false);
  return {
    fileName,
    columns: [names[source] ?? '', names[target] ?? ''],
    rows: table.rows.map((row) => [row[source] ?? '', row[target] ?? ''] as const),
    choice: { ...choice, source: 0, target: 1 },
  };
}

/** The table that `keepPairs` kept two columns of. */
export const tableOf = ({ columns, rows, choice }: KeptPairs): ImportTable => ({
  format: 'json',
  delimiter: null,
  columns,
  rows,
  lines: rows.map((_, i) => i + 1),
  rejected: [],
  blankLines: 0,
  commentLines: 0,
  hasHeader: choice.hasHeader,
});

export const encodeKeptPairs = (pairs: KeptPairs): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(JSON.stringify(pairs));

const isPair = (value: unknown, ...lengths: readonly number[]): boolean =>
  Array.isArray(value) && lengths.includes(value.length) && value.every((cell) => typeof cell === 'string');

/** Reads what `encodeKeptPairs` wrote; the choice is checked where it is used. @throws CorpusFormatError */
export function decodeKeptPairs(bytes: Uint8Array): KeptPairs {
  let pairs: Partial<Record<keyof KeptPairs, unknown>> | null;
  try {
    pairs = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new CorpusFormatError(1, 'kept pairs: expected JSON');
  }
  const { fileName, columns, rows, choice } = pairs ?? {};
  if (typeof fileName !== 'string' || !isPair(columns, 2) || typeof choice !== 'object' || choice === null)
    throw new CorpusFormatError(1, 'kept pairs: expected a file name, two columns and a choice');
  if (!Array.isArray(rows)) throw new CorpusFormatError(1, 'kept pairs: expected rows');
  rows.forEach((row, i) => {
    if (!isPair(row, 2)) throw new CorpusFormatError(i + 1, `kept pairs, row ${i + 1}: expected two texts`);
  });
  return { fileName, columns, rows, choice } as KeptPairs;
}
