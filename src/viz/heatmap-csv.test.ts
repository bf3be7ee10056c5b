import { expect, test } from 'vitest';
import type { Translation } from '../training/protocol.ts';
import { heatmapCsv } from './heatmap-csv.ts';

const words = (...texts: string[]) => texts.map((text) => ({ text, isUnknown: false }));

test('has the words on both axes and every weight as the float32 it is', () => {
  const translation: Translation = {
    source: words('black', ','),
    target: words('"', 'noir'),
    targetText: '',
    probabilities: new Float32Array(2),
    weights: Float32Array.of(1 / 3, 2 / 3, 1e-7, 1),
    isComplete: true,
  };
  const lines = heatmapCsv(translation).slice(1).split('\r\n');
  expect(lines).toEqual([',black,","', '"""",0.33333334,0.6666667,'.slice(0, -1), 'noir,1e-7,1', '']);
  expect(lines[1]?.split(',').slice(1).map(Number).map(Math.fround)).toEqual([...translation.weights.subarray(0, 2)]);
});
