/** How the visitor looks at the run: what is lit, pinned, open and printed. Nothing here changes the run. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Family, FieldGroup } from '../model/config.ts';
import type { CallStage } from '../training/questions.ts';
import { type HidablePart, isPanelHidden } from './hidden.ts';
import { DEFAULT_LENGTHS, DEFAULT_RACE } from './race-plan.ts';

/**
 * What is lit. A cell has all four; a word of the stage has its place and its token; a word elsewhere only its token,
 * and lights the same token wherever it stands.
 */
export interface Lit {
  readonly row: number | null;
  readonly column: number | null;
  readonly sourceToken: string | null;
  readonly targetToken: string | null;
}

/** How the stage draws attention. */
export const PICTURES = ['matrix', 'ribbons'] as const;
export type Picture = (typeof PICTURES)[number];

/** Widest beam; a width of 1 is greedy decoding. */
export const MAX_BEAM = 10;

/** Steps of a race at most. */
export const MAX_RACE_STEPS = 100_000;

/** How large the page is: `large` is for a room that looks at a projector. */
export const SIZES = ['normal', 'large'] as const;
export type Size = (typeof SIZES)[number];

/** The languages of the page, as they stand in a link; the first is for whoever asks for none of them. */
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];
/** `system` is whichever of them the browser prefers. */
export type LanguageChoice = 'system' | Language;

export type ThemeChoice = 'system' | 'light' | 'dark';

/** What the drawer below the stage can open. */
export const PANELS = [
  'cell',
  'lstm',
  'what-if',
  'next-words',
  'words',
  'explains',
  'compare',
  'machine',
  'data',
] as const;
export type PanelName = (typeof PANELS)[number];

/** Panels that have nothing to show of a family of models. */
const WITHOUT: Partial<Record<Family, readonly PanelName[]>> = { classifier: ['next-words'] };

/** The panels for a family of models. */
export const panelsFor = (family: Family): readonly PanelName[] =>
  PANELS.filter((panel) => !WITHOUT[family]?.includes(panel));

/** Boxes of the schematic, from left to right, and the settings behind each. */
export const BOX_GROUPS = {
  source: 'task',
  embed: 'encoder',
  encode: 'encoder',
  score: 'attention',
  softmax: 'attention',
  context: 'attention',
  decode: 'decoder',
  target: 'training',
} as const satisfies Readonly<Record<string, FieldGroup>>;
export type BoxName = keyof typeof BOX_GROUPS;
export const BOXES = Object.keys(BOX_GROUPS) as readonly BoxName[];

/** What the panel of a cell shows: the way from its score to the context, or the way back. */
export const CELL_VIEWS = ['forward', 'backward'] as const;
/** How the machine room shows a step. */
export const MACHINE_VIEWS = ['timeline', 'table'] as const;
/** Which kernels the machine room measures: those that the run uses, or one for each operation. */
export const KERNELS = ['fused', 'unfused'] as const;
/** How attention and its rivals are drawn: as shares of a row, or as they are. */
export const MEASURE_SCALES = ['shares', 'signed'] as const;
/** Whose words are on the map. */
export const WORD_SIDES = ['source', 'target'] as const;

/** A place that a link pins, until its sentence is on the stage: a typed one, or the probe where `sentence` is empty. */
export interface WaitingPin {
  readonly row: number | null;
  readonly column: number | null;
  readonly sentence: string;
}
/** What the panel that compares runs shows. */
export const COMPARISONS = ['race', 'lengths', 'runs'] as const;
export type Comparison = (typeof COMPARISONS)[number];

export interface ViewState {
  /** The open panel of the drawer; null while it is closed. */
  readonly panel: PanelName | null;
  /** Under the pointer or the focus. */
  readonly hovered: Lit | null;
  /** Stays lit until Escape. */
  readonly pinned: Lit | null;
  readonly waitingPin: WaitingPin | null;
  readonly picture: Picture;
  /** Partial translations that a typed sentence is searched with. */
  readonly beamWidth: number;
  readonly showValues: boolean;
  readonly showTable: boolean;
  readonly isLogLoss: boolean;
  /** Whether a task is shown with the model that ships for it, or as it is before it has learned anything. */
  readonly showsShipped: boolean;
  /** Step under the crosshair of the charts. */
  readonly crosshair: number | null;
  /** The stage of the schematic whose settings are open. */
  readonly group: FieldGroup;
  /** The box of the schematic that was chosen last, by name; its caption is shown. */
  readonly box: BoxName;
  /** The stage whose launches the machine room shows; null for all. */
  readonly kernelsOf: CallStage | null;
  /** The launch that was chosen there, among those of a stage; null for the longest. */
  readonly launch: { readonly stage: CallStage | null; readonly index: number } | null;
  readonly kernels: (typeof KERNELS)[number];
  readonly machineView: (typeof MACHINE_VIEWS)[number];
  readonly cellView: (typeof CELL_VIEWS)[number];
  readonly measureScale: (typeof MEASURE_SCALES)[number];
  readonly isMeasureTable: boolean;
  /** The LSTM layer that was chosen in its panel, as `layerKey` names it; null where the schematic's box chooses. */
  readonly lstmLayer: string | null;
  /** The unit that was chosen there; null for the one that moves most. */
  readonly lstmUnit: number | null;
  readonly mapSide: (typeof WORD_SIDES)[number];
  /** The word whose neighbours were asked for. */
  readonly near: string | null;
  /** Parts of the page that a link leaves out, for a class. */
  readonly hidden: readonly HidablePart[];
  readonly comparison: Comparison;
  /** Lanes of the race, and of the comparison by sentence length, as `race-plan.ts` prints them. */
  readonly raceLanes: string;
  readonly lengthLanes: string;
  /** Step at which a race is over; 0 leaves it to the settings. */
  readonly raceSteps: number;
  /** Steps that the n-steps button makes. */
  readonly stepCount: number;
  readonly theme: ThemeChoice;
  readonly size: Size;
  readonly language: LanguageChoice;
  readonly hasShortcuts: boolean;
}
export type ViewStore = StoreApi<ViewState>;

export const createViewStore = (initial: Partial<ViewState> = {}): ViewStore =>
  createStore(() => ({
    panel: null,
    hovered: null,
    pinned: null,
    waitingPin: null,
    picture: 'matrix',
    beamWidth: 1,
    showValues: false,
    showTable: false,
    isLogLoss: false,
    showsShipped: true,
    crosshair: null,
    group: 'task',
    box: 'source',
    kernelsOf: null,
    launch: null,
    kernels: 'fused',
    machineView: 'timeline',
    cellView: 'forward',
    measureScale: 'shares',
    isMeasureTable: false,
    lstmLayer: null,
    lstmUnit: null,
    mapSide: 'source',
    near: null,
    hidden: [],
    comparison: 'race',
    raceLanes: DEFAULT_RACE,
    lengthLanes: DEFAULT_LENGTHS,
    raceSteps: 0,
    stepCount: 100,
    theme: 'system',
    size: 'normal',
    language: 'system',
    hasShortcuts: true,
    ...initial,
  }));

/** What is lit now: the pointer before the pin. */
export const activeLit = (state: Pick<ViewState, 'hovered' | 'pinned'>): Lit | null => state.hovered ?? state.pinned;

const NOTHING: Lit = { row: null, column: null, sourceToken: null, targetToken: null };

/** A word as something lit; `place` is its row or column on the stage. */
export const litWord = (side: 'source' | 'target', token: string, place: number | null = null): Lit =>
  side === 'source'
    ? { ...NOTHING, sourceToken: token, column: place }
    : { ...NOTHING, targetToken: token, row: place };

/** Whether a word is lit: by its place where both have one, by its token otherwise. */
export function isWordLit(lit: Lit | null, side: 'source' | 'target', token: string, place: number | null): boolean {
  if (!lit || (side === 'source' ? lit.sourceToken : lit.targetToken) !== token) return false;
  const litPlace = side === 'source' ? lit.column : lit.row;
  return place === null || litPlace === null || litPlace === place;
}

const isSame = (a: Lit | null, b: Lit): boolean =>
  a?.row === b.row && a.column === b.column && a.sourceToken === b.sourceToken && a.targetToken === b.targetToken;

/** Pins what was pressed; pressing it again lets go. */
export const togglePin = (store: ViewStore, lit: Lit): void =>
  store.setState(({ pinned }) => ({ pinned: isSame(pinned, lit) ? null : lit }));

/** Pins what was pressed; a cell also opens, where nothing else of it is open. */
export function pinAndOpen(store: ViewStore, lit: Lit): void {
  togglePin(store, lit);
  const isCell = lit.row !== null && lit.column !== null;
  store.setState(({ pinned, panel, hidden }) =>
    isCell && pinned !== null && panel === null && !isPanelHidden(hidden, 'cell') ? { panel: 'cell' } : {},
  );
}

/** Panels whose place is the pinned cell. */
const FOLLOWING: readonly (PanelName | null)[] = ['cell', 'lstm'];

/** Moves the pin along with the keyboard, while a panel is open that follows it. */
export const movePin = (store: ViewStore, lit: Lit): void =>
  store.setState(({ panel }) => (FOLLOWING.includes(panel) ? { pinned: lit } : {}));
