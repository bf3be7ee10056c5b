/** TMX 1.4: translation units with one segment a language; each language is a column. */

import { SaxesParser } from 'saxes';
import { CorpusFormatError } from '../../lib/errors.ts';
import { type ImportTable, TableBuilder, type Work } from './table.ts';

const CHUNK = 1 << 16;
/** Elements inside a segment that hold codes of the original document and no words. */
const CODES = new Set(['bpt', 'ept', 'ph', 'it', 'ut']);

/** Rows of a TMX document, one a translation unit. @throws CorpusFormatError where it is not well-formed */
export function* parseTmx(fileName: string, text: string): Work<ImportTable> {
  const builder = new TableBuilder();
  const languages = new Map<string, number>();
  const parser = new SaxesParser();
  let [unit, line, column, codes] = [0, 1, -1, 0];
  let cells: string[] = [];
  let segment: string | null = null;
  parser.on('error', (error) => {
    throw new CorpusFormatError(parser.line, `${fileName}: ${error.message}`, 'no-xml', {
      file: fileName,
      reason: error.message,
    });
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'tu') [unit, line, cells] = [unit + 1, parser.line, []];
    else if (name === 'tuv') {
      const language = String(attributes['xml:lang'] ?? attributes.lang ?? '').toLowerCase();
      column = languages.get(language) ?? languages.size;
      languages.set(language, column);
    } else if (name === 'seg') segment = '';
    else if (CODES.has(name)) codes++;
  });
  const addText = (part: string): void => {
    if (segment !== null && codes === 0) segment += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', ({ name }) => {
    if (CODES.has(name)) codes--;
    else if (name === 'seg' && segment !== null) {
      if (column >= 0) cells[column] = segment;
      segment = null;
    } else if (name === 'tu') {
      if (cells.filter((cell) => cell !== undefined).length < 2) builder.reject(line, 'one-column', cells.join(' '));
      else
        builder.add(
          Array.from(cells, (cell) => cell ?? ''),
          line,
        );
    }
  });
  for (let start = 0; start < text.length; start += CHUNK) {
    parser.write(text.slice(start, start + CHUNK));
    yield Math.min(1, (start + CHUNK) / text.length);
  }
  parser.close();
  return builder.table(fileName, 'tmx', [...languages.keys()]);
}
