/** English: the runs that this browser keeps, and checkpoint files. */

import type { RunOrigin, StorageProblem } from '../../training/protocol.ts';
import { bytesText } from './bytes-text.ts';

export interface RunStrings {
  readonly title: string;
  readonly name: string;
  readonly save: string;
  /** Where they are, and what is safer. */
  readonly where: string;
  readonly none: string;
  readonly unavailable: string;
  /** A run that saved itself and has no name. */
  readonly unnamed: string;
  readonly open: (name: string) => string;
  readonly rename: string;
  readonly renameTo: (name: string) => string;
  readonly keep: string;
  readonly duplicate: string;
  readonly copyOf: (name: string) => string;
  readonly delete: string;
  /** Names a button among those of several runs. */
  readonly of: (action: string, name: string) => string;
  readonly deleted: (name: string) => string;
  readonly undo: string;
  /** Step, exact match and size come in formatted; exact match is null where it was never measured. */
  readonly facts: (task: string, step: string, exact: string | null, size: string, when: string) => string;
  readonly usage: (used: string, quota: string) => string;
  readonly download: string;
  readonly openFile: string;
  readonly size: (bytes: number) => string;
  readonly full: string;
  readonly resumed: (origin: RunOrigin, step: string) => string;
  readonly startAfresh: string;
  readonly notSaved: (problem: StorageProblem) => string;
}

function whereFrom(origin: RunOrigin, step: string): string {
  switch (origin.kind) {
    case 'last':
      return `Your last run, at step ${step}, is open again.`;
    case 'copy':
      return `Your last run is open in another tab. This is a copy of it, from step ${step}, with a life of its own.`;
    case 'saved':
      return origin.name === null ? `A run at step ${step} is open.` : `“${origin.name}” is open, at step ${step}.`;
    case 'shipped':
      return `The model that ships with the page is shown, trained for ${step} steps.`;
    case 'file':
      return `The run of the file is open, at step ${step}.`;
  }
}

export const enRuns: RunStrings = {
  title: 'Runs',
  name: 'Name of this run',
  save: 'Save',
  where: 'They stay in this browser, which may clear them after weeks without a visit. A file stays for good.',
  none: 'No other run is kept yet.',
  unavailable: 'This browser has no place to keep runs here. A file works everywhere.',
  unnamed: 'Saved by itself',
  open: (name) => `Open ${name}`,
  rename: 'Rename',
  renameTo: (name) => `New name of ${name}`,
  keep: 'Keep name',
  duplicate: 'Duplicate',
  copyOf: (name) => `${name}, copy`,
  delete: 'Delete',
  of: (action, name) => `${action} ${name}`,
  deleted: (name) => `“${name}” was deleted.`,
  undo: 'Undo',
  facts: (task, step, exact, bytes, when) =>
    [task, `step ${step}`, ...(exact === null ? [] : [`${exact} exact`]), bytes, when].join(' · '),
  usage: (used, quota) => `${used} of ${quota} used`,
  download: 'Download this run',
  openFile: 'Open a file',
  size: (bytes) => bytesText(bytes, 'en'),
  full: 'There is no room for it. Delete a run, or download this one as a file.',
  resumed: whereFrom,
  startAfresh: 'Start afresh',
  notSaved: (problem) =>
    problem === 'full'
      ? 'The browser’s storage is full, so this run is not being saved. Training goes on; downloading it still works.'
      : 'The browser does not let this page save the run. Training goes on; downloading it still works.',
};
