import { expect, test } from 'vitest';
import type { Evaluation } from '../training/protocol.ts';
import { MetricsHistory } from './history.ts';
import { metersCsv } from './meters-csv.ts';

const evaluation: Evaluation = {
  step: 2,
  pairs: 10,
  loss: 0.5,
  tokenAccuracy: 0.75,
  exactMatch: 0.25,
  bleu: 0.4,
  alignmentError: null,
  decidingWord: null,
  attentionEntropy: 0.1,
};

const read = (text: string) => {
  const [header = [], ...rows] = text
    .slice(1)
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
  return { header, at: (step: number, name: string) => rows.find(([x]) => x === String(step))?.[header.indexOf(name)] };
};

function historyOf(steps: number): MetricsHistory {
  const history = new MetricsHistory();
  const row = (value: (step: number) => number) => Float64Array.from({ length: steps }, (_, i) => value(i + 1));
  const columns = {
    step: row((step) => step),
    loss: row((step) => 4 / step),
    tokenAccuracy: row(() => 0.5),
    gradientNorm: row((step) => step),
    learningRate: row(() => 0.01),
  };
  history.addProgress(columns, { stepsPerSecond: 30, tokensPerSecond: 900 });
  return history;
}

test('has a row for every step and every curve under its unit; what was never measured has no column', () => {
  const history = historyOf(3);
  history.addEvaluation(evaluation);
  const { header, at } = read(metersCsv(history));
  expect(header[0]).toBe('step');
  expect(at(3, 'training loss mean (nats/token)')).toBe('1.3333334');
  expect(at(2, 'held-out exactMatch (share)')).toBe('0.25');
  expect(at(1, 'held-out exactMatch (share)')).toBe('');
  expect(at(3, 'rate stepsPerSecond (steps/s)')).toBe('30');
  expect(header.some((name) => name.includes('alignmentError'))).toBe(false);
});

test('a long run has several steps in a row, with least and greatest', () => {
  const { at } = read(metersCsv(historyOf(4000)));
  expect(at(4000, 'training gradientNorm greatest (1)')).toBe('4000');
  expect(at(4000, 'training gradientNorm least (1)')).toBe('3997');
});
