/**
 * How a Program becomes GPU launches: which calls run as dispatches of their own, and which go together into one launch of the row
 * machine. Strategies differ here and nowhere else.
 */

import type { Dispatch, OpCall, Target } from '../ops/op.ts';
import { opDefinition } from '../ops/registry.ts';
import { type RowForm, type RowInstruction, MAX_ROW_PRODUCTS, rowForm } from '../ops/row-form.ts';
import { type View, viewEnd } from '../ops/view.ts';
import type { Program, ProgramCall } from './program.ts';

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
}

export type Launch = DispatchLaunch | RowLaunch;

/** An exponential and the loads around it, in floating-point operations of a product. */
const COST_OF_ELEMENT = 16;

/** Floating-point operations of an instruction, roughly. */
function costOf({ kind, blocks, columns, numbers, products }: RowInstruction, rows: number): number {
  const depth = products.reduce((sum, { x }) => sum + x.columns, 0);
  const isAttention = /^(additive|product|sum|context)_/.test(kind);
  const elements = columns * (isAttention ? (numbers[0] as number) : 1);
  return rows * blocks * (2 * columns * depth + COST_OF_ELEMENT * elements);
}

const isLstm = ({ kind }: RowInstruction): boolean => kind === 'lstm_forward' || kind === 'lstm_backward';

function overlap(a: View, b: View): boolean {
  return a.tensor === b.tensor && a.offset < viewEnd(b) && b.offset < viewEnd(a);
}

/** Whether two calls have to stay in their order. */
function conflict(a: OpCall, b: OpCall): boolean {
  const [first, second] = [opDefinition(a.op).operands, opDefinition(b.op).operands];
  for (const [i, x] of Object.entries(a.operands))
    for (const [j, y] of Object.entries(b.operands))
      if ((first[i]?.access !== 'read' || second[j]?.access !== 'read') && overlap(x, y)) return true;
  return false;
}

/** A linear call that adds another input to the result of the one before it becomes one more product of that. */
function joined(last: RowInstruction | undefined, next: RowInstruction): RowInstruction | null {
  if (last?.kind !== 'linear' || next.kind !== 'linear' || last.blocks !== next.blocks) return null;
  const [a, b] = [last.views[0] as View, next.views[0] as View];
  const isSame = a.tensor === b.tensor && a.offset === b.offset && a.stride === b.stride && a.columns === b.columns;
  const [hasBias, accumulates] = next.numbers;
  if (!isSame || hasBias || !accumulates) return null;
  if (last.products.length + next.products.length > MAX_ROW_PRODUCTS) return null;
  return { ...last, products: [...last.products, ...next.products] };
}

class Lowering {
  readonly launches: Launch[] = [];
  /** Calls that wait until something needs them done: the gradients of weights, and the update behind them. */
  readonly #waiting: { call: ProgramCall; dispatches: readonly Dispatch[] }[] = [];
  #instructions: RowInstruction[] = [];
  #calls: ProgramCall[] = [];
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
      this.#waiting.push({ call, dispatches: opDefinition(call.op).dispatches(call, this.options.target) });
      return;
    }
    if (this.#waiting.some((waiting) => conflict(waiting.call, call))) this.flush();
    if (rows !== this.#rows) this.#close();
    this.#rows = rows;
    for (const instruction of form.encode(call, rows)) this.#append(instruction, call);
    if (form.rest) {
      const rest = opDefinition(call.op).dispatches(call, this.options.target);
      this.#waiting.push({ call, dispatches: rest.filter(({ entry }) => form.rest?.includes(entry)) });
    }
  }

  /** Everything that waits becomes dispatches, in its order. */
  flush(): void {
    this.#close();
    for (const { call, dispatches } of this.#waiting)
      for (const dispatch of dispatches) this.launches.push({ kind: 'dispatch', dispatch, calls: [call] });
    this.#waiting.length = 0;
  }

  /** Rows of the launch that a call belongs to; null where it stays a dispatch. */
  #rowsOf(call: ProgramCall, form: RowForm): number | null {
    const rows = form.rows(call);
    const { strategy, joinsSequences } = this.options;
    if (rows % this.batch !== 0 || this.#writesShared(call)) return null;
    if (strategy === 'wide' && (rows !== this.batch || call.op.startsWith('lstm.'))) return null;
    if (rows === this.#rows || joinsSequences) return joinsSequences ? this.batch : rows;
    return call.op.startsWith('linear.') ? rows : this.batch;
  }

  /** The machine reads weights, and writes nothing that outlives the step. */
  #writesShared(call: ProgramCall): boolean {
    const { operands } = opDefinition(call.op);
    return Object.entries(call.operands).some(
      ([name, { tensor }]) =>
        operands[name]?.access !== 'read' && this.program.tensors.get(tensor)?.role === 'shared',
    );
  }

  #append(instruction: RowInstruction, call: ProgramCall): void {
    const cost = costOf(instruction, this.#rows);
    const hasStep = isLstm(instruction) && this.#instructions.some(isLstm);
    const isFull = this.#instructions.length > 0 && this.#cost + cost > this.options.maxLaunchCost;
    if (isFull || (hasStep && this.options.strategy === 'stepwise')) {
      const rows = this.#rows;
      this.#close();
      this.#rows = rows;
    }
    const wider = joined(this.#instructions.at(-1), instruction);
    if (wider) this.#instructions[this.#instructions.length - 1] = wider;
    else this.#instructions.push(instruction);
    if (this.#calls.at(-1) !== call) this.#calls.push(call);
    this.#cost += cost;
  }

  #close(): void {
    if (this.#instructions.length > 0)
      this.launches.push({ kind: 'rows', instructions: this.#instructions, rows: this.#rows, calls: this.#calls });
    this.#instructions = [];
    this.#calls = [];
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
