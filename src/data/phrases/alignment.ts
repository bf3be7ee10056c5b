/** Gold alignment by construction: source tokens carry marks, target tokens name the marks that they render. */

import type { Alignment, SentencePair } from '../corpus.ts';

/** A source token and the part of the clause that it stands for, as `object.noun` or `verb`; no two share a mark. */
export interface MarkedToken {
  readonly text: string;
  readonly mark: string;
}

/** A target token and the marks that it renders, by rank: the first one that the source has is its sure link. */
export interface LinkedToken {
  readonly text: string;
  readonly marks: readonly string[];
}

/** Joins both sides of a sentence; marks that the source does not have (`does` in an affirmative) make no link. */
export function alignPair(source: readonly MarkedToken[], target: readonly LinkedToken[]): SentencePair {
  const positions = new Map(source.map(({ mark }, index) => [mark, index]));
  const alignment: Alignment = target.map(({ marks }) => {
    const links = marks.map((mark) => positions.get(mark)).filter((index) => index !== undefined);
    return [...new Set(links)];
  });
  return { source: source.map(({ text }) => text), target: target.map(({ text }) => text), alignment };
}
