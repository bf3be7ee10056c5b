/** The link of a session as it stands, and what a link leaves waiting until its sentence is on the stage. */

import type { EditsState } from './edits-store.ts';
import { parseEdits, printEdits } from './edits-text.ts';
import type { FrameStore } from './frame-store.ts';
import { openCard } from './lessons/lesson-store.ts';
import type { LinkState } from './link.ts';
import { pickView } from './link-view.ts';
import { paceName } from './pace.ts';
import type { RunStore } from './run-store.ts';
import type { Session } from './session.ts';
import type { Lit, ViewStore, WaitingPin } from './view-store.ts';

export function linkOf(
  session: Pick<Session, 'settings' | 'run' | 'frames' | 'edits' | 'view' | 'lessons'>,
): LinkState {
  const { config, executor, strategy } = session.settings.getState();
  const { staged, own, mode } = session.frames.getState();
  const { edits, waiting } = session.edits.getState();
  const view = session.view.getState();
  const lessons = session.lessons.getState();
  return {
    ...pickView(view),
    config,
    executor,
    strategy,
    pace: paceName(session.run.getState().pace),
    mode,
    probe: staged.kind === 'probe' ? staged.index : 0,
    sentence: staged.kind === 'own' ? (own?.text ?? '') : '',
    edits: printEdits(waiting?.edits ?? edits),
    pin: pinOf(view.waitingPin ?? view.pinned),
    lesson: lessons.lesson,
    card: openCard(lessons),
  };
}

/** The place of what is pinned; words that are pinned elsewhere than on the stage have none. */
const pinOf = (pinned: Pick<Lit, 'row' | 'column'> | null): LinkState['pin'] =>
  pinned && (pinned.row !== null || pinned.column !== null) ? { row: pinned.row, column: pinned.column } : null;

/** The edits of a link, which wait for their sentence. */
export function waitingEdits({ edits, sentence }: LinkState): EditsState['waiting'] {
  const parsed = edits && parseEdits(edits);
  return parsed ? { edits: parsed, sentence } : null;
}

export const waitingPin = ({ pin, sentence }: LinkState): WaitingPin | null => pin && { ...pin, sentence };

/** Pins what a link pins, as soon as the stage has the place. Returns how to stop. */
export function bindPin(view: ViewStore, frames: FrameStore, run: RunStore): () => void {
  function follow(): void {
    const { waitingPin: wanted, pinned } = view.getState();
    if (!wanted || run.getState().phase !== 'ready') return;
    const { staged, own, shape } = frames.getState();
    const isOwn = staged.kind === 'own';
    // The visitor has pinned something, or gone to another sentence.
    const isOver = pinned !== null || (isOwn && own?.text !== wanted.sentence);
    if (isOver) {
      view.setState({ waitingPin: null });
      return;
    }
    if (!shape || isOwn !== (wanted.sentence !== '')) return;
    const { row, column } = wanted;
    const isThere = (row ?? 0) < shape.target.length && (column ?? 0) < shape.source.length;
    if (!isThere) return;
    const sourceToken = column === null ? null : shape.source[column].text;
    const targetToken = row === null ? null : shape.target[row].text;
    view.setState({ waitingPin: null, pinned: { row, column, sourceToken, targetToken } });
  }
  const stops = [frames.subscribe(follow), view.subscribe(follow)];
  follow();
  return () => {
    for (const stop of stops) stop();
  };
}
