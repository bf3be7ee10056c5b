/** Scores and placements that tests go through. */

import { type Placement, SCORES, type ScoreKind } from '../model/config.ts';

/** Placements whose context is used. */
export const USED_PLACEMENTS = ['before', 'after'] as const satisfies readonly Placement[];

/** Every score with both of them; an attention that comes too late, which makes the same calls in another order, once. */
export const MODELS: readonly { readonly score: ScoreKind; readonly placement: Placement }[] = [
  ...SCORES.flatMap((score) => USED_PLACEMENTS.map((placement) => ({ score, placement }))),
  { score: 'additive', placement: 'too-late' },
];
