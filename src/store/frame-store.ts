/** The newest attention of the pinned sentences, and the one on the stage: held still while somebody reads it. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ReportedError } from '../lib/errors.ts';
import type { DecodingMode, Event, SamplePair, Token, Translation } from '../training/protocol.ts';
import { plainScene, type Scene } from '../training/questions.ts';
import { keepShape, type Shape, shapeOf } from './shape.ts';

/** Sentences of the task that are pinned. */
export const PROBE_COUNT = 4;

/** Which sentence is on the stage: a probe, or the one that the visitor typed. */
export type Staged = { readonly kind: 'probe'; readonly index: number } | { readonly kind: 'own' };

/** Why the picture on the stage stands still. */
export type Hold = 'pointer' | 'keyboard';

export interface Shown {
  /** Identifies the sentence, so that another one never fades into this one. */
  readonly key: string;
  readonly step: number;
  readonly translation: Translation;
}

/** What stands on the stage in place of the live model: what came of a visitor's edits, or a moment of the past. */
export type Overlay =
  | { readonly kind: 'edited'; readonly shown: Shown; readonly scene: Scene }
  /** `translations`: of all sentences that were pinned then. */
  | { readonly kind: 'past'; readonly shown: Shown; readonly translations: ReadonlyMap<string, Shown> };

export interface FrameState {
  readonly step: number;
  /** Newest translation of each pinned sentence. */
  readonly translations: ReadonlyMap<string, Shown>;
  /** Keys of the task's probes, in the order of the samples. */
  readonly probeKeys: readonly string[];
  readonly staged: Staged;
  readonly mode: DecodingMode;
  /** The typed sentence, once it is translated. */
  readonly own: { readonly text: string; readonly key: string } | null;
  readonly isTranslating: boolean;
  /** Why the last typed sentence could not be translated. */
  readonly problem: ReportedError | null;
  readonly overlay: Overlay | null;
  /** What the stage draws. */
  readonly shown: Shown | null;
  /** Its words; the same object for as long as they stay the same. */
  readonly shape: Shape | null;
  readonly holds: readonly Hold[];
  /** True where something newer waits for the reader to leave. */
  readonly isHeldBack: boolean;
}
export type FrameStore = StoreApi<FrameState>;

export const createFrameStore = (): FrameStore =>
  createStore(() => ({
    step: 0,
    translations: new Map(),
    probeKeys: [],
    staged: { kind: 'probe', index: 0 },
    mode: 'free-running',
    own: null,
    isTranslating: false,
    problem: null,
    overlay: null,
    shown: null,
    shape: null,
    holds: [],
    isHeldBack: false,
  }));

/** A sentence's identity: its tokens. */
export const sentenceKey = (tokens: readonly (string | Token)[]): string =>
  tokens.map((token) => (typeof token === 'string' ? token : token.text)).join('\u001f');

/** Key of the sentence on the stage. */
export const stagedKey = (state: Pick<FrameState, 'staged' | 'own' | 'probeKeys'>): string | null =>
  state.staged.kind === 'own' ? (state.own?.key ?? null) : (state.probeKeys[state.staged.index] ?? null);

/** Another task or link: one of its probes is on the stage, and what was typed is gone. */
export const stageProbe = (frames: FrameStore, index = 0): void =>
  frames.setState({ own: null, staged: { kind: 'probe', index }, problem: null });

/** Puts the newest translation of the staged sentence on the stage, unless somebody reads the one that is there. */
function withShown(state: FrameState): FrameState {
  if (state.overlay) {
    const { shown } = state.overlay;
    if (shown === state.shown) return { ...state, isHeldBack: false };
    const shape = keepShape(state.shape, shapeOf(shown.key, shown.translation));
    return { ...state, shown, shape, isHeldBack: false };
  }
  const key = stagedKey(state);
  const newest = key === null ? undefined : state.translations.get(key);
  if (!newest) return state.shown?.key === key ? state : { ...state, shown: null, shape: null, isHeldBack: false };
  if (newest === state.shown) return { ...state, isHeldBack: false };
  if (state.holds.length > 0 && state.shown?.key === key) return { ...state, isHeldBack: true };
  const shape = keepShape(state.shape, shapeOf(newest.key, newest.translation));
  return { ...state, shown: newest, shape, isHeldBack: false };
}

const update = (store: FrameStore, change: (state: FrameState) => Partial<FrameState>): void =>
  store.setState((state) => withShown({ ...state, ...change(state) }));

/** A new run: nothing is known of it yet, the typed sentence is asked for anew. */
export const openFrames = (store: FrameStore, samples: readonly SamplePair[]): void =>
  update(store, (state) => {
    const probeKeys = samples.slice(0, PROBE_COUNT).map((sample) => sentenceKey(sample.source));
    const staged: Staged =
      state.staged.kind === 'probe' && state.staged.index >= probeKeys.length
        ? { kind: 'probe', index: 0 }
        : state.staged;
    return { step: 0, translations: new Map(), probeKeys, staged, overlay: null, shown: null, shape: null };
  });

export const receiveFrame = (store: FrameStore, frame: Extract<Event, { type: 'frame' }>): void =>
  update(store, (state) => {
    const kept = [...state.translations].filter(([key]) => state.probeKeys.includes(key) || key === state.own?.key);
    const translations = new Map(kept);
    for (const translation of frame.probes) {
      const key = sentenceKey(translation.source);
      translations.set(key, { key, step: frame.step, translation });
    }
    return { step: frame.step, translations };
  });

/** The answer to a typed sentence: goes on the stage at once. */
export const receiveOwn = (store: FrameStore, text: string, step: number, translation: Translation): void =>
  update(store, (state) => {
    const key = sentenceKey(translation.source);
    const translations = new Map(state.translations).set(key, { key, step, translation });
    return {
      translations,
      own: { text, key },
      staged: { kind: 'own' },
      overlay: null,
      isTranslating: false,
      problem: null,
    };
  });

export const stage = (store: FrameStore, staged: Staged): void =>
  update(store, () => ({ staged, overlay: null, problem: null }));

export const hold = (store: FrameStore, reason: Hold): void =>
  update(store, ({ holds }) => (holds.includes(reason) ? {} : { holds: [...holds, reason] }));

export const release = (store: FrameStore, reason: Hold): void =>
  update(store, ({ holds }) => ({ holds: holds.filter((other) => other !== reason) }));

/** Puts something in place of the live model, or gives the stage back to it. */
export const setOverlay = (store: FrameStore, overlay: Overlay | null): void => update(store, () => ({ overlay }));

/** The newest translation of the staged sentence by the model itself, whatever stands on the stage. */
export function liveShown(state: FrameState): Shown | null {
  const key = stagedKey(state);
  return key === null ? null : (state.translations.get(key) ?? null);
}

/** A pinned sentence as the page shows it beside the stage: as it was then while the stage shows the past, else the newest. */
export const pinnedShown = ({ overlay, translations }: FrameState, key: string): Shown | undefined =>
  overlay?.kind === 'past' ? overlay.translations.get(key) : translations.get(key);

/** What the worker has to decode to get what is on the stage now; null where there is nothing or it is of the past. */
export function stagedScene(state: FrameState): Scene | null {
  if (state.overlay) return state.overlay.kind === 'edited' ? state.overlay.scene : null;
  const translation = liveShown(state)?.translation;
  if (!translation) return null;
  const scene = plainScene(translation.source.map((token) => token.text));
  const isForced = state.mode === 'teacher-forced' && translation.reference !== undefined;
  return isForced ? { ...scene, words: translation.reference?.target ?? [] } : scene;
}
