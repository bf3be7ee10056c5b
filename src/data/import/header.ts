/** Whether the first row of a table names its columns, and which columns the two languages are. */

import { languageOfName } from './languages.ts';

/** What people call the columns of sentence pairs, in the languages that the files come from. */
const NAMES = new Set([
  'source',
  'src',
  'target',
  'tgt',
  'trg',
  'from',
  'to',
  'input',
  'output',
  'text',
  'translation',
  'sentence',
  'original',
  'front',
  'back',
  'question',
  'answer',
  'id',
  'attribution',
  'tags',
  'note',
  'notes',
  'quelle',
  'ziel',
  'satz',
  'übersetzung',
  'phrase',
  'traduction',
  'oración',
  'traducción',
]);

const isName = (cell: string): boolean => {
  const name = cell.trim().toLowerCase();
  const first = name.split(/[\s_-]/u)[0] ?? '';
  // A sentence may hold the name of a language; a name of one word is no sentence.
  return NAMES.has(name) || NAMES.has(first) || languageOfName(/\s/u.test(name) ? first : name) !== null;
};

/** True where the first two cells that say anything are names of columns. */
export function hasHeaderNames(cells: readonly string[]): boolean {
  const said = cells.filter((cell) => cell.trim() !== '').slice(0, 2);
  return said.length === 2 && said.every((cell) => cell.trim().split(/\s+/u).length <= 3 && isName(cell));
}

/** The two columns that most likely hold the sentences: by name, else the first two that hold text and not numbers or links. */
export function likelyColumns(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): { readonly source: number; readonly target: number } {
  const sample = rows.slice(0, 200);
  const isText = columns.map((_, i) => {
    const cells = sample.map((row) => row[i] ?? '');
    const texts = cells.filter((cell) => /\p{L}/u.test(cell) && !/^(?:https?:|CC-BY)/u.test(cell));
    return texts.length * 2 > cells.length;
  });
  const named = (names: readonly string[]) => columns.findIndex((name) => names.includes(name.trim().toLowerCase()));
  const source = named(['source', 'src', 'from', 'input', 'front', 'question']);
  const target = named(['target', 'tgt', 'trg', 'to', 'output', 'back', 'answer', 'translation']);
  if (source >= 0 && target >= 0 && source !== target) return { source, target };
  const [first = 0, second = first === 0 ? 1 : 0] = isText.flatMap((is, i) => (is ? [i] : []));
  return { source: first, target: second };
}
