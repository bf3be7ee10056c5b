/** Reads the visitor's files beside the training, in slices, so that it can be followed and stopped; keeps the last one that was read. */

import type { Corpus } from '../data/corpus.ts';
import { decodeText, type Encoding } from '../data/import/encoding.ts';
import { type KeptPairs, keepPairs, tableOf } from '../data/import/kept-pairs.ts';
import { readParallel, readTable } from '../data/import/read-table.ts';
import {
  FEWEST_WORDS,
  likelyChoice,
  MOST_TOKENS,
  MOST_WORDS,
  type PairChoice,
  type Selection,
  selectPairs,
  TokenizedColumns,
} from '../data/import/selection.ts';
import { finish, type ImportTable, part, type Work } from '../data/import/table.ts';
import { isZip, MAX_FILE_BYTES, unpack } from '../data/import/zip.ts';
import { ownCorpus } from '../data/own.ts';
import { CorpusFormatError, reportError } from '../lib/errors.ts';
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
  readonly columns: TokenizedColumns;
  readonly chosen: Chosen | null;
}

interface Chosen {
  readonly choice: PairChoice;
  readonly selection: Selection;
  /** What it makes, or why it makes none. */
  readonly corpus: Corpus | CorpusFormatError;
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
    if (files.length > 2)
      throw new CorpusFormatError(
        1,
        `expected one file, or two whose lines belong together, got ${files.length}`,
        'too-many-files',
        {
          count: files.length,
        },
      );
    return this.#work(async (turn) => {
      const texts: { name: string; text: string; encoding: Encoding }[] = [];
      for (const [i, file] of files.entries()) {
        const packed = await this.#bytes(file, turn, (share) => this.report('reading', (i + share) / files.length));
        const { name, bytes } = isZip(packed) ? unpack(file.name, packed) : { name: file.name, bytes: packed };
        const decoded = decodeText(name, bytes, encoding);
        if (decoded.kind === 'ask') return { kind: 'ask-encoding', fileName: name, candidates: decoded.candidates };
        texts.push({ name, ...decoded });
      }
      const [first, second] = texts;
      if (!first) throw new CorpusFormatError(1, 'expected a file of sentence pairs, got none', 'no-file');
      const reading = second
        ? readParallel([first.name, second.name], [first.text, second.text])
        : readTable(first.name, first.text);
      const table = await this.#run(reading, 'parsing', turn);
      const fileName = texts.map(({ name }) => name).join(' + ');
      this.#imported = { fileName, table, columns: new TokenizedColumns(table), chosen: null };
      return { kind: 'table', table: describe(fileName, table, first.encoding) };
    });
  }

  /**
   * What comes of a choice of columns, tokens and length; `null` when it was cancelled.
   * @throws CorpusFormatError when nothing has been read, or a column is not there
   */
  async choose(choice: PairChoice): Promise<ImportPreview | null> {
    const imported = this.#imported;
    if (!imported) throw new CorpusFormatError(1, 'no file has been read', 'no-file');
    checkChoice(choice, imported.table);
    return this.#work(async (turn) => {
      const chosen = await this.#run(chosenPairs(imported, choice), 'selecting', turn);
      this.#imported = { ...imported, chosen };
      return preview(chosen);
    });
  }

  /** The pairs as they were chosen last. @throws CorpusFormatError when nothing was chosen, or too few are left */
  corpus(): Corpus {
    const { chosen } = this.#imported ?? {};
    if (!chosen) throw new CorpusFormatError(1, 'no pairs have been chosen', 'no-file');
    if (chosen.corpus instanceof CorpusFormatError) throw chosen.corpus;
    return chosen.corpus;
  }

  /** The pairs as they were chosen last, for a run that is trained on them; null when nothing was chosen. */
  kept(): KeptPairs | null {
    const { fileName, table, chosen } = this.#imported ?? {};
    return fileName && table && chosen ? keepPairs(fileName, table, chosen.choice) : null;
  }

  /** Takes over the pairs of a saved run, as if they had been read and chosen. @throws CorpusFormatError where they can't be used */
  adopt(pairs: KeptPairs): Corpus {
    const table = tableOf(pairs);
    const { fileName, choice } = pairs;
    checkChoice(choice, table);
    this.cancel();
    const imported = { fileName, table, columns: new TokenizedColumns(table), chosen: null };
    const chosen = finish(chosenPairs(imported, choice));
    if (chosen.corpus instanceof CorpusFormatError) throw chosen.corpus;
    this.#imported = { ...imported, chosen };
    return chosen.corpus;
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
      throw new CorpusFormatError(1, `${file.name} has more than ${MAX_FILE_BYTES >> 20} MB`, 'too-large', {
        file: file.name,
        limit: MAX_FILE_BYTES >> 20,
      });
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

/** Where nothing else about the pairs has changed, what they were before is kept. */
function* chosenPairs({ fileName, table, columns, chosen }: Imported, choice: PairChoice): Work<Chosen> {
  const isSame = chosen && isSameBut('vocabularyLimit', chosen.choice, choice);
  const selection = isSame ? chosen.selection : yield* part(selectPairs(table, choice, columns), 0, 0.9);
  try {
    return { choice, selection, corpus: yield* part(ownCorpus(fileName, table, selection, choice), 0.9, 1) };
  } catch (error) {
    if (!(error instanceof CorpusFormatError)) throw error;
    return { choice, selection, corpus: error };
  }
}

const isSameBut = (field: keyof PairChoice, a: PairChoice, b: PairChoice): boolean =>
  (Object.keys(a) as (keyof PairChoice)[]).every((name) => name === field || a[name] === b[name]);

function checkChoice({ source, target, tokenLimit, vocabularyLimit }: PairChoice, { columns }: ImportTable): void {
  const isColumn = (column: number): boolean => Number.isInteger(column) && column >= 0 && column < columns.length;
  if (!isColumn(source) || !isColumn(target) || source === target)
    throw new CorpusFormatError(1, 'expected two different columns', 'same-columns');
  if (!Number.isInteger(tokenLimit) || tokenLimit < 1 || tokenLimit > MOST_TOKENS)
    throw new CorpusFormatError(1, `the limit has to be from 1 to ${MOST_TOKENS} tokens`);
  if (!Number.isInteger(vocabularyLimit) || vocabularyLimit < FEWEST_WORDS || vocabularyLimit > MOST_WORDS)
    throw new CorpusFormatError(1, `the vocabulary has to be from ${FEWEST_WORDS} to ${MOST_WORDS} words`);
}

const describe = (fileName: string, table: ImportTable, encoding: Encoding): ImportedTable => ({
  fileName,
  format: table.format,
  encoding,
  columns: table.columns,
  rowCount: table.rows.length,
  sample: table.rows.slice(0, SAMPLE_ROWS + 1).map((row) => row.map((cell) => cell.slice(0, TOLD_LENGTH))),
  rejected: table.rejected.slice(0, MAX_TOLD),
  rejectedCount: table.rejected.length,
  blankLines: table.blankLines,
  commentLines: table.commentLines,
  choice: likelyChoice(table),
});

function preview({ choice, selection, corpus }: Chosen): ImportPreview {
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
  if (corpus instanceof CorpusFormatError) return { ...counted, corpus: null, problem: reportError(corpus) };
  const { notes } = corpus;
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
      unknownSourceWords: notes?.unknownSourceWords ?? 0,
      unknownTargetWords: notes?.unknownTargetWords ?? 0,
      unknownSourceExamples: notes?.unknownSourceExamples ?? [],
      unknownTargetExamples: notes?.unknownTargetExamples ?? [],
      sample: Array.from({ length: Math.min(SAMPLE_PAIRS, corpus.train.length) }, (_, i) => {
        const { source = [], target = [] } = corpus.train.at(i) ?? {};
        return { source, target, sourceText: corpus.joinSource(source), targetText: corpus.joinTarget(target) };
      }),
    },
  };
}
