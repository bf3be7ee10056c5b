import { describe, expect, it } from 'vitest';
import { MetricsHistory } from './metrics-history.ts';
import type { Evaluation, ProgressColumns } from './protocol.ts';

const columns = (from: number, losses: readonly number[]): ProgressColumns => ({
  step: Float64Array.from(losses, (_, i) => from + i),
  loss: Float64Array.from(losses),
  tokenAccuracy: Float64Array.from(losses, () => 0.5),
  gradientNorm: Float64Array.from(losses, () => 1),
  learningRate: Float64Array.from(losses, () => 0.003),
});
const RATES = { stepsPerSecond: 50, tokensPerSecond: 4000 };

const evaluation: Evaluation = {
  step: 3,
  pairs: 100,
  loss: 2,
  tokenAccuracy: 0.4,
  exactMatch: 0.1,
  bleu: 0.2,
  alignmentError: null,
  decidingWord: null,
  attentionEntropy: 0.9,
};

describe('MetricsHistory', () => {
  it('takes every step of a message, and one rate', () => {
    const history = new MetricsHistory();
    history.addProgress(columns(1, [4, 3, 2]), RATES);
    expect(history.training.loss.length).toBe(3);
    expect(history.rates.stepsPerSecond.length).toBe(1);
    expect(history.lastStep).toBe(3);
  });

  it('smooths without leaning towards zero at the start', () => {
    const history = new MetricsHistory();
    history.addProgress(columns(1, [4, 4, 4]), RATES);
    for (let i = 0; i < 3; i++) expect(history.smoothed.loss.mean(i)).toBeCloseTo(4);
  });

  it('draws no alignment error where there is none', () => {
    const history = new MetricsHistory();
    history.addEvaluation(evaluation);
    expect(history.heldOut.alignmentError.length).toBe(0);
    expect(history.heldOut.exactMatch.mean(0)).toBeCloseTo(0.1);
  });

  it('comes back as it was saved, and grows on in the same way', () => {
    const history = new MetricsHistory();
    const losses = Array.from({ length: 3000 }, (_, i) => 4 / (i + 1));
    history.addProgress(columns(1, losses), RATES);
    history.addEvaluation(evaluation);
    const copy = new MetricsHistory();
    copy.load(history.save());
    expect(copy.save()).toEqual(history.save());
    for (const one of [history, copy]) one.addProgress(columns(3001, losses), RATES);
    expect(copy.save()).toEqual(history.save());
    expect(copy.lastStep).toBe(6000);
  });

  it('takes no evaluation twice', () => {
    const history = new MetricsHistory();
    history.addEvaluation(evaluation);
    history.addEvaluation(evaluation);
    expect(history.heldOut.exactMatch.length).toBe(1);
  });

  it('has its newest held-out point measured again on more pairs', () => {
    const history = new MetricsHistory();
    history.addEvaluation({ ...evaluation, step: evaluation.step - 1 });
    history.addEvaluation(evaluation);
    history.amendEvaluation({ ...evaluation, pairs: 1000, exactMatch: 0.123 });
    const { exactMatch } = history.heldOut;
    expect([exactMatch.length, exactMatch.x(1), exactMatch.mean(1)]).toEqual([2, evaluation.step, 0.123]);
    history.amendEvaluation({ ...evaluation, step: evaluation.step + 1, exactMatch: 0.5 });
    expect([exactMatch.length, exactMatch.mean(1), exactMatch.mean(2)]).toEqual([3, 0.123, 0.5]);
  });

  it('counts its changes, and forgets everything on clear', () => {
    const history = new MetricsHistory();
    const before = history.version;
    history.addProgress(columns(1, [4]), RATES);
    history.clear();
    expect(history.version).toBe(before + 2);
    expect([history.training.loss.length, history.smoothed.loss.length, history.lastStep]).toEqual([0, 0, 0]);
  });
});
