/** The tasks by name. Each is a module of its own, loaded when its task is chosen. */

import { CorpusFormatError } from '../lib/errors.ts';
import { inSlices } from '../lib/slices.ts';
import type { BuiltInTask, Config } from '../model/config.ts';
import type { AutoencoderTask } from './autoencode-text.ts';
import type { Corpus } from './corpus.ts';
import type { ListTask } from './lists.ts';
import type { LongDateTask } from './long-dates-text.ts';
import type { NumberTask } from './numbers.ts';
import type { PackedCorpus } from './packed-corpus.ts';
import type { BlockTask, MessageTask } from './templates-text.ts';

type Loader = () => Promise<Corpus>;

const numbers =
  (task: NumberTask): Loader =>
  async () =>
    (await import('./numbers.ts')).loadNumbers(task);
const list =
  (task: ListTask): Loader =>
  async () =>
    (await import('./lists.ts')).loadList(task);

const longDates =
  (task: LongDateTask): Loader =>
  async () =>
    (await import('./long-dates.ts')).loadLongDates(task);
const messages =
  (task: MessageTask): Loader =>
  async () =>
    (await import('./messages.ts')).loadMessages(task);
const blocks =
  (task: BlockTask): Loader =>
  async () =>
    (await import('./blocks.ts')).loadBlocks(task);
const autoencoder =
  (task: AutoencoderTask): Loader =>
  async () =>
    (await import('./autoencode.ts')).loadAutoencoder(task);

const LOADERS: Record<BuiltInTask, Loader> = {
  phrases: async () => inSlices((await import('./phrases.ts')).makePhrases('phrases')),
  'phrases-de': async () => inSlices((await import('./phrases.ts')).makePhrases('phrases-de')),
  numbers: numbers('numbers'),
  'numbers-de': numbers('numbers-de'),
  'numbers-ar': numbers('numbers-ar'),
  'numbers-tr': numbers('numbers-tr'),
  'number-words': numbers('number-words'),
  'number-words-de': numbers('number-words-de'),
  'number-words-ar': numbers('number-words-ar'),
  'number-words-tr': numbers('number-words-tr'),
  dates: async () => (await import('./dates.ts')).loadDates(),
  reverse: list('reverse'),
  copy: list('copy'),
  sort: list('sort'),
  negation: async () => (await import('./classes/negation.ts')).loadNegation(),
  actor: async () => (await import('./classes/actor.ts')).loadActor(),
  plates: async () => (await import('./plates.ts')).loadPlates(),
  'long-dates': longDates('long-dates'),
  'long-dates-hu': longDates('long-dates-hu'),
  'long-dates-fr': longDates('long-dates-fr'),
  messages: messages('messages'),
  'messages-ja': messages('messages-ja'),
  blocks: blocks('blocks'),
  'blocks-ja': blocks('blocks-ja'),
  autoencode: autoencoder('autoencode'),
  denoise: autoencoder('denoise'),
};

/** Corpora never change, and drawing one takes a moment: the built-in ones are made once. */
const builtIn = new Map<BuiltInTask, Promise<Corpus>>();

/** Takes the pairs of a task that another thread has made, so that they are not made here. */
export function adoptCorpus(packed: PackedCorpus): void {
  const { task } = packed;
  const unpacked = import('./packed-corpus.ts').then(({ unpackCorpus }) => unpackCorpus(packed));
  if (!builtIn.has(task)) builtIn.set(task, unpacked.catch(LOADERS[task]));
}

/**
 * The corpus of a task. It is the same for every seed: which pairs are held out is part of the task, so that the
 * figures of two runs are measured on the same sentences and no seed trains on what another is tested with. The seed
 * decides the initial weights and the order of the batches.
 * @throws CorpusFormatError when the visitor's pairs can't be used, or are missing
 */
export async function loadCorpus(
  { task }: Pick<Config, 'task' | 'seed'>,
  ownData?: { readonly fileName: string; readonly text: string },
): Promise<Corpus> {
  if (task === 'own') {
    if (!ownData) throw new CorpusFormatError(1, "own pairs: expected a file of 'source TAB target' lines, got none");
    return (await import('./own.ts')).loadOwn(ownData.fileName, ownData.text);
  }
  const loaded = builtIn.get(task) ?? LOADERS[task]();
  builtIn.set(task, loaded);
  // A chunk that did not arrive is asked for again the next time.
  loaded.catch(() => builtIn.delete(task));
  return loaded;
}
