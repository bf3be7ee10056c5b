/** The live check of an attention that comes too late: the output with other weights is compared bit by bit with that of the model's own. */

import type { Explored } from '../training/questions.ts';
import { onlyAt, permuted } from './attention-row.ts';
import { type Edits, isUntouched, keptPlaces, wholeRow, withRow } from './edits.ts';
import { type Comparison, type EditsStore, edit } from './edits-store.ts';
import type { FrameStore } from './frame-store.ts';

/** Ways to change every row of the heatmap at once. */
export type LateChange = 'shuffle' | 'first-word';

/** Gives every row on the stage other weights; one step of undo. */
export function changeAllRows(edits: EditsStore, frames: FrameStore, change: LateChange): void {
  const translation = frames.getState().shown?.translation;
  if (!translation || translation.weights.length === 0) return;
  const { source, target, weights } = translation;
  const columns = source.length;
  const { base, past } = edits.getState();
  edit(edits, (now): Edits => {
    const length = base?.source.length ?? columns;
    const kept = keptPlaces(now, length);
    if (kept.length !== columns) return now;
    return target.reduce((all, _, t) => {
      const row = Array.from(weights.subarray(t * columns, (t + 1) * columns));
      const next = change === 'shuffle' ? permuted(row, past.length, t) : onlyAt(columns, [0]);
      return withRow(all, t, wholeRow(next, kept, length));
    }, now);
  });
}

export interface LateCheck {
  readonly step: number;
  /** Logits that were compared. */
  readonly numbers: number;
  /** All of them have the same bits. */
  readonly isSame: boolean;
}

const bits = ({ logits }: Explored): Uint32Array =>
  logits ? new Uint32Array(logits.data.buffer, logits.data.byteOffset, logits.data.length) : new Uint32Array();

/**
 * What an answer says of edits that change the attention alone; null where there are none, where words or other parts of the model are
 * changed as well, or where the answer came without logits.
 */
export function lateCheck(edits: Edits, result: Comparison | null): LateCheck | null {
  const { words, source, off } = edits;
  const isAlone =
    Object.keys(words).length === 0 &&
    Object.keys(source).length === 0 &&
    off.every((part) => part === 'attention' || part === 'paddingMask');
  // An answer to edits that were taken back may still be there.
  if (isUntouched(edits) || !result || result.plain === result.edited || !isAlone) return null;
  const [own, other] = [bits(result.plain), bits(result.edited)];
  if (own.length === 0) return null;
  const isSame = own.length === other.length && own.every((value, i) => value === other[i]);
  return { step: result.step, numbers: own.length, isSame };
}
