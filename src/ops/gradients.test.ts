import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GradientCheck, type GradientComparison } from '../testing/central-differences.ts';
import { outputSide } from './conv-patches.reference.ts';
import { COUNTERS_LENGTH, METRICS, METRICS_LENGTH, VALUES, VALUES_LENGTH } from './step-data.ts';
import { columnsOf, rowsOf, type View } from './view.ts';

interface Sizes {
  readonly seed: number;
  readonly B: number;
  readonly S: number;
  readonly A: number;
  readonly V: number;
  readonly accumulate: number;
}

const anySizes = fc.record({
  seed: fc.nat(),
  B: fc.integer({ min: 2, max: 5 }),
  S: fc.integer({ min: 2, max: 7 }),
  A: fc.integer({ min: 1, max: 6 }),
  V: fc.integer({ min: 2, max: 9 }),
  accumulate: fc.integer({ min: 0, max: 1 }),
});

function expectAgreement(results: Readonly<Record<string, GradientComparison>>): void {
  expect(Object.keys(results).length).toBeGreaterThan(0);
  for (const [name, { relativeError, largest }] of Object.entries(results)) {
    expect(relativeError, `relative error of the gradient of ${name}`).toBeLessThanOrEqual(1e-6);
    expect(largest, `largest gradient of ${name}`).toBeGreaterThan(1e-3);
  }
}

/** Checks the gradients of a composition for many sizes. */
function holds(name: string, compose: (check: GradientCheck, sizes: Sizes) => void): void {
  it(name, async () => {
    await fc.assert(
      fc.asyncProperty(anySizes, async (sizes) => {
        const check = new GradientCheck(sizes.seed);
        compose(check, sizes);
        expectAgreement(await check.run());
      }),
      { seed: 2, numRuns: 12 },
    );
  });
}

/** Lengths from 1 to S, the first of them S. */
const lengthsOf = (check: GradientCheck, { B, S }: Sizes): View =>
  check.ids(Array.from({ length: B }, (_, b) => (b === 0 ? S : 1 + check.random.integer(S))));

describe('the backward references agree with central differences:', () => {
  holds('linear', (check, { B, A, V, accumulate }) => {
    const [x, weight, bias, y] = [check.tensor(B, A), check.tensor(V, A), check.tensor(1, V), check.tensor(B, V)];
    const [dX, dWeight, dBias, dY] = [check.tensor(B, A), check.tensor(V, A), check.tensor(1, V), check.tensor(B, V)];
    check.forward('linear.forward', { x, weight, bias, y }, { accumulate });
    check.backward('linear.backward-input', { dY, weight, dX }, { accumulate });
    check.backward('linear.backward-weight', { dY, x, dWeight }, { accumulate });
    check.backward('linear.backward-bias', { dY, dBias }, { accumulate });
    check.output(y, dY);
    const adds = accumulate === 1;
    check.input('x', x, dX, adds);
    check.input('weight', weight, dWeight, adds);
    check.input('bias', bias, dBias, adds);
  });

  holds('embedding with repeated words', (check, { B, S, A, V, accumulate }) => {
    const ids = check.ids(Array.from({ length: B * S }, (_, n) => (n < 2 ? 1 : check.random.integer(V))));
    const [table, y, dTable, dY] = [V, B * S, V, B * S].map((rows) => check.tensor(rows, A));
    check.forward('embedding.forward', { ids, table, y });
    check.backward('embedding.backward', { ids, dY, dTable }, { accumulate });
    check.output(y, dY);
    check.input('table', table, dTable, accumulate === 1);
  });

  holds('additive score', (check, sizes) => {
    const { B, S, A, accumulate } = sizes;
    const [keys, dKeys] = [check.tensor(S * B, A), check.tensor(S * B, A)];
    const [query, dQuery, dV, v] = [check.tensor(B, A), check.tensor(B, A), check.tensor(B, A), check.tensor(1, A)];
    const [scores, dScores, dVTotal] = [check.tensor(B, S), check.tensor(B, S), check.tensor(1, A)];
    const lengths = lengthsOf(check, sizes);
    check.forward('score.additive.forward', { keys, query, v, lengths, scores });
    check.backward('zero', { y: dV });
    check.backward('score.additive.backward', { keys, query, v, lengths, dScores, dQuery, dKeys, dV }, { accumulate });
    check.backward('linear.backward-bias', { dY: dV, dBias: dVTotal });
    check.output(scores, dScores);
    check.input('keys', keys, dKeys, true);
    check.input('query', query, dQuery, accumulate === 1);
    check.input('v', v, dVTotal);
  });

  holds('product score', (check, sizes) => {
    const { B, S, A, accumulate } = sizes;
    const [keys, dKeys] = [check.tensor(S * B, A), check.tensor(S * B, A)];
    const [query, dQuery] = [check.tensor(B, A), check.tensor(B, A)];
    const [scores, dScores] = [check.tensor(B, S), check.tensor(B, S)];
    const lengths = lengthsOf(check, sizes);
    const scale = 1 / Math.sqrt(A);
    check.forward('score.product.forward', { keys, query, lengths, scores }, { scale });
    check.backward('score.product.backward', { keys, query, lengths, dScores, dQuery, dKeys }, { scale, accumulate });
    check.output(scores, dScores);
    check.input('keys', keys, dKeys, true);
    check.input('query', query, dQuery, accumulate === 1);
  });

  holds('softmax', (check, sizes) => {
    const { B, S } = sizes;
    const [scores, weights, dScores, dWeights] = [0, 1, 2, 3].map(() => check.tensor(B, S));
    check.forward('softmax.forward', { lengths: lengthsOf(check, sizes), scores, weights });
    check.backward('softmax.backward', { weights, dWeights, dScores });
    check.output(weights, dWeights);
    check.input('scores', scores, dScores);
  });

  holds('sum score through its softmax', (check, sizes) => {
    const { B, S } = sizes;
    const [keys, dKeys, query] = [check.tensor(S * B, 1), check.tensor(S * B, 1), check.tensor(B, 1)];
    const [scores, weights, dScores, dWeights] = [0, 1, 2, 3].map(() => check.tensor(B, S));
    const lengths = lengthsOf(check, sizes);
    check.forward('score.sum.forward', { keys, query, lengths, scores });
    check.forward('softmax.forward', { lengths, scores, weights });
    check.backward('softmax.backward', { weights, dWeights, dScores });
    check.backward('score.sum.backward', { lengths, dScores, dKeys });
    check.output(weights, dWeights);
    check.input('keys', keys, dKeys, true);
  });

  it('the query of a sum score, whose gradient is 0 behind the softmax', async () => {
    const check = new GradientCheck(5);
    const [B, S] = [3, 4];
    const [keys, query, scores, weights] = [
      check.tensor(S * B, 1),
      check.tensor(B, 1),
      check.tensor(B, S),
      check.tensor(B, S),
    ];
    const dQuery = check.row([0, 0, 0]);
    const lengths = check.ids([4, 2, 1]);
    check.forward('score.sum.forward', { keys, query, lengths, scores });
    check.forward('softmax.forward', { lengths, scores, weights });
    check.output(weights, check.tensor(B, S));
    check.input('query', query, { ...dQuery, rows: 3, columns: 1, stride: 1 });
    const { query: numerical } = await check.run();
    expect(numerical.largest).toBeLessThan(1e-9);
  });

  holds('context', (check, sizes) => {
    const { B, S, A } = sizes;
    const [weights, dWeights] = [check.tensor(B, S), check.tensor(B, S)];
    const [annotations, dAnnotations] = [check.tensor(S * B, A), check.tensor(S * B, A)];
    const [context, dContext] = [check.tensor(B, A), check.tensor(B, A)];
    const lengths = lengthsOf(check, sizes);
    check.forward('context.forward', { lengths, weights, annotations, context });
    check.backward('context.backward', { lengths, weights, annotations, dContext, dWeights, dAnnotations });
    check.output(context, dContext);
    check.input('weights', weights, dWeights);
    check.input('annotations', annotations, dAnnotations, true);
  });

  holds('repeat', (check, { B, S, A, accumulate }) => {
    const [x, y, dX, dY] = [B, S * B, B, S * B].map((rows) => check.tensor(rows, A));
    check.forward('repeat.forward', { x, y });
    check.backward('repeat.backward', { dY, dX }, { accumulate });
    check.output(y, dY);
    check.input('x', x, dX, accumulate === 1);
  });

  holds('tanh', (check, { B, A }) => {
    const [x, y, dX, dY] = [0, 1, 2, 3].map(() => check.tensor(B, A));
    check.forward('tanh.forward', { x, y });
    check.backward('tanh.backward', { y, dY, dX });
    check.output(y, dY);
    check.input('x', x, dX);
  });

  holds('relu', (check, { B, A }) => {
    const [x, y, dX, dY] = [0, 1, 2, 3].map(() => check.tensor(B, A));
    check.forward('relu.forward', { x, y });
    check.backward('relu.backward', { y, dY, dX });
    check.output(y, dY);
    check.input('x', x, dX);
  });

  holds('convolution as patches and a product', (check, { B, S, A, V }) => {
    const [height, width, step] = [S, A + 1, 1 + (V % 2)];
    const places = outputSide(height, step) * outputSide(width, step);
    const [x, dX] = [check.tensor(height * width * B, 2), check.tensor(height * width * B, 2)];
    const [rows, dRows] = [check.tensor(places * B, 18), check.tensor(places * B, 18)];
    const [weight, dWeight] = [check.tensor(V, 18), check.tensor(V, 18)];
    const [y, dY] = [check.tensor(places * B, V), check.tensor(places * B, V)];
    check.forward('conv-patches.forward', { x, y: rows }, { height, width, step });
    check.forward('linear.forward', { x: rows, weight, y });
    check.backward('linear.backward-weight', { dY, x: rows, dWeight });
    check.backward('linear.backward-input', { dY, weight, dX: dRows });
    check.backward('conv-patches.backward', { dY: dRows, dX }, { height, width, step });
    check.output(y, dY);
    check.input('x', x, dX);
    check.input('weight', weight, dWeight);
  });

  holds('dropout with a fixed mask', (check, { B, S, A, seed }) => {
    const [x, y, dX, dY] = [0, 1, 2, 3].map(() => check.tensor(B * S, A));
    const values = check.row(Array.from({ length: VALUES_LENGTH }, (_, i) => (i === VALUES.dropout ? 0.3 : 0)));
    const counters = { ...check.ids([seed, 17, 0, 0]), rows: 1, columns: COUNTERS_LENGTH, stride: COUNTERS_LENGTH };
    check.forward('dropout.forward', { x, values, counters, y }, { salt: 3 });
    check.backward('dropout.backward', { dY, values, counters, dX }, { salt: 3 });
    check.output(y, dY);
    check.input('x', x, dX);
  });

  for (const shift of [0, 1])
    holds(`cross-entropy of ${shift ? 'classes' : 'tokens'} with padding`, (check, { B, S, V }) => {
      const [logits, dLogits] = [check.tensor(B * S, V), check.tensor(B * S, V)];
      // The second row is padding; the others have a column as target that is not.
      const target = (n: number) => (n === 1 ? 0 : 1 + check.random.integer(V - 1));
      const targets = check.ids(Array.from({ length: B * S }, (_, n) => target(n)));
      const rows = { ...check.row(new Array(3 * B * S).fill(0)), rows: B * S, columns: 3, stride: 3 };
      const metrics = check.row(new Array(METRICS_LENGTH).fill(0));
      const operands = { logits, targets, rows, metrics };
      check.forward('cross-entropy.forward', operands, { shift });
      check.backward('cross-entropy.backward', { ...operands, dLogits }, { shift });
      check.loss(columnsOf(metrics, METRICS.loss, 1));
      check.input('logits', logits, dLogits);
    });
});

describe('the backward reference of the LSTM agrees with central differences:', () => {
  /** A layer over all steps in calls of the given ranges. */
  function layer(check: GradientCheck, sizes: Sizes, isReversed: number, cuts: readonly number[], hasLengths: boolean) {
    const { B, S: T, A: H } = sizes;
    const slots = T + (isReversed ? 2 : 1);
    const [projected, gates, dZ] = [0, 1, 2].map(() => check.tensor(T * B, 4 * H));
    const [h, c, dH] = [0, 1, 2].map(() => check.tensor(slots * B, H));
    const [weight, dWeight, dC] = [check.tensor(4 * H, H), check.tensor(4 * H, H), check.tensor(B, H)];
    const lengths = hasLengths ? { lengths: lengthsOf(check, sizes) } : {};
    const ranges = cuts.slice(1).map((to, i) => ({ batch: B, steps: T, from: cuts[i], to, isReversed }));
    const order = isReversed ? [...ranges].reverse() : ranges;
    for (const range of order) check.forward('lstm.forward', { projected, weight, ...lengths, h, c, gates }, range);
    for (const range of [...order].reverse())
      check.backward('lstm.backward', { weight, ...lengths, c, gates, dH, dC, dZ }, range);
    const slot = (view: View, at: number) => rowsOf(view, at * B, B);
    const [start, end, first, low] = isReversed ? [T + 1, 1, T - 1, 1] : [0, T, 0, 0];
    // What the first step passes on to the state before it, on top of what ended rows have passed on already.
    check.backward('linear.backward-input', { dY: slot(dZ, first), weight, dX: slot(dH, start) }, { accumulate: 1 });
    const before = rowsOf(h, isReversed ? 2 * B : 0, T * B);
    check.backward('linear.backward-weight', { dY: dZ, x: before, dWeight });
    check.output(rowsOf(h, low * B, (T + 1) * B), rowsOf(dH, low * B, (T + 1) * B));
    check.output(slot(c, end), dC);
    check.input('projected', projected, dZ);
    check.input('weight', weight, dWeight);
    check.input('h before the first step', slot(h, start), slot(dH, start));
    check.input('c before the first step', slot(c, start), dC);
  }

  for (const isReversed of [0, 1])
    for (const hasLengths of [false, true]) {
      const name = `${isReversed ? 'reversed' : 'forward'}, ${hasLengths ? 'rows of their own length' : 'full rows'}`;
      holds(name, (check, sizes) => layer(check, sizes, isReversed, [0, sizes.S], hasLengths));
      holds(`${name}, in ranges of steps`, (check, sizes) => {
        const cut = 1 + check.random.integer(sizes.S - 1);
        layer(check, sizes, isReversed, [0, cut, sizes.S], hasLengths);
      });
    }

  holds('step by step with a second input', (check, { B, S: T, A: H, V: F }) => {
    const [projected, gates, dZ] = [0, 1, 2].map(() => check.tensor(T * B, 4 * H));
    const [h, c, dH] = [0, 1, 2].map(() => check.tensor((T + 1) * B, H));
    const [feeds, dFeeds] = [check.tensor(T * B, F), check.tensor(T * B, F)];
    const [feedWeight, dFeedWeight] = [check.tensor(4 * H, F), check.tensor(4 * H, F)];
    const [weight, dC] = [check.tensor(4 * H, H), check.tensor(B, H)];
    const range = (t: number) => ({ batch: B, steps: T, from: t, to: t + 1 });
    for (let t = 0; t < T; t++) {
      const feed = rowsOf(feeds, t * B, B);
      check.forward('lstm.forward', { projected, weight, feed, feedWeight, h, c, gates }, range(t));
    }
    for (let t = T - 1; t >= 0; t--) check.backward('lstm.backward', { weight, c, gates, dH, dC, dZ }, range(t));
    check.backward('linear.backward-input', { dY: dZ, weight: feedWeight, dX: dFeeds });
    check.backward('linear.backward-weight', { dY: dZ, x: feeds, dWeight: dFeedWeight });
    check.output(h, dH);
    check.output(rowsOf(c, T * B, B), dC);
    check.input('feed', feeds, dFeeds);
    check.input('feed weight', feedWeight, dFeedWeight);
  });
});
