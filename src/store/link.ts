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
import { PACE_NAMES, type PaceName } from './pace.ts';
import {
  LANGUAGES,
  type LanguageChoice,
  MAX_BEAM,
  PANELS,
  type PanelName,
  PICTURES,
  type Picture,
  SIZES,
  type Size,
} from './view-store.ts';

/** Longest sentence that a link carries, characters. */
const MAX_SENTENCE = 400;

/** Everything that a link brings back. */
export interface LinkState {
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
  /** The open panel of the drawer. */
  readonly panel: PanelName | null;
  readonly picture: Picture;
  /** Width of the beam that typed sentences are translated with; 1 is greedy. */
  readonly beamWidth: number;
  readonly showValues: boolean;
  readonly showTable: boolean;
  readonly isLogLoss: boolean;
  /** `large` for a projector; `normal` leaves the size that this browser remembers. */
  readonly size: Size;
  /** `system` leaves the language that this browser remembers or prefers. */
  readonly language: LanguageChoice;
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

interface ViewCodec<T> {
  readonly name: string;
  readonly default: T;
  /** Undefined for a text that means nothing. */
  parse(text: string): T | undefined;
  print(value: T): string;
}

const oneOf = <T extends string>(name: string, options: readonly T[]): ViewCodec<T> => ({
  name,
  default: options[0],
  parse: (text) => options.find((option) => option === text),
  print: (value) => value,
});
const flag = (name: string): ViewCodec<boolean> => ({
  name,
  default: false,
  parse: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  print: String,
});

const VIEW: { readonly [K in ViewKey]: ViewCodec<LinkState[K]> } = {
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
  panel: {
    name: 'panel',
    default: null,
    parse: (text) => PANELS.find((name) => name === text),
    print: String,
  },
  picture: oneOf('view', PICTURES),
  beamWidth: {
    name: 'beam',
    default: 1,
    parse: (text) => (/^\d{1,2}$/.test(text) && +text >= 1 && +text <= MAX_BEAM ? Number(text) : undefined),
    print: String,
  },
  showValues: flag('values'),
  showTable: flag('table'),
  isLogLoss: flag('log'),
  size: oneOf('size', SIZES),
  language: oneOf('lang', ['system', ...LANGUAGES]),
};
const VIEW_KEYS = Object.keys(VIEW) as ViewKey[];

export const defaultLinkState = (task: TaskId = 'phrases'): LinkState => {
  const view = Object.fromEntries(VIEW_KEYS.map((key) => [key, VIEW[key].default]));
  return { config: defaultConfig(task), ...(view as Omit<LinkState, 'config'>) };
};

/** The part of a link behind its #, empty where everything is as it starts. */
export function encodeLink(state: LinkState): string {
  const defaults = defaultConfig(state.config.task);
  const parameters = new URLSearchParams();
  if (state.config.task !== 'phrases') parameters.set('task', state.config.task);
  for (const field of FIELD_NAMES) {
    if (field !== 'task' && state.config[field] !== defaults[field]) parameters.set(field, String(state.config[field]));
  }
  for (const key of VIEW_KEYS) encodeView(state, key, parameters);
  return parameters.toString();
}

function encodeView<K extends ViewKey>(state: LinkState, key: K, parameters: URLSearchParams): void {
  const codec: ViewCodec<LinkState[K]> = VIEW[key];
  if (state[key] !== codec.default) parameters.set(codec.name, codec.print(state[key]));
}

/**
 * Reads what stands behind the # of a link, or behind its ?. Never throws: a value that can't be used is reported,
 * and its default stands in.
 */
export function decodeLink(text: string): { readonly state: LinkState; readonly problems: readonly LinkProblem[] } {
  const entries = [...new URLSearchParams(text.replace(/^[#?]/, ''))];
  const problems: LinkProblem[] = [];
  const task = decodeTask(entries, problems);
  const config: Record<string, unknown> = { ...defaultConfig(task) };
  const view: Record<string, unknown> = { ...defaultLinkState(task) };
  for (const [name, value] of entries) {
    const field = FIELD_NAMES.find((candidate) => candidate === name) ?? null;
    const key = VIEW_KEYS.find((candidate) => VIEW[candidate].name === name);
    if (field === 'task') continue;
    const parsed = field ? tryParse(field, value) : key ? VIEW[key].parse(value) : undefined;
    if (parsed === undefined) {
      problems.push({ name, text: value, field, reason: field || key ? 'bad-value' : 'unknown-name' });
    } else if (field) config[field] = parsed;
    else if (key) view[key] = parsed;
  }
  return { state: { ...(view as unknown as LinkState), config: resolveConfig(config as unknown as Config) }, problems };
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
