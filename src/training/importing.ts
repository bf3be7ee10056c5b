/** The importer of the visitor's pairs, loaded when they bring some: few visits do. */

import type { Corpus } from '../data/corpus.ts';
import type { Encoding } from '../data/import/encoding.ts';
import type { KeptPairs } from '../data/import/kept-pairs.ts';
import type { PairChoice } from '../data/import/selection.ts';
import type { Importer, ReportProgress } from './importer.ts';
import type { ImportAnswer, ImportPreview } from './protocol.ts';

export class Importing {
  #loading: Promise<Importer> | null = null;
  #importer: Importer | null = null;
  /** Counts what was asked for, so that what was cancelled before it began does not begin. */
  #turn = 0;

  constructor(private readonly report: ReportProgress) {}

  async #load(): Promise<Importer> {
    this.#loading ??= import('./importer.ts').then(({ Importer }) => new Importer(this.report));
    // A chunk that did not arrive is asked for again the next time.
    this.#loading.catch(() => {
      this.#loading = null;
    });
    this.#importer = await this.#loading;
    return this.#importer;
  }

  /** @throws CorpusFormatError as `Importer.read` */
  async read(files: readonly File[], encoding?: Encoding): Promise<ImportAnswer | null> {
    const turn = ++this.#turn;
    const importer = await this.#load();
    return turn === this.#turn ? importer.read(files, encoding) : null;
  }

  /** @throws CorpusFormatError as `Importer.choose` */
  async choose(choice: PairChoice): Promise<ImportPreview | null> {
    const turn = ++this.#turn;
    const importer = await this.#load();
    return turn === this.#turn ? importer.choose(choice) : null;
  }

  cancel(): void {
    this.#turn++;
    this.#importer?.cancel();
  }

  /** @throws CorpusFormatError as `Importer.corpus` */
  async corpus(): Promise<Corpus> {
    return (await this.#load()).corpus();
  }

  async adopt(pairs: KeptPairs): Promise<Corpus> {
    return (await this.#load()).adopt(pairs);
  }

  kept(): KeptPairs | null {
    return this.#importer?.kept() ?? null;
  }
}
