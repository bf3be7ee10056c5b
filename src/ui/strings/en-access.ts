/** English: what pictures say when they are walked by keyboard, and how large the page is. Numbers come in printed. */

export interface AccessStrings {
  /** Name of a picture that is walked with the arrow keys. */
  readonly walk: (picture: string) => string;
  readonly chart: (label: string) => string;
  readonly chartPoint: (step: string, value: string) => string;
  readonly noPoint: string;
  readonly wordMap: (side: string) => string;
  readonly wordOnMap: (word: string, count: number) => string;
  readonly unitMap: (quantity: string) => string;
  readonly untouched: string;
  readonly beamTree: string;
  readonly beamStart: (followers: number) => string;
  readonly beamNode: (position: number, word: string, probability: string, fate: 'way' | 'kept' | 'pruned') => string;
  readonly candidates: string;
  readonly candidate: (position: number, rank: number, word: string, probability: string, isTaken: boolean) => string;
  readonly size: string;
  readonly sizes: Readonly<Record<'normal' | 'large', string>>;
}

const FATES = { way: 'on the way to the translation', kept: 'kept', pruned: 'pruned' } as const;

export const enAccess: AccessStrings = {
  walk: (picture) => `${picture}. Arrow keys walk through it.`,
  chart: (label) => `${label}, step by step`,
  chartPoint: (step, value) => `step ${step}: ${value}`,
  noPoint: 'no values yet',
  wordMap: (side) => `Words on the map of the ${side}: arrow keys go to the next word in that direction, Enter chooses`,
  wordOnMap: (word, count) => `${word}, ${count} times in the training pairs`,
  unitMap: (quantity) => `${quantity} of all units: arrow keys go through units and words, Enter opens`,
  untouched: 'Cells of the untouched attention: arrow keys go through rows and columns',
  beamTree: 'Words of the tree: arrow keys go along it, Enter pins',
  beamStart: (followers) => `start, ${followers} ${followers === 1 ? 'word follows' : 'words follow'}`,
  beamNode: (position, word, probability, fate) => `word ${position}, ${word}: ${probability}, ${FATES[fate]}`,
  candidates: 'Candidate words: arrow keys go through steps and ranks, Enter pins',
  candidate: (position, rank, word, probability, isTaken) =>
    `step ${position}, rank ${rank}: ${word}, ${probability}${isTaken ? ', taken' : ''}`,
  size: 'Size',
  sizes: { normal: 'normal', large: 'large, for a projector' },
};
