import { describe, expect, it } from 'vitest';
import { attentionScale } from './attention-scale.ts';
import { changePaint, largestWeights, paintPicture, strongestRow, weightPaint } from './picture-paint.ts';
import { signedScale } from './signed-scale.ts';

const PICTURE = {
  height: 4,
  width: 8,
  levels: Uint8Array.from({ length: 32 }, (_, i) => (i % 8 === 2 || i % 8 === 6 ? 3 : 0)),
};

describe('a picture with attention over it', () => {
  it.each(['light', 'dark'] as const)('has the colour of each cell as paper, and ink that stands out: %s', (theme) => {
    const scale = attentionScale(theme);
    const pixels = new Uint8ClampedArray(4 * 32);
    paintPicture(PICTURE, weightPaint([0, 1], scale), pixels);
    const at = (i: number) =>
      `#${[0, 1, 2].map((c) => (pixels[4 * i + c] as number).toString(16).padStart(2, '0')).join('')}`;
    expect([at(0), at(4)]).toEqual([scale.colour(0), scale.colour(1)]);
    expect([at(2), at(6)]).toEqual([scale.ink(0), scale.ink(1)]);
    expect(pixels.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
  });

  it('has changes in the colours of signed numbers, up to a limit', () => {
    const scale = signedScale('light');
    const pixels = new Uint8ClampedArray(4 * 32);
    paintPicture(PICTURE, changePaint([-0.2, 0.1], 0.2, scale), pixels);
    const from = 4 * 254;
    expect([...pixels.subarray(0, 3)]).toEqual([...scale.bytes.subarray(0, 3)]);
    expect([...pixels.subarray(16, 19)]).not.toEqual([...scale.bytes.subarray(from, from + 3)]);
    expect([...largestWeights([-0.4, 0.1, 0.2, 0.3], 2)].map((change) => change.toFixed(1))).toEqual(['-0.4', '0.3']);
  });

  it('shows the largest weight of all steps, and finds the step that looks most', () => {
    const weights = [0.7, 0.3, 0.1, 0.9];
    expect([...largestWeights(weights, 2)].map((weight) => weight.toFixed(1))).toEqual(['0.7', '0.9']);
    expect([strongestRow(weights, 2, 0), strongestRow(weights, 2, 1)]).toEqual([0, 1]);
  });
});
