/** The edits of the sentence on the stage with their undo, and what the model makes of them. Runs without React. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import { commonSubsequence } from '../lib/common-subsequence.ts';
import type { ReportedError } from '../lib/errors.ts';
import type { Explored, Scene } from '../training/questions.ts';
import { type Edits, isUntouched, NO_EDITS } from './edits.ts';

/** Steps that can be taken back. */
const MAX_UNDO = 200;

/** The same sentence decoded twice with the same weights. */
export interface Comparison {
  readonly step: number;
  /** As the model does it by itself. */
  readonly plain: Explored;
  /** With the edits; the same as `plain` where there are none. */
  readonly edited: Explored;
}

export interface EditsState {
  /** Identity of the sentence that is edited; null where none is on the stage. */
  readonly key: string | null;
  /** The sentence as it is on the stage without edits. */
  readonly base: Scene | null;
  readonly edits: Edits;
  readonly past: readonly Edits[];
  readonly future: readonly Edits[];
  /** Edits before the drag, or the run of key presses, that is going on; null between them. */
  readonly gesture: Edits | null;
  readonly result: Comparison | null;
  /** For each target word of the edited translation: true where the untouched one does not have it here. */
  readonly isChanged: readonly boolean[];
  readonly error: ReportedError | null;
  /** Somebody reads the panel. */
  readonly isHeld: boolean;
  /** The panel is open: it shows candidates also where nothing is changed. */
  readonly isOpen: boolean;
  /** Edits of a link, until the sentence that they belong to is there: a typed one, or the probe where `sentence` is empty. */
  readonly waiting: { readonly edits: Edits; readonly sentence: string } | null;
}
export type EditsStore = StoreApi<EditsState>;

export const createEditsStore = (): EditsStore =>
  createStore(() => ({
    key: null,
    base: null,
    edits: NO_EDITS,
    past: [],
    future: [],
    gesture: null,
    result: null,
    isChanged: [],
    error: null,
    isHeld: false,
    isOpen: false,
    waiting: null,
  }));

/** The one object that stands for no edits, so that it can be told by identity. */
const tidy = (edits: Edits): Edits => (isUntouched(edits) ? NO_EDITS : edits);

const remember = (past: readonly Edits[], edits: Edits): readonly Edits[] => [...past, edits].slice(-MAX_UNDO);

/** Changes the edits: one step of undo, or part of the gesture that is going on. */
export const edit = (store: EditsStore, change: (edits: Edits) => Edits): void =>
  store.setState((state) => {
    const edits = tidy(change(state.edits));
    if (JSON.stringify(edits) === JSON.stringify(state.edits)) return {};
    if (state.gesture) return { edits, error: null };
    return { edits, error: null, past: remember(state.past, state.edits), future: [] };
  });

/** From here on all edits are one step of undo, until the gesture ends. */
export const startGesture = (store: EditsStore): void =>
  store.setState(({ gesture, edits }) => ({ gesture: gesture ?? edits }));

export const endGesture = (store: EditsStore): void =>
  store.setState(({ gesture, edits, past }) =>
    gesture === null || gesture === edits
      ? { gesture: null }
      : { gesture: null, past: remember(past, gesture), future: [] },
  );

/** Ends a gesture as if it had not been. */
export const cancelGesture = (store: EditsStore): void =>
  store.setState(({ gesture, edits }) => ({ gesture: null, edits: gesture ?? edits }));

export const undo = (store: EditsStore): void => {
  endGesture(store);
  store.setState(({ past, future, edits }) => {
    const before = past.at(-1);
    return before ? { edits: before, past: past.slice(0, -1), future: [edits, ...future], error: null } : {};
  });
};

export const redo = (store: EditsStore): void => {
  endGesture(store);
  store.setState(({ past, future, edits }) =>
    future.length > 0 ? { edits: future[0], past: remember(past, edits), future: future.slice(1), error: null } : {},
  );
};

/** Takes all edits away; that too can be undone. */
export const resetEdits = (store: EditsStore): void => {
  endGesture(store);
  edit(store, () => NO_EDITS);
};

/** Another sentence: nothing is changed about it yet. */
export const forgetEdits = (store: EditsStore, key: string | null): void =>
  store.setState({
    key,
    base: null,
    edits: NO_EDITS,
    past: [],
    future: [],
    gesture: null,
    result: null,
    isChanged: [],
    error: null,
  });

/** Takes over an answer. */
export const receiveComparison = (store: EditsStore, result: Comparison): void =>
  store.setState({ result, isChanged: changedWords(result), error: null });

const wordsOf = ({ translation }: Explored): string[] => translation.target.map((token) => token.text);

/** For each word of the edited translation: true where the untouched one, read in the same order, lacks it. */
export function changedWords({ plain, edited }: Comparison): readonly boolean[] {
  return commonSubsequence(wordsOf(edited), wordsOf(plain)).map((partner) => partner === null);
}

/** How sure the model is now of a word that it had chosen untouched. */
export interface ProbabilityChange {
  readonly token: string;
  readonly before: number;
  readonly after: number;
  /** True where the word is no longer among the candidates: its probability is at most `after`. */
  readonly isBound: boolean;
}

/** What became of the word that stood at a target position before the edits; null where there was none. */
export function probabilityChange({ plain, edited }: Comparison, position: number): ProbabilityChange | null {
  const token = plain.translation.target[position]?.text;
  if (token === undefined) return null;
  const before = plain.translation.probabilities[position];
  const candidates = edited.candidates[position] ?? [];
  const isSame = edited.translation.target[position]?.text === token;
  const found = candidates.find((candidate) => candidate.token === token);
  const after = isSame ? edited.translation.probabilities[position] : found?.probability;
  if (after !== undefined) return { token, before, after, isBound: false };
  const listed = candidates.reduce((sum, candidate) => sum + candidate.probability, 0);
  const least = candidates.at(-1)?.probability;
  return least === undefined ? null : { token, before, after: Math.min(least, Math.max(0, 1 - listed)), isBound: true };
}
