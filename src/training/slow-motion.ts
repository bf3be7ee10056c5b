/** Slow motion: into which pieces it cuts a step, and how long it rests on each. */

import { dispatchCount, type Program } from '../engine/program.ts';

/** A range of calls of a Program that belong to one stage and position. */
export interface StageRange {
  readonly from: number;
  readonly to: number;
  readonly place: Program['calls'][number]['place'];
  readonly dispatches: number;
}

/** The program's calls cut where stage, direction or position change. */
export function stageRanges({ calls }: Program): StageRange[] {
  const ranges: { from: number; to: number; place: StageRange['place'] }[] = [];
  calls.forEach(({ place }, i) => {
    const last = ranges.at(-1);
    if (last && isSamePlace(last.place, place)) last.to = i + 1;
    else ranges.push({ from: i, to: i + 1, place });
  });
  return ranges.map((range) => ({ ...range, dispatches: dispatchCount({ calls: calls.slice(range.from, range.to) }) }));
}

const isSamePlace = (a: StageRange['place'], b: StageRange['place']): boolean =>
  a.stage === b.stage && a.direction === b.direction && a.position === b.position;

const WHOLE_BATCH_MS = 900;
const FIRST_WORDS_MS = 350;
const LATER_WORDS_MS = 60;
/** About four words, each with its score, softmax, context, decoder and loss. */
const FIRST_RANGES = 4 * 5;

/**
 * Milliseconds on a range, given the target position it works on (null for stages that take the whole batch at once) and how
 * many ranges of the update have been visited. The first words go at a speed that can be followed, later ones ever faster.
 */
export function dwellMs(position: number | null, visited: number): number {
  if (position === null) return WHOLE_BATCH_MS;
  return visited < FIRST_RANGES ? FIRST_WORDS_MS : LATER_WORDS_MS;
}
