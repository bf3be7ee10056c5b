/** Reads the visitor's files beside the training, in slices, so that it can be followed and stopped; keeps the last one that was read. */

import type { Corpus } from '../data/corpus.ts';
import { decodeText, type Encoding } from '../data/import/encoding.ts';
import { readParallel, readTable } from '../data/import/read-table.ts';
import { likelyChoice, MOST_TOKENS, type PairChoice, type Selection, selectPairs } from '../data/import/selection.ts';
import type { ImportTable, Work } from '../data/import/table.ts';
import { isZip, MAX_FILE_BYTES, unpack } from '../data/import/zip.ts';
import { ownCorpus } from '../data/own.ts';
import { CorpusFormatError } from '../lib/errors.ts';
import type { ImportAnswer, ImportedTable, ImportPhase, ImportPreview } from './protocol.ts';

/** Work that is done before others get their turn, ms. */
const SLICE_MS = 16;
const SAMPLE_ROWS = 8;
const SAMPLE_PAIRS = 5;
/** Rejected rows that the page is told of one by one; all are counted. */
const MAX_TOLD = 1000;
/** Rows told for choosing columns. */
const TOLD_LENGTH = 200;

export type ReportProgress = (phase: ImportPhase, share: number) => void;

interface Imported {
  readonly fileName: string;
  readonly table: ImportTable;
  readonly chosen: { readonly choice: PairChoice; readonly selection: Selection } | null;
}

/** Thrown inside work that was cancelled; never leaves the importer. */
class Cancelled extends Error {}

export class Importer {
  #imported: Imported | null = null;
  #turn = 0;

  constructor(private readonly report: ReportProgress) {}

  /** Stops what is being read; what was read before stays. */
  cancel(): void {
    this.#turn++;
  }

  /**
   * Reads one file of pairs, or two files whose lines belong together. `null` when it was cancelled.
   * @throws CorpusFormatError for files that can't be used; what was imported before stays
   */
  async read(files: readonly File[], encoding?: Encoding): Promise<ImportAnswer | null> {
    return this.#work(async (turn) => {
      const texts: { name: string; text: string; encoding: Encoding }[] = [];
      for (const [i, file] of files.slice(0, 2).entries()) {
        const packed = await this.#bytes(file, turn, (share) => this.report('reading', (i + share) / files.length));
        const { name, bytes } = isZip(packed) ? unpack(file.name, packed) : { name: file.name, bytes: packed };
        const decoded = decodeText(name, bytes, encoding);
        if (decoded.kind === 'ask') return { kind: 'ask-encoding', fileName: name, candidates: decoded.candidates };
        texts.push({ name, ...decoded });
      }
      const [first, second] = texts;
      if (!first) throw new CorpusFormatError(1, 'expected a file of sentence pairs, got none');
      const reading = second
        ? readParallel([first.name, second.name], [first.text, second.text])
        : readTable(first.name, first.text);
      const table = await this.#run(reading, 'parsing', turn);
      const fileName = texts.map(({ name }) => name).join(' + ');
      this.#imported = { fileName, table, chosen: null };
      return { kind: 'table', table: describe(fileName, table, first.encoding) };
    });
  }

  /**
   * What comes of a choice of columns, tokens and length; `null` when it was cancelled.
   * @throws CorpusFormatError when nothing has been read, or a column is not there
   */
  async choose(choice: PairChoice): Promise<ImportPreview | null> {
    const imported = this.#imported;
    if (!imported) throw new CorpusFormatError(1, 'no file has been read');
    checkChoice(choice, imported.table);
    return this.#work(async (turn) => {
      const selection = await this.#run(selectPairs(imported.table, choice), 'selecting', turn);
      this.#imported = { ...imported, chosen: { choice, selection } };
      return preview(imported.fileName, imported.table, selection, choice);
    });
  }

  /** The pairs as they were chosen last. @throws CorpusFormatError when nothing was chosen, or too few are left */
  corpus(): Corpus {
    const { fileName, table, chosen } = this.#imported ?? {};
    if (!fileName || !table || !chosen) throw new CorpusFormatError(1, 'no pairs have been chosen');
    return ownCorpus(fileName, table, chosen.selection, chosen.choice);
  }

  async #work<T>(body: (turn: number) => Promise<T>): Promise<T | null> {
    try {
      return await body(++this.#turn);
    } catch (error) {
      if (error instanceof Cancelled) return null;
      throw error;
    }
  }

  async #bytes(file: File, turn: number, report: (share: number) => void): Promise<Uint8Array> {
    if (file.size > MAX_FILE_BYTES)
      throw new CorpusFormatError(1, `${file.name} has more than ${MAX_FILE_BYTES >> 20} MB`);
    const bytes = new Uint8Array(file.size);
    const reader = file.stream().getReader();
    let length = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (this.#turn !== turn) {
        await reader.cancel();
        throw new Cancelled();
      }
      if (done) return bytes.subarray(0, length);
      bytes.set(value, length);
      length += value.length;
      report(length / Math.max(1, file.size));
    }
  }

  async #run<T>(work: Work<T>, phase: ImportPhase, turn: number): Promise<T> {
    let started = performance.now();
    for (;;) {
      const { done, value } = work.next();
      if (done) return value;
      if (performance.now() - started < SLICE_MS) continue;
      this.report(phase, value);
      await new Promise((resolve) => setTimeout(resolve));
      if (this.#turn !== turn) throw new Cancelled();
      started = performance.now();
    }
  }
}

function checkChoice({ source, target, tokenLimit }: PairChoice, { columns }: ImportTable): void {
  const isColumn = (column: number): boolean => Number.isInteger(column) && column >= 0 && column < columns.length;
  if (!isColumn(source) || !isColumn(target) || source === target)
    throw new CorpusFormatError(1, 'expected two different columns');
  if (!Number.isInteger(tokenLimit) || tokenLimit < 1 || tokenLimit > MOST_TOKENS)
    throw new CorpusFormatError(1, `the limit has to be from 1 to ${MOST_TOKENS} tokens`);
}

const describe = (fileName: string, table: ImportTable, encoding: Encoding): ImportedTable => ({
  fileName,
  format: table.format,
  encoding,
  columns: table.columns,
  rowCount: table.rows.length,
  sample: table.rows.slice(0, SAMPLE_ROWS).map((row) => row.map((cell) => cell.slice(0, TOLD_LENGTH))),
  rejected: table.rejected.slice(0, MAX_TOLD),
  rejectedCount: table.rejected.length,
  blankLines: table.blankLines,
  commentLines: table.commentLines,
  hasHeader: table.hasHeader,
  choice: likelyChoice(table),
});

function preview(fileName: string, table: ImportTable, selection: Selection, choice: PairChoice): ImportPreview {
  const { rejected, bySource, conflicting } = selection;
  const counted = {
    choice,
    rejected: rejected.slice(0, MAX_TOLD),
    droppedEmptySide: rejected.filter(({ reason }) => reason === 'empty-side').length,
    droppedTooLong: rejected.filter(({ reason }) => reason === 'too-long').length,
    droppedDuplicate: rejected.filter(({ reason }) => reason === 'duplicate').length,
    sources: bySource.size,
    conflicting,
  };
  let corpus: Corpus;
  try {
    corpus = ownCorpus(fileName, table, selection, choice);
  } catch (error) {
    if (!(error instanceof CorpusFormatError)) throw error;
    return { ...counted, corpus: null, problem: error.message };
  }
  const unknown = (side: 'source' | 'target'): number => {
    const vocabulary = side === 'source' ? corpus.sourceVocabulary : corpus.targetVocabulary;
    let [all, missing] = [0, 0];
    for (let i = 0; i < corpus.validation.length; i++)
      for (const token of corpus.validation.at(i)?.[side] ?? []) {
        all++;
        if (!vocabulary.has(token)) missing++;
      }
    return all === 0 ? 0 : missing / all;
  };
  return {
    ...counted,
    problem: null,
    corpus: {
      sourceLanguage: corpus.sourceLanguage,
      targetLanguage: corpus.targetLanguage,
      trainPairs: corpus.train.length,
      validationPairs: corpus.validation.length,
      testPairs: corpus.test.length,
      sourceVocabularySize: corpus.sourceVocabulary.size,
      targetVocabularySize: corpus.targetVocabulary.size,
      unknownSource: unknown('source'),
      unknownTarget: unknown('target'),
      sample: Array.from({ length: Math.min(SAMPLE_PAIRS, corpus.train.length) }, (_, i) => {
        const { source = [], target = [] } = corpus.train.at(i) ?? {};
        return { source, target, sourceText: corpus.joinSource(source), targetText: corpus.joinTarget(target) };
      }),
    },
  };
}
