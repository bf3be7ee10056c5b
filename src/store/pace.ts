/** The stops of the speed control, from slow motion to flat out. */

import type { Pace } from '../training/protocol.ts';

export const PACE_NAMES = ['slow-motion', '1', '5', '20', 'full'] as const;
export type PaceName = (typeof PACE_NAMES)[number];

export function paceOf(name: PaceName): Pace {
  if (name === 'full' || name === 'slow-motion') return { kind: name };
  return { kind: 'limited', stepsPerSecond: Number(name) };
}

/** The stop of a pace; the nearest one where the pace is none of them. */
export function paceName(pace: Pace): PaceName {
  if (pace.kind !== 'limited') return pace.kind;
  const { stepsPerSecond } = pace;
  const distance = (name: PaceName): number => Math.abs(Number(name) - stepsPerSecond);
  return (['1', '5', '20'] as const).reduce((best, name) => (distance(name) < distance(best) ? name : best));
}
