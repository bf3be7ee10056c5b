/** What the lanes of a race are to be, as far as they differ from the settings of the page; and as the text of a link. */

import { ConfigError } from '../lib/errors.ts';
import { type Config, FIELD_NAMES, type Field, parseField } from '../model/config.ts';
import { MAX_LANES } from '../training/protocol.ts';
import { withField } from './settings-store.ts';

/** The same in every lane, so that all of them see the same batches. */
const SHARED_FIELDS = ['task', 'seed', 'batch'] as const satisfies readonly Field[];
export type LaneField = Exclude<Field, (typeof SHARED_FIELDS)[number]>;

/** Settings in which the lanes of a race may differ. */
export const LANE_FIELDS = FIELD_NAMES.filter(
  (field): field is LaneField => !(SHARED_FIELDS as readonly Field[]).includes(field),
);

/** What one lane changes about the settings; empty where it takes them as they are. */
export type LanePlan = { readonly [F in LaneField]?: Config[F] };

/** Race of the scores, as a link has it. */
export const DEFAULT_RACE = 'score.none_score.uniform_score.dot_score.general_score.additive';
/** Without attention, and with the attention of the page. */
export const DEFAULT_LENGTHS = 'score.none_same';

/** Text of a lane that changes nothing. */
const SAME = 'same';
const BETWEEN_LANES = '_';
const BETWEEN_FIELDS = '*';
const BEFORE_VALUE = '.';

export const printLanes = (lanes: readonly LanePlan[]): string =>
  lanes
    .map((lane) => {
      const changes = LANE_FIELDS.filter((field) => lane[field] !== undefined);
      return changes.map((field) => `${field}${BEFORE_VALUE}${lane[field]}`).join(BETWEEN_FIELDS) || SAME;
    })
    .join(BETWEEN_LANES);

function parseLane(text: string): LanePlan | null {
  const lane: Record<string, unknown> = {};
  for (const change of text === SAME ? [] : text.split(BETWEEN_FIELDS)) {
    const at = change.indexOf(BEFORE_VALUE);
    const field = LANE_FIELDS.find((name) => name === change.slice(0, at));
    if (!field) return null;
    try {
      lane[field] = parseField(field, change.slice(at + 1));
    } catch (error) {
      if (error instanceof ConfigError) return null;
      throw error;
    }
  }
  return lane as LanePlan;
}

/** One to five lanes; null for a text that describes none. */
export function parseLanes(text: string): readonly LanePlan[] | null {
  const lanes = text.split(BETWEEN_LANES).map(parseLane);
  return lanes.length <= MAX_LANES && lanes.every((lane) => lane !== null) ? lanes : null;
}

/** The settings of a lane, with everything that follows from what it changes. */
export function laneConfig(base: Config, lane: LanePlan): Config {
  let config = base;
  for (const field of LANE_FIELDS) {
    const value = lane[field];
    if (value !== undefined) config = withField(config, field, value as never);
  }
  return config;
}
