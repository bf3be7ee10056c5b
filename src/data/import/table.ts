/** What every format of sentence pairs becomes before columns are chosen: rows of text, and what was left out of them. */

import { CorpusFormatError } from '../../lib/errors.ts';

export const IMPORT_FORMATS = ['tsv', 'csv', 'anki', 'json', 'json-lines', 'tmx', 'parallel'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** Why a line, or an entry of a format without lines, is no row. */
export type RejectionReason =
  /** Fewer than two columns. */
  | 'one-column'
  /** A quotation mark that is never closed. */
  | 'unclosed-quote'
  | 'not-json'
  /** Neither an array nor an object of texts. */
  | 'no-texts'
  | 'empty-side'
  | 'too-long'
  | 'duplicate';

export interface Rejection {
  /** 1-based line where it begins; for JSON arrays and TMX the entry's number. */
  readonly line: number;
  readonly reason: RejectionReason;
  /** The beginning of it, as text. */
  readonly excerpt: string;
}

export interface ImportTable {
  readonly format: ImportFormat;
  /** The character between columns, where there is one. */
  readonly delimiter: '\t' | ',' | ';' | null;
  /** Names of the columns that the format gives; empty strings where it gives none. A first row that names them is among `rows`. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Line or entry number of each row. */
  readonly lines: readonly number[];
  readonly rejected: readonly Rejection[];
  readonly blankLines: number;
  readonly commentLines: number;
  /** True where the first row looks like the names of the columns. */
  readonly hasHeader: boolean;
}

/** Names of the columns, given what the first row is. */
export const columnNames = ({ columns, rows }: Pick<ImportTable, 'columns' | 'rows'>, hasHeader: boolean): string[] =>
  columns.map((name, i) => (hasHeader ? (rows[0]?.[i]?.trim() ?? '') : name));

/** Yields the share of the work that is done, 0 to 1, and returns the result: the caller decides when to rest and when to stop. */
export type Work<T> = Generator<number, T, void>;

const EXCERPT_LENGTH = 60;

export const excerptOf = (text: string): string => {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  return line.length > EXCERPT_LENGTH ? `${line.slice(0, EXCERPT_LENGTH)}…` : line;
};

/** Work that is a part of a larger one, of its share from `from` to `to`. */
export function* part<T>(work: Work<T>, from: number, to: number): Work<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    yield from + value * (to - from);
  }
}

/** Runs work to its end at once. */
export function finish<T>(work: Work<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Collects rows and what is left out of them. */
export class TableBuilder {
  readonly rows: string[][] = [];
  readonly lines: number[] = [];
  readonly rejected: Rejection[] = [];
  blankLines = 0;
  commentLines = 0;

  add(cells: string[], line: number): void {
    this.rows.push(cells);
    this.lines.push(line);
  }

  reject(line: number, reason: RejectionReason, text: string): void {
    this.rejected.push({ line, reason, excerpt: excerptOf(text) });
  }

  /** @throws CorpusFormatError where nothing is left */
  table(
    fileName: string,
    format: ImportFormat,
    columns: readonly string[],
    details: { readonly delimiter?: ImportTable['delimiter']; readonly hasHeader?: boolean } = {},
  ): ImportTable {
    const { rows, lines, rejected, blankLines, commentLines } = this;
    if (rows.length === 0) {
      const first = rejected[0];
      throw new CorpusFormatError(
        first?.line ?? 1,
        first
          ? `${fileName}: expected pairs of sentences, got none; line ${first.line}: ${first.excerpt}`
          : `${fileName} is empty: expected pairs of sentences`,
        first ? 'no-pairs' : 'empty',
        { file: fileName, excerpt: first?.excerpt ?? '' },
      );
    }
    const { delimiter = null, hasHeader = false } = details;
    return { format, delimiter, columns, rows, lines, rejected, blankLines, commentLines, hasHeader };
  }
}
