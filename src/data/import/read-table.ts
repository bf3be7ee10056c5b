/** A file of sentence pairs, whatever its format, to a table. */

import { CorpusFormatError } from '../../lib/errors.ts';
import { ankiDelimiter, detectDelimiter, isAnkiExport, parseDelimited } from './delimited.ts';
import { parseJson, parseJsonLines } from './json.ts';
import { type ImportTable, TableBuilder, type Work } from './table.ts';
import { parseTmx } from './tmx.ts';

const REPORT_EVERY = 5000;

/**
 * Rows of a text, its format told from what is in it. NFC throughout.
 * @throws CorpusFormatError for a text that is none of the formats, or has no pair
 */
export function readTable(fileName: string, text: string): Work<ImportTable> {
  const normal = text.replace(/^\ufeff/u, '').normalize('NFC');
  const start = normal.trimStart();
  if (start.startsWith('<?xml') || start.startsWith('<tmx') || /^<!DOCTYPE tmx/iu.test(start))
    return parseTmx(fileName, normal);
  if (isAnkiExport(start)) return parseDelimited(fileName, normal, { delimiter: ankiDelimiter(start), format: 'anki' });
  if (looksLikeJsonLines(start)) return parseJsonLines(fileName, normal);
  if (start.startsWith('[') || start.startsWith('{')) return parseJson(fileName, normal);
  const delimiter = detectDelimiter(normal);
  if (delimiter === null)
    throw new CorpusFormatError(
      1,
      start === ''
        ? `${fileName} is empty: expected pairs of sentences`
        : `${fileName}: expected two columns a line, separated by a tab, a comma or a semicolon`,
      start === '' ? 'empty' : 'no-columns',
      { file: fileName },
    );
  return parseDelimited(fileName, normal, { delimiter, format: delimiter === '\t' ? 'tsv' : 'csv' });
}

/** The first line is a whole JSON value and the next begins another. */
function looksLikeJsonLines(text: string): boolean {
  const [first = '', second = ''] = text.split(/\r\n|\n|\r/u, 2);
  if (!/^[[{]/u.test(first) || !/^\s*[[{]/u.test(second)) return false;
  try {
    JSON.parse(first);
    return true;
  } catch {
    return false;
  }
}

/**
 * Two files, line by line beside each other. A line that is blank on both sides is passed over.
 * @throws CorpusFormatError where they do not have the same number of lines
 */
export function* readParallel(names: readonly [string, string], texts: readonly [string, string]): Work<ImportTable> {
  const [sources, targets] = texts.map((text) => {
    const lines = text
      .replace(/^\ufeff/u, '')
      .normalize('NFC')
      .split(/\r\n|\n|\r/u);
    while (lines.at(-1)?.trim() === '') lines.pop();
    return lines;
  }) as [string[], string[]];
  if (sources.length !== targets.length)
    throw new CorpusFormatError(
      Math.min(sources.length, targets.length) + 1,
      `${names[0]} has ${sources.length} lines and ${names[1]} ${targets.length}: expected as many in both`,
      'unequal-lines',
      { file: names[0], lines: sources.length, other: names[1], otherLines: targets.length },
    );
  const builder = new TableBuilder();
  for (const [i, source] of sources.entries()) {
    const target = targets[i] as string;
    if (source.trim() === '' && target.trim() === '') builder.blankLines++;
    else builder.add([source, target], i + 1);
    if (i % REPORT_EVERY === 0) yield i / sources.length;
  }
  return builder.table(names.join(' + '), 'parallel', names);
}
