/** Single keys and what they do. */

import type { HidablePart } from '../../store/hidden.ts';
import { currentLink } from '../../store/link-sync.ts';
import { dismiss, notify } from '../../store/notice-store.ts';
import { PACE_NAMES, paceName } from '../../store/pace.ts';
import type { Session } from '../../store/session.ts';
import type { ThemeChoice, ViewStore } from '../../store/view-store.ts';
import { downloadRun } from '../kept-runs/download.ts';

/** Ids that a shortcut has to find. */
export const SENTENCE_INPUT_ID = 'sentence';
export const HELP_BUTTON_ID = 'help';
export const RUNS_BUTTON_ID = 'runs';
export const TAKE_AWAY_BUTTON_ID = 'take-away';
export const LESSONS_BUTTON_ID = 'lessons';

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

export type Shortcut =
  | 'toggle'
  | 'step'
  | 'steps'
  | 'reset'
  | 'slower'
  | 'faster'
  | 'sentence'
  | 'probe'
  | 'mode'
  | 'values'
  | 'table'
  | 'picture'
  | 'log'
  | 'copy'
  | 'theme'
  | 'play'
  | 'back'
  | 'forth'
  | 'keep'
  | 'live'
  | 'download'
  | 'runs'
  | 'take-away'
  | 'lessons'
  | 'unpin'
  | 'help';

const KEYS: Readonly<Record<string, Shortcut>> = {
  ' ': 'toggle',
  s: 'step',
  n: 'steps',
  r: 'reset',
  '-': 'slower',
  '+': 'faster',
  '=': 'faster',
  '/': 'sentence',
  '1': 'probe',
  '2': 'probe',
  '3': 'probe',
  '4': 'probe',
  f: 'mode',
  v: 'values',
  b: 'table',
  m: 'picture',
  l: 'log',
  c: 'copy',
  t: 'theme',
  p: 'play',
  '[': 'back',
  ']': 'forth',
  k: 'keep',
  '.': 'live',
  d: 'download',
  o: 'runs',
  e: 'take-away',
  g: 'lessons',
  Escape: 'unpin',
  '?': 'help',
};

/** The shortcut of a key press, null where the key belongs to the browser or to nobody. */
export function shortcutOf({ key, ctrlKey, metaKey, altKey }: KeyPress): Shortcut | null {
  if (ctrlKey || metaKey || altKey) return null;
  const name = key.length === 1 ? key.toLowerCase() : key;
  return Object.hasOwn(KEYS, name) ? KEYS[name] : null;
}

export const THEMES: readonly ThemeChoice[] = ['system', 'light', 'dark'];

export const nextTheme = (view: ViewStore): void =>
  view.setState(({ theme }) => ({ theme: THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] }));

/** Copies the link of what is seen; where the browser forbids it, shows the link instead. */
export async function copyLink(session: Session): Promise<void> {
  const link = currentLink(session, location);
  dismiss(session.notices, 'link-not-copied');
  try {
    await navigator.clipboard.writeText(link);
    notify(session.notices, { kind: 'link-copied' });
  } catch {
    notify(session.notices, { kind: 'link-not-copied', link });
  }
}

/** Parts of the page that a shortcut belongs to: it rests where a link leaves the part out. */
const PART_OF: Partial<Record<Shortcut, HidablePart>> = {
  toggle: 'train',
  step: 'train',
  steps: 'train',
  reset: 'train',
  slower: 'speed',
  faster: 'speed',
  sentence: 'sentence',
  probe: 'sentence',
  log: 'meters',
  copy: 'share',
  play: 'time',
  back: 'time',
  forth: 'time',
  keep: 'time',
  download: 'runs',
  'take-away': 'runs',
  runs: 'runs',
  lessons: 'lessons',
};

export const isResting = (shortcut: Shortcut, hidden: readonly HidablePart[]): boolean => {
  const part = PART_OF[shortcut];
  return part !== undefined && hidden.includes(part);
};

/** Does what a shortcut says; `key` tells which probe. */
export function performShortcut(session: Session, shortcut: Shortcut, key: string): void {
  const { actions, view, frames, timeline } = session;
  if (shortcut === 'toggle') actions.toggle();
  else if (shortcut === 'step') actions.step(1);
  else if (shortcut === 'steps') actions.step(view.getState().stepCount);
  else if (shortcut === 'reset') actions.reset();
  else if (shortcut === 'slower') changePace(session, -1);
  else if (shortcut === 'faster') changePace(session, 1);
  else if (shortcut === 'sentence') document.getElementById(SENTENCE_INPUT_ID)?.focus();
  else if (shortcut === 'probe') stageProbe(session, Number(key) - 1);
  else if (shortcut === 'mode')
    actions.setMode(frames.getState().mode === 'free-running' ? 'teacher-forced' : 'free-running');
  else if (shortcut === 'values') view.setState(({ showValues }) => ({ showValues: !showValues }));
  else if (shortcut === 'table') view.setState(({ showTable }) => ({ showTable: !showTable }));
  else if (shortcut === 'picture')
    view.setState(({ picture }) => ({ picture: picture === 'matrix' ? 'ribbons' : 'matrix', showTable: false }));
  else if (shortcut === 'log') view.setState(({ isLogLoss }) => ({ isLogLoss: !isLogLoss }));
  else if (shortcut === 'copy') void copyLink(session);
  else if (shortcut === 'theme') nextTheme(view);
  else if (shortcut === 'play') {
    if (timeline.getState().isPlaying) timeline.pause();
    else timeline.play();
  } else if (shortcut === 'back') timeline.move(-1);
  else if (shortcut === 'forth') timeline.move(1);
  else if (shortcut === 'keep') timeline.keep();
  else if (shortcut === 'live') timeline.live();
  else if (shortcut === 'unpin') goBack(session);
  else if (shortcut === 'download') void downloadRun(session.runs);
  else if (shortcut === 'runs') document.getElementById(RUNS_BUTTON_ID)?.click();
  else if (shortcut === 'take-away') document.getElementById(TAKE_AWAY_BUTTON_ID)?.click();
  else if (shortcut === 'lessons') goToLesson();
  else if (shortcut === 'help') document.getElementById(HELP_BUTTON_ID)?.click();
}

/** The open card, from wherever the focus is; the list of lessons where none is open. */
function goToLesson(): void {
  const card = document.querySelector<HTMLElement>('.lesson h2');
  if (card) card.focus();
  else document.getElementById(LESSONS_BUTTON_ID)?.click();
}

/** What Escape takes back: a pin, else a visit to the past. What closes by itself, closes. */
function goBack({ view, timeline }: Session): void {
  if (document.querySelector(':popover-open')) return;
  if (view.getState().pinned) view.setState({ pinned: null, hovered: null });
  else {
    view.setState({ hovered: null });
    timeline.live();
  }
}

function changePace({ actions, run }: Session, by: number): void {
  const index = PACE_NAMES.indexOf(paceName(run.getState().pace)) + by;
  if (index >= 0 && index < PACE_NAMES.length) actions.setPace(PACE_NAMES[index]);
}

function stageProbe({ actions, frames }: Session, index: number): void {
  if (index < frames.getState().probeKeys.length) actions.stage({ kind: 'probe', index });
}
