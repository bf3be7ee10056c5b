import { describe, expect, it } from 'vitest';
import type { OpCase } from '../testing/case-draw.ts';
import { casesOf, runReference } from '../testing/op-cases.ts';
import { FREE_TOKEN } from './choose-token.ts';
import { type OpName, opDefinition } from './registry.ts';
import { COUNTERS, HISTORY_SLOTS, METRICS, VALUES } from './step-data.ts';
import { type Numbers, type Operands, operandOf } from './view.ts';

/** The rows of an operand after the call. */
function rowsAfter(opCase: OpCase, name: string): number[][] {
  const { view } = opCase.tensors[name];
  const data = runReference(opCase)[name];
  return Array.from({ length: view.rows }, (_, r) =>
    Array.from(data.subarray(view.offset + r * view.stride, view.offset + r * view.stride + view.columns)),
  );
}

const ids = ({ tensors }: OpCase, name: string): number[] => {
  const { view, data } = tensors[name];
  return Array.from(data.subarray(view.offset, view.offset + view.rows));
};

/** Calls the reference of an op on plain arrays. */
function reference(op: OpName, operands: Operands, numbers: Numbers = {}): void {
  opDefinition(op).reference(operands, numbers);
}

describe('attention weights', () => {
  it.each(casesOf('softmax.forward').map((opCase) => [opCase.name, opCase] as const))(
    'sum to 1, are 0 on padding and nowhere negative: %s',
    (_, opCase) => {
      const lengths = ids(opCase, 'lengths');
      rowsAfter(opCase, 'weights').forEach((weights, row) => {
        expect(weights.reduce((sum, weight) => sum + weight)).toBeCloseTo(1, 12);
        expect(weights.slice(lengths[row]).every((weight) => weight === 0)).toBe(true);
        expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
      });
    },
  );

  it('are alike where the scores are, and one where one score is far above', () => {
    const weights = new Float64Array(8);
    reference('softmax.forward', {
      lengths: operandOf(Uint32Array.of(3, 4), 2, 1),
      scores: operandOf(Float64Array.of(1e4, 1e4, 1e4, 5e4, -1e4, 1e4, -1e4, 0), 2, 4),
      weights: operandOf(weights, 2, 4),
    });
    expect([...weights]).toEqual([1 / 3, 1 / 3, 1 / 3, 0, 0, 1, 0, 0]);
  });
});

describe('every reference', () => {
  it.each([
    'softmax.forward',
    'tanh.forward',
    'lstm.forward',
    'score.additive.forward',
    'cross-entropy.forward',
  ] as const)('stays finite for large arguments: %s', (op) => {
    const large = casesOf(op).filter(({ name }) => /B 7 .*large/.test(name));
    expect(large.length).toBeGreaterThan(0);
    for (const opCase of large)
      for (const data of Object.values(runReference(opCase))) expect(data.every(Number.isFinite)).toBe(true);
  });
});

describe('LSTM rows', () => {
  it('keep their state from their own length on, in both directions', () => {
    for (const opCase of casesOf('lstm.forward').filter(({ name }) => /^(with lengths|reversed), B [37] /.test(name))) {
      const { batch, steps, isReversed = 0 } = opCase.numbers;
      const h = rowsAfter(opCase, 'h');
      const lengths = ids(opCase, 'lengths');
      for (let b = 0; b < batch; b++)
        for (let t = lengths[b]; t < steps; t++)
          expect(h[(t + 1) * batch + b]).toEqual(h[(isReversed ? t + 2 : t) * batch + b]);
    }
  });
});

describe('cross-entropy', () => {
  it('is the mean over targets that are not padding, and counts what is right', () => {
    const metrics = new Float64Array(8);
    reference('cross-entropy.forward', {
      logits: operandOf(Float64Array.of(0, 1, 1, 0, 0, 0, 5, 0, 9), 3, 3),
      targets: operandOf(Uint32Array.of(1, 2, 0), 3, 1),
      rows: operandOf(new Float64Array(9), 3, 3),
      metrics: operandOf(metrics, 1, 8),
    });
    const first = Math.log(1 + 2 * Math.E) - 1;
    expect(metrics[METRICS.loss]).toBeCloseTo((first + Math.log(3)) / 2, 14);
    // Of equal logits the first counts: 1 is right, 2 is not, and padding is neither.
    expect([metrics[METRICS.count], metrics[METRICS.correct]]).toEqual([2, 1]);
  });

  it('is 0, and so is its gradient, in a batch of padding', () => {
    const metrics = new Float64Array(8).fill(7);
    const dLogits = operandOf(new Float64Array(4).fill(7), 2, 2);
    const operands = {
      logits: operandOf(Float64Array.of(1, 2, 3, 4), 2, 2),
      targets: operandOf(Uint32Array.of(0, 0), 2, 1),
      rows: operandOf(new Float64Array(6), 2, 3),
      metrics: operandOf(metrics, 1, 8),
    };
    reference('cross-entropy.forward', operands);
    reference('cross-entropy.backward', { ...operands, dLogits });
    expect([metrics[METRICS.loss], metrics[METRICS.count], ...dLogits.data]).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe('predict', () => {
  it('takes the first of the largest logits, and says how likely it and the expected one are', () => {
    const [tokens, probabilities] = [new Uint32Array(1), new Float64Array(2)];
    reference('predict', {
      logits: operandOf(Float64Array.of(0, 3, 3, 0), 1, 4),
      expected: operandOf(Uint32Array.of(3), 1, 1),
      tokens: operandOf(tokens, 1, 1),
      probabilities: operandOf(probabilities, 1, 2),
    });
    expect(tokens[0]).toBe(1);
    const total = 2 + 2 * Math.exp(-3);
    expect(probabilities[0]).toBeCloseTo(1 / total, 14);
    expect(probabilities[1]).toBeCloseTo(Math.exp(-3) / total, 14);
  });
});

describe('what a visitor changes', () => {
  it('is a word that is given, and where none is the one that was produced', () => {
    const fed = new Uint32Array(3);
    reference('choose-token.forward', {
      given: operandOf(Uint32Array.of(7, FREE_TOKEN, 0), 3, 1),
      produced: operandOf(Uint32Array.of(1, 2, 3), 3, 1),
      fed: operandOf(fed, 3, 1),
    });
    expect([...fed]).toEqual([7, 2, 0]);
  });

  it('is a whole row of attention, padding included, or none of it', () => {
    const weights = operandOf(Float64Array.of(0.5, 0.5, 0, 0.5, 0.5, 0), 2, 3);
    const forced = operandOf(Float64Array.of(1, 0, 0, 0.2, 0.3, 0.5), 2, 3);
    reference('override-weights.forward', { forced, isForced: operandOf(Uint32Array.of(0, 1), 2, 1), weights });
    expect([...weights.data]).toEqual([0.5, 0.5, 0, 0.2, 0.3, 0.5]);
  });

  it('is the factor of its row at every time step, and 1 leaves every bit', () => {
    const x = Float64Array.of(0.1, 0.2, 0.3, 0.4, -0.5, Math.PI);
    const y = operandOf(new Float64Array(6), 6, 1);
    const factor = operandOf(Float64Array.of(0, 1), 2, 1);
    reference('scale-rows.forward', { x: operandOf(x, 6, 1), factor, y });
    expect([...y.data]).toEqual([0, 0.2, 0, 0.4, -0, Math.PI]);
    reference('scale-rows.forward', { factor: operandOf(Float64Array.of(2), 1, 1), y });
    expect([...y.data]).toEqual([0, 0.4, 0, 0.8, -0, 2 * Math.PI]);
  });
});

describe('dropout', () => {
  it('keeps everything as it is at rate 0, and scales what it keeps', () => {
    const dropped = (rate: number) => {
      const y = new Float64Array(1000);
      const values = new Float64Array(8);
      values[VALUES.dropout] = rate;
      const counters = operandOf(Uint32Array.of(1, 2, 0, 0), 1, 4);
      const x = operandOf(new Float64Array(1000).fill(3), 10, 100);
      const operands = { x, values: operandOf(values, 1, 8), counters, y: operandOf(y, 10, 100) };
      reference('dropout.forward', operands, { salt: 1 });
      return y;
    };
    expect(dropped(0).every((value) => value === 3)).toBe(true);
    expect(new Set(dropped(0.5))).toEqual(new Set([0, 6]));
  });
});

describe('clipping', () => {
  const clip = (maxNorm: number, gradients: Float64Array, step = 0) => {
    const [metrics, history] = [new Float64Array(8), new Float64Array(HISTORY_SLOTS * 8)];
    const counters = new Uint32Array(4);
    counters[COUNTERS.step] = step;
    const operands = {
      gradients: operandOf(gradients, 1, gradients.length),
      partials: operandOf(new Float64Array(4), 1, 4),
      metrics: operandOf(metrics, 1, 8),
      counters: operandOf(counters, 1, 4),
      history: operandOf(history, HISTORY_SLOTS, 8),
    };
    reference('grad-norm', operands, { maxNorm });
    return { metrics, history };
  };
  const factor = (maxNorm: number, gradients: Float64Array) => {
    const { metrics } = clip(maxNorm, gradients);
    return [metrics[METRICS.gradientNorm], metrics[METRICS.clipFactor]];
  };

  it('leaves a small norm alone, brings a large one to the limit, and takes a norm of 0', () => {
    expect(factor(10, Float64Array.of(3, 4))).toEqual([5, 1]);
    expect(factor(1, Float64Array.of(3, 4))).toEqual([5, 1 / (5 + 1e-6)]);
    expect(factor(1, Float64Array.of(0, 0))).toEqual([0, 1]);
  });

  it('keeps the metrics of the step, over the oldest row when the history is full', () => {
    const { metrics, history } = clip(1, Float64Array.of(3, 4), HISTORY_SLOTS + 3);
    expect(history.subarray(24, 32)).toEqual(metrics);
    expect(history.filter((value) => value !== 0)).toHaveLength(metrics.filter((value) => value !== 0).length);
  });
});
