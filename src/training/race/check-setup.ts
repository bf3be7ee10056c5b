/** What lanes need to have in common, so that their figures can be compared. */

import { ConfigError } from '../../lib/errors.ts';
import { checkConfig } from '../../model/config.ts';
import { MAX_LANES, type RaceSetup } from './race-protocol.ts';

/** @throws ConfigError where the lanes would not see the same batches */
export function checkSetup({ lanes }: RaceSetup): void {
  const [first] = lanes;
  if (!first || lanes.length > MAX_LANES)
    throw new ConfigError('score', `race: expected 1 to ${MAX_LANES} lanes, got ${lanes.length}`);
  for (const lane of lanes) {
    checkConfig(lane);
    for (const field of ['task', 'seed', 'batch'] as const)
      if (lane[field] !== first[field])
        throw new ConfigError(field, `race: ${field} expected ${first[field]} in every lane, got ${lane[field]}`);
  }
}
