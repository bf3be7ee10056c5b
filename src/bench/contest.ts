/** One model trained by several contestants in turn: open, check the losses, warm up, then round after round. */

import type { Strategy } from '../engine/lowering.ts';
import { type Engine, isOnGpu, type PageMode } from './engines.ts';
import type { BenchModel } from './models.ts';
import type { OpenedSeat, StepCalls, Turn } from './seat.ts';
import { median } from './statistics.ts';

/** A contestant, the page mode it is tried in, and for Heed's scheduler the strategy; null leaves that to it. */
export interface Entry {
  readonly engine: Engine;
  readonly mode: PageMode;
  readonly strategy: Strategy | null;
}

/** An entry as a person reads it. */
export const entryName = ({ engine, mode, strategy }: Entry): string =>
  `${engine.name}${strategy ? ` (${strategy})` : engine.modes.length > 1 ? ` (${mode})` : ''}`;

/** An open `Seat`, wherever its page is. */
export interface RemoteSeat {
  readonly opened: OpenedSeat;
  tune(): Promise<OpenedSeat>;
  turn(steps: number): Promise<Turn>;
  calls(steps: number): Promise<StepCalls>;
  /** The first error that its page printed, which may explain wrong losses. */
  complaint(): string | null;
  close(): Promise<void>;
}

export interface ContestOptions {
  /** Timed turns of each contestant. */
  readonly rounds: number;
  /** Steps whose losses are compared. */
  readonly lossSteps: number;
  /** A turn has as many steps as fit, from 1 to `MAX_TURN_STEPS`. */
  readonly turnMs: number;
  /** Time of one contestant with one model beyond which it takes no further turn, once it has two. */
  readonly entryMs: number;
  /** When everything has to be over, on the clock of `now`. */
  readonly deadline: number;
  /** Turns that other processes disturbed are taken again. */
  readonly repeatsNoisyTurns: boolean;
}

/** What a stretch of time lost to others on the same machine. The figure may grow while the run learns how fast that can be. */
export interface Disturbance {
  readonly lostCores: number;
}

/** What the contest needs of the machine it runs on. */
export interface ContestHost {
  openSeat(entry: Entry, model: BenchModel): Promise<RemoteSeat>;
  /** Milliseconds. */
  now(): number;
  /** Waits for a quiet machine as long as the run can afford, and begins to watch; the result ends that. */
  watch(): Promise<() => Disturbance>;
  /** Called before each round, for what else should be measured in turn. */
  beforeRound(): Promise<void>;
  /** Tells a person what is going on. */
  report(text: string): void;
}

export interface Measurement {
  readonly entry: Entry;
  readonly opened: OpenedSeat | null;
  /** Time of the first step, in which most engines compile. */
  readonly firstStepMs: number | null;
  readonly losses: readonly number[];
  readonly stepsPerTurn: number;
  readonly turns: readonly Turn[];
  readonly calls: StepCalls;
  /** What others took during the counted turns, the mean. */
  readonly lostCores: number;
  /** Why the contestant failed; null where it did not. */
  readonly error: string | null;
}

const MAX_TURN_STEPS = 10;
/** Steps that compare losses stop after this time, once there are two: a loss that follows an update. */
const LOSS_CHECK_MS = 30_000;
const MIN_LOSSES = 2;
const MIN_TURNS = 2;
/** Steps whose GPU calls are counted. */
const COUNTED_STEPS = 2;
/** A turn that lost more than this is repeated. */
const QUIET_CORES = 0.25;
/** Relative difference of losses beyond which two contestants do not compute the same thing. */
const LOSS_TOLERANCE = 1e-3;

/** Where losses differ from the expected ones, in words; null where they agree. */
export function compareLosses(losses: readonly number[], expected: readonly number[]): string | null {
  const steps = Math.min(losses.length, expected.length);
  for (let step = 0; step < steps; step++) {
    const [got, want] = [losses[step] as number, expected[step] as number];
    if (!(Math.abs(got - want) <= LOSS_TOLERANCE * Math.abs(want)))
      return `computes other losses: ${got} at step ${step + 1}, expected ${want}`;
  }
  return null;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

interface Disturbed {
  readonly disturbance: Disturbance;
}

const isQuiet = ({ disturbance }: Disturbed): boolean => disturbance.lostCores <= QUIET_CORES;

/** The measurements that nobody disturbed; all where those are too few. */
export function quietOnes<T extends Disturbed>(measurements: readonly T[]): readonly T[] {
  const quiet = measurements.filter(isQuiet);
  return quiet.length >= MIN_TURNS ? quiet : measurements;
}

/** One contestant on its way through the contest. */
class Player {
  readonly turns: (Turn & Disturbed)[] = [];
  losses: number[] = [];
  firstStepMs: number | null = null;
  stepsPerTurn = 1;
  calls: StepCalls = null;
  error: string | null = null;
  #seat: RemoteSeat | null = null;
  #opened: OpenedSeat | null = null;
  /** Time this contestant had so far. */
  #spentMs = 0;

  constructor(
    readonly entry: Entry,
    private readonly host: ContestHost,
    private readonly options: ContestOptions,
  ) {}

  get name(): string {
    return entryName(this.entry);
  }

  get isIn(): boolean {
    return this.error === null;
  }

  /** Opens the seat, compares the first losses with the expected ones, and warms up. */
  async open(model: BenchModel, expected: readonly number[] | null): Promise<void> {
    const { host, options } = this;
    await this.#attempt(async () => {
      if (host.now() > options.deadline) throw new Error('not run: no time was left');
      const seat = await host.openSeat(this.entry, model);
      this.#seat = seat;
      this.#opened = seat.opened;
      const start = host.now();
      let last = 0;
      while (this.losses.length < options.lossSteps) {
        if (this.losses.length >= MIN_LOSSES && host.now() - start > LOSS_CHECK_MS) break;
        const { loss, stepMs } = await seat.turn(1);
        this.firstStepMs ??= stepMs;
        this.losses.push(loss);
        last = stepMs;
      }
      const difference = expected && compareLosses(this.losses, expected);
      if (difference) throw new Error([difference, seat.complaint()].filter((text) => text !== null).join('; '));
      this.stepsPerTurn = Math.min(MAX_TURN_STEPS, Math.max(1, Math.floor(options.turnMs / last)));
      this.#opened = await seat.tune();
      // Slow engines are warm by now.
      if (this.stepsPerTurn > 1) await seat.turn(this.stepsPerTurn);
    });
  }

  /** A timed turn, unless the contestant's time is up. */
  async play(): Promise<void> {
    const { host, options } = this;
    const seat = this.#seat;
    if (!this.isIn || !seat) return;
    const turnMs = (this.turns.at(-1)?.stepMs ?? 0) * this.stepsPerTurn;
    if (this.turns.length >= MIN_TURNS && this.#spentMs + turnMs > options.entryMs) return;
    if (this.turns.length >= 1 && host.now() + turnMs > options.deadline) return;
    await this.#attempt(async () => {
      const end = await host.watch();
      const turn = await seat.turn(this.stepsPerTurn);
      this.turns.push({ ...turn, disturbance: end() });
    });
  }

  /** Fewer quiet turns than there were rounds. */
  get needsMore(): boolean {
    const { isIn, turns, options } = this;
    return isIn && turns.some((turn) => !isQuiet(turn)) && turns.filter(isQuiet).length < options.rounds;
  }

  async finish(): Promise<Measurement> {
    const { entry, losses, firstStepMs, stepsPerTurn } = this;
    await this.#attempt(async () => {
      if (isOnGpu(entry.engine)) this.calls = (await this.#seat?.calls(Math.min(COUNTED_STEPS, stepsPerTurn))) ?? null;
    });
    await this.#seat?.close();
    const turns = quietOnes(this.turns);
    const lost = turns.reduce((total, { disturbance }) => total + disturbance.lostCores, 0);
    const lostCores = lost / Math.max(1, turns.length);
    const { calls, error } = this;
    return { entry, opened: this.#opened, firstStepMs, losses, stepsPerTurn, turns, calls, lostCores, error };
  }

  async #attempt(body: () => Promise<void>): Promise<void> {
    if (!this.isIn) return;
    const start = this.host.now();
    try {
      await body();
    } catch (error) {
      this.error = messageOf(error);
    }
    this.#spentMs += this.host.now() - start;
  }
}

/**
 * Has all entries train the model. The losses of the first entry that runs are what the others' are compared with. Turns go
 * A B C, then C B A, so that a drift of the machine meets all alike.
 */
export async function holdContest(
  model: BenchModel,
  entries: readonly Entry[],
  host: ContestHost,
  options: ContestOptions,
): Promise<Measurement[]> {
  const players: Player[] = [];
  let expected: readonly number[] | null = null;
  for (const entry of entries) {
    const player = new Player(entry, host, options);
    players.push(player);
    host.report(`${model.name}: ${player.name}`);
    await player.open(model, expected);
    if (player.isIn) expected ??= player.losses;
  }
  for (let round = 0; round < options.rounds; round++) {
    host.report(`${model.name}: round ${round + 1} of ${options.rounds}`);
    await host.beforeRound();
    for (const player of round % 2 === 0 ? players : players.toReversed()) await player.play();
  }
  // As many again at most: on a machine that is never quiet the contest still ends.
  const repeats = options.repeatsNoisyTurns ? options.rounds : 0;
  for (let round = 0; round < repeats && players.some((player) => player.needsMore); round++) {
    host.report(`${model.name}: turns that others disturbed, again`);
    await host.beforeRound();
    for (const player of players) if (player.needsMore) await player.play();
  }
  const measurements: Measurement[] = [];
  for (const player of players) measurements.push(await player.finish());
  return measurements;
}

/** The faster page mode of each engine and strategy, in the order of the measurements; one that failed only where all modes did. */
export function fasterModes(measurements: readonly Measurement[]): Measurement[] {
  const best = new Map<string, Measurement>();
  for (const measurement of measurements) {
    const { engine, strategy } = measurement.entry;
    const name = `${engine.name} ${strategy}`;
    const known = best.get(name);
    if (!known || stepMsOf(measurement) < stepMsOf(known)) best.set(name, measurement);
  }
  return [...best.values()];
}

/** Median time of a step; infinite for a contestant that failed. */
export const stepMsOf = ({ turns, error }: Measurement): number =>
  error === null && turns.length > 0 ? median(turns.map(({ stepMs }) => stepMs)) : Number.POSITIVE_INFINITY;
