/** The colour of a signed number: blue below zero, paper at zero, orange above. */

import { madeOnce, type Theme } from './attention-scale.ts';
import { formatHex, luminance, type Oklab, oklabToRgb, oklch, type Rgb } from './colour.ts';

/** Steps on each side of zero. */
const HALF = 127;

/** Lightness moves away from paper evenly on both sides, so that equal amounts look equally strong. */
const STOPS: Record<Theme, readonly [below: Oklab, zero: Oklab, above: Oklab]> = {
  light: [oklch(0.46, 0.15, 256), oklch(0.975, 0.004, 85), oklch(0.54, 0.15, 48)],
  dark: [oklch(0.72, 0.145, 255), oklch(0.255, 0.014, 280), oklch(0.76, 0.145, 60)],
};

export interface SignedScale {
  /** RGBA, four bytes for each step from −1 to 1. */
  readonly bytes: Uint8ClampedArray;
  /** `#rrggbb` of a value from −1 to 1; what lies outside is clamped, NaN counts as 0. */
  colour(value: number): string;
  /** `#ffffff` or `#000000`, whichever reads better on the colour of this value. */
  ink(value: number): string;
}

const mix = (a: Oklab, b: Oklab, share: number): Oklab => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

/** Index in the table of a value. */
export const signedIndex = (value: number): number =>
  HALF + (Number.isNaN(value) ? 0 : Math.round(Math.max(-1, Math.min(1, value)) * HALF));

function createScale(theme: Theme): SignedScale {
  const [below, zero, above] = STOPS[theme];
  const table = Array.from({ length: 2 * HALF + 1 }, (_, i): Rgb => {
    const share = (i - HALF) / HALF;
    return oklabToRgb(share < 0 ? mix(zero, below, -share) : mix(zero, above, share));
  });
  const colours = table.map(formatHex);
  // Contrast with white equals contrast with black at a luminance of 0.179.
  const inks = table.map((rgb) => (luminance(rgb) < 0.179 ? '#ffffff' : '#000000'));
  return {
    bytes: Uint8ClampedArray.from(table.flatMap((rgb) => [...rgb, 255])),
    colour: (value) => colours[signedIndex(value)],
    ink: (value) => inks[signedIndex(value)],
  };
}

export const signedScale = madeOnce(createScale);

/** Writes one RGBA pixel for each value of −limit to limit; `pixels` holds at least four bytes a value. */
export function paintSigned(
  values: ArrayLike<number>,
  limit: number,
  scale: SignedScale,
  pixels: Uint8ClampedArray,
): void {
  for (let i = 0; i < values.length; i++) {
    const from = 4 * signedIndex(values[i] / limit);
    for (let channel = 0; channel < 4; channel++) pixels[4 * i + channel] = scale.bytes[from + channel];
  }
}
