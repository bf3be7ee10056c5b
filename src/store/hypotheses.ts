/** A translation that beam search found, put on the stage: its words are forced, as a visitor could do it one by one. */

import type { BeamSearch } from '../training/questions.ts';
import { type Edits, NO_EDITS } from './edits.ts';
import { type EditsStore, edit } from './edits-store.ts';

/** The words of a hypothesis with the symbol that ended it, where one did. */
export function hypothesisWords({ nodes, hypotheses }: BeamSearch, index: number): readonly string[] {
  const found = hypotheses[index];
  if (!found) return [];
  const words = found.translation.target.map(({ text }) => text);
  const leaf = nodes[found.node];
  return leaf?.isEnd ? [...words, leaf.token] : words;
}

/** The edits that produce these words: other words of the source stay changed, everything else is as the search had it. */
export const withWords = ({ source }: Pick<Edits, 'source'>, words: readonly string[]): Edits => ({
  ...NO_EDITS,
  source,
  words: Object.fromEntries(words.map((word, position) => [position, word])),
});

/** Whether these words are what the edits force. */
export const forcesWords = ({ words }: Pick<Edits, 'words'>, wanted: readonly string[]): boolean =>
  Object.keys(words).length === wanted.length && wanted.every((word, position) => words[position] === word);

/** Puts a hypothesis on the stage; one step of undo. */
export const stageHypothesis = (store: EditsStore, search: BeamSearch, index: number): void =>
  edit(store, (edits) => withWords(edits, hypothesisWords(search, index)));
