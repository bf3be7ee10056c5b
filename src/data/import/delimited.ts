/** TSV, CSV with comma or semicolon (RFC 4180 quotes), and Anki's text export. */

import Papa from 'papaparse';
import { hasHeaderNames } from './header.ts';
import { type ImportTable, TableBuilder, type Work } from './table.ts';

export type Delimiter = '\t' | ',' | ';';

/** Lines that the delimiter is judged by. */
const JUDGED_LINES = 200;
/** Characters that are parsed between two reports of progress. */
const CHUNK = 1 << 18;
const LINE_END = /\r\n|\n|\r/gu;

/** Anki writes `#separator:tab` and the like in front of its rows. */
const ANKI_LINE = /^#(separator|html|columns|notetype|deck|tags|guid)(?: column)?:(.*)$/iu;
const ANKI_SEPARATORS: Readonly<Record<string, Delimiter>> = {
  tab: '\t',
  '\t': '\t',
  comma: ',',
  ',': ',',
  semicolon: ';',
  ';': ';',
};

export const isAnkiExport = (text: string): boolean => /^#(?:separator|html):/iu.test(text);

/** The delimiter that cuts most lines into the same number of columns, two or more; null where none does. */
export function detectDelimiter(text: string): Delimiter | null {
  const lines = text
    .slice(0, CHUNK)
    .split(LINE_END)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .slice(0, JUDGED_LINES);
  // A tab is in no sentence; commas and semicolons are.
  if (lines.filter((line) => line.includes('\t')).length * 2 > lines.length) return '\t';
  const scores = ([';', ','] as const).map((delimiter) => {
    const widths = sampleWidths(text.slice(0, CHUNK), delimiter);
    const counts = new Map<number, number>();
    for (const width of widths) if (width > 1) counts.set(width, (counts.get(width) ?? 0) + 1);
    return { delimiter, share: Math.max(0, ...counts.values()) / Math.max(1, widths.length) };
  });
  const best = scores.reduce((a, b) => (b.share > a.share ? b : a));
  return best.share > 0.5 ? best.delimiter : null;
}

/** Columns of the first records. */
function sampleWidths(text: string, delimiter: Delimiter): number[] {
  const widths: number[] = [];
  for (const record of quotedRecords(text, delimiter)) {
    if (typeof record === 'number' || record.isBroken || record.cells.every((cell) => cell.trim() === '')) continue;
    widths.push(record.cells.length);
    if (widths.length === JUDGED_LINES) break;
  }
  return widths;
}

export interface DelimitedOptions {
  readonly delimiter: Delimiter;
  readonly format: 'tsv' | 'csv' | 'anki';
}

/**
 * Rows of a delimited text. Blank lines and, where they have no delimiter, lines that begin with # are passed over. In TSV a
 * quotation mark is a character like any other, as Tatoeba and manythings.org write it; in CSV and Anki exports it quotes.
 * @throws CorpusFormatError where no row has two columns
 */
export function* parseDelimited(
  fileName: string,
  text: string,
  { delimiter, format }: DelimitedOptions,
): Work<ImportTable> {
  const builder = new TableBuilder();
  const records = format === 'tsv' ? plainRecords(text, delimiter) : quotedRecords(text, delimiter);
  let ankiColumns: string[] | null = null;
  let hasHeader = false;
  let seen = 0;
  for (const record of records) {
    if (typeof record === 'number') {
      yield record;
      continue;
    }
    const { cells, line, isBroken } = record;
    const [first] = cells;
    const anki = format === 'anki' && seen === 0 ? ANKI_LINE.exec(cells.join(delimiter)) : null;
    if (anki) {
      if (anki[1]?.toLowerCase() === 'columns') ankiColumns = (anki[2] ?? '').split(delimiter);
      builder.commentLines++;
    } else if (cells.every((cell) => cell.trim() === '')) builder.blankLines++;
    else if (isBroken) builder.reject(line, 'unclosed-quote', cells.join(' '));
    else if (cells.length < 2 && first?.startsWith('#')) builder.commentLines++;
    else if (cells.length < 2) builder.reject(line, 'one-column', first ?? '');
    else {
      if (seen++ === 0 && !ankiColumns) hasHeader = hasHeaderNames(cells);
      builder.add(cells, line);
    }
  }
  const width = builder.rows.reduce((most, row) => Math.max(most, row.length), 2);
  const columns = Array.from({ length: width }, (_, i) => ankiColumns?.[i]?.trim() ?? '');
  return builder.table(fileName, format, columns, { delimiter, hasHeader });
}

/** The delimiter that an Anki export names; tab where it names none that is known. */
export const ankiDelimiter = (text: string): Delimiter => {
  const named = /^#separator:(.*)$/imu.exec(text.slice(0, 1000))?.[1] ?? 'tab';
  return ANKI_SEPARATORS[named.toLowerCase() === '\t' ? '\t' : named.trim().toLowerCase()] ?? '\t';
};

interface Row {
  readonly cells: string[];
  readonly line: number;
  readonly isBroken: boolean;
}

function* plainRecords(text: string, delimiter: string): Generator<Row | number, void, void> {
  let [start, line, reported] = [0, 1, 0];
  while (start < text.length) {
    const end = endOfLine(text, start);
    yield { cells: text.slice(start, end).split(delimiter), line, isBroken: false };
    line++;
    start = end + (text.startsWith('\r\n', end) ? 2 : 1);
    if (start - reported > CHUNK) {
      reported = start;
      yield start / text.length;
    }
  }
}

function endOfLine(text: string, start: number): number {
  const feed = text.indexOf('\n', start);
  const end = feed < 0 ? text.length : feed;
  const carriage = text.slice(start, end).indexOf('\r');
  return carriage < 0 ? end : start + carriage;
}

/** RFC 4180 records. One whose quotation mark is never closed is given as it begins, and reading goes on at the next line. */
function* quotedRecords(text: string, delimiter: string): Generator<Row | number, void, void> {
  const newline = /\r\n|\n|\r/u.exec(text.slice(0, CHUNK))?.[0] === '\r' ? '\r' : '\n';
  let [start, line, length] = [0, 1, CHUNK];
  while (start < text.length) {
    const chunk = text.slice(start, start + length);
    const isLast = start + length >= text.length;
    const { rows, cursor, brokenAt } = parseChunk(chunk, delimiter, newline, isLast);
    let from = 0;
    for (const { cells, end } of rows) {
      yield { cells, line, isBroken: false };
      line += newlines(chunk, from, end, newline);
      from = end;
    }
    if (brokenAt !== null) {
      const end = start + brokenAt + endOfLine(chunk.slice(brokenAt), 0);
      yield { cells: [text.slice(start + brokenAt, end)], line, isBroken: true };
      line++;
      start = end + (text.startsWith('\r\n', end) ? 2 : 1);
      length = CHUNK;
    } else if (cursor === 0 && !isLast) length *= 2;
    else {
      start += isLast ? chunk.length : cursor;
      length = CHUNK;
    }
    yield Math.min(1, start / text.length);
  }
}

interface Chunk {
  readonly rows: { readonly cells: string[]; readonly end: number }[];
  /** Characters that the rows take. */
  readonly cursor: number;
  /** Where a record begins whose quotation mark is not closed to the end of the text. */
  readonly brokenAt: number | null;
}

function parseChunk(chunk: string, delimiter: string, newline: '\r' | '\n', isLast: boolean): Chunk {
  const rows: Chunk['rows'] = [];
  let brokenAt: number | null = null;
  const parser = new Papa.Parser({
    delimiter,
    newline,
    step: ({ data, errors, meta }: Papa.ParseStepResult<string[] | string[][]>) => {
      const end = meta.cursor;
      if (errors.some(({ code }) => code === 'MissingQuotes')) brokenAt ??= rows.at(-1)?.end ?? 0;
      const cells = (Array.isArray(data[0]) ? data[0] : data) as string[];
      if (brokenAt === null) rows.push({ cells: cells.map((cell) => cell.replace(/\r$/u, '')), end });
    },
  } as Papa.ParseConfig);
  const { meta } = parser.parse(chunk, 0, !isLast) as Papa.ParseResult<string[]>;
  return { rows, cursor: rows.at(-1)?.end ?? meta.cursor ?? 0, brokenAt };
}

function newlines(text: string, from: number, to: number, newline: string): number {
  let count = 0;
  for (let at = text.indexOf(newline, from); at >= 0 && at < to; at = text.indexOf(newline, at + 1)) count++;
  return count;
}
