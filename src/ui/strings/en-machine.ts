/** English, the machine room. */

import type { CallStage } from '../../training/questions.ts';
import type { Band, Sort } from '../machine/launches.ts';
import { OP_FORMULAS } from './formulas.ts';

export interface MachineStrings {
  readonly fusing: string;
  readonly fused: string;
  readonly unfused: string;
  readonly views: string;
  readonly timeline: string;
  readonly table: string;
  readonly stage: string;
  readonly allStages: string;
  readonly stages: Readonly<Record<CallStage, string>>;
  readonly measure: string;
  readonly measuring: string;
  readonly bands: Readonly<Record<Band, string>>;
  readonly summary: {
    readonly label: string;
    readonly step: string;
    readonly launches: string;
    readonly operations: string;
    readonly work: string;
    readonly roof: string;
    readonly roofValue: (rate: string, bandwidth: string) => string;
    readonly bandValue: (ms: string, share: string) => string;
    /** What the launches leave of the whole step. */
    readonly between: (isCpu: boolean) => string;
  };
  readonly way: (dispatches: string, stepMs: string) => string;
  readonly ratio: (times: string, isFusedFaster: boolean) => string;
  readonly clock: (clock: 'timestamp-query' | 'cpu', isCpu: boolean) => string;
  readonly cpu: (rows: { readonly timed: number; readonly batch: number } | null) => string;
  readonly alreadySeparate: string;
  readonly line: (isCpu: boolean) => string;
  readonly lineHint: string;
  readonly bar: (index: number, count: number, label: string, band: string, ms: string, share: string) => string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly zoomFit: string;
  readonly columns: Readonly<Record<Sort, string>>;
  readonly tableLabel: (isCpu: boolean) => string;
  readonly sortBy: (column: string) => string;
  readonly detail: {
    readonly label: string;
    readonly heading: (index: number, count: number, isCpu: boolean) => string;
    readonly previous: string;
    readonly next: string;
    readonly place: (stage: string, direction: string, word: number | null) => string;
    readonly directions: Readonly<Record<'forward' | 'backward', string>>;
    readonly time: string;
    readonly timeValue: (ms: string, share: string) => string;
    readonly start: string;
    readonly grid: string;
    readonly gridValue: (groups: string, size: string, invocations: string) => string;
    readonly bytes: string;
    readonly flops: string;
    readonly intensity: string;
    readonly rate: string;
    readonly bandwidth: string;
    readonly roof: string;
    readonly roofValue: (share: string, allowed: string, boundBy: 'arithmetic' | 'memory') => string;
    readonly noTime: string;
    /** Where a launch is above the roof. */
    readonly above: (boundBy: 'arithmetic' | 'memory') => string;
    readonly gradientOf: string;
  };
  readonly calls: {
    readonly title: (count: number) => string;
    readonly op: string;
    readonly formula: string;
    readonly count: string;
    readonly operands: string;
    readonly flops: string;
  };
  /** By op, as far as one fits on a line. */
  readonly formulas: Readonly<Record<string, string>>;
  readonly roofline: {
    readonly title: string;
    readonly x: string;
    readonly y: string;
    readonly summary: (point: string, share: string) => string;
    readonly legend: string;
  };
  readonly source: {
    readonly title: (lines: string) => string;
    readonly entry: (entry: string) => string;
    readonly copy: string;
    readonly copied: string;
    readonly notCopied: string;
    readonly label: (label: string) => string;
    readonly onCpu: string;
  };
  readonly kernels: string;
  readonly nothingOfStage: (stage: string) => string;
  readonly howCounted: string;
}

const number = (count: number): string => count.toLocaleString('en');

export const enMachine: MachineStrings = {
  fusing: 'Kernels',
  fused: 'As trained',
  unfused: 'Op by op',
  views: 'View',
  timeline: 'Time line',
  table: 'Table',
  stage: 'Stage',
  allStages: 'all stages',
  stages: {
    embed: 'embedding',
    encode: 'encoder',
    score: 'score',
    softmax: 'softmax',
    context: 'context',
    decode: 'decoder',
    loss: 'loss',
    update: 'update',
  },
  measure: 'Measure again',
  measuring: 'Measuring one training step, on a copy of the weights …',
  bands: { forward: 'Forward', backward: 'Backward', update: 'Update' },
  summary: {
    label: 'One training step',
    step: 'Whole step',
    launches: 'Dispatches',
    operations: 'Operations',
    work: 'Arithmetic',
    roof: 'Roof of this device',
    roofValue: (rate, bandwidth) => `${rate} · ${bandwidth}`,
    bandValue: (ms, share) => `${ms} · ${share}`,
    between: (isCpu) => (isCpu ? 'Sum of operations' : 'Sum of launches'),
  },
  way: (dispatches, stepMs) => `${stepMs} a step, ${dispatches} dispatches`,
  ratio: (times, isFusedFaster) =>
    isFusedFaster ? `Fusing makes the step ${times} as fast.` : `Here, op by op is ${times} as fast.`,
  clock: (clock, isCpu) => {
    if (clock === 'timestamp-query') return 'Clock: the GPU’s timestamps around each dispatch, mean of repeated steps.';
    return isCpu
      ? 'Clock: the CPU’s, around each operation, mean of repeated steps.'
      : 'Clock: the CPU’s, around batches of one dispatch each, since this GPU offers no timestamps.';
  },
  cpu: (rows) =>
    rows
      ? `The CPU runs this page, so these are its operations. Timed are the ${rows.timed} of ${rows.batch} rows that one thread computes; the other threads do the same beside it.`
      : 'The CPU runs this page, so these are its operations; there are no dispatches.',
  alreadySeparate: 'This run already takes every op as a dispatch of its own.',
  line: (isCpu) => (isCpu ? 'Operations of one training step over time' : 'Dispatches of one training step over time'),
  lineHint: 'Arrow keys walk from one to the next; + and − zoom.',
  bar: (index, count, label, band, ms, share) => `${index} of ${count}, ${label}, ${band}, ${ms}, ${share} of the step`,
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  zoomFit: 'Whole step',
  columns: {
    order: '#',
    label: 'Launch',
    ms: 'Time',
    workgroups: 'Workgroups',
    bytes: 'Bytes',
    flops: 'FLOP',
    gflops: 'Achieved',
    share: 'Of the roof',
  },
  tableLabel: (isCpu) => (isCpu ? 'Operations of one training step' : 'Dispatches of one training step'),
  sortBy: (column) => `Sort by ${column}`,
  detail: {
    label: 'Chosen launch',
    heading: (index, count, isCpu) => `${isCpu ? 'Operation' : 'Dispatch'} ${number(index)} of ${number(count)}`,
    previous: 'Previous launch',
    next: 'Next launch',
    place: (stage, direction, word) => `${stage}, ${direction}${word === null ? '' : `, target word ${word}`}`,
    directions: { forward: 'forward', backward: 'backward' },
    time: 'Time',
    timeValue: (ms, share) => `${ms}, ${share} of the step`,
    start: 'Begins at',
    grid: 'Workgroups × size',
    gridValue: (groups, size, invocations) => `${groups} × ${size} = ${invocations} invocations`,
    bytes: 'Bytes moved',
    flops: 'Arithmetic',
    intensity: 'Intensity',
    rate: 'Achieved',
    bandwidth: 'Memory traffic',
    roof: 'Of the roof',
    roofValue: (share, allowed, boundBy) =>
      `${share} of ${allowed}, bound by ${boundBy === 'memory' ? 'memory' : 'arithmetic'}`,
    noTime: 'too short for the clock',
    above: (boundBy) =>
      boundBy === 'memory'
        ? 'More than the roof: its operands come from a cache, which is faster than the memory that the roof was measured on.'
        : 'More than the roof: it multiplies faster than the plain product that the roof was measured with.',
    gradientOf: 'gradient of',
  },
  calls: {
    title: (count) => (count === 1 ? 'The op it computes' : `The ${number(count)} ops it computes`),
    op: 'Op',
    formula: 'Formula',
    count: 'Calls',
    operands: 'Operands [rows, columns]',
    flops: 'FLOP',
  },
  formulas: {
    ...OP_FORMULAS,
    'dropout.forward': 'y = keep · x ∕ (1 − p)',
    'dropout.backward': 'dx = keep · dy ∕ (1 − p)',
    'cross-entropy.forward': 'L = −mean log p(right word)',
    'cross-entropy.backward': 'dz = (p − 1[right word]) ∕ n',
    predict: 'word = arg max z',
    'teacher-forcing': 'y = given or own word',
  },
  roofline: {
    title: 'Under the roof',
    x: 'FLOP per byte',
    y: 'GFLOP/s',
    summary: (point, share) => `This launch: ${point}; ${share}.`,
    legend: 'Line: what this device allows. Ring: this launch; dots: the others.',
  },
  source: {
    title: (lines) => `WGSL, ${lines} lines`,
    entry: (entry) => `entry point ${entry}`,
    copy: 'Copy',
    copied: 'Copied',
    notCopied: 'The browser did not allow it',
    label: (label) => `WGSL of ${label}`,
    onCpu: 'On the CPU a compiled kernel of this page computes it; there is no WGSL.',
  },
  kernels: 'Its kernels',
  nothingOfStage: (stage) => `Nothing of this step belongs to the stage ${stage} alone.`,
  howCounted:
    'FLOP: additions, multiplications, divisions, comparisons, exp and tanh, padding included. Bytes: every operand read or written, once. Roof: the best plain matrix product and a streaming copy, measured on this device.',
};
