/** A visit as the worker sees it: every command of the page, and the answer to it. */

import { assertNever } from '../lib/assert-never.ts';
import { CorpusHandover } from './corpus-handover.ts';
import { ExecutorFactory, type Executors } from './executors.ts';
import { Importing } from './importing.ts';
import { Keeper } from './keeping/keeper.ts';
import type { Command, Event, RunStatus } from './protocol.ts';
import { RaceHost } from './race/race-host.ts';
import { Reporter } from './reporter.ts';
import { Requests } from './requests.ts';
import type { Run } from './run.ts';
import { RunHost } from './run-host.ts';
import { Safeguard } from './safety/safeguard.ts';
import { needsWhole } from './shipped/showcase.ts';
import { TrainingLoop } from './training-loop.ts';
import type { TrainingState } from './training-state.ts';

/** Carries out the commands of one page. */
export class Session {
  readonly #importer: Importing;
  readonly #keeper: Keeper;
  readonly #races: RaceHost;
  readonly #safeguard: Safeguard;
  readonly #reporter: Reporter;
  readonly #loop: TrainingLoop;
  readonly #host: RunHost;
  readonly #requests: Requests;

  /** @param patienceMs for which a run waits for a GPU that it lost, before it goes on on the CPU meanwhile */
  constructor(
    private readonly emit: (event: Event, transfer?: Transferable[]) => void,
    executors: Executors = new ExecutorFactory(),
    patienceMs?: number,
  ) {
    this.#importer = new Importing((phase, share) => emit({ type: 'import-progress', phase, share }));
    this.#keeper = new Keeper((problem) => emit({ type: 'not-saved', problem }));
    const handover = new CorpusHandover(emit);
    this.#safeguard = new Safeguard({
      onGood: (state) => {
        emit({ type: 'snapshot', state });
        if (this.#loop.run) void handover.offer(this.#loop.run.corpus);
        this.#save(this.#loop.run, state, false);
      },
      onRest: (run, state) => this.#save(run, state, true),
    });
    this.#reporter = new Reporter({
      emit,
      isOpen: (run) => run === this.#loop.run,
      guard: (run, body) => this.#loop.guard(run, body),
    });
    this.#loop = new TrainingLoop({
      emit,
      reporter: this.#reporter,
      safeguard: this.#safeguard,
      onFault: (run, error) => this.#host.fault(run, error),
    });
    this.#host = new RunHost({
      emit,
      executors,
      importer: this.#importer,
      keeper: this.#keeper,
      loop: this.#loop,
      reporter: this.#reporter,
      safeguard: this.#safeguard,
      patienceMs,
    });
    this.#races = new RaceHost({
      executors,
      ground: () => {
        const { corpus, executor } = this.#loop.openRun();
        return { corpus, executor: executor.kind };
      },
      pauseMain: async () => {
        this.#loop.pause();
        await this.#loop.quiet();
      },
      tell: (news) => emit({ type: 'race', news }),
    });
    this.#requests = new Requests({
      emit,
      importer: this.#importer,
      keeper: this.#keeper,
      races: this.#races,
      host: this.#host,
      loop: this.#loop,
    });
  }

  /** Takes a command; what it answers comes as events. */
  handle(command: Command): void {
    const { shown } = this.#host;
    if (!shown || !needsWhole(command)) this.#carryOut(command);
    else
      void shown.whole().then((isWhole) => {
        // What asks for an answer gets one; what was meant for this model is not done to another.
        if (isWhole || 'request' in command) this.#carryOut(command);
      });
  }

  #carryOut(command: Command): void {
    switch (command.type) {
      case 'open':
        this.#host.open(command);
        return;
      case 'move':
        this.#host.move(command);
        return;
      case 'cancel-import':
        this.#importer.cancel();
        return;
      case 'get-ready':
        void this.#host.shown?.whole();
        return;
      case 'ping':
        this.emit({ type: 'pong' });
        return;
      case 'train':
        this.#startFrom(command.isFromStart, 'training', Number.POSITIVE_INFINITY);
        return;
      case 'step':
        this.#startFrom(command.isFromStart, 'stepping', command.count);
        return;
      case 'pause':
        this.#loop.pause();
        return;
      case 'pace':
        this.#loop.setPace(command.pace);
        return;
      case 'reset':
        this.#whenQuiet(async (run) => {
          await this.#toStart(run, 'paused');
          await this.#reporter.frame(run);
        });
        return;
      case 'configure':
        this.#host.configure(command.live);
        this.#between(async (run) => {
          await run.trainer.configure(command.live);
          this.#reporter.strategy(run);
        });
        return;
      case 'decoding':
        this.#reporter.mode = command.mode;
        this.#between((run) => this.#reporter.frame(run));
        return;
      case 'probes':
        this.#host.pin(command.sources);
        this.#between(async (run) => {
          await run.pinProbes(command.sources);
          await this.#reporter.frame(run);
        });
        return;
      case 'import':
      case 'choose-pairs':
      case 'shelf':
      case 'curves':
      case 'race':
      case 'translate':
      case 'evaluate':
      case 'ask':
      case 'checkpoint':
        void this.#requests.answer(command);
        return;
      default:
        assertNever(command);
    }
  }

  /** Frees everything. */
  async dispose(): Promise<void> {
    this.#loop.pause();
    await this.#loop.quiet();
    await this.#races.dispose();
    this.#keeper.dispose();
    this.#loop.run?.dispose();
    this.#loop.drop();
  }

  /** Has a state of the run saved where it is still the one that is open, at once where it is the last one for now. */
  #save(run: Run | null, state: TrainingState | null, isLast: boolean): void {
    if (run && state && run === this.#loop.run) this.#keeper.offer(() => run.checkpointOf(state), state.step, isLast);
  }

  /** Back to the initial weights. */
  async #toStart(run: Run, status: RunStatus): Promise<void> {
    await run.executor.idle();
    run.trainer.reset();
    // What was trained before stays among the runs that are kept.
    this.#keeper.begin(null);
    this.#safeguard.restart(null);
    this.emit({ type: 'status', status, step: 0 });
  }

  #startFrom(isFromStart: boolean | undefined, status: 'training' | 'stepping', steps: number): void {
    if (!isFromStart) this.#start(status, steps);
    else
      this.#whenQuiet(async (run) => {
        const isWanted = () => pauses === this.#loop.pauses;
        await this.#toStart(run, isWanted() ? status : 'paused');
        if (isWanted()) this.#start(status, steps);
        else await this.#reporter.frame(run);
      });
    const { pauses } = this.#loop;
  }

  #start(status: 'training' | 'stepping', steps: number): void {
    // While the run is being recovered it is told what it shall do then.
    if (!this.#loop.run && !this.#host.isRecovering) return;
    this.#races.yield();
    this.#loop.start(status, steps);
  }

  /** Runs `body` between two steps, or now when none are being taken. */
  #between(body: (run: Run) => Promise<void>): void {
    this.#onceOpen(() => this.#loop.between(body));
  }

  /** Pauses, then runs `body` when the last step is through. */
  #whenQuiet(body: (run: Run) => Promise<void>): void {
    this.#onceOpen(() => {
      this.#loop.pause();
      this.#loop.next(body);
    });
  }

  /** Acts on the run that is open, or on the one that is being recovered when it is there. */
  #onceOpen(act: () => void): void {
    if (this.#loop.run) act();
    else if (this.#host.isRecovering) void this.#host.settled().then(() => this.#onceOpen(act));
  }
}
