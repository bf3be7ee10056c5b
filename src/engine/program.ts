/**
 * A Program: the ordered list of op calls of one training step or one decoding, over named tensors. It is data: the scheduler
 * records it for the GPU, the reference executor interprets it, the machine room shows it.
 */

import { ShapeError } from '../lib/errors.ts';
import type { OpCall } from '../ops/op.ts';
import { type OpName, opDefinition } from '../ops/registry.ts';
import { type View, viewEnd, wholeView } from '../ops/view.ts';

/** `shared` tensors are one for all programs of an executor (weights, moments); `input` is written from outside; the rest `local`. */
export type TensorRole = 'shared' | 'input' | 'local';

export interface TensorSpec {
  readonly name: string;
  /** As declared: sequences are time-major, [blocks·B, columns]. */
  readonly rows: number;
  readonly columns: number;
  readonly length: number;
  readonly type: 'f32' | 'u32';
  readonly role: TensorRole;
}

/** Where in the model a call belongs: a stage of the schematic, its direction, and the target position it works on. */
export interface CallPlace {
  readonly stage: 'embed' | 'encode' | 'score' | 'softmax' | 'context' | 'decode' | 'loss' | 'update';
  readonly direction: 'forward' | 'backward';
  readonly position: number | null;
}

/**
 * Whether a tensor has a buffer of its own on a GPU, where others may lie together: the shared ones, and the flat gradients, which
 * the kernel of all weights' gradients writes while it reads the others.
 */
export const standsAlone = ({ name, role }: Pick<TensorSpec, 'name' | 'role'>): boolean =>
  role === 'shared' || name === 'gradients';

export interface ProgramCall extends OpCall {
  readonly place: CallPlace;
}

export interface Program {
  readonly name: string;
  readonly tensors: ReadonlyMap<string, TensorSpec>;
  readonly calls: readonly ProgramCall[];
  /** B, where the program works on a batch whose rows do not depend on each other before the update. */
  readonly batch?: number;
  /** The same program for another number of rows: an executor may split a batch into shards. */
  readonly forBatch?: (batch: number) => Program;
}

/** Builds a Program call by call; every call is checked when it is added. */
export class ProgramBuilder {
  readonly #tensors = new Map<string, TensorSpec>();
  readonly #calls: ProgramCall[] = [];
  #place: CallPlace = { stage: 'embed', direction: 'forward', position: null };

  constructor(readonly name: string) {}

  /** Declares a tensor of rows × columns and returns the view of all of it. */
  tensor(name: string, rows: number, columns: number, type: 'f32' | 'u32' = 'f32', role: TensorRole = 'local'): View {
    const length = rows * columns;
    const known = this.#tensors.get(name);
    if (known && (known.length !== length || known.type !== type || known.role !== role))
      throw new ShapeError(`${this.name}: ${name} is declared twice, as ${known.length} and ${length} elements`);
    if (length < 1)
      throw new ShapeError(`${this.name}: ${name} expected at least one element, got [${rows}, ${columns}]`);
    this.#tensors.set(name, { name, rows, columns, length, type, role });
    return wholeView(name, rows, columns);
  }

  /** Where the following calls belong. */
  at(stage: CallPlace['stage'], direction: CallPlace['direction'] = 'forward', position: number | null = null): void {
    this.#place = { stage, direction, position };
  }

  /** @throws ShapeError when an operand is missing, unknown, out of its tensor, or of a shape that the op does not take */
  call(
    op: OpName,
    operands: Readonly<Record<string, View | undefined>>,
    numbers: Readonly<Record<string, number>> = {},
  ): void {
    const definition = opDefinition(op);
    const given: Record<string, View> = {};
    for (const [name, view] of Object.entries(operands)) {
      if (view === undefined) continue;
      if (!(name in definition.operands)) throw new ShapeError(`${op}: has no operand ${name}`);
      const spec = this.#tensors.get(view.tensor);
      if (!spec) throw new ShapeError(`${op}: ${name} is on the unknown tensor ${view.tensor}`);
      if (viewEnd(view) > spec.length)
        throw new ShapeError(`${op}: ${name} ends at ${viewEnd(view)} of ${view.tensor}, which has ${spec.length}`);
      given[name] = view;
    }
    for (const [name, role] of Object.entries(definition.operands))
      if (!role.optional && !(name in given)) throw new ShapeError(`${op}: operand ${name} is missing`);
    const call: ProgramCall = { op, operands: given, numbers, place: this.#place };
    definition.check(call);
    this.#calls.push(call);
  }

  /** @throws ShapeError when a call reads a local tensor that no earlier call has written */
  build(): Program {
    const written = new Set<string>();
    for (const call of this.#calls) {
      const definition = opDefinition(call.op);
      for (const [name, view] of Object.entries(call.operands)) {
        const isLocal = this.#tensors.get(view.tensor)?.role === 'local';
        if (isLocal && definition.operands[name]?.access === 'read' && !written.has(view.tensor))
          throw new ShapeError(`${this.name}: ${call.op} reads ${view.tensor} as ${name} before anything wrote it`);
      }
      for (const [name, view] of Object.entries(call.operands))
        if (definition.operands[name]?.access !== 'read') written.add(view.tensor);
    }
    return { name: this.name, tensors: this.#tensors, calls: this.#calls };
  }
}

/** The dispatches that a program takes on a GPU. */
export const dispatchCount = (program: Pick<Program, 'calls'>): number =>
  program.calls.reduce((total, call) => total + opDefinition(call.op).dispatches(call).length, 0);

/** Floating-point operations of the matrix products of one run. */
export const programFlops = (program: Program): number =>
  program.calls.reduce((total, call) => total + (opDefinition(call.op).flops?.(call) ?? 0), 0);

/** A listing of the program for people: one call a line, with the shapes of its operands. */
export function printProgram(program: Program): string {
  const lines = program.calls.map(({ op, operands, place }) => {
    const where = `${place.stage}${place.position === null ? '' : `[${place.position}]`} ${place.direction}`;
    const views = Object.entries(operands).map(
      ([name, view]) => `${name}=${view.tensor}[${view.rows}, ${view.columns}]`,
    );
    return `${where.padEnd(22)} ${op}(${views.join(', ')})`;
  });
  return [`${program.name}: ${program.calls.length} calls, ${dispatchCount(program)} dispatches`, ...lines].join('\n');
}
