/** Decodes the edits again whenever they, the sentence or the weights change, and puts what comes of it on the stage. */

import type { Explored, Scene } from '../training/questions.ts';
import type { Ask } from './ask.ts';
import { type Edits, editedScene, keptPlaces, keptRow, NO_EDITS } from './edits.ts';
import { type Comparison, type EditsState, type EditsStore, forgetEdits, receiveComparison } from './edits-store.ts';
import {
  type FrameState,
  type FrameStore,
  liveShown,
  sentenceKey,
  setOverlay,
  stagedKey,
  stagedScene,
} from './frame-store.ts';
import { isRunning, type RunStore } from './run-store.ts';

/** How often edits follow the training, ms. */
const FOLLOW_MS = 1000;

export interface Asking {
  readonly edits: EditsStore;
  readonly frames: FrameStore;
  readonly run: RunStore;
  readonly ask: Ask;
}

/** What an answer depends on. */
interface Asked {
  readonly base: Scene;
  readonly edits: Edits;
  readonly step: number;
}

/** The sentence on the stage as it is without edits. */
const baseScene = (state: FrameState): Scene | null => stagedScene({ ...state, overlay: null });

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Keeps edits, stage and model together: another edit is decoded at once, one question at a time, newest weights once a
 * second while nobody reads. Does nothing while nothing is edited and the panel is closed. Returns how to stop.
 */
export function bindEdits({ edits: store, frames, run, ask }: Asking): () => void {
  let asked: Asked | null = null;
  let isAsking = false;
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastAskedMs = Number.NEGATIVE_INFINITY;

  /** Notices that another sentence is on the stage; the edits of a link wait here for theirs. */
  function followSentence(): void {
    const state = frames.getState();
    const { key, base, edits, isOpen, waiting } = store.getState();
    const staged = stagedKey(state);
    if (staged !== key) {
      asked = null;
      forgetEdits(store, staged);
    }
    if (!isOpen && edits === NO_EDITS && !waiting) return;
    const now = baseScene(state);
    if (now === null) return;
    if (!isSame(now, base)) store.setState({ base: now });
    if (!waiting || waiting.sentence !== (state.staged.kind === 'own' ? state.own?.text : '')) return;
    store.setState({ waiting: null, ...(fits(waiting.edits, now) && { edits: waiting.edits, past: [NO_EDITS] }) });
  }

  function update(): void {
    const state = store.getState();
    const { overlay, step, holds } = frames.getState();
    if (isStopped || overlay?.kind === 'past' || run.getState().phase !== 'ready') return;
    const isEdited = state.edits !== NO_EDITS;
    if (!isEdited && overlay) setOverlay(frames, null);
    if (isAsking || state.base === null || (!isEdited && !state.isOpen)) return;
    if (asked?.edits !== state.edits || asked.base !== state.base) return void askNow(state, step);
    if (asked.step >= step) {
      // A moment of the past stood on the stage meanwhile.
      if (isEdited && !overlay && state.result) show(state.result);
      return;
    }
    if (!isRunning(run.getState())) return void askNow(state, step);
    if (state.isHeld || state.gesture || holds.length > 0) return;
    const waitMs = lastAskedMs + FOLLOW_MS - performance.now();
    if (waitMs <= 0) return void askNow(state, step);
    timer ??= setTimeout(() => {
      timer = undefined;
      update();
    }, waitMs);
  }

  async function askNow({ base, edits }: EditsState, step: number): Promise<void> {
    if (base === null) return;
    asked = { base, edits, step };
    isAsking = true;
    lastAskedMs = performance.now();
    const isEdited = edits !== NO_EDITS;
    // Of an attention that changes nothing the outputs are compared bit by bit.
    const wantsLogits = run.getState().run?.config.placement === 'too-late';
    const scenes = isEdited ? [base, editedScene(base, edits)] : [base];
    const { answer, error } = await ask('explore', { scenes, ...(wantsLogits && { wantsLogits }) });
    isAsking = false;
    const state = store.getState();
    if (isStopped) return;
    if (answer) asked &&= { ...asked, step: Math.max(step, answer.step) };
    // Older edits of the same sentence are shown too: under a finger that moves on, words keep moving.
    if (state.base === base && isEdited === (state.edits !== NO_EDITS)) {
      if (error) store.setState({ error });
      else {
        const result = { step: answer.step, plain: answer.scenes[0], edited: answer.scenes.at(-1) ?? answer.scenes[0] };
        receiveComparison(store, result);
        show(result);
      }
    }
    update();
  }

  function show({ step, edited }: Comparison): void {
    const { base, edits } = store.getState();
    if (base === null || edits === NO_EDITS || frames.getState().overlay?.kind === 'past') return;
    const scene = editedScene(base, edits);
    const key = sentenceKey(scene.source);
    if (sentenceKey(edited.translation.source) !== key) return;
    // The right answer stays the same as long as the question does.
    const reference =
      key === sentenceKey(base.source) ? liveShown(frames.getState())?.translation.reference : undefined;
    const translation = {
      ...withEditedRows(edited.translation, edits, base.source.length),
      ...(reference && { reference }),
    };
    setOverlay(frames, { kind: 'edited', shown: { key, step, translation }, scene });
  }

  /** Draws the rows that a gesture has just changed before the model has answered. */
  function showAtOnce(): void {
    const { gesture, result } = store.getState();
    const { overlay, shown } = frames.getState();
    if (gesture === null || !result || !shown || overlay?.kind === 'past') return;
    show({ ...result, step: shown.step, edited: { ...result.edited, translation: shown.translation } });
  }

  const stops = [
    frames.subscribe((state, before) => {
      const isElsewhere =
        state.staged !== before.staged ||
        state.own !== before.own ||
        state.probeKeys !== before.probeKeys ||
        state.mode !== before.mode ||
        state.translations !== before.translations;
      // Back to the first step: other weights at a step that was asked about.
      if (state.step < before.step) asked = null;
      if (isElsewhere) followSentence();
      if (isElsewhere || state.overlay !== before.overlay || state.holds !== before.holds) update();
    }),
    store.subscribe((state, before) => {
      const isFirst = state.base === null && state.edits !== before.edits;
      if (state.isOpen !== before.isOpen || state.waiting !== before.waiting || isFirst) followSentence();
      if (state.edits !== before.edits) showAtOnce();
      const isOther = state.edits !== before.edits || state.base !== before.base || state.gesture !== before.gesture;
      if (isOther || state.isOpen !== before.isOpen || state.isHeld !== before.isHeld) update();
    }),
    run.subscribe((state, before) => {
      if (state.run !== before.run) asked = null;
      if (state.phase !== before.phase || isRunning(state) !== isRunning(before)) update();
    }),
  ];
  return () => {
    isStopped = true;
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}

/** False where the edits belong to a sentence of another length. */
const fits = (edits: Edits, { source }: Scene): boolean =>
  Object.values(edits.attention).every((row) => row.length === source.length) &&
  Object.keys(edits.source).every((place) => Number(place) < source.length) &&
  keptPlaces(edits, source.length).length > 0;

/** A translation with the rows of α that the newest edits ask for. */
function withEditedRows(translation: Explored['translation'], edits: Edits, length: number): Explored['translation'] {
  const kept = keptPlaces(edits, length);
  if (translation.weights.length === 0 || translation.source.length !== kept.length) return translation;
  const weights = translation.weights.slice();
  for (const [position, row] of Object.entries(edits.attention)) {
    const left = keptRow(row, kept);
    if (left && Number(position) < translation.target.length) weights.set(left, Number(position) * kept.length);
  }
  return { ...translation, weights };
}
