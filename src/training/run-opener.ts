/** Opens the run that a visitor asks for: from its initial weights, from what was kept, or from a model that ships. */

import type { Corpus } from '../data/corpus.ts';
import { adoptCorpus, loadCorpus } from '../data/tasks.ts';
import { CheckpointFormatError, DeviceUnavailableError } from '../lib/errors.ts';
import { causeOf, isDeviceFault } from '../lib/fault-ladder.ts';
import { type Config, checkConfig } from '../model/config.ts';
import type { Checkpoint } from './checkpoint.ts';
import { type Executors, isOfSoftware, type OpenedExecutor } from './executors.ts';
import type { Importing } from './importing.ts';
import type { Found, Keeper } from './keeping/keeper.ts';
import type { Command, FaultCause, OwnData, RunOrigin } from './protocol.ts';
import { Run } from './run.ts';
import type { OpenRun, Rescuer, Returned } from './safety/rescuer.ts';
import { loadShipped, mayShip } from './shipped/library.ts';
import { openShown, preloadShown } from './shipped/showcase.ts';

export type OpenCommand = Extract<Command, { type: 'open' }>;

/** A run that was opened, and what it goes on from. */
export interface Opened extends OpenRun {
  /** Where the keeper found it; null for a new run and for one that ships. */
  readonly found: Found | null;
  /** Null where the run begins with its initial weights or with a state that the page handed over. */
  readonly checkpoint: Checkpoint | null;
  readonly origin: RunOrigin | null;
  /** True for weights on show: their whole run has yet to be opened. */
  readonly isShown: boolean;
  /** Set where the run is on the CPU for as long as its GPU is not ready. */
  readonly returning: Promise<Returned> | null;
}

export interface RunOpenerOptions {
  readonly executors: Executors;
  readonly rescuer: Rescuer;
  readonly importer: Importing;
  readonly keeper: Keeper;
  /** True while a run is open that could go on if this one can't be opened. */
  readonly hasOther: () => boolean;
}

/** Opens runs, and leaves those that are open alone. */
export class RunOpener {
  constructor(private readonly options: RunOpenerOptions) {}

  /** @throws what keeps the run from being opened; nothing is held or allocated then */
  async open(command: OpenCommand): Promise<Opened> {
    const { source, models, config, executor, succession } = command;
    const { keeper } = this.options;
    const loading = new AbortController();
    let found: Found | null = null;
    try {
      checkConfig(config);
      if (succession?.corpus) adoptCorpus(succession.corpus);
      // Both at once: what is not needed is not waited for.
      const wanted = models === undefined ? null : loadShipped(models, config, loading.signal);
      // Who asks for WebGPU by name is shown nothing else.
      const mayShow = wanted !== null && mayShip(config) && executor !== 'webgpu';
      if (mayShow) preloadShown(config.task);
      found = source ? await keeper.find(source) : null;
      if (found) loading.abort();
      const shipped = found ? null : await wanted;
      if (source && source.kind !== 'last' && !found)
        throw new CheckpointFormatError('checkpoint: the run is not there any more, or none of its states is whole');
      const checkpoint = found?.checkpoint ?? shipped?.checkpoint ?? null;
      const origin = found?.origin ?? (shipped && ({ kind: 'shipped' } as const));
      const isShown = shipped !== null && mayShow;
      if (isShown) {
        const next = await openShown(shipped, executor);
        return { ...next, found, checkpoint, origin, isShown, returning: null };
      }
      return { ...(await this.openWhole(command, checkpoint)), found, checkpoint, origin, isShown };
    } catch (error) {
      loading.abort();
      found?.hold?.release();
      throw error;
    }
  }

  /** A run that can be trained. Where the GPU fails with no other run to keep, the CPU takes its place. @throws as `open` */
  async openWhole(
    { executor, strategy = 'auto', data, config: asked, resume, succession }: OpenCommand,
    checkpoint: Checkpoint | null,
  ): Promise<Pick<Opened, 'run' | 'opened' | 'returning'>> {
    const { executors, rescuer, importer, hasOther } = this.options;
    const config = checkpoint?.config ?? asked;
    let corpus: Promise<Corpus> | null = null;
    const load = () => {
      corpus ??= checkpoint?.pairs ? importer.adopt(checkpoint.pairs) : this.#corpus(config, data);
      return corpus;
    };
    const openOn = async (opened: OpenedExecutor): Promise<OpenRun> => {
      const run = await Run.open(opened, load, config);
      try {
        if (config.task === 'own') run.pairs = checkpoint?.pairs ?? importer.kept();
        if (resume) await run.trainer.restore({ ...resume, config });
        if (checkpoint) await run.restore(checkpoint);
      } catch (error) {
        run.dispose();
        throw error;
      }
      return { run, opened };
    };
    const onCpu = async (cause: FaultCause, { message }: Error) => ({
      ...(await openOn(await executors.insteadOfGpu(cause, message))),
      returning: null,
    });
    try {
      const known = executor === 'auto' && !succession?.hadGpu && succession?.reasons.find(isOfSoftware);
      const opening = known ? executors.insteadOfSoftware(known) : executors.open(executor, strategy, config);
      const asked = opening.then(openOn);
      if (succession?.hadGpu && executor !== 'cpu') return await rescuer.reopen(asked, openOn);
      return { ...(await asked), returning: null };
    } catch (error) {
      // A run that was under way goes on without a GPU.
      const isGone = (resume ?? succession) !== undefined && error instanceof DeviceUnavailableError;
      if (isGone) return onCpu('lost', error);
      if (!isDeviceFault(error) || (hasOther() && causeOf(error) === 'memory')) throw error;
      return onCpu(causeOf(error), error as Error);
    }
  }

  #corpus(config: Config, data: OwnData | undefined): Promise<Corpus> {
    if (config.task === 'own' && data?.kind === 'imported') return this.options.importer.corpus();
    return loadCorpus(config, data?.kind === 'text' ? data : undefined);
  }
}
