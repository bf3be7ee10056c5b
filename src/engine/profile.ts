/** What is told about one run of a plan that was timed launch by launch: which calls each launch computes, their work and their time. */

import type { View } from '../ops/view.ts';
import { callWork } from '../ops/work.ts';
import { Footprint } from './footprint.ts';
import type { DispatchLaunch, Launch } from './lowering.ts';
import type { Program, ProgramCall, TensorSpec } from './program.ts';

/** What the device computes and moves at most, measured on it. */
export interface Roofline {
  readonly gflops: number;
  readonly gigabytesPerSecond: number;
}

/** An op call in a launch, with as much of its work as that launch does. */
export interface LaunchCall {
  readonly call: ProgramCall;
  readonly flops: number;
}

/** What a launch has to do, whatever computes it. */
export interface LaunchWork {
  readonly calls: readonly LaunchCall[];
  /** Sum over the calls. */
  readonly flops: number;
  /** Of the operands read and written, each once. */
  readonly bytes: number;
}

export interface LaunchProfile extends LaunchWork {
  readonly label: string;
  readonly entry: string;
  /** Null for an operation on the CPU, like the two below. */
  readonly wgsl: string | null;
  readonly workgroups: readonly [number, number, number] | null;
  readonly workgroupSize: readonly [number, number, number] | null;
  /** Milliseconds from the start of the run, without what lies between launches. */
  readonly startMs: number;
  readonly ms: number;
}

export interface PlanProfile {
  readonly clock: 'timestamp-query' | 'cpu';
  readonly strategy: string;
  readonly launches: readonly LaunchProfile[];
  /** Median of whole runs without a clock in them. */
  readonly stepMs: number;
  readonly roofline: Roofline;
  /** The rows of the batch that were timed, where the others are another thread's. */
  readonly rows: { readonly timed: number; readonly batch: number } | null;
}

const BYTES = 4;

const elementsOf = (views: Readonly<Record<string, View>>): number =>
  Object.values(views).reduce((total, { rows, columns }) => total + rows * columns, 0);

/** Cost of each call in a launch, in a unit that holds within the launches of one call. */
function costsOf(launch: Launch): readonly (readonly [ProgramCall, number])[] {
  const { calls } = launch;
  switch (launch.kind) {
    case 'rows':
      return calls.map((call, i) => [call, launch.costs[i] as number]);
    case 'weights': {
      // Adding up shares is no work of the program.
      const isRun = launch.entry === 'run';
      return calls.map((call, i) => [call, isRun ? jobCost(launch.jobs[i] as (typeof launch.jobs)[number]) : 0]);
    }
    case 'dispatch':
      return calls.map((call) => [call, elementsOf(launch.dispatch.bindings)]);
  }
}

const jobCost = ({ result, left }: { readonly result: View; readonly left: View }): number =>
  result.rows * result.columns * left.rows;

function footprint(launch: Launch, share: number, tensors: ReadonlyMap<string, TensorSpec>, batch: number): number {
  const touched = new Footprint();
  if (launch.kind === 'weights') {
    const isShared = launch.shares > 1;
    for (const { left, right, result, accumulate } of launch.jobs) {
      if (launch.entry === 'run') {
        touched.read(left);
        touched.read(right);
        if (isShared) continue;
      }
      if (accumulate) touched.read(result);
      touched.write(result);
    }
    const results = launch.jobs.reduce((total, { result }) => total + result.rows * result.columns, 0);
    const partials = isShared ? launch.shares * results : 0;
    return BYTES * (touched.elements + partials);
  }
  for (const call of launch.calls) {
    const operands = launch.kind === 'dispatch' ? launch.dispatch.bindings : call.operands;
    touched.add(call, share < 1 ? partOf(operands, share, tensors, batch) : operands);
  }
  return BYTES * touched.elements;
}

/** Operands of a launch that does a part of a call: weights and single blocks whole, sequences in part. */
const partOf = (
  operands: Readonly<Record<string, View>>,
  share: number,
  tensors: ReadonlyMap<string, TensorSpec>,
  batch: number,
): Record<string, View> =>
  Object.fromEntries(
    Object.entries(operands).map(([name, view]) => {
      const isWhole = tensors.get(view.tensor)?.role === 'shared' || view.rows <= batch;
      return [name, isWhole ? view : { ...view, rows: Math.max(batch, Math.round(view.rows * share)) }];
    }),
  );

/** What each launch of a program has to do. The work of a call that several launches share is divided by their cost. */
export function launchWork({ tensors, batch = 1 }: Program, launches: readonly Launch[]): LaunchWork[] {
  const totals = new Map<ProgramCall, number>();
  for (const launch of launches)
    for (const [call, cost] of costsOf(launch)) totals.set(call, (totals.get(call) ?? 0) + cost);
  return launches.map((launch) => {
    const shares = new Map<ProgramCall, number>();
    for (const [call, cost] of costsOf(launch)) {
      const total = totals.get(call) as number;
      shares.set(call, (shares.get(call) ?? 0) + (total > 0 ? cost / total : 1));
    }
    const calls = [...shares].map(([call, share]) => ({ call, flops: share * callWork(call) }));
    const isPart = launch.kind === 'dispatch' ? isOneOfMany(launch, shares) : shares.size === 1;
    const share = isPart ? ([...shares.values()][0] as number) : 1;
    return {
      calls,
      flops: calls.reduce((sum, { flops }) => sum + flops, 0),
      bytes: footprint(launch, share, tensors, batch),
    };
  });
}

/** A dispatch for a single time step binds the whole sequence. */
const isOneOfMany = ({ dispatch }: DispatchLaunch, shares: ReadonlyMap<ProgramCall, number>): boolean =>
  [...shares].every(([{ op, operands }, share]) => share < 1 && op.startsWith('lstm.') && 'weight' in operands) &&
  'weight' in dispatch.bindings;

/** Work of calls that are computed one by one, as the CPU does. */
export function callsWork(calls: readonly ProgramCall[], elementBytes: number): LaunchWork[] {
  return calls.map((call) => {
    const touched = new Footprint();
    touched.add(call);
    const flops = callWork(call);
    return { calls: [{ call, flops }], flops, bytes: elementBytes * touched.elements };
  });
}

/** All arithmetic of a program, in the operations of `callWork`. */
export const programWork = ({ calls }: Pick<Program, 'calls'>): number =>
  calls.reduce((total, call) => total + callWork(call), 0);

/** The middle one, or the mean of the two in the middle; NaN without any. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? Number.NaN) + (sorted[Math.floor(half)] ?? Number.NaN)) / 2;
}

/** Puts launches end to end, each as long as the median of its means in the groups. */
export function laidOut<T>(
  launches: readonly T[],
  groups: readonly (readonly number[])[],
): (T & { startMs: number; ms: number })[] {
  let startMs = 0;
  return launches.map((launch, i) => {
    const ms = median(groups.map((group) => group[i] as number));
    const placed = { ...launch, startMs, ms };
    startMs += ms;
    return placed;
  });
}

/** GFLOP/s of the launch that computes fastest. */
export const fastest = (launches: readonly { readonly flops: number; readonly ms: number }[]): number =>
  Math.max(0, ...launches.map(({ flops, ms }) => (ms > 0 ? flops / ms / 1e6 : 0)));
