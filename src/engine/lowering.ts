/**
 * How a Program becomes GPU launches: which calls run as dispatches of their own, and which go together into one launch of the row
 * machine. Strategies differ here and nowhere else.
 */

import { type Dispatch, operand, type Target } from '../ops/op.ts';
import { opDefinition } from '../ops/registry.ts';
import { isParameter, MAX_ROW_PRODUCTS, type RowForm, type RowInstruction, rowForm } from '../ops/row-form.ts';
import type { View } from '../ops/view.ts';
import { type WeightJob, type WeightTile, weightJob, weightTiles } from '../ops/weight-gradients.ts';
import { type Access, accessesOf, accessesOfRest, conflict } from './access.ts';
import { costOf, costOfJob, cutBlocks, cutJob } from './launch-cost.ts';
import { type Program, type ProgramCall, standsAlone } from './program.ts';

/**
 * - `separate`: every call its own dispatches.
 * - `wide`: LSTM steps and large products as dispatches over all rows and columns, the calls of an attention step in one launch.
 * - `stepwise`: one launch a time step, with everything that belongs to it.
 * - `persistent`: one launch runs whole sequences.
 */
export const STRATEGIES = ['separate', 'wide', 'stepwise', 'persistent'] as const;
export type Strategy = (typeof STRATEGIES)[number];

export interface LoweringOptions {
  readonly strategy: Strategy;
  readonly target: Target;
  /** Calls over all positions at once join the launch of their neighbours, rather than take one over all their rows. */
  readonly joinsSequences: boolean;
  /** Cost in floating-point operations beyond which a launch is cut, so that the device answers in time. */
  readonly maxLaunchCost: number;
  readonly weightTile: WeightTile;
  /** Tiles that it takes to fill the device; with fewer, sums are cut into shares. */
  readonly minTiles: number;
}

export interface DispatchLaunch {
  readonly kind: 'dispatch';
  readonly dispatch: Dispatch;
  readonly calls: readonly ProgramCall[];
}

export interface RowLaunch {
  readonly kind: 'rows';
  readonly instructions: readonly RowInstruction[];
  readonly rows: number;
  readonly calls: readonly ProgramCall[];
  /** Cost of each of the calls in this launch: one that is cut takes part in several. */
  readonly costs: readonly number[];
}

/** The gradients of weights and biases, all at once; `combine` adds up their shares. */
export interface WeightsLaunch {
  readonly kind: 'weights';
  readonly entry: 'run' | 'combine';
  readonly jobs: readonly WeightJob[];
  readonly shares: number;
  /** The call of each job. */
  readonly calls: readonly ProgramCall[];
}

export type Launch = DispatchLaunch | RowLaunch | WeightsLaunch;

/** Parts that a sum over all rows is cut into at most. */
const MAX_SHARES = 8;

const isLstm = ({ kind }: RowInstruction): boolean => kind === 'lstm_forward' || kind === 'lstm_backward';

/** A linear call that adds another input to the result of the one before it becomes one more product of that. */
function joined(last: RowInstruction, next: RowInstruction): RowInstruction | null {
  if (last.kind !== 'linear' || next.kind !== 'linear' || last.blocks !== next.blocks) return null;
  const [a, b] = [last.views[0] as View, next.views[0] as View];
  const isSame = a.tensor === b.tensor && a.offset === b.offset && a.stride === b.stride && a.columns === b.columns;
  const [hasBias, accumulates] = next.numbers;
  if (!isSame || hasBias || !accumulates) return null;
  if (last.products.length + next.products.length > MAX_ROW_PRODUCTS) return null;
  return { ...last, products: [...last.products, ...next.products] };
}

interface Waiting {
  readonly call: ProgramCall;
  readonly dispatches: readonly Dispatch[];
  readonly accesses: readonly Access[];
}

/** An instruction with what each call that became it costs. */
interface Joined {
  readonly instruction: RowInstruction;
  readonly parts: readonly { readonly call: ProgramCall; readonly cost: number }[];
}

class Lowering {
  readonly launches: Launch[] = [];
  /** Calls that wait until something needs them done: the gradients of weights, and the update behind them. */
  readonly #waiting: Waiting[] = [];
  /** Not in a launch yet. */
  #last: Joined | null = null;
  #instructions: RowInstruction[] = [];
  #calls: ProgramCall[] = [];
  #costs: number[] = [];
  #rows = 0;
  #cost = 0;

  constructor(
    private readonly program: Program,
    private readonly batch: number,
    private readonly options: LoweringOptions,
  ) {}

  add(call: ProgramCall): void {
    const form = rowForm(call.op);
    const rows = form && this.#rowsOf(call, form);
    if (!form || !rows) {
      const dispatches = opDefinition(call.op).dispatches(call, this.options.target);
      this.#waiting.push({ call, dispatches, accesses: accessesOf(call) });
      return;
    }
    const accesses = accessesOf(call, form.unused);
    if (this.#waiting.some((waiting) => conflict(waiting.accesses, accesses))) this.flush();
    if (rows !== this.#rows || this.#readsOwnLaunch(call, form)) this.#close();
    this.#rows = rows;
    for (const instruction of form.encode(call, rows)) this.#append(instruction, call);
    const { rest } = form;
    if (rest) {
      const dispatches = opDefinition(call.op).dispatches(call, this.options.target);
      const accesses = accessesOfRest(call, form);
      this.#waiting.push({ call, dispatches: dispatches.filter(({ entry }) => entry === rest.entry), accesses });
    }
  }

  /** Everything that waits becomes dispatches, in its order. */
  flush(): void {
    this.#close();
    this.#pushDispatches(this.#takeForJobs());
    const jobs = this.#takeJobs();
    if (jobs.length > 0) this.#pushJobs(jobs);
    this.#pushDispatches(this.#waiting.splice(0));
  }

  #pushDispatches(waiting: readonly Waiting[]): void {
    for (const { call, dispatches } of waiting)
      for (const dispatch of dispatches) this.launches.push({ kind: 'dispatch', dispatch, calls: [call] });
  }

  /** The waiting calls that jobs wait for, as far as they may go before everything else, so that the jobs still go together. */
  #takeForJobs(): Waiting[] {
    const taken: Waiting[] = [];
    const staying: Waiting[] = [];
    this.#waiting.forEach((waiting, i) => {
      const isBefore = (other: Waiting) => conflict(waiting.accesses, other.accesses);
      const isNeeded = this.#waiting.slice(i + 1).some((other) => weightJob(other.call) && isBefore(other));
      (weightJob(waiting.call) || !isNeeded || staying.some(isBefore) ? staying : taken).push(waiting);
    });
    this.#waiting.splice(0, this.#waiting.length, ...staying);
    return taken;
  }

  /** The waiting calls that can be jobs and may go before the others. */
  #takeJobs(): { call: ProgramCall; job: WeightJob }[] {
    const jobs: { call: ProgramCall; job: WeightJob }[] = [];
    const passed: Waiting[] = [];
    const staying: Waiting[] = [];
    for (const waiting of this.#waiting) {
      const job = weightJob(waiting.call);
      if (job && !passed.some(({ accesses }) => conflict(accesses, waiting.accesses)))
        jobs.push({ call: waiting.call, job });
      else staying.push(waiting);
      passed.push(waiting);
    }
    this.#waiting.splice(0, this.#waiting.length, ...staying);
    return jobs;
  }

  #pushJobs(waiting: readonly { call: ProgramCall; job: WeightJob }[]): void {
    const { weightTile, minTiles, maxLaunchCost } = this.options;
    let jobs: WeightJob[] = [];
    let calls: ProgramCall[] = [];
    let cost = 0;
    // The same for all, however they are cut into launches: the order of the sums is not a matter of time.
    const tiles = weightTiles(
      weightTile,
      waiting.map(({ job }) => job),
    );
    const shares = Math.max(1, Math.min(MAX_SHARES, Math.floor(minTiles / tiles)));
    const close = () => {
      this.launches.push({ kind: 'weights', entry: 'run', jobs, shares, calls });
      if (shares > 1) this.launches.push({ kind: 'weights', entry: 'combine', jobs, shares, calls });
    };
    const parts = waiting.flatMap(({ call, job }) =>
      cutJob(job, weightTile, maxLaunchCost).map((part) => ({ call, part })),
    );
    for (const { call, part } of parts) {
      if (jobs.length > 0 && cost + costOfJob(part) > maxLaunchCost) {
        close();
        jobs = [];
        calls = [];
        cost = 0;
      }
      jobs.push(part);
      calls.push(call);
      cost += costOfJob(part);
    }
    close();
  }

  /** Rows of the launch that a call belongs to; null where it stays a dispatch. */
  #rowsOf(call: ProgramCall, form: RowForm): number | null {
    const rows = form.rows(call);
    const { strategy, joinsSequences } = this.options;
    if (rows % this.batch !== 0 || !this.#isInReach(call, form)) return null;
    if (strategy === 'wide' && (rows !== this.batch || call.op.startsWith('lstm.'))) return null;
    if (rows === this.#rows || joinsSequences) return joinsSequences ? this.batch : rows;
    return call.op.startsWith('linear.') ? rows : this.batch;
  }

  /** Whether a row of the call would read what other rows of the open launch write. */
  #readsOwnLaunch(call: ProgramCall, { table }: RowForm): boolean {
    if (!table) return false;
    const read: Access = { view: operand(call, table), isWrite: false };
    const calls = [...this.#calls, ...(this.#last?.parts ?? []).map((part) => part.call)];
    return calls.some((other) => conflict(accessesOf(other), [read]));
  }

  /** The machine reads weights where it looks for them, and all else lies in its memory. */
  #isInReach(call: ProgramCall, { weights = [], table }: RowForm): boolean {
    return Object.entries(call.operands).every(([name, view]) => {
      if (name === table) return true;
      const spec = this.program.tensors.get(view.tensor);
      return weights.includes(name) ? isParameter(view) : spec !== undefined && !standsAlone(spec);
    });
  }

  /** Waits for the next one, which may join it. */
  #append(instruction: RowInstruction, call: ProgramCall): void {
    const part = { call, cost: costOf(instruction, this.#rows) };
    const last = this.#last;
    const wider = last && joined(last.instruction, instruction);
    if (!wider) this.#settle();
    this.#last = wider ? { instruction: wider, parts: [...last.parts, part] } : { instruction, parts: [part] };
  }

  /** Cuts what was joined, not the other way round: which sums are one does not depend on where launches end. */
  #settle(): void {
    const last = this.#last;
    this.#last = null;
    if (!last) return;
    for (const cut of cutBlocks(last.instruction, this.#rows, this.options.maxLaunchCost)) {
      const share = cut.blocks / last.instruction.blocks;
      this.#push(
        cut,
        last.parts.map(({ call, cost }) => ({ call, cost: cost * share })),
      );
    }
  }

  #push(instruction: RowInstruction, parts: Joined['parts']): void {
    const cost = parts.reduce((sum, part) => sum + part.cost, 0);
    const hasStep = isLstm(instruction) && this.#instructions.some(isLstm);
    const isFull = this.#instructions.length > 0 && this.#cost + cost > this.options.maxLaunchCost;
    if (isFull || (hasStep && this.options.strategy === 'stepwise')) {
      const rows = this.#rows;
      this.#close();
      this.#rows = rows;
    }
    this.#instructions.push(instruction);
    for (const { call, cost } of parts) {
      if (this.#calls.at(-1) !== call) {
        this.#calls.push(call);
        this.#costs.push(0);
      }
      this.#costs[this.#costs.length - 1] += cost;
    }
    this.#cost += cost;
  }

  #close(): void {
    this.#settle();
    if (this.#instructions.length > 0) {
      const [instructions, rows, calls, costs] = [this.#instructions, this.#rows, this.#calls, this.#costs];
      this.launches.push({ kind: 'rows', instructions, rows, calls, costs });
    }
    this.#instructions = [];
    this.#calls = [];
    this.#costs = [];
    this.#rows = 0;
    this.#cost = 0;
  }
}

/** Every call as dispatches of its own, call by call. */
export const separateLaunches = (program: Pick<Program, 'calls'>, target: Target): DispatchLaunch[] =>
  program.calls.flatMap((call) =>
    opDefinition(call.op)
      .dispatches(call, target)
      .map((dispatch): DispatchLaunch => ({ kind: 'dispatch', dispatch, calls: [call] })),
  );

/** The launches of a program, in order. */
export function lower(program: Program, options: LoweringOptions): Launch[] {
  if (options.strategy === 'separate' || program.batch === undefined) return separateLaunches(program, options.target);
  const lowering = new Lowering(program, program.batch, options);
  for (const call of program.calls) lowering.add(call);
  lowering.flush();
  return lowering.launches;
}
