/** How long slow motion rests on a stage. */

const FIRST_VISITS = 4;

/**
 * Milliseconds on a stage, given the target position it works on (null for stages that take the whole batch at once) and how
 * many ranges of the update have been visited. The first words go at a speed that can be followed, later ones ever faster.
 */
export function dwellMs(position: number | null, visited: number): number {
  if (position === null) return 900;
  if (visited < 5 * FIRST_VISITS) return 350;
  return 60;
}
