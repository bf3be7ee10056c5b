/** The tasks by name. */

import { assertNever } from '../lib/assert-never.ts';
import { CorpusFormatError } from '../lib/errors.ts';
import type { Config, TaskId } from '../model/config.ts';
import type { Corpus } from './corpus.ts';
import { loadDates } from './dates.ts';
import { loadNumbers } from './numbers.ts';
import { loadOwn } from './own.ts';
import { loadPhrases } from './phrases.ts';

/** Corpora never change, and drawing one takes a moment: the built-in ones are made once. */
const builtIn = new Map<TaskId, Corpus>();

function loadBuiltIn(task: Exclude<TaskId, 'own'>): Corpus {
  switch (task) {
    case 'phrases':
      return loadPhrases();
    case 'numbers':
      return loadNumbers();
    case 'dates':
      return loadDates();
    default:
      return assertNever(task);
  }
}

/**
 * The corpus of a task. It is the same for every seed: which pairs are held out is part of the task, so that the
 * figures of two runs are measured on the same sentences and no seed trains on what another is tested with. The seed
 * decides the initial weights and the order of the batches.
 * @throws CorpusFormatError when the visitor's pairs can't be used, or are missing
 */
export function loadCorpus(
  { task }: Pick<Config, 'task' | 'seed'>,
  ownData?: { readonly fileName: string; readonly text: string },
): Corpus {
  if (task === 'own') {
    if (!ownData) throw new CorpusFormatError(1, "own pairs: expected a file of 'source TAB target' lines, got none");
    return loadOwn(ownData.fileName, ownData.text);
  }
  const corpus = builtIn.get(task) ?? loadBuiltIn(task);
  builtIn.set(task, corpus);
  return corpus;
}
