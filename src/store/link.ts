/** Settings and view as the text behind the # of a link: values only, and only those that differ from the defaults. */

import { ConfigError } from '../lib/errors.ts';
import {
  type Config,
  defaultConfig,
  FIELD_NAMES,
  type Field,
  parseField,
  resolveConfig,
  TASKS,
  type TaskId,
} from '../model/config.ts';
import {
  type DecodingMode,
  type ExecutorPreference,
  STRATEGY_PREFERENCES,
  type StrategyPreference,
} from '../training/protocol.ts';
import { parseEdits } from './edits-text.ts';
import { PROBE_COUNT } from './frame-store.ts';
import { LESSON_IDS, LESSONS, type LessonId } from './lessons/catalogue.ts';
import { type LinkCodec, type LinkedView, maybeOneOf, oneOf, VIEW_CODECS } from './link-view.ts';
import { PACE_NAMES, type PaceName } from './pace.ts';
import type { WaitingPin } from './view-store.ts';

/** Longest sentence that a link carries, characters. */
const MAX_SENTENCE = 400;

/** Everything that a link brings back. */
export interface LinkState extends LinkedView {
  readonly config: Config;
  readonly executor: ExecutorPreference;
  readonly strategy: StrategyPreference;
  readonly pace: PaceName;
  readonly mode: DecodingMode;
  /** Index of the probe on the stage. */
  readonly probe: number;
  /** Typed sentence on the stage; empty for none. */
  readonly sentence: string;
  /** What is changed about the sentence on the stage, as `edits-text.ts` writes it; empty for nothing. */
  readonly edits: string;
  /** The pinned place of the sentence on the stage. */
  readonly pin: Pick<WaitingPin, 'row' | 'column'> | null;
  readonly lesson: LessonId | null;
  /** The open card of the lesson, from 0. */
  readonly card: number;
}

/** A value of a link that can't be used: its default takes its place, everything else is kept. */
export interface LinkProblem {
  /** The name as it stood in the link. */
  readonly name: string;
  readonly text: string;
  readonly reason: 'unknown-name' | 'bad-value';
  /** The setting, where the name is one. */
  readonly field: Field | null;
}

type ViewKey = Exclude<keyof LinkState, 'config'>;

/** Places of a sentence count from 1 in a link, as people count; more than any sentence has is no place. */
const MAX_PLACE = 400;

const PIN: LinkCodec<LinkState['pin']> = {
  name: 'pin',
  default: null,
  parse(text) {
    const [, row, column] = /^(?:r(\d{1,3}))?(?:c(\d{1,3}))?$/.exec(text) ?? [];
    const place = (digits: string | undefined): number | null => (digits === undefined ? null : Number(digits) - 1);
    const places = [place(row), place(column)];
    const isInside = places.every((at) => at === null || (at >= 0 && at < MAX_PLACE));
    return isInside && (row !== undefined || column !== undefined) ? { row: places[0], column: places[1] } : undefined;
  },
  print: (pin) =>
    pin ? `${pin.row === null ? '' : `r${pin.row + 1}`}${pin.column === null ? '' : `c${pin.column + 1}`}` : '',
};

const VIEW: { readonly [K in ViewKey]: LinkCodec<LinkState[K]> } = {
  executor: oneOf('executor', ['auto', 'webgpu', 'cpu']),
  strategy: oneOf('strategy', STRATEGY_PREFERENCES),
  pace: oneOf('speed', [...PACE_NAMES].reverse()),
  mode: oneOf('decoding', ['free-running', 'teacher-forced']),
  probe: {
    name: 'probe',
    default: 0,
    parse: (text) => (/^[1-9]$/.test(text) && Number(text) <= PROBE_COUNT ? Number(text) - 1 : undefined),
    print: (index) => String(index + 1),
  },
  sentence: {
    name: 'say',
    default: '',
    parse: (text) => (text.length <= MAX_SENTENCE ? text : undefined),
    print: (text) => text.slice(0, MAX_SENTENCE),
  },
  edits: {
    name: 'edits',
    default: '',
    parse: (text) => (parseEdits(text) ? text : undefined),
    print: (text) => text,
  },
  pin: PIN,
  lesson: maybeOneOf('lesson', LESSON_IDS),
  card: {
    name: 'card',
    default: 0,
    parse: (text) => (/^[1-9]\d?$/.test(text) ? Number(text) - 1 : undefined),
    print: (card) => String(card + 1),
  },
  ...VIEW_CODECS,
};
const VIEW_KEYS = Object.keys(VIEW) as ViewKey[];

export const defaultLinkState = (task: TaskId = 'phrases'): LinkState => {
  const view = Object.fromEntries(VIEW_KEYS.map((key) => [key, VIEW[key].default]));
  return { config: defaultConfig(task), ...(view as Omit<LinkState, 'config'>) };
};

/** Parts that say which run and which sentence of it, where all others say how it is looked at. */
const WHICH: readonly ViewKey[] = ['probe', 'sentence', 'edits', 'pin', 'lesson', 'card'];

/** Names of a link that say how a run is looked at, and not which. */
export const LOOK_NAMES: ReadonlySet<string> = new Set(
  VIEW_KEYS.filter((key) => !WHICH.includes(key)).map((key) => VIEW[key].name),
);

/** The part of a link behind its #, empty where everything is as it starts. */
export function encodeLink(state: LinkState): string {
  const defaults = defaultConfig(state.config.task);
  const parameters = new URLSearchParams();
  // A lesson brings settings of its own where a link has none, so beside a lesson the task is always named.
  if (state.config.task !== 'phrases' || state.lesson) parameters.set('task', state.config.task);
  for (const field of FIELD_NAMES) {
    if (field !== 'task' && state.config[field] !== defaults[field]) parameters.set(field, String(state.config[field]));
  }
  for (const key of VIEW_KEYS) encodeView(state, key, parameters);
  return parameters.toString();
}

function encodeView<K extends ViewKey>(state: LinkState, key: K, parameters: URLSearchParams): void {
  const codec: LinkCodec<LinkState[K]> = VIEW[key];
  const text = codec.print(state[key]);
  if (text !== codec.print(codec.default)) parameters.set(codec.name, text);
}

/**
 * Reads what stands behind the # of a link, or behind its ?. Never throws: a value that can't be used is reported,
 * and its default stands in.
 */
export function decodeLink(text: string): { readonly state: LinkState; readonly problems: readonly LinkProblem[] } {
  const own = [...new URLSearchParams(text.replace(/^[#?]/, ''))];
  const entries = [...lessonStart(own), ...own];
  const problems: LinkProblem[] = [];
  const task = decodeTask(entries, problems);
  const config: Record<string, unknown> = { ...defaultConfig(task) };
  const view: Record<string, unknown> = { ...defaultLinkState(task) };
  for (const [name, value] of entries) {
    const field = FIELD_NAMES.find((candidate) => candidate === name) ?? null;
    const key = VIEW_KEYS.find((candidate) => VIEW[candidate].name === name);
    if (field === 'task') continue;
    const report = (bad: string): void => void problems.push({ name, text: bad, field, reason: 'bad-value' });
    const parsed = field ? tryParse(field, value) : key ? VIEW[key].parse(value, report) : undefined;
    if (parsed !== undefined) {
      if (field) config[field] = parsed;
      else if (key) view[key] = parsed;
    } else if (field || key) report(value);
    else problems.push({ name, text: value, field, reason: 'unknown-name' });
  }
  const state = { ...(view as unknown as LinkState), config: resolveConfig(config as unknown as Config) };
  if (state.card > 0 && state.card >= (state.lesson ? LESSONS[state.lesson].cards : 0)) {
    problems.push({ name: 'card', text: String(state.card + 1), field: null, reason: 'bad-value' });
    return { state: { ...state, card: 0 }, problems };
  }
  return { state, problems };
}

/** The settings of the lesson that a link names, where it has no settings of its own. */
function lessonStart(entries: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  const lesson = LESSON_IDS.find((id) => entries.some(([name, text]) => name === 'lesson' && text === id));
  const hasSettings = entries.some(([name]) => (FIELD_NAMES as readonly string[]).includes(name));
  return lesson && !hasSettings ? [...new URLSearchParams(LESSONS[lesson].start)] : [];
}

/** A link can name built-in tasks only: it carries no sentence pairs. */
function decodeTask(entries: readonly (readonly [string, string])[], problems: LinkProblem[]): TaskId {
  const text = entries.findLast(([name]) => name === 'task')?.[1];
  if (text === undefined) return 'phrases';
  const task = TASKS.find((candidate) => candidate === text);
  if (!task) problems.push({ name: 'task', text, field: 'task', reason: 'bad-value' });
  return task ?? 'phrases';
}

function tryParse(field: Field, text: string): Config[Field] | undefined {
  try {
    return parseField(field, text);
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}
