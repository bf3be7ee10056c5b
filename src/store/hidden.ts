/** Parts of the page that a link can leave out, so that a class sees what the lesson is about. */

import type { PanelName } from './view-store.ts';

/** As they stand in a link, in the order of the page. A panel of the drawer goes by its own name. */
export const HIDABLE_PARTS = [
  'task',
  'train',
  'speed',
  'runs',
  'lessons',
  'share',
  'schematic',
  'sentence',
  'time',
  'pairs',
  'settings',
  'facts',
  'meters',
  'probes',
  'drawer',
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
export type HidablePart = (typeof HIDABLE_PARTS)[number];

const isPart = (name: string): name is HidablePart => (HIDABLE_PARTS as readonly string[]).includes(name);

/** Reads names with commas between them; those that are none are reported and left out. */
export function parseHidden(text: string, report: (bad: string) => void): readonly HidablePart[] {
  const names = text.split(',').filter((name) => name !== '');
  for (const name of names) if (!isPart(name)) report(name);
  return HIDABLE_PARTS.filter((part) => names.includes(part));
}

/** In the order of the page, each once. */
export const printHidden = (parts: readonly HidablePart[]): string =>
  HIDABLE_PARTS.filter((part) => parts.includes(part)).join(',');

/** True where a panel can't be reached: left out itself, or with the whole drawer. */
export const isPanelHidden = (hidden: readonly HidablePart[], panel: PanelName): boolean =>
  hidden.includes('drawer') || (hidden as readonly string[]).includes(panel);
