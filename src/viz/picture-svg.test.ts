import { expect, test } from 'vitest';
import { cellTokens, packCells, pictureOf } from '../lib/picture-cells.ts';
import type { Translation } from '../training/protocol.ts';
import { attentionScale } from './attention-scale.ts';
import { pictureSvg } from './picture-svg.ts';

test('draws the picture once for each word, its cells in the colour of their weight', () => {
  const size = { height: 4, width: 8 };
  const tokens = cellTokens(
    packCells(
      Uint8Array.from({ length: 32 }, (_, i) => (i % 8 === 2 ? 3 : 0)),
      size,
    ),
    size,
  );
  const word = (text: string) => ({ text, isUnknown: false });
  const translation: Translation = {
    source: tokens.map(word),
    target: [word('4'), word('<')],
    targetText: '4<',
    probabilities: new Float32Array(2),
    weights: Float32Array.of(1, 0, 0.25, 0.75),
    isComplete: true,
  };
  const picture = pictureOf(tokens);
  if (!picture) throw new Error('expected a picture');
  const svg = pictureSvg(translation, picture, { subtitle: 'step 7' });
  const { colour, ink } = attentionScale('light');
  const count = (text: string): number => svg.split(text).length - 1;
  // Two cells in each of two drawings, and four pixels of ink.
  expect([count('width="16" height="16"'), count('width="4" height="4"')]).toEqual([4, 8]);
  expect(svg).toContain(`<rect x="0" y="0" width="16" height="16" fill="${colour(1)}"/>`);
  expect(svg).toContain(`fill="${ink(1)}" fill-opacity="1.00"`);
  expect(svg).toContain('&lt;</text>');
  expect(svg).toContain('<title>4&lt;</title>');
});
