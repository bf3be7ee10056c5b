/**
 * The ops whose rows do not depend on each other, as instructions of the row machine (`shaders/rows`). An op is left out where a
 * row of its result needs other rows: the gradients of weights, and all that comes after them.
 */

import { hasRecurrence, lstmRange, nextPosition, previousSlot } from './lstm-range.ts';
import { constant, type OpCall, operand } from './op.ts';
import type { OpName } from './registry.ts';
import { VALUES } from './step-data.ts';
import { rowsOf, type View } from './view.ts';

/** The kinds of instructions; the position is the number in the code. */
export const ROW_KINDS = [
  'linear',
  'lstm_forward',
  'lstm_backward',
  'additive_forward',
  'additive_backward',
  'product_forward',
  'product_backward',
  'sum_forward',
  'sum_backward',
  'softmax_forward',
  'softmax_backward',
  'context_forward',
  'context_backward',
  'embedding_forward',
  'repeat_forward',
  'repeat_backward',
  'tanh_forward',
  'tanh_backward',
  'zero',
  'dropout',
  'cross_entropy_forward',
  'cross_entropy_backward',
  'predict',
  'teacher_forcing',
  'scale_rows',
  'override_weights',
  'choose_token',
] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/** One factor of a product: x [rows, depth] times `columns` of w, whose terms are its rows where `isTransposed`. */
export interface RowProduct {
  readonly x: View;
  readonly w: View;
  readonly isTransposed: boolean;
}

export interface RowInstruction {
  readonly kind: RowKind;
  /** Rows of the result as a multiple of the launch's rows. */
  readonly blocks: number;
  readonly columns: number;
  /** Up to eight; what they mean is said in the WGSL of the kind. */
  readonly numbers: readonly number[];
  /** Up to ten. */
  readonly views: readonly (View | undefined)[];
  /** Up to three. */
  readonly products: readonly RowProduct[];
}

const VIEWS = 10;
const NUMBERS = 8;

/** Products an instruction has room for. */
export const MAX_ROW_PRODUCTS = 3;

/** Words of an instruction in the code, as `Instruction` in `shaders/rows/machine.wgsl`. */
export const INSTRUCTION_WORDS = 4 + NUMBERS + 2 * VIEWS + 6 * MAX_ROW_PRODUCTS;

/**
 * The words of an instruction.
 * @param start first element of a tensor in the buffer that holds it
 */
export function instructionWords(instruction: RowInstruction, start: (tensor: string) => number): Uint32Array {
  const { kind, blocks, columns, numbers, views, products } = instruction;
  const words = new Uint32Array(INSTRUCTION_WORDS);
  words.set([ROW_KINDS.indexOf(kind), blocks, columns, products.length]);
  words.set(numbers, 4);
  views.forEach((view, i) => {
    if (view) words.set([start(view.tensor) + view.offset, view.stride], 4 + NUMBERS + 2 * i);
  });
  products.forEach(({ x, w, isTransposed }, i) => {
    const [column, term] = isTransposed ? [1, w.stride] : [w.stride, 1];
    const product = [start(x.tensor) + x.offset, x.stride, x.columns, start(w.tensor) + w.offset, column, term];
    words.set(product, 4 + NUMBERS + 2 * VIEWS + 6 * i);
  });
  return words;
}

const GROUP = 4;
const bits = new DataView(new ArrayBuffer(4));

/** A float as the u32 of the same bits. */
export function floatBits(value: number): number {
  bits.setFloat32(0, value);
  return bits.getUint32(0);
}

type Encoder = (call: OpCall, rows: number) => RowInstruction[];

export interface RowForm {
  /** Rows of the call's result: blocks · rows of a launch. */
  readonly rows: (call: OpCall) => number;
  /** @param rows rows of the launch, a divisor of the call's */
  readonly encode: Encoder;
  /** What of the op's own dispatches still has to run, after all rows: an entry point and its operands. */
  readonly rest?: { readonly entry: string; readonly operands: readonly string[] };
  /** Operands that the rows do without. */
  readonly unused?: readonly string[];
  /** Operands that the machine looks for among the parameters; it finds the others in its memory. */
  readonly weights?: readonly string[];
  /** An operand of which a row may read what other rows wrote, parameters or memory: nothing of the same launch. */
  readonly table?: string;
}

const plain = (
  kind: RowKind,
  rows: number,
  total: View,
  views: readonly (View | undefined)[],
  numbers: readonly number[] = [],
): RowInstruction => ({ kind, blocks: total.rows / rows, columns: total.columns, numbers, views, products: [] });

/** A form whose result is the named operand. */
const elementwise = (
  kind: RowKind,
  result: string,
  operands: readonly string[],
  numbers: (call: OpCall) => number[] = () => [],
): RowForm => ({
  rows: (call) => operand(call, result).rows,
  encode: (call, rows) => [
    plain(
      kind,
      rows,
      operand(call, result),
      operands.map((name) => call.operands[name]),
      numbers(call),
    ),
  ],
});

const linear = (x: string, y: string, isTransposed: boolean): RowForm => ({
  weights: ['weight', 'bias'],
  rows: (call) => operand(call, y).rows,
  encode(call, rows) {
    const to = operand(call, y);
    const { bias } = call.operands;
    return [
      {
        kind: 'linear',
        blocks: to.rows / rows,
        columns: to.columns,
        numbers: [bias ? 1 : 0, call.numbers.accumulate ?? 0, 0, Math.ceil(to.columns / GROUP), GROUP, 1],
        views: [to, bias],
        products: [{ x: operand(call, x), w: operand(call, 'weight'), isTransposed }],
      },
    ];
  },
});

const block = (view: View, index: number, rows: number): View => rowsOf(view, index * rows, rows);

const lstmForward: Encoder = (call, rows) => {
  const range = lstmRange(call.numbers);
  const weight = operand(call, 'weight');
  const { feed, feedWeight, lengths } = call.operands;
  const [h, c] = [operand(call, 'h'), operand(call, 'c')];
  return range.positions.map((position) => {
    const before = previousSlot(position, range.isReversed);
    const products: RowProduct[] = hasRecurrence(position, range)
      ? [{ x: block(h, before, rows), w: weight, isTransposed: false }]
      : [];
    if (feed && feedWeight) products.push({ x: feed, w: feedWeight, isTransposed: false });
    return {
      kind: 'lstm_forward',
      blocks: 1,
      columns: weight.rows,
      numbers: [weight.columns, position, lengths ? 1 : 0, weight.columns, 1, weight.columns],
      views: [
        block(operand(call, 'projected'), position, rows),
        block(c, before, rows),
        block(operand(call, 'gates'), position, rows),
        block(h, position + 1, rows),
        block(c, position + 1, rows),
        block(h, before, rows),
        lengths,
      ],
      products,
    };
  });
};

const lstmBackward: Encoder = (call, rows) => {
  const range = lstmRange(call.numbers);
  const weight = operand(call, 'weight');
  const { lengths } = call.operands;
  const [c, dH, dZ] = [operand(call, 'c'), operand(call, 'dH'), operand(call, 'dZ')];
  const hidden = weight.columns;
  return [...range.positions].reverse().map((position) => {
    const before = previousSlot(position, range.isReversed);
    const next = nextPosition(position, range);
    return {
      kind: 'lstm_backward',
      blocks: 1,
      columns: hidden,
      numbers: [hidden, position, lengths ? 1 : 0, Math.ceil(hidden / GROUP), GROUP, 1],
      views: [
        block(dH, position + 1, rows),
        block(c, position + 1, rows),
        block(c, before, rows),
        block(operand(call, 'gates'), position, rows),
        block(dZ, position, rows),
        operand(call, 'dC'),
        block(dH, before, rows),
        lengths,
      ],
      products: next === null ? [] : [{ x: block(dZ, next, rows), w: weight, isTransposed: true }],
    };
  });
};

const lstm = (encode: Encoder): RowForm => ({
  weights: ['weight', 'feedWeight'],
  rows: (call) => lstmRange(call.numbers).batch,
  encode,
});

const SCORES = ['keys', 'query', 'v', 'lengths', 'scores'];
const SCORES_BACKWARD = ['keys', 'query', 'v', 'lengths', 'dScores', 'dQuery', 'dKeys', 'dV'];

/** Attention calls: one launch row per query; the columns are those of the compared vectors. */
const attention = (kind: RowKind, steps: string, size: string, operands: readonly string[]): RowForm => ({
  weights: ['v'],
  rows: (call) => operand(call, steps).rows,
  encode: (call) => [
    {
      kind,
      blocks: 1,
      columns: call.operands[size]?.columns ?? 1,
      numbers: [operand(call, steps).columns, floatBits(call.numbers.scale ?? 1), call.numbers.accumulate ?? 0],
      views: operands.map((name) => call.operands[name]),
      products: [],
    },
  ],
});

/** Whether a view lies among the parameters, which have a buffer of their own. */
export const isParameter = ({ tensor }: View): boolean => tensor === 'parameters';

const FORMS: Partial<Record<OpName, RowForm>> = {
  'linear.forward': linear('x', 'y', false),
  'linear.backward-input': linear('dY', 'dX', true),
  'lstm.forward': lstm(lstmForward),
  'lstm.backward': lstm(lstmBackward),
  'score.additive.forward': attention('additive_forward', 'scores', 'query', SCORES),
  'score.additive.backward': attention('additive_backward', 'dScores', 'query', SCORES_BACKWARD),
  'score.product.forward': attention('product_forward', 'scores', 'query', SCORES),
  'score.product.backward': attention('product_backward', 'dScores', 'query', SCORES_BACKWARD),
  'score.sum.forward': attention('sum_forward', 'scores', 'query', SCORES),
  'score.sum.backward': attention('sum_backward', 'dScores', 'query', SCORES_BACKWARD),
  'score.zero.forward': elementwise('zero', 'scores', ['scores']),
  'softmax.forward': attention('softmax_forward', 'scores', 'scores', ['scores', 'weights', '', 'lengths']),
  'softmax.backward': attention('softmax_backward', 'dScores', 'dScores', ['weights', 'dWeights', 'dScores']),
  'context.forward': attention('context_forward', 'weights', 'context', [
    'weights',
    'annotations',
    'context',
    'lengths',
  ]),
  'context.backward': attention('context_backward', 'weights', 'dContext', [
    'weights',
    'annotations',
    'dContext',
    'lengths',
    'dWeights',
    'dAnnotations',
  ]),
  'embedding.forward': {
    ...elementwise('embedding_forward', 'y', ['ids', 'table', 'y'], (call) => [
      operand(call, 'table').rows,
      isParameter(operand(call, 'table')) ? 1 : 0,
    ]),
    table: 'table',
  },
  'repeat.forward': {
    rows: (call) => operand(call, 'x').rows,
    encode: (call, rows) => [plain('repeat_forward', rows, operand(call, 'y'), [call.operands.x, call.operands.y])],
  },
  'repeat.backward': {
    rows: (call) => operand(call, 'dX').rows,
    encode: (call, rows) => [
      plain(
        'repeat_backward',
        rows,
        operand(call, 'dY'),
        [call.operands.dY, call.operands.dX],
        [call.numbers.accumulate ?? 0],
      ),
    ],
  },
  'tanh.forward': elementwise('tanh_forward', 'y', ['x', 'y']),
  'tanh.backward': elementwise('tanh_backward', 'dX', ['y', 'dY', 'dX']),
  'dropout.forward': elementwise('dropout', 'y', ['x', 'y', 'values', 'counters'], (call) => [
    constant(call, 'salt'),
    VALUES.dropout,
  ]),
  'dropout.backward': elementwise('dropout', 'dX', ['dY', 'dX', 'values', 'counters'], (call) => [
    constant(call, 'salt'),
    VALUES.dropout,
  ]),
  zero: elementwise('zero', 'y', ['y']),
  'cross-entropy.forward': {
    ...elementwise('cross_entropy_forward', 'logits', ['logits', 'targets', 'rows'], (call) => [
      call.numbers.shift ?? 0,
    ]),
    rest: { entry: 'reduce', operands: ['targets', 'rows', 'metrics'] },
    unused: ['metrics'],
  },
  'cross-entropy.backward': {
    ...elementwise('cross_entropy_backward', 'dLogits', ['logits', 'targets', 'rows', 'dLogits'], (call) => [
      call.numbers.shift ?? 0,
      operand(call, 'targets').rows,
    ]),
    unused: ['metrics'],
  },
  predict: elementwise('predict', 'logits', ['logits', 'expected', 'tokens', 'probabilities'], (call) => [
    call.numbers.shift ?? 0,
  ]),
  'teacher-forcing': elementwise(
    'teacher_forcing',
    'fed',
    ['given', 'produced', 'fed', 'values', 'counters'],
    (call) => [constant(call, 'salt'), VALUES.teacherForcing],
  ),
  'scale-rows.forward': {
    rows: (call) => operand(call, 'y').rows,
    encode(call, rows) {
      const [factor, y] = [operand(call, 'factor'), operand(call, 'y')];
      return [plain('scale_rows', rows, y, [call.operands.x ?? y, factor, y], [factor.rows])];
    },
  },
  'override-weights.forward': elementwise('override_weights', 'weights', ['forced', 'isForced', 'weights']),
  'choose-token.forward': elementwise('choose_token', 'fed', ['given', 'produced', 'fed']),
};

/** How a call runs on the row machine; null where it can't. */
export const rowForm = (op: OpName): RowForm | null => FORMS[op] ?? null;
