/** The one schema of every setting: it drives the controls, the link, the checkpoint header and the command line. */

import { ConfigError } from '../lib/errors.ts';
import { TASKS, type TaskId } from './tasks.ts';

export { type BuiltInTask, TASKS, type TaskId } from './tasks.ts';

/**
 * The networks of `MODEL.md`: sequence to sequence, sequence to vector, and image to sequence. The family of a task decides which
 * network is built, which settings apply and which panels have something to show.
 */
export type Family = 'translator' | 'classifier' | 'reader';

/** Tasks that are no translation. */
const FAMILIES: Partial<Record<TaskId, Family>> = { negation: 'classifier', actor: 'classifier', plates: 'reader' };

export const familyOf = (task: TaskId): Family => FAMILIES[task] ?? 'translator';

/** Score kinds of `MODEL.md`, in its order. */
export const SCORES = ['additive', 'linear-concat', 'general', 'dot', 'scaled-dot', 'uniform', 'none'] as const;
export type ScoreKind = (typeof SCORES)[number];

/**
 * `before`: attend with s_{t-1}, Bahdanau 2015. `after`: attend with s_t and feed the context on, Luong 2015. `too-late`: attend with
 * s_t when every word is written, and use the context for nothing: a common mistake that draws a heatmap all the same.
 */
export const PLACEMENTS = ['before', 'after', 'too-late'] as const;
export type Placement = (typeof PLACEMENTS)[number];

export const OPTIMIZERS = ['adam', 'adamw', 'sgd'] as const;
export type OptimizerKind = (typeof OPTIMIZERS)[number];

export const DECAYS = ['none', 'linear', 'cosine'] as const;
/** How the learning rate falls after the warm-up, down to a twentieth of its value at `decaySteps`. */
export type Decay = (typeof DECAYS)[number];

/** Everything that determines a run. Sizes are in units, rates between 0 and 1, steps in training steps. */
export interface Config {
  readonly task: TaskId;
  readonly seed: number;
  readonly bidirectional: boolean;
  readonly layers: number;
  readonly embedding: number;
  readonly hidden: number;
  readonly decoderHidden: number;
  readonly score: ScoreKind;
  readonly placement: Placement;
  readonly attention: number;
  readonly readout: number;
  readonly dropout: number;
  readonly teacherForcing: number;
  readonly optimizer: OptimizerKind;
  readonly learningRate: number;
  readonly warmup: number;
  readonly decay: Decay;
  readonly decaySteps: number;
  readonly weightDecay: number;
  readonly momentum: number;
  readonly clip: number;
  readonly batch: number;
}

export type Field = keyof Config;

/** Settings that a running session takes over without starting again (PRODUCT T3). */
export const LIVE_FIELDS = ['learningRate', 'teacherForcing', 'dropout'] as const satisfies readonly Field[];
export type LiveField = (typeof LIVE_FIELDS)[number];
export type LiveSettings = Pick<Config, LiveField>;

export type FieldGroup = 'task' | 'encoder' | 'attention' | 'decoder' | 'training';

interface FieldBase {
  readonly group: FieldGroup;
  /** Families of models that it has a meaning for; all of them where it is left out. */
  readonly families?: readonly Family[];
}
export interface NumberField extends FieldBase {
  readonly kind: 'integer' | 'number';
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly default: number;
  /** Where its slider ends, when larger values are taken but seldom wanted. */
  readonly sliderMax?: number;
  /** Sliders of this field move over its logarithm. */
  readonly isLogarithmic?: boolean;
}
export interface ChoiceField extends FieldBase {
  readonly kind: 'choice';
  readonly options: readonly string[];
  readonly default: string;
}
export interface BooleanField extends FieldBase {
  readonly kind: 'boolean';
  readonly default: boolean;
}
export type FieldSpec = NumberField | ChoiceField | BooleanField;

/** Families with a decoder. */
const DECODING: readonly Family[] = ['translator', 'reader'];

/** One row per setting; the words shown for it live in the string table, under the same key. */
export const FIELDS = {
  task: { group: 'task', kind: 'choice', options: [...TASKS, 'own'], default: 'phrases' },
  seed: { group: 'training', kind: 'integer', min: 0, max: 999_999, step: 1, default: 0 },
  bidirectional: { group: 'encoder', kind: 'boolean', default: true },
  layers: { group: 'encoder', kind: 'integer', min: 1, max: 3, step: 1, default: 1 },
  embedding: { group: 'encoder', kind: 'integer', min: 2, max: 256, step: 2, default: 64 },
  hidden: { group: 'encoder', kind: 'integer', min: 2, max: 256, step: 2, default: 64 },
  decoderHidden: { group: 'decoder', kind: 'integer', min: 2, max: 512, step: 2, default: 64 },
  score: { group: 'attention', kind: 'choice', options: SCORES, default: 'additive' },
  placement: { group: 'attention', families: DECODING, kind: 'choice', options: PLACEMENTS, default: 'before' },
  attention: { group: 'attention', kind: 'integer', min: 2, max: 256, step: 2, default: 64 },
  readout: { group: 'decoder', kind: 'integer', min: 2, max: 512, step: 2, default: 64 },
  dropout: { group: 'training', kind: 'number', min: 0, max: 0.8, step: 0.05, default: 0 },
  teacherForcing: { group: 'training', families: DECODING, kind: 'number', min: 0, max: 1, step: 0.05, default: 1 },
  optimizer: { group: 'training', kind: 'choice', options: OPTIMIZERS, default: 'adam' },
  learningRate: {
    group: 'training',
    kind: 'number',
    min: 0.00001,
    // Far beyond what trains: how a training breaks down is worth seeing.
    max: 1e6,
    sliderMax: 1,
    step: 0.00001,
    default: 0.003,
    isLogarithmic: true,
  },
  warmup: { group: 'training', kind: 'integer', min: 0, max: 1000, step: 10, default: 50 },
  decay: { group: 'training', kind: 'choice', options: DECAYS, default: 'cosine' },
  decaySteps: { group: 'training', kind: 'integer', min: 100, max: 20_000, step: 100, default: 2000 },
  weightDecay: { group: 'training', kind: 'number', min: 0, max: 0.5, step: 0.01, default: 0 },
  momentum: { group: 'training', kind: 'number', min: 0, max: 0.99, step: 0.01, default: 0.9 },
  clip: { group: 'training', kind: 'number', min: 0.05, max: 20, step: 0.05, default: 1 },
  batch: { group: 'training', kind: 'integer', min: 1, max: 256, step: 1, default: 64 },
} as const satisfies Record<Field, FieldSpec>;

/** Whether a setting has a meaning for the model of a task. */
export function appliesTo(field: Field, task: TaskId): boolean {
  const { families }: FieldSpec = FIELDS[field];
  return families?.includes(familyOf(task)) ?? true;
}

export const FIELD_NAMES = Object.keys(FIELDS) as readonly Field[];

const NUMBERS: Partial<Config> = { learningRate: 0.005, decaySteps: 500 };

const LONG_DATES: Partial<Config> = { learningRate: 0.006, decaySteps: 500 };
const MESSAGES: Partial<Config> = { learningRate: 0.006, decaySteps: 1500 };
const BLOCKS: Partial<Config> = { learningRate: 0.005, decaySteps: 800 };
/** One answer a sentence takes less than a translation. */
const CLASSIFIER: Partial<Config> = {
  embedding: 32,
  hidden: 32,
  decoderHidden: 32,
  attention: 32,
  readout: 32,
  learningRate: 0.006,
  decaySteps: 500,
};

/** What each task changes in the defaults. */
export const TASK_DEFAULTS: Record<TaskId, Partial<Config>> = {
  phrases: { learningRate: 0.006, decaySteps: 1500 },
  // With a query that has read the word written last: it says what of the verb is still to come.
  'phrases-de': { placement: 'after', score: 'general', learningRate: 0.006, decaySteps: 2500 },
  numbers: NUMBERS,
  'numbers-de': NUMBERS,
  'numbers-ar': NUMBERS,
  'numbers-tr': NUMBERS,
  'number-words': NUMBERS,
  'number-words-de': NUMBERS,
  'number-words-ar': NUMBERS,
  'number-words-tr': NUMBERS,
  dates: { learningRate: 0.005, decaySteps: 500 },
  reverse: { placement: 'after', score: 'general', learningRate: 0.005, decaySteps: 600 },
  copy: { placement: 'after', score: 'general', learningRate: 0.005, decaySteps: 500 },
  sort: { placement: 'after', score: 'general', learningRate: 0.006, decaySteps: 1200 },
  negation: CLASSIFIER,
  actor: CLASSIFIER,
  plates: { bidirectional: false, learningRate: 0.005, decaySteps: 1500 },
  'long-dates': LONG_DATES,
  'long-dates-hu': LONG_DATES,
  'long-dates-fr': LONG_DATES,
  messages: MESSAGES,
  'messages-ja': MESSAGES,
  blocks: BLOCKS,
  'blocks-ja': BLOCKS,
  // Everything through one vector, which has to be a wide one: the rest is smaller, so that the model ships.
  autoencode: { embedding: 48, score: 'none', hidden: 96, decoderHidden: 96, learningRate: 0.004, decaySteps: 2500 },
  denoise: { learningRate: 0.006, decaySteps: 1200 },
  own: { embedding: 96, hidden: 96, decoderHidden: 128, readout: 128, dropout: 0.2, decaySteps: 4000 },
};

/** What a training of the default steps reaches with some room to spare, in every task but one. */
const GOAL = 0.95;
/** Of Denoise half: most of the other sentences lack a word that can only be guessed. */
const TASK_GOALS: Partial<Record<TaskId, number>> = { denoise: 0.5 };

/** Share of exact matches that counts as having learned a task. */
export const goalOf = (task: TaskId): number => TASK_GOALS[task] ?? GOAL;

/** The settings a task starts with: the schema's defaults with the task's own laid over them. */
export function defaultConfig(task: TaskId): Config {
  const defaults = Object.fromEntries(FIELD_NAMES.map((name) => [name, FIELDS[name].default]));
  return resolveConfig({ ...(defaults as unknown as Config), ...TASK_DEFAULTS[task], task });
}

/** Annotation size De: both directions of the encoder side by side. */
export const annotationSize = (config: Pick<Config, 'hidden' | 'bidirectional'>): number =>
  config.bidirectional ? 2 * config.hidden : config.hidden;

/** True where the score multiplies the decoder state with the annotations as they are, so that Hd has to equal De. */
export const needsEqualSizes = (score: ScoreKind): boolean => score === 'dot' || score === 'scaled-dot';

/** Sets what follows from other settings: a picture has no directions, and for dot scores the decoder takes the annotation size. */
export function resolveConfig(given: Config): Config {
  const family = familyOf(given.task);
  const config =
    family === 'reader' && given.bidirectional
      ? { ...given, bidirectional: false }
      : family === 'classifier'
        ? { ...given, placement: 'before' as const, teacherForcing: 1 }
        : given;
  return needsEqualSizes(config.score) ? { ...config, decoderHidden: annotationSize(config) } : config;
}

/**
 * Checks one value against the schema.
 * @throws ConfigError naming the field, what it takes and what came
 */
export function checkField(name: Field, value: unknown): void {
  const spec: FieldSpec = FIELDS[name];
  // An object of a file may have no text, or one without an end.
  const came =
    typeof value === 'string'
      ? `'${value.slice(0, 40)}'`
      : typeof value === 'object' && value !== null
        ? 'an object'
        : String(value);
  if (spec.kind === 'boolean') {
    if (typeof value !== 'boolean') throw new ConfigError(name, `${name}: expected true or false, got ${came}`);
  } else if (spec.kind === 'choice') {
    if (!spec.options.includes(value as string))
      throw new ConfigError(name, `${name}: expected one of ${spec.options.join(', ')}, got ${came}`);
  } else {
    const isNumber = typeof value === 'number' && Number.isFinite(value);
    const isWhole = spec.kind === 'number' || Number.isInteger(value);
    if (!isNumber || !isWhole || value < spec.min || value > spec.max)
      throw new ConfigError(
        name,
        `${name}: expected a ${spec.kind === 'integer' ? 'whole ' : ''}number from ${spec.min} to ${spec.max}, got ${came}`,
      );
  }
}

/**
 * Reads one setting from text, as a link or a command line carries it.
 * @throws ConfigError as `checkField`
 */
export function parseField<F extends Field>(name: F, text: string): Config[F] {
  const spec: FieldSpec = FIELDS[name];
  let value: unknown = text;
  if (spec.kind === 'boolean') value = text === 'true' ? true : text === 'false' ? false : text;
  if (spec.kind === 'integer' || spec.kind === 'number') value = text.trim() === '' ? Number.NaN : Number(text);
  checkField(name, value);
  return value as Config[F];
}

/**
 * Checks a whole configuration.
 * @throws ConfigError for the first field that is out of range
 */
export function checkConfig(config: Config): void {
  for (const name of FIELD_NAMES) checkField(name, config[name]);
  if (needsEqualSizes(config.score) && config.decoderHidden !== annotationSize(config))
    throw new ConfigError(
      'decoderHidden',
      `decoderHidden: the ${config.score} score needs the annotation size ${annotationSize(config)}, got ${config.decoderHidden}`,
    );
}
