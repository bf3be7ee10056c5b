/** What the page and the worker say to each other about pairs that a visitor brings. */

import type { Encoding, EncodingCandidate } from '../data/import/encoding.ts';
import type { PairChoice } from '../data/import/selection.ts';
import type { ImportFormat, Rejection } from '../data/import/table.ts';
import type { ReportedError } from '../lib/errors.ts';
import type { SamplePair } from './run-description.ts';

/** Pairs brought by `--data` as text, or by the visitor: those imported and chosen last. */
export type OwnData =
  | { readonly kind: 'text'; readonly fileName: string; readonly text: string }
  | { readonly kind: 'imported' };

export type ImportPhase = 'reading' | 'parsing' | 'selecting';

/** A file that was read, before columns are chosen. */
export interface ImportedTable {
  readonly fileName: string;
  readonly format: ImportFormat;
  readonly encoding: Encoding;
  /** Names of the columns that the format gives; empty where it gives none. A first row that names them is among the rows. */
  readonly columns: readonly string[];
  readonly rowCount: number;
  /** The first rows, one that names the columns included. */
  readonly sample: readonly (readonly string[])[];
  /** Lines that are no rows: the first thousand, and how many in all. */
  readonly rejected: readonly Rejection[];
  readonly rejectedCount: number;
  readonly blankLines: number;
  readonly commentLines: number;
  /** What is chosen until the visitor chooses. */
  readonly choice: PairChoice;
}

export type ImportAnswer =
  | { readonly kind: 'table'; readonly table: ImportedTable }
  | {
      readonly kind: 'ask-encoding';
      readonly fileName: string;
      readonly candidates: readonly EncodingCandidate[];
    };

/** What comes of a choice of columns, tokens and length. */
export interface ImportPreview {
  readonly choice: PairChoice;
  /** Rows left out, the first thousand of them; counts are of all. */
  readonly rejected: readonly Rejection[];
  readonly droppedEmptySide: number;
  readonly droppedTooLong: number;
  readonly droppedDuplicate: number;
  /** Different source sentences, and how many of them have several translations. */
  readonly sources: number;
  readonly conflicting: number;
  /** Why it can't be trained on; null where it can. */
  readonly problem: ReportedError | null;
  readonly corpus: {
    readonly sourceLanguage: string;
    readonly targetLanguage: string;
    readonly trainPairs: number;
    readonly validationPairs: number;
    readonly testPairs: number;
    readonly sourceVocabularySize: number;
    readonly targetVocabularySize: number;
    /** Share of the validation tokens that the model will not know, 0 to 1. */
    readonly unknownSource: number;
    readonly unknownTarget: number;
    /** Different words of the training pairs that the model will not know, and the most frequent of them. */
    readonly unknownSourceWords: number;
    readonly unknownTargetWords: number;
    readonly unknownSourceExamples: readonly string[];
    readonly unknownTargetExamples: readonly string[];
    readonly sample: readonly SamplePair[];
  } | null;
}
