/** The colour of an attention weight: from paper to deep ink, fixed to 0 to 1, with steps that look equal. */

import { colourDistance, formatHex, luminance, type Oklab, oklabToRgb, oklch, type Rgb } from './colour.ts';

export type Theme = 'light' | 'dark';

/** Number of colours in the table; one for each value of a byte. */
export const SCALE_SIZE = 256;

/** Lightness only falls (or only rises), so the order survives every kind of colour blindness and a grey print. */
const STOPS: Record<Theme, readonly Oklab[]> = {
  light: [oklch(0.965, 0.006, 85), oklch(0.8, 0.078, 291), oklch(0.52, 0.15, 286), oklch(0.26, 0.1, 284)],
  dark: [oklch(0.255, 0.014, 280), oklch(0.45, 0.125, 286), oklch(0.7, 0.13, 292), oklch(0.955, 0.03, 300)],
};

/** Ink for text on a cell: the lighter or the darker of two, whichever reads better. */
const LIGHT_INK = '#ffffff';
const DARK_INK = '#0c0a16';

export interface AttentionScale {
  /** RGBA, four bytes for each of `SCALE_SIZE` steps. */
  readonly bytes: Uint8ClampedArray;
  /** `#rrggbb` of a weight from 0 to 1; what lies outside is clamped, NaN counts as 0. */
  colour(weight: number): string;
  /** `#rrggbb` for text on the colour of this weight. */
  ink(weight: number): string;
}

const mix = (p: Oklab, q: Oklab, t: number): Oklab => [
  p[0] + (q[0] - p[0]) * t,
  p[1] + (q[1] - p[1]) * t,
  p[2] + (q[2] - p[2]) * t,
];

/** The point at `share` of the whole length of the polyline through the stops. */
function alongStops(stops: readonly Oklab[], share: number): Oklab {
  const lengths = stops.slice(1).map((stop, i) => colourDistance(stops[i], stop));
  let rest = share * lengths.reduce((sum, length) => sum + length, 0);
  for (let i = 0; i < lengths.length; i++) {
    if (rest <= lengths[i] || i === lengths.length - 1) return mix(stops[i], stops[i + 1], rest / lengths[i]);
    rest -= lengths[i];
  }
  return stops[0];
}

/** Index in the table of a weight. */
export const scaleIndex = (weight: number): number =>
  weight > 0 ? Math.min(SCALE_SIZE - 1, Math.round(weight * (SCALE_SIZE - 1))) : 0;

function createScale(theme: Theme): AttentionScale {
  const table: Rgb[] = Array.from({ length: SCALE_SIZE }, (_, i) =>
    oklabToRgb(alongStops(STOPS[theme], i / (SCALE_SIZE - 1))),
  );
  const colours = table.map(formatHex);
  // Contrast with white equals contrast with black at a luminance of 0.179.
  const inks = table.map((rgb) => (luminance(rgb) < 0.179 ? LIGHT_INK : DARK_INK));
  return {
    bytes: Uint8ClampedArray.from(table.flatMap((rgb) => [...rgb, 255])),
    colour: (weight) => colours[scaleIndex(weight)],
    ink: (weight) => inks[scaleIndex(weight)],
  };
}

const scales: Record<Theme, AttentionScale> = { light: createScale('light'), dark: createScale('dark') };

export const attentionScale = (theme: Theme): AttentionScale => scales[theme];
