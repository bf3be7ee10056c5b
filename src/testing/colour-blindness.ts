/** Colours as colour-blind eyes see them: Machado, Oliveira and Fernandes 2009, table 1, severity 1, on linear light. */

import type { Rgb } from '../viz/colour.ts';

type Matrix = readonly [Rgb, Rgb, Rgb];

/** The three kinds in which one sort of cone is missing. */
export const BLINDNESS = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const satisfies Record<string, Matrix>;

export type Blindness = keyof typeof BLINDNESS;
export const BLINDNESSES = Object.keys(BLINDNESS) as readonly Blindness[];

const toLinear = (channel: number): number => {
  const c = channel / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
};
const fromLinear = (linear: number): number => {
  const c = Math.min(1, Math.max(0, linear));
  return 255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);
};

/** The colour that an eye without one sort of cone takes `rgb` for; channels 0 to 255, not rounded. */
export function seenWith(kind: Blindness, rgb: Rgb): Rgb {
  const linear = rgb.map(toLinear);
  const [r, g, b] = BLINDNESS[kind].map((row) =>
    fromLinear(row.reduce((sum, weight, i) => sum + weight * linear[i], 0)),
  );
  return [r, g, b];
}
