/** The way through the moments of a run: what of the past is on the stage, what it is compared with, and how it plays. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DecodingMode, Event } from '../training/protocol.ts';
import { type Difference, differenceOf } from './difference.ts';
import { type FrameStore, type Shown, setOverlay, stagedKey } from './frame-store.ts';
import type { RunState, RunStore } from './run-store.ts';
import {
  candidatesAt,
  type Meters,
  type Moment,
  metersOf,
  type PastCandidates,
  unpackMoment,
} from './timeline-codec.ts';
import { lastUpTo, TimelineRecord } from './timeline-record.ts';

/** Factors of the speed at which a run is played. */
export const PLAY_SPEEDS = [0.5, 1, 2, 4] as const;
export type PlaySpeed = (typeof PLAY_SPEEDS)[number];
/** A whole run in this time, but never fewer moments a second than can be followed comfortably. */
const PLAY_MS = 24_000;
const LEAST_RATE = 4;
/** Pictures a second while playing. */
const PLAY_TICK_MS = 66;
/** Limits of the scale of a difference. */
const LIMITS = [0.02, 0.05, 0.1, 0.2, 0.5, 1] as const;

/** A moment that the visitor keeps. */
export interface Kept {
  readonly step: number;
  /** Empty where it goes by its step. */
  readonly name: string;
}

/** What the stage is compared with. */
export type Base = { readonly kind: 'before' } | { readonly kind: 'kept'; readonly step: number };

/** A moment of the past, on the stage. */
export interface PastMoment {
  readonly step: number;
  readonly mode: DecodingMode;
  readonly meters: Meters;
  /** The likeliest words of the sentence on the stage as they were last known then; null where they weren't. */
  readonly candidates: PastCandidates | null;
}

/** α on the stage less α at another moment. */
export interface StagedDifference extends Difference {
  /** The translation that it belongs to: B. */
  readonly shown: Shown;
  /** Step of A. */
  readonly from: number;
  /** The scale reaches from minus this to this. Grows while moments are compared with the same base, never shrinks. */
  readonly limit: number;
}

export interface TimelineState {
  /** Null while the stage is live. */
  readonly past: PastMoment | null;
  readonly isPlaying: boolean;
  readonly speed: PlaySpeed;
  /** In the order of their steps. */
  readonly kept: readonly Kept[];
  /** True where the last moment that was to be kept had no room. */
  readonly isKeptFull: boolean;
  readonly base: Base | null;
  readonly difference: StagedDifference | null;
}

export interface TimelineStore extends StoreApi<TimelineState> {
  readonly record: TimelineRecord;
  /** Moments that have the sentence on the stage, oldest first; the same list for as long as only new ones come. */
  moments(): readonly Moment[];
  /** Takes a moment from a frame, with the figures as they stand. */
  receive(frame: Extract<Event, { type: 'frame' }>): void;
  /** Another run, or the same from its start: nothing is left. */
  restart(): void;
  /** The run goes on from an earlier step: what was after it is left out. */
  cut(step: number): void;
  /** Shows a moment by its place among `moments()`; the newest, or one beyond it, is live. */
  goTo(place: number): void;
  /** Shows the moment at a step or before it. */
  goToStep(step: number): void;
  /** So many moments forth, or back where negative; from live, back from the newest. */
  move(by: number): void;
  live(): void;
  /** From the moment on the stage, from the first one where the stage is live. */
  play(): void;
  pause(): void;
  setSpeed(speed: PlaySpeed): void;
  /** Keeps the moment on the stage. */
  keep(): void;
  rename(step: number, name: string): void;
  release(step: number): void;
  compareWith(base: Base | null): void;
}

const NOTHING = {
  past: null,
  isPlaying: false,
  kept: [],
  isKeptFull: false,
  base: null,
  difference: null,
} as const satisfies Partial<TimelineState>;

export function createTimelineStore(frames: FrameStore, run: RunStore, record = new TimelineRecord()): TimelineStore {
  const store = createStore<TimelineState>(() => ({ ...NOTHING, speed: 1 }));
  let playTimer: ReturnType<typeof setTimeout> | undefined;
  /** True while a moment is being put on the stage, so that this is not mistaken for somebody else's doing. */
  let isShowing = false;

  const moments = (): readonly Moment[] => record.follow(stagedKey(frames.getState()));

  /** Place of the moment on the stage, the last one where that is live. */
  const place = (): number => {
    const { past } = store.getState();
    return past ? Math.max(0, lastUpTo(moments(), past.step)) : moments().length - 1;
  };

  function show(moment: Moment): void {
    const translations = unpackMoment(moment);
    const key = stagedKey(frames.getState()) ?? '';
    const shown = translations.get(key);
    if (!shown) return;
    const { step, mode } = moment;
    isShowing = true;
    store.setState({ past: { step, mode, meters: metersOf(moment), candidates: candidatesAt(moment, key) } });
    setOverlay(frames, { kind: 'past', shown, translations });
    isShowing = false;
    compare();
  }

  /** Moment A for what is on the stage. */
  function baseMoment(base: Base, step: number): Moment | undefined {
    const all = moments();
    if (base.kind === 'before') return all[lastUpTo(all, step - 1)];
    const moment = all[lastUpTo(all, base.step)];
    return moment?.step === base.step ? moment : undefined;
  }

  function compare(): void {
    const { base, difference: before } = store.getState();
    const { shown, overlay } = frames.getState();
    const moment = base && shown && overlay?.kind !== 'edited' ? baseMoment(base, shown.step) : undefined;
    const from = moment && unpackMoment(moment).get(shown?.key ?? '');
    if (!moment || !from || !shown) {
      if (before) store.setState({ difference: null });
      return;
    }
    if (before?.shown === shown && before.from === moment.step) return;
    const difference = differenceOf(from.translation, shown.translation);
    const least = before?.shown.key === shown.key ? before.limit : 0;
    const limit = Math.max(least, LIMITS.find((candidate) => candidate >= difference.most) ?? 1);
    store.setState({ difference: { ...difference, shown, from: moment.step, limit } });
  }

  function goTo(to: number): void {
    const all = moments();
    const moment = all[Math.max(0, to)];
    if (!moment || to >= all.length - 1) live();
    else show(moment);
  }

  function live(): void {
    pause();
    if (!store.getState().past) return;
    store.setState({ past: null });
    if (frames.getState().overlay?.kind === 'past') setOverlay(frames, null);
    compare();
  }

  function play(): void {
    if (moments().length < 2) return;
    if (!store.getState().past) goTo(0);
    if (!store.getState().past) return;
    clearTimeout(playTimer);
    store.setState({ isPlaying: true });
    let now = performance.now();
    /** Moments due and not yet shown. */
    let due = 0;
    const tick = (): void => {
      const { speed } = store.getState();
      const rate = speed * Math.max(LEAST_RATE, (moments().length / PLAY_MS) * 1000);
      const before = now;
      now = performance.now();
      // Nothing moves while somebody reads.
      if (frames.getState().holds.length === 0) due += (Math.min(now - before, 1000) / 1000) * rate;
      const by = Math.floor(due);
      due -= by;
      if (by > 0) goTo(place() + by);
      if (store.getState().isPlaying) playTimer = setTimeout(tick, Math.max(PLAY_TICK_MS, 1000 / rate));
    };
    playTimer = setTimeout(tick, PLAY_TICK_MS);
  }

  function pause(): void {
    clearTimeout(playTimer);
    if (store.getState().isPlaying) store.setState({ isPlaying: false });
  }

  frames.subscribe((state, before) => {
    if (isShowing || (state.shown === before.shown && state.overlay === before.overlay)) return;
    // Another sentence, an edit or a new run took the stage.
    if (store.getState().past && state.overlay?.kind !== 'past') {
      pause();
      store.setState({ past: null });
    }
    compare();
  });

  return Object.assign(store, {
    record,
    moments,
    goTo,
    live,
    play,
    pause,
    receive({ step, mode, probes }: Extract<Event, { type: 'frame' }>) {
      record.add(step, mode, probes, metersNow(run.getState()));
    },
    restart() {
      live();
      record.clear();
      store.setState(NOTHING);
    },
    cut(step: number) {
      live();
      record.cut(step);
      store.setState(({ kept }) => ({ kept: kept.filter((one) => one.step <= step), base: null, difference: null }));
    },
    goToStep(step: number) {
      goTo(Math.max(0, lastUpTo(moments(), step)));
    },
    move(by: number) {
      pause();
      goTo(place() + by);
    },
    setSpeed(speed: PlaySpeed) {
      store.setState({ speed });
    },
    keep() {
      const step = moments()[place()]?.step;
      const { kept } = store.getState();
      if (step === undefined || kept.some((one) => one.step === step)) return;
      const hasRoom = record.keep(step);
      const next = hasRoom ? [...kept, { step, name: '' }].sort((a, b) => a.step - b.step) : kept;
      store.setState({ kept: next, isKeptFull: !hasRoom });
    },
    rename(step: number, name: string) {
      store.setState(({ kept }) => ({ kept: kept.map((one) => (one.step === step ? { step, name } : one)) }));
    },
    release(step: number) {
      record.release(step);
      store.setState(({ kept, base }) => ({
        kept: kept.filter((one) => one.step !== step),
        isKeptFull: false,
        base: base?.kind === 'kept' && base.step === step ? null : base,
      }));
      compare();
    },
    compareWith(base: Base | null) {
      store.setState({ base, difference: null });
      compare();
    },
  });
}

/** The figures of the run as they stand. */
function metersNow({ figures, evaluation }: RunState): Meters {
  const unknown = Number.NaN;
  return {
    loss: figures?.loss ?? unknown,
    tokenAccuracy: figures?.tokenAccuracy ?? unknown,
    gradientNorm: figures?.gradientNorm ?? unknown,
    learningRate: figures?.learningRate ?? unknown,
    stepsPerSecond: figures?.stepsPerSecond ?? unknown,
    tokensPerSecond: figures?.tokensPerSecond ?? unknown,
    heldOutLoss: evaluation?.loss ?? unknown,
    heldOutTokenAccuracy: evaluation?.tokenAccuracy ?? unknown,
    exactMatch: evaluation?.exactMatch ?? unknown,
    bleu: evaluation?.bleu ?? unknown,
    alignmentError: evaluation?.alignmentError ?? unknown,
    decidingWord: evaluation?.decidingWord ?? unknown,
    attentionEntropy: evaluation?.attentionEntropy ?? unknown,
  };
}
