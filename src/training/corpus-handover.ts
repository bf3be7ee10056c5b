/** Hands the pairs of a task to the page, which gives them to another worker should this one end. */

import type { Corpus } from '../data/corpus.ts';
import { inSlices } from '../lib/slices.ts';
import type { Event } from './protocol.ts';

/** The training goes on between two slices. */
const SLICE_MS = 4;

export class CorpusHandover {
  #given: Corpus | null = null;

  constructor(private readonly emit: (event: Event, transfer: Transferable[]) => void) {}

  /** Packs what is not handed over yet; what can't be is made anew. */
  async offer(corpus: Corpus): Promise<void> {
    if (this.#given === corpus) return;
    this.#given = corpus;
    const { packingCorpus } = await import('../data/packed-corpus.ts');
    const packed = await inSlices(packingCorpus(corpus), SLICE_MS);
    if (packed && this.#given === corpus)
      this.emit({ type: 'corpus', corpus: packed }, [packed.pairs.buffer, packed.starts.buffer]);
  }
}
