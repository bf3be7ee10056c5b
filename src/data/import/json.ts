/** JSON: an array, or one value a line, of [source, target] or of objects that name their texts. */

import { CorpusFormatError } from '../../lib/errors.ts';
import { type ImportTable, TableBuilder, type Work } from './table.ts';

const REPORT_EVERY = 2000;
/** Columns beyond which keys are passed over. */
const MAX_COLUMNS = 24;

/** Rows of a JSON array. An object with one array in it stands for that array. @throws CorpusFormatError */
export function* parseJson(fileName: string, text: string): Work<ImportTable> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = (error as Error).message;
    throw new CorpusFormatError(lineOf(error, text), `${fileName} is not valid JSON: ${reason}`, 'no-json', {
      file: fileName,
      reason,
    });
  }
  yield 0.5;
  const list = Array.isArray(value) ? value : onlyArray(value);
  if (!list)
    throw new CorpusFormatError(1, `${fileName}: expected a JSON array of pairs`, 'no-array', { file: fileName });
  const collector = new Collector();
  for (const [i, entry] of list.entries()) {
    collector.add(entry, i + 1, () => asText(entry));
    if (i % REPORT_EVERY === 0) yield 0.5 + (0.5 * i) / list.length;
  }
  return collector.table(fileName, 'json');
}

/** Rows of JSON lines. @throws CorpusFormatError */
export function* parseJsonLines(fileName: string, text: string): Work<ImportTable> {
  const collector = new Collector();
  const lines = text.split(/\r\n|\n|\r/u);
  for (const [i, line] of lines.entries()) {
    if (i % REPORT_EVERY === 0) yield i / lines.length;
    if (line.trim() === '') {
      collector.builder.blankLines++;
      continue;
    }
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      collector.builder.reject(i + 1, 'not-json', line);
      continue;
    }
    collector.add(value, i + 1, () => line);
  }
  return collector.table(fileName, 'json-lines');
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function onlyArray(value: unknown): unknown[] | null {
  const arrays = isObject(value) ? Object.values(value).filter(Array.isArray) : [];
  return arrays.length === 1 ? (arrays[0] as unknown[]) : null;
}

/** A value as JSON; empty where it is nested too deeply to be written. */
function asText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '';
  }
}

/** V8 says where it stopped reading, in characters. */
function lineOf(error: unknown, text: string): number {
  const position = /position (\d+)/u.exec(String(error))?.[1];
  return position === undefined ? 1 : text.slice(0, Number(position)).split('\n').length;
}

/** Entries whose keys become columns in the order of their first appearance. */
class Collector {
  readonly builder = new TableBuilder();
  readonly #columns = new Map<string, number>();

  add(entry: unknown, line: number, text: () => string): void {
    const cells: string[] = [];
    if (Array.isArray(entry)) {
      for (const [i, value] of entry.slice(0, MAX_COLUMNS).entries()) this.#put(cells, String(i), value);
    } else if (isObject(entry)) this.#texts(cells, entry, '');
    const texts = cells.filter((cell) => cell !== undefined);
    if (texts.length === 0) this.builder.reject(line, 'no-texts', text());
    else if (texts.length < 2) this.builder.reject(line, 'one-column', text());
    else
      this.builder.add(
        Array.from(cells, (cell) => cell ?? ''),
        line,
      );
  }

  /** The texts of an object, and of the objects right inside it: `{"translation": {"en": …, "fr": …}}`. */
  #texts(cells: string[], entry: Record<string, unknown>, prefix: string): void {
    for (const [key, value] of Object.entries(entry)) {
      if (isObject(value) && prefix === '') this.#texts(cells, value, `${key}.`);
      else this.#put(cells, prefix + key, value);
    }
  }

  #put(cells: string[], key: string, value: unknown): void {
    if (typeof value !== 'string' && typeof value !== 'number') return;
    let column = this.#columns.get(key);
    if (column === undefined) {
      if (this.#columns.size === MAX_COLUMNS) return;
      column = this.#columns.size;
      this.#columns.set(key, column);
    }
    cells[column] = String(value);
  }

  table(fileName: string, format: 'json' | 'json-lines'): ImportTable {
    const names = [...this.#columns.keys()];
    return this.builder.table(
      fileName,
      format,
      names.map((name) => (/^\d+$/u.test(name) ? '' : name)),
    );
  }
}
