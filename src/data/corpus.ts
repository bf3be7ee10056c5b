/** What every task hands to the model: tokenised pairs in three parts, two vocabularies, and how text becomes tokens and back. */

import type { PictureSize } from '../lib/picture-cells.ts';
import { familyOf, type TaskId } from '../model/config.ts';
import { SPECIAL_TOKENS, type Vocabulary } from './vocabulary.ts';

/**
 * For each target token, the source tokens it renders: the first link is sure, the others possible (Och & Ney 2003).
 * An empty row is a target token that renders nothing and does not count in the alignment error.
 */
export type Alignment = readonly (readonly number[])[];

export interface SentencePair {
  readonly source: readonly string[];
  readonly target: readonly string[];
  /** Gold alignment, where the task knows it. */
  readonly alignment?: Alignment;
}

/** Pairs by index; an array is one, a generator that renders pairs on demand is another. */
export interface PairList {
  readonly length: number;
  at(index: number): SentencePair | undefined;
  /** Token counts of one pair without rendering it, where that is cheaper than `at`. */
  readonly lengthsAt?: (index: number) => PairLengths;
}

/** Tokens of one pair, special ones not counted. */
export interface PairLengths {
  readonly source: number;
  readonly target: number;
}

/** What reading the visitor's own pairs left out or cut; counts of lines and words. */
export interface CorpusNotes {
  /** Lines with a pair, before anything was left out. */
  readonly linesRead: number;
  readonly droppedTooLong: number;
  /** The limit, in tokens a side, that `droppedTooLong` went over. */
  readonly tokenLimit: number;
  readonly droppedEmptySide: number;
  readonly droppedDuplicate: number;
  /** Different words too rare for the vocabulary, which the model sees as unknown. */
  readonly unknownSourceWords: number;
  readonly unknownTargetWords: number;
  /** The most frequent of them. */
  readonly unknownSourceExamples: readonly string[];
  readonly unknownTargetExamples: readonly string[];
}

export type TokenUnit = 'words' | 'characters';

export interface Corpus {
  readonly task: TaskId;
  /** BCP 47 tags, for the `lang` attribute of every word shown. */
  readonly sourceLanguage: string;
  readonly targetLanguage: string;
  readonly tokenUnit: { readonly source: TokenUnit; readonly target: TokenUnit };
  readonly sourceVocabulary: Vocabulary;
  readonly targetVocabulary: Vocabulary;
  readonly train: PairList;
  /** Held-out pairs for the live meters; shares no source with `train` or `test`. */
  readonly validation: PairList;
  /** Held-out pairs for the final figures; looked at once, at the end of a run. */
  readonly test: PairList;
  /** False where every target has the same length, so that no end symbol is needed (the published dates task). */
  readonly hasEndSymbol: boolean;
  /** Pairs shown before training and pinned for the heatmap; from the held-out part. */
  readonly probes: readonly SentencePair[];
  readonly hasGoldAlignment: boolean;
  /** True where a gold row is a region: looking at any place of it is right. */
  readonly alignsRegions?: boolean;
  /** Set where the source is a picture: its sides, in pixels. The source tokens are its cells, row by row. */
  readonly picture?: PictureSize;
  /** Set for the visitor's own pairs. */
  readonly notes?: CorpusNotes;
  /** The pair of any source, where the task can work it out: a typed sentence then has its reference. Undefined for no such source. */
  readonly referenceOf?: (source: readonly string[]) => SentencePair | undefined;
  /** Typed text to source tokens, as the task writes them (case, punctuation, elision). */
  tokenizeSource(text: string): string[];
  /** Target tokens to text. */
  joinTarget(tokens: readonly string[]): string;
  /** Source tokens to text. */
  joinSource(tokens: readonly string[]): string;
}

/** What the columns of the logits stand for: every target token, or the classes alone. */
export const outputTokens = ({ task, targetVocabulary: { tokens } }: Pick<Corpus, 'task' | 'targetVocabulary'>) =>
  familyOf(task) === 'classifier' ? tokens.slice(SPECIAL_TOKENS.length) : tokens;
