/** How each part of the view stands in a link: as a name and a short text, left out where it is as it starts. */

import { FIELDS, type FieldGroup } from '../model/config.ts';
import type { CallStage } from '../training/questions.ts';
import { parseHidden, printHidden } from './hidden.ts';
import { DEFAULT_LENGTHS, DEFAULT_RACE, parseLanes } from './race-plan.ts';
import {
  BOXES,
  CELL_VIEWS,
  COMPARISONS,
  KERNELS,
  LANGUAGES,
  MACHINE_VIEWS,
  MAX_BEAM,
  MAX_RACE_STEPS,
  MEASURE_SCALES,
  PANELS,
  PICTURES,
  SIZES,
  type ViewState,
  WORD_SIDES,
} from './view-store.ts';

/** Name, default and text form of one value of a link. */
export interface LinkCodec<T> {
  readonly name: string;
  readonly default: T;
  /** Undefined for a text that means nothing; parts of a list that mean nothing are reported one by one. */
  parse(text: string, report: (bad: string) => void): T | undefined;
  print(value: T): string;
}

/** One of a few names; the first one is the default. */
export const oneOf = <T extends string>(name: string, options: readonly T[]): LinkCodec<T> => ({
  name,
  default: options[0],
  parse: (text) => options.find((option) => option === text),
  print: (value) => value,
});

/** One of a few names, or none of them. */
export const maybeOneOf = <T extends string>(name: string, options: readonly T[]): LinkCodec<T | null> => ({
  name,
  default: null,
  parse: (text) => options.find((option) => option === text),
  print: String,
});

const flag = (name: string): LinkCodec<boolean> => ({
  name,
  default: false,
  parse: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  print: String,
});

/** Lanes of a race, as `race-plan.ts` prints them. */
const lanes = (name: string, initial: string): LinkCodec<string> => ({
  name,
  default: initial,
  parse: (text) => (parseLanes(text) ? text : undefined),
  print: (text) => text,
});

const CALL_STAGES = [
  'embed',
  'encode',
  'score',
  'softmax',
  'context',
  'decode',
  'loss',
  'update',
] as const satisfies readonly CallStage[];
const GROUPS = ['task', 'encoder', 'attention', 'decoder', 'training'] as const satisfies readonly FieldGroup[];

/** Largest unit that any model has, from 1. */
const MAX_UNIT = FIELDS.decoderHidden.max;
/** Longest word that a link carries, characters. */
const MAX_WORD = 60;

/** Parts of the view that a link carries. */
export type LinkedViewKey =
  | 'panel'
  | 'picture'
  | 'beamWidth'
  | 'showValues'
  | 'showTable'
  | 'isLogLoss'
  | 'showsShipped'
  | 'size'
  | 'language'
  | 'box'
  | 'group'
  | 'kernelsOf'
  | 'kernels'
  | 'machineView'
  | 'cellView'
  | 'measureScale'
  | 'isMeasureTable'
  | 'lstmLayer'
  | 'lstmUnit'
  | 'mapSide'
  | 'near'
  | 'comparison'
  | 'raceLanes'
  | 'lengthLanes'
  | 'raceSteps'
  | 'hidden';

export const VIEW_CODECS: { readonly [K in LinkedViewKey]: LinkCodec<ViewState[K]> } = {
  panel: maybeOneOf('panel', PANELS),
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
  showsShipped: {
    name: 'shipped',
    default: true,
    parse: (text) => (text === '1' ? true : text === '0' ? false : undefined),
    print: (isShown) => (isShown ? '1' : '0'),
  },
  // `normal` leaves the size that this browser remembers, `system` the language.
  size: oneOf('size', SIZES),
  language: oneOf('lang', ['system', ...LANGUAGES]),
  box: oneOf('stage', BOXES),
  group: oneOf('settings', GROUPS),
  kernelsOf: maybeOneOf('kernels-of', CALL_STAGES),
  kernels: oneOf('kernels', KERNELS),
  machineView: oneOf('machine', MACHINE_VIEWS),
  cellView: oneOf('cell', CELL_VIEWS),
  measureScale: oneOf('measures', MEASURE_SCALES),
  isMeasureTable: flag('measures-table'),
  lstmLayer: {
    name: 'layer',
    default: null,
    parse: (text) => (/^(decoder|\d(_reverse)?)$/.test(text) ? text : undefined),
    print: String,
  },
  lstmUnit: {
    name: 'unit',
    default: null,
    parse: (text) => (/^\d{1,3}$/.test(text) && +text >= 1 && +text <= MAX_UNIT ? Number(text) - 1 : undefined),
    print: (unit) => (unit === null ? '' : String(unit + 1)),
  },
  mapSide: oneOf('map', WORD_SIDES),
  near: {
    name: 'near',
    default: null,
    parse: (text) => (text !== '' && text.length <= MAX_WORD ? text : undefined),
    print: (word) => (word ?? '').slice(0, MAX_WORD),
  },
  comparison: oneOf('compare', COMPARISONS),
  raceLanes: lanes('race', DEFAULT_RACE),
  lengthLanes: lanes('lengths', DEFAULT_LENGTHS),
  raceSteps: {
    name: 'race-steps',
    default: 0,
    parse: (text) => (/^\d{1,6}$/.test(text) && +text <= MAX_RACE_STEPS ? Number(text) : undefined),
    print: String,
  },
  hidden: { name: 'hide', default: [], parse: parseHidden, print: printHidden },
};
export const LINKED_VIEW_KEYS = Object.keys(VIEW_CODECS) as readonly LinkedViewKey[];

/** The part of the view that a link carries. */
export type LinkedView = Pick<ViewState, LinkedViewKey>;

/** What a link changes about the view: it asks for the large page and for a language, never for the remembered ones' opposite. */
export function viewOf(state: LinkedView): Partial<ViewState> {
  const { size, language, ...rest } = pickView(state);
  return { ...rest, ...(size === 'large' && { size }), ...(language !== 'system' && { language }) };
}

export const pickView = (state: LinkedView): LinkedView =>
  Object.fromEntries(LINKED_VIEW_KEYS.map((key) => [key, state[key]])) as unknown as LinkedView;
