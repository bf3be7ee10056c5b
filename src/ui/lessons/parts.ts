/** Where on the page the parts are that a card speaks about. */

import type { PartName } from '../../store/lessons/lesson.ts';

const PARTS: Readonly<Record<Exclude<PartName, `panel-${string}`>, string>> = {
  train: '.transport .primary',
  reset: '.transport [aria-keyshortcuts="r"]',
  pace: '.pace',
  schematic: '.schematic',
  sentence: '.sentence-box',
  translation: '.translation',
  probes: '.probes',
  heatmap: '.heatmap',
  switches: '.heatmap .switches',
  time: '.time',
  settings: '.settings',
  meters: '.meters-head',
};

/** A CSS selector of the part; a panel's part is its tab. */
export const selectorOf = (part: PartName): string =>
  part.startsWith('panel-') ? `[id="drawer-${part.slice('panel-'.length)}"]` : PARTS[part as keyof typeof PARTS];
