/** English, the visitor's own pairs. */

import type { Encoding, ImportState, PairChoice } from '../../store/import-store.ts';
import type { ImportedTable } from '../../training/protocol.ts';

type Rejection = ImportedTable['rejected'][number];

export interface DataStrings {
  readonly title: string;
  readonly intro: string;
  readonly formats: string;
  readonly choose: string;
  readonly drop: string;
  readonly paste: string;
  readonly pasteHint: string;
  readonly usePasted: string;
  readonly pastedName: string;
  readonly privacy: string;
  readonly busy: (phase: NonNullable<ImportState['progress']>['phase'], percent: string) => string;
  readonly cancel: string;
  readonly kept: string;
  readonly askEncoding: (fileName: string) => string;
  readonly encodingHint: string;
  readonly encodings: Readonly<Record<Encoding, string>>;
  readonly takeEncoding: (encoding: string) => string;
  readonly formatNames: Readonly<Record<ImportedTable['format'], string>>;
  readonly read: (table: ImportedTable, format: string, rows: string, encoding: string) => string;
  readonly columnsTitle: string;
  readonly column: (index: number, name: string) => string;
  readonly source: string;
  readonly target: string;
  readonly swap: string;
  readonly tokens: string;
  readonly tokenChoices: Readonly<Record<PairChoice['sourceTokens'], string>>;
  readonly tokenHints: Readonly<Record<PairChoice['sourceTokens'], string>>;
  readonly hasHeader: string;
  readonly limit: string;
  readonly limitUnit: string;
  readonly limitHint: string;
  readonly vocabularyLimit: string;
  readonly vocabularyUnit: string;
  readonly vocabularyHint: string;
  readonly resultTitle: string;
  /** Where it was stopped before there was a result. */
  readonly notCut: string;
  readonly cut: string;
  readonly pairs: string;
  readonly pairsValue: (train: string, validation: string, test: string) => string;
  readonly vocabulary: string;
  readonly vocabularyValue: (source: string, target: string) => string;
  readonly becomeUnknown: string;
  readonly becomeUnknownValue: (source: string, target: string) => string;
  readonly suchAs: string;
  readonly unknown: string;
  readonly unknownValue: (source: string, target: string) => string;
  readonly conflicting: string;
  readonly conflictingValue: (count: string, sources: string) => string;
  readonly leftOut: string;
  readonly dropped: (kind: 'too-long' | 'empty-side' | 'duplicate' | 'unreadable', count: string) => string;
  readonly nothingLeftOut: string;
  readonly skipped: (blank: number, comments: number) => string;
  readonly showRejected: (count: string) => string;
  readonly rejectedLine: string;
  readonly rejectedReason: string;
  readonly rejectedText: string;
  readonly reasons: Readonly<Record<Rejection['reason'], string>>;
  readonly moreRejected: (count: string) => string;
  readonly sample: string;
  readonly use: string;
  readonly inUse: string;
  readonly another: string;
  /** At the end of the list of tasks. */
  readonly bring: string;
}

const plural = (count: number, one: string, many: string): string => (count === 1 ? one : many);

export const enData: DataStrings = {
  title: 'Your own sentence pairs',
  intro: 'Train on pairs of your own: a sentence and its translation, or any two texts that belong together.',
  formats:
    'Text with tabs, CSV, JSON, JSON lines, TMX, Anki (Notes in Plain Text), or a .zip of one of them; two files whose lines belong together are taken as one.',
  choose: 'Choose files',
  drop: 'or drop them anywhere on the page',
  paste: 'Paste text',
  pasteHint: 'One pair a line, the two sides separated by a tab, a comma or a semicolon.',
  usePasted: 'Read this text',
  pastedName: 'pasted text',
  privacy: 'Nothing leaves this computer.',
  busy: (phase, percent) =>
    `${{ reading: 'Reading the file', parsing: 'Looking for pairs', selecting: 'Cutting into tokens' }[phase]}, ${percent}`,
  cancel: 'Cancel',
  kept: 'The run goes on as it was.',
  askEncoding: (fileName) => `${fileName} is not UTF-8. Which of these reads right?`,
  encodingHint: 'The bytes do not say how they are meant; these lines show what each encoding makes of them.',
  encodings: {
    'utf-8': 'UTF-8',
    'utf-16le': 'UTF-16',
    'utf-16be': 'UTF-16, big-endian',
    'windows-1252': 'Western European (windows-1252)',
    'windows-1250': 'Central European (windows-1250)',
    'windows-1251': 'Cyrillic (windows-1251)',
    'windows-1254': 'Turkish (windows-1254)',
    gb18030: 'Chinese, simplified (GB 18030)',
    big5: 'Chinese, traditional (Big5)',
    shift_jis: 'Japanese (Shift JIS)',
    'euc-kr': 'Korean (EUC-KR)',
  },
  takeEncoding: (encoding) => `Read it as ${encoding}`,
  formatNames: {
    tsv: 'text with tabs',
    csv: 'CSV',
    anki: 'an Anki export',
    json: 'JSON',
    'json-lines': 'JSON lines',
    tmx: 'TMX',
    parallel: 'two parallel files',
  },
  read: (table, format, rows, encoding) => `${table.fileName}: ${format}, ${rows} rows, ${encoding}.`,
  columnsTitle: 'Columns and tokens',
  column: (index, name) => (name ? `${index}: ${name}` : `Column ${index}`),
  source: 'Source',
  target: 'Target',
  swap: 'Swap sides',
  tokens: 'Tokens',
  tokenChoices: { words: 'Words', characters: 'Characters', segmenter: 'Words found by dictionary' },
  tokenHints: {
    words: 'Cut at spaces and punctuation.',
    characters: 'Every character is a token: long rows, small vocabulary.',
    segmenter: 'For scripts that write no spaces, such as Japanese, Chinese and Thai.',
  },
  hasHeader: 'The first line names the columns',
  limit: 'Longest sentence',
  limitUnit: 'tokens',
  limitHint: 'Longer pairs are left out. Above about 16, a heatmap is hard to read.',
  vocabularyLimit: 'Largest vocabulary',
  vocabularyUnit: 'tokens a side',
  vocabularyHint: 'The most frequent are kept, the others become unknown. Every token has weights of its own to learn.',
  resultTitle: 'What it gives',
  notCut: 'Stopped before the pairs were cut into tokens.',
  cut: 'Cut into tokens',
  pairs: 'Pairs',
  pairsValue: (train, validation, test) => `${train} to train on, ${validation} for the meters, ${test} for the end`,
  vocabulary: 'Vocabulary',
  vocabularyValue: (source, target) => `${source} → ${target} tokens`,
  becomeUnknown: 'Become unknown',
  becomeUnknownValue: (source, target) => `${source} → ${target} rarer tokens`,
  suchAs: 'such as',
  unknown: 'Unknown in held-out pairs',
  unknownValue: (source, target) => `${source} of the source tokens, ${target} of the target tokens`,
  conflicting: 'Several translations',
  conflictingValue: (count, sources) => `${count} of ${sources} source sentences`,
  leftOut: 'Left out',
  dropped: (kind, count) =>
    `${count} ${{ 'too-long': 'too long', 'empty-side': 'with an empty side', duplicate: 'repeated', unreadable: 'that are no pair' }[kind]}`,
  nothingLeftOut: 'nothing',
  skipped: (blank, comments) =>
    [
      ...(blank > 0 ? [`${blank} blank ${plural(blank, 'line', 'lines')} passed over.`] : []),
      ...(comments > 0 ? [`${comments} ${plural(comments, 'comment', 'comments')} passed over.`] : []),
    ].join(' '),
  showRejected: (count) => `Every line that was left out (${count})`,
  rejectedLine: 'Line',
  rejectedReason: 'Reason',
  rejectedText: 'Text',
  reasons: {
    'one-column': 'only one column',
    'unclosed-quote': 'a quotation mark is never closed',
    'not-json': 'not valid JSON',
    'no-texts': 'no texts in it',
    'empty-side': 'one side is empty',
    'too-long': 'too long',
    duplicate: 'there already',
  },
  moreRejected: (count) => `and ${count} more`,
  sample: 'First pairs',
  use: 'Train on these pairs',
  inUse: 'The run is on these pairs.',
  another: 'Another file',
  bring: 'Your own pairs …',
};
