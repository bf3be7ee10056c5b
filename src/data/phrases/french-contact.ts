/** What French words do to each other where they meet: contraction (du, aux) and elision (l', n', qu'). */

import type { LinkedToken } from './alignment.ts';
import { isVocalic } from './french-agreement.ts';

/** A word before its neighbours have been looked at. */
export interface FrenchWord extends LinkedToken {
  /** A definite article, which contracts with à and de; the pronouns le and les do not. */
  readonly isArticle?: true;
  /** A preposition that no English word stands for by itself, as de in près de. */
  readonly isGoverned?: true;
}

/** The words that lose their vowel before another vowel. */
const ELIDABLE = new Set(['je', 'me', 'se', 'le', 'la', 'ne', 'de', 'que']);
const CONTRACTIONS: Record<string, string> = { 'à le': 'au', 'à les': 'aux', 'de le': 'du', 'de les': 'des' };

/**
 * Elides and contracts, from the end to the front, so that each word meets the final form of the next: de + l'hôtel
 * stays two words, de + le chat becomes du chat. A contraction renders first its preposition, and first its article
 * where the preposition is only governed.
 */
export function joinFrench(words: readonly FrenchWord[]): LinkedToken[] {
  const joined: FrenchWord[] = [];
  for (const word of words.toReversed()) {
    const next = joined[0];
    const contracted = next?.isArticle ? CONTRACTIONS[`${word.text} ${next.text}`] : undefined;
    if (contracted !== undefined) {
      const marks = word.isGoverned ? [...next.marks, ...word.marks] : [...word.marks, ...next.marks];
      joined[0] = { text: contracted, marks };
    } else if (next !== undefined && ELIDABLE.has(word.text) && isVocalic(next.text)) {
      joined.unshift({ ...word, text: `${word.text.slice(0, -1)}'` });
    } else joined.unshift(word);
  }
  return joined.map(({ text, marks }) => ({ text, marks }));
}
