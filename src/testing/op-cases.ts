/** One table of cases for all ops: the reference's gradients and the kernels are both tested with it. */

import { FREE_TOKEN } from '../ops/choose-token.ts';
import { outputSide } from '../ops/conv-patches.reference.ts';
import { type OpName, opDefinition } from '../ops/registry.ts';
import { HISTORY_SLOTS, METRICS_LENGTH } from '../ops/step-data.ts';
import type { Operand } from '../ops/view.ts';
import { type CaseTensor, Draw, type OpCase, type Sizes } from './case-draw.ts';
import { DRAW_OPTIONS } from './case-sizes.ts';

type Maker = (draw: Draw) => OpCase[];

/** Calls the op's reference on copies of the tensors, and returns the copies. */
export function runReference({ op, tensors, numbers }: OpCase): Record<string, CaseTensor['data']> {
  const data: Record<string, CaseTensor['data']> = {};
  const operands: Record<string, Operand> = {};
  for (const [name, tensor] of Object.entries(tensors)) {
    data[name] = tensor.data.slice();
    operands[name] = { ...tensor.view, data: data[name] };
  }
  opDefinition(op).reference(operands, numbers);
  return data;
}

/** An operand of a forward call as that call leaves it, as input of the backward call. */
const after = (forward: OpCase, name: string, op: OpName): CaseTensor => ({
  view: forward.tensors[name].view,
  data: runReference({ ...forward, op })[name].map(Math.fround),
});

/** Gradients come small enough that float32 sums over hundreds of rows keep within the tolerance. */
const GRADIENT = 0.1;

const linearForward: Maker = (d) => {
  const { rows, size, vocabulary: out } = d.sizes;
  const scale = 1 / Math.sqrt(size);
  const operands = () => ({ x: d.normal(rows, size), weight: d.normal(out, size, scale), y: d.normal(rows, out) });
  return [
    d.call('with bias', { ...operands(), bias: d.normal(1, out) }),
    d.call('accumulating', operands(), { accumulate: 1 }),
    d.call('with bias, accumulating', { ...operands(), bias: d.normal(1, out) }, { accumulate: 1 }),
  ];
};

/** The same call twice: writing, and adding to what is there. */
const bothWays = (d: Draw, operands: () => Record<string, CaseTensor>, numbers = {}): OpCase[] => [
  d.call('writing', operands(), { ...numbers, accumulate: 0 }),
  d.call('accumulating', operands(), { ...numbers, accumulate: 1 }),
];

interface LstmVariant {
  readonly name: string;
  readonly hasLengths: boolean;
  readonly hasFeed: boolean;
  readonly range: Record<string, number>;
}

/** Whole sequences in both directions, a single step with a second input, and a range in the middle. */
function lstmVariants({ steps }: Sizes): LstmVariant[] {
  const last = steps - 1;
  const first = Math.min(1, last);
  return [
    { name: 'with lengths', hasLengths: true, hasFeed: false, range: {} },
    { name: 'reversed', hasLengths: true, hasFeed: false, range: { isReversed: 1 } },
    { name: 'without lengths', hasLengths: false, hasFeed: false, range: { isReversed: 0 } },
    { name: 'one step with feed', hasLengths: false, hasFeed: true, range: { from: last, to: steps } },
    {
      name: 'a range of steps',
      hasLengths: true,
      hasFeed: false,
      range: { from: first, to: Math.max(last, first + 1) },
    },
    { name: 'reversed range', hasLengths: true, hasFeed: false, range: { from: 0, to: first + 1, isReversed: 1 } },
  ];
}

/** Only the forward pass reads the state that a sequence starts from. */
const FROM_ZEROS: readonly LstmVariant[] = [
  { name: 'from zeros', hasLengths: true, hasFeed: false, range: { startsAtZero: 1 } },
  { name: 'reversed, from zeros', hasLengths: true, hasFeed: false, range: { isReversed: 1, startsAtZero: 1 } },
];

/** The state before the first position is zeros where the call says so. */
function stateBefore(
  state: CaseTensor,
  { batch, steps }: Record<'batch' | 'steps', number>,
  range: LstmVariant['range'],
) {
  const { offset, stride, columns } = state.view;
  if (range.startsAtZero)
    for (let b = 0; b < batch; b++) {
      const row = offset + ((range.isReversed ? steps + 1 : 0) * batch + b) * stride;
      state.data.fill(0, row, row + columns);
    }
  return state;
}

const lstmForward: Maker = (d) => {
  const { rows: batch, steps, size: hidden } = d.sizes;
  const feed = Math.min(d.sizes.vocabulary, 9);
  return [...lstmVariants(d.sizes), ...FROM_ZEROS].map(({ name, hasLengths, hasFeed, range }) => {
    const slots = (steps + (range.isReversed ? 2 : 1)) * batch;
    return d.call(
      name,
      {
        projected: d.content(steps * batch, 4 * hidden),
        weight: d.normal(4 * hidden, hidden, 1 / Math.sqrt(hidden)),
        feed: hasFeed ? d.normal(batch, feed) : undefined,
        feedWeight: hasFeed ? d.normal(4 * hidden, feed, 1 / Math.sqrt(feed)) : undefined,
        lengths: hasLengths ? d.lengths(batch, steps) : undefined,
        h: stateBefore(d.normal(slots, hidden, 0.5), { batch, steps }, range),
        c: stateBefore(d.normal(slots, hidden), { batch, steps }, range),
        gates: d.uniform(steps * batch, 4 * hidden),
      },
      { batch, steps, ...range },
    );
  });
};

const lstmBackward: Maker = (d) => {
  const { rows: batch, steps, size: hidden } = d.sizes;
  return lstmVariants(d.sizes).map(({ name, hasLengths, range }) => {
    const slots = (steps + (range.isReversed ? 2 : 1)) * batch;
    return d.call(
      name,
      {
        weight: d.normal(4 * hidden, hidden, 1 / Math.sqrt(hidden)),
        lengths: hasLengths ? d.lengths(batch, steps) : undefined,
        c: d.content(slots, hidden),
        gates: d.uniform(steps * batch, 4 * hidden),
        dH: d.normal(slots, hidden, GRADIENT),
        dC: d.normal(batch, hidden, GRADIENT),
        dZ: d.normal(steps * batch, 4 * hidden, GRADIENT),
      },
      { batch, steps, ...range },
    );
  });
};

type Family = 'additive' | 'product' | 'sum';

/** keys, query, v and lengths of a score; large contents go into the keys, so that sums of products stay exact. */
function scoreInputs(d: Draw, family: Family): Record<string, CaseTensor> {
  const { rows: batch, steps } = d.sizes;
  const size = family === 'sum' ? 1 : d.sizes.size;
  const scale = family === 'product' ? 1 / Math.sqrt(size) : 1;
  const isExact = family === 'product' && d.options.content === 'large';
  const query = isExact ? d.signs(batch, size) : d.normal(batch, size, scale);
  return {
    keys: d.content(steps * batch, size),
    query,
    ...(family === 'additive' ? { v: d.normal(1, size, 1 / Math.sqrt(size)) } : {}),
    lengths: d.lengths(batch, steps),
  };
}

const SCALED = { scale: Math.fround(0.3) };

const scoreForward =
  (family: Family): Maker =>
  (d) => {
    const operands = { ...scoreInputs(d, family), scores: d.normal(d.sizes.rows, d.sizes.steps) };
    return [d.call('', operands), ...(family === 'product' ? [d.call('scaled', operands, SCALED)] : [])];
  };

const scoreBackward =
  (family: Family): Maker =>
  (d) => {
    const { rows: batch, steps } = d.sizes;
    const operands = () => {
      const { keys, query, ...others } = scoreInputs(d, family);
      const size = keys.view.columns;
      return {
        ...others,
        ...(family === 'sum' ? {} : { keys, query, dQuery: d.normal(batch, size, GRADIENT) }),
        ...(family === 'additive' ? { dV: d.normal(batch, size, GRADIENT) } : {}),
        dScores: d.normal(batch, steps, GRADIENT),
        dKeys: d.normal(steps * batch, size, GRADIENT),
      };
    };
    return bothWays(d, operands, SCALED);
  };

const softmaxForward: Maker = (d) => {
  const { rows, steps } = d.sizes;
  const scores = d.content(rows, steps);
  return [d.call('', { lengths: d.lengths(rows, steps), scores, weights: d.normal(rows, steps) })];
};

const tanhForward: Maker = (d) => {
  const { rows, size } = d.sizes;
  return [d.call('', { x: d.content(rows, size), y: d.normal(rows, size) })];
};

const contextInputs = (d: Draw) => ({
  lengths: d.lengths(d.sizes.rows, d.sizes.steps),
  weights: d.uniform(d.sizes.rows, d.sizes.steps, 2 / d.sizes.steps),
  annotations: d.normal(d.sizes.steps * d.sizes.rows, d.sizes.size),
});

const crossEntropyForward: Maker = (d) => {
  const { rows, vocabulary } = d.sizes;
  return [0, 1].map((shift) =>
    d.call(
      shift ? 'classes' : 'tokens',
      {
        logits: d.content(rows, vocabulary),
        targets: d.targets(rows, vocabulary, shift),
        rows: d.dense(rows, 3),
        metrics: d.metrics(),
      },
      { shift },
    ),
  );
};

/** The calls of cross-entropy.backward behind those of its forward pass. */
const crossEntropyBackward: Maker = (d) =>
  crossEntropyForward(d).map((forward, i) =>
    d.call(
      i ? 'classes' : 'tokens',
      {
        ...forward.tensors,
        rows: after(forward, 'rows', 'cross-entropy.forward'),
        metrics: after(forward, 'metrics', 'cross-entropy.forward'),
        dLogits: d.normal(d.sizes.rows, d.sizes.vocabulary),
      },
      forward.numbers,
    ),
  );

const optimizerInputs = (d: Draw, count: number) => ({
  parameters: d.normal(1, count),
  gradients: d.normal(1, count),
  moment1: d.normal(1, count, GRADIENT),
  values: d.stepValues(),
  metrics: d.metrics(),
});

const adam: Maker = (d) =>
  [0, 1].map((isDecoupled) => {
    const count = d.sizes.rows * d.sizes.size;
    return d.call(
      isDecoupled ? 'AdamW' : 'Adam',
      { ...optimizerInputs(d, count), moment2: d.uniform(1, count, GRADIENT) },
      { beta1: 0.9, beta2: 0.98, epsilon: 1e-8, weightDecay: 0.1, isDecoupled },
    );
  });

/** Pictures whose sides are not multiples of the step, a single pixel, and one that is wider than it is high. */
const PICTURES = [
  { height: 1, width: 1, step: 2 },
  { height: 4, width: 5, step: 2 },
  { height: 3, width: 4, step: 1 },
] as const;

/** Channels and batch rows of the pictures of a case; larger ones say nothing more. */
const pictureSizes = ({ rows, size }: Sizes) => ({ batch: Math.min(rows, 9), channels: Math.min(size, 17) });

const patches = (d: Draw, picture: string, rows: string, scale: number): OpCase[] =>
  PICTURES.map((numbers) => {
    const { height, width, step } = numbers;
    const { batch, channels } = pictureSizes(d.sizes);
    const places = outputSide(height, step) * outputSide(width, step);
    const operands = {
      [picture]: d.normal(height * width * batch, channels, scale),
      [rows]: d.normal(places * batch, 9 * channels, scale),
    };
    return d.call(`${height}×${width}, step ${step}`, operands, numbers);
  });

const OP_CASES: Readonly<Record<OpName, Maker>> = {
  'embedding.forward': (d) => {
    const { rows, steps, size, vocabulary } = d.sizes;
    const ids = d.ids(rows * steps, vocabulary);
    return [d.call('', { ids, table: d.normal(vocabulary, size), y: d.normal(rows * steps, size) })];
  },
  'embedding.backward': (d) => {
    const { rows, steps, size, vocabulary } = d.sizes;
    return bothWays(d, () => ({
      ids: d.ids(rows * steps, vocabulary),
      dY: d.normal(rows * steps, size, GRADIENT),
      dTable: d.normal(vocabulary, size, GRADIENT),
    }));
  },
  'linear.forward': linearForward,
  'linear.backward-input': (d) => {
    const { rows, size, vocabulary: out } = d.sizes;
    return bothWays(d, () => ({
      dY: d.normal(rows, out, GRADIENT),
      weight: d.normal(out, size, 1 / Math.sqrt(size)),
      dX: d.normal(rows, size, GRADIENT),
    }));
  },
  'linear.backward-weight': (d) => {
    const { rows, steps, size, vocabulary: out } = d.sizes;
    return bothWays(d, () => ({
      dY: d.normal(rows * steps, out, GRADIENT),
      x: d.normal(rows * steps, size),
      dWeight: d.normal(out, size, GRADIENT),
    }));
  },
  'linear.backward-bias': (d) => {
    const { rows, steps, vocabulary: out } = d.sizes;
    return bothWays(d, () => ({ dY: d.normal(rows * steps, out, GRADIENT), dBias: d.normal(1, out, GRADIENT) }));
  },
  'lstm.forward': lstmForward,
  'lstm.backward': lstmBackward,
  'score.additive.forward': scoreForward('additive'),
  'score.additive.backward': scoreBackward('additive'),
  'score.product.forward': scoreForward('product'),
  'score.product.backward': scoreBackward('product'),
  'score.sum.forward': scoreForward('sum'),
  'score.sum.backward': scoreBackward('sum'),
  'score.zero.forward': (d) => [d.call('', { scores: d.normal(d.sizes.rows, d.sizes.steps) })],
  'softmax.forward': softmaxForward,
  'softmax.backward': (d) => {
    const { rows, steps } = d.sizes;
    const weights = after(softmaxForward(d)[0], 'weights', 'softmax.forward');
    return [d.call('', { weights, dWeights: d.normal(rows, steps), dScores: d.normal(rows, steps) })];
  },
  'context.forward': (d) => [d.call('', { ...contextInputs(d), context: d.normal(d.sizes.rows, d.sizes.size) })],
  'context.backward': (d) => {
    const { rows, steps, size } = d.sizes;
    const dContext = d.normal(rows, size, GRADIENT);
    const dAnnotations = d.normal(steps * rows, size, GRADIENT);
    return [d.call('', { ...contextInputs(d), dContext, dWeights: d.normal(rows, steps), dAnnotations })];
  },
  'repeat.forward': (d) => {
    const { rows, steps, size } = d.sizes;
    return [d.call('', { x: d.normal(rows, size), y: d.normal(steps * rows, size) })];
  },
  'repeat.backward': (d) => {
    const { rows, steps, size } = d.sizes;
    return bothWays(d, () => ({ dY: d.normal(steps * rows, size, GRADIENT), dX: d.normal(rows, size, GRADIENT) }));
  },
  'pixels.forward': (d) => {
    const batch = Math.min(d.sizes.rows, 9);
    const bits = () => d.ids(6 * batch, 2 ** 32);
    return [
      d.call('wide', { source: bits(), x: d.normal(96 * batch, 3) }, { height: 8, width: 12 }),
      d.call('high', { source: bits(), x: d.normal(96 * batch, 3) }, { height: 24, width: 4 }),
    ];
  },
  'conv-patches.forward': (d) => patches(d, 'x', 'y', 1),
  'conv-patches.backward': (d) => patches(d, 'dX', 'dY', GRADIENT),
  'relu.forward': tanhForward,
  'relu.backward': (d) => {
    const { rows, size } = d.sizes;
    const y = after(tanhForward(d)[0], 'y', 'relu.forward');
    return [d.call('', { y, dY: d.normal(rows, size), dX: d.normal(rows, size) })];
  },
  'tanh.forward': tanhForward,
  'tanh.backward': (d) => {
    const { rows, size } = d.sizes;
    const y = after(tanhForward(d)[0], 'y', 'tanh.forward');
    return [d.call('', { y, dY: d.normal(rows, size), dX: d.normal(rows, size) })];
  },
  'dropout.forward': (d) => {
    const { rows, steps, size } = d.sizes;
    const [x, y] = [d.normal(rows * steps, size), d.normal(rows * steps, size)];
    return [d.call('', { x, values: d.stepValues(), counters: d.counters(), y }, { salt: d.random.integer(99) })];
  },
  'dropout.backward': (d) => {
    const { rows, steps, size } = d.sizes;
    const [dY, dX] = [d.normal(rows * steps, size), d.normal(rows * steps, size)];
    return [d.call('', { dY, values: d.stepValues(), counters: d.counters(), dX }, { salt: d.random.integer(99) })];
  },
  'cross-entropy.forward': crossEntropyForward,
  'cross-entropy.backward': crossEntropyBackward,
  predict: (d) => {
    const { rows, vocabulary } = d.sizes;
    const [tokens, probabilities] = [d.ids(rows, 5), d.dense(rows, 2)];
    const logits = d.content(rows, vocabulary);
    const ofTokens = { logits, expected: d.ids(rows, vocabulary), tokens, probabilities };
    // Without a label the expected token is 0, below every class.
    const ofClasses = { ...ofTokens, expected: d.ids(rows, vocabulary + 4) };
    return [d.call('tokens', ofTokens), d.call('classes', ofClasses, { shift: 4 })];
  },
  'teacher-forcing': (d) => {
    const { rows } = d.sizes;
    const [given, produced, fed] = [d.ids(rows, 100), d.ids(rows, 100), d.ids(rows, 100)];
    const salt = d.random.integer(99);
    return [d.call('', { given, produced, values: d.stepValues(), counters: d.counters(), fed }, { salt })];
  },
  'choose-token.forward': (d) => {
    const { rows } = d.sizes;
    const [given, produced, fed] = [d.ids(rows, 100), d.ids(rows, 100), d.ids(rows, 100)];
    const { offset } = given.view;
    for (let b = 0; b < rows; b += 2) given.data[offset + b] = FREE_TOKEN;
    return [d.call('', { given, produced, fed })];
  },
  'override-weights.forward': (d) => {
    const { rows, steps } = d.sizes;
    const [forced, weights] = [d.uniform(rows, steps), d.uniform(rows, steps)];
    return [d.call('', { forced, isForced: d.ids(rows, 2), weights })];
  },
  'scale-rows.forward': (d) => {
    const { rows, steps, size } = d.sizes;
    const operands = () => ({ factor: d.normal(rows, 1), y: d.normal(steps * rows, size) });
    return [d.call('', { ...operands(), x: d.normal(steps * rows, size) }), d.call('in place', operands())];
  },
  'grad-norm': (d) => {
    const gradients = d.normal(1, d.sizes.rows * d.sizes.size * d.sizes.vocabulary, GRADIENT);
    const history = d.dense(HISTORY_SLOTS, METRICS_LENGTH);
    const operands = { gradients, partials: d.normal(1, 100), metrics: d.metrics(), counters: d.counters(), history };
    return [0.01, 1000].map((maxNorm) => d.call(`norm at most ${maxNorm}`, operands, { maxNorm }, ['partials']));
  },
  adam,
  sgd: (d) => [
    d.call('', optimizerInputs(d, d.sizes.rows * d.sizes.size), { momentum: 0.9, weightDecay: Math.fround(0.1) }),
  ],
  zero: (d) => [d.call('', { y: d.normal(d.sizes.rows, d.sizes.size) })],
};

const drawn = new Map<OpName, readonly OpCase[]>();

/** All cases of an op: the biting shapes, large and equal contents, and shapes drawn from a seed. Nobody changes their data. */
export function casesOf(op: OpName): readonly OpCase[] {
  const known = drawn.get(op);
  if (known) return known;
  const cases = DRAW_OPTIONS.flatMap((options) => OP_CASES[op]?.(new Draw(op, options)) ?? []);
  drawn.set(op, cases);
  return cases;
}
