/** The race of a session: at most one, beside the main run, and never training at the same time. */

import type { Corpus } from '../../data/corpus.ts';
import { assertNever } from '../../lib/assert-never.ts';
import type { Executors } from '../executors.ts';
import type { Race } from './race.ts';
import type { RaceAction, RaceDescription, RaceNews, RaceSetup } from './race-protocol.ts';

/** What a race takes from the main run. */
export interface RaceGround {
  readonly corpus: Corpus;
  readonly executor: 'webgpu' | 'cpu';
}

export interface RaceHostOptions {
  readonly executors: Pick<Executors, 'open'>;
  /** @throws Error where no run is open */
  readonly ground: () => RaceGround;
  /** Resolves when the main run makes no more steps. */
  readonly pauseMain: () => Promise<void>;
  readonly tell: (news: RaceNews) => void;
}

export class RaceHost {
  #race: Race | null = null;
  #count = 0;
  /** Actions one after the other. */
  #acting: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: RaceHostOptions) {}

  /** Does what the page asks; an opened race is described. @throws what `Race.open` and `Race.follow` throw */
  act(action: RaceAction): Promise<RaceDescription | null> {
    const acting = this.#acting.then(() => this.#act(action));
    this.#acting = acting.catch(() => {});
    return acting;
  }

  /** The main run is about to train. */
  yield(): void {
    if (this.#race?.isRunning) void this.#race.pause();
  }

  async dispose(): Promise<void> {
    await this.act({ kind: 'close' });
  }

  async #act(action: RaceAction): Promise<RaceDescription | null> {
    const race = this.#race;
    switch (action.kind) {
      case 'open':
        return this.#open(action.setup);
      case 'go':
        await this.options.pauseMain();
        race?.go(action.until);
        return null;
      case 'pause':
        await race?.pause();
        return null;
      case 'reset':
        await race?.reset();
        return null;
      case 'follow':
        await race?.follow(action.sentence);
        return null;
      case 'park':
        await race?.park();
        return null;
      case 'close':
        this.#race = null;
        await race?.close();
        return null;
      default:
        return assertNever(action);
    }
  }

  async #open(setup: RaceSetup): Promise<RaceDescription> {
    const { ground, executors, tell } = this.options;
    const { corpus, executor } = ground();
    await this.#race?.close();
    this.#race = null;
    const { Race } = await import('./race.ts');
    const race = await Race.open({ race: ++this.#count, setup, corpus, executor, executors, tell });
    this.#race = race;
    return race.describe();
  }
}
