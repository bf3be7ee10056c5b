/** Between what is lit on the page and the rows and columns of this panel. */

import type { Shape } from '../../store/shape.ts';
import { isWordLit, type Lit } from '../../store/view-store.ts';

/** The words of an answer, the end symbol among them. */
export interface Words {
  readonly source: readonly string[];
  readonly target: readonly string[];
}

/** A place of the panel as something lit; it has a place on the stage only where the same word stands there. */
export function litAt(words: Words, shape: Shape | null, row: number | null, column: number | null): Lit {
  const targetToken = row === null ? null : (words.target[row] ?? null);
  const sourceToken = column === null ? null : (words.source[column] ?? null);
  const isStaged = (tokens: Shape['source'] | undefined, place: number | null, token: string | null) =>
    place !== null && tokens?.[place]?.text === token;
  return {
    row: isStaged(shape?.target, row, targetToken) ? row : null,
    column: isStaged(shape?.source, column, sourceToken) ? column : null,
    sourceToken,
    targetToken,
  };
}

/** Rows or columns of the panel that are lit. */
export const litPlaces = (lit: Lit | null, side: 'source' | 'target', tokens: readonly string[]): number[] =>
  tokens.flatMap((token, place) => (isWordLit(lit, side, token, place) ? [place] : []));

/** The one row and column that a readout is about. */
export function litCell(lit: Lit | null, words: Words): { row: number | null; column: number | null } {
  const [row = null] = litPlaces(lit, 'target', words.target);
  const [column = null] = litPlaces(lit, 'source', words.source);
  return { row, column };
}
