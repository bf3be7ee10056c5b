/** The colour of an attention weight: from paper to deep ink, fixed to 0 to 1, with steps that look equal. */

import { colourDistance, formatHex, luminance, type Oklab, oklabToRgb, oklch, type Rgb } from './colour.ts';

export type Theme = 'light' | 'dark';

/** Number of colours in the table; one for each value of a byte. */
export const SCALE_SIZE = 256;

/** Lightness only falls (or only rises), so the order survives every kind of colour blindness and a grey print. */
const STOPS: Record<Theme, readonly Oklab[]> = {
  light: [oklch(0.965, 0.006, 85), oklch(0.8, 0.09, 291), oklch(0.52, 0.18, 286), oklch(0.25, 0.1, 284)],
  dark: [oklch(0.255, 0.014, 280), oklch(0.45, 0.15, 286), oklch(0.71, 0.14, 292), oklch(0.96, 0.03, 300)],
};

/** Ink for text on a cell: the lighter or the darker of two, whichever reads better. */
const LIGHT_INK = '#ffffff';
const DARK_INK = '#000000';

export interface AttentionScale {
  /** RGBA, four bytes for each of `SCALE_SIZE` steps. */
  readonly bytes: Uint8ClampedArray;
  /** `#rrggbb` of a weight from 0 to 1; what lies outside is clamped, NaN counts as 0. */
  colour(weight: number): string;
  /** `#rrggbb` for text on the colour of this weight. */
  ink(weight: number): string;
}

/** Points that stand in for the smooth curve when its length is measured. */
const CURVE_POINTS = 2048;

/** Uniform cubic B-spline over some colours, t from 0 to 1; it is led past both ends, so that it meets the first and the last. */
function spline(stops: readonly Oklab[]): (t: number) => Oklab {
  const last = stops.length - 1;
  const beyond = (end: Oklab, next: Oklab): Oklab => [2 * end[0] - next[0], 2 * end[1] - next[1], 2 * end[2] - next[2]];
  const led = [beyond(stops[0], stops[1]), ...stops, beyond(stops[last], stops[last - 1])];
  return (t) => {
    const i = Math.min(last - 1, Math.floor(t * last));
    const u = t * last - i;
    const w = 1 - u;
    const [p, q, r, s] = [w ** 3, 3 * u ** 3 - 6 * u ** 2 + 4, 3 * w ** 3 - 6 * w ** 2 + 4, u ** 3];
    const [before, from, to, after] = [led[i], led[i + 1], led[i + 2], led[i + 3]];
    const mix = (axis: 0 | 1 | 2): number => (p * before[axis] + q * from[axis] + r * to[axis] + s * after[axis]) / 6;
    return [mix(0), mix(1), mix(2)];
  };
}

/** Points at equal distances along the smooth curve that leads from the first stop past the others to the last. */
function evenlyAlong(stops: readonly Oklab[], count: number): Oklab[] {
  const colourAt = spline(stops);
  const curve = Array.from({ length: CURVE_POINTS }, (_, i) => colourAt(i / (CURVE_POINTS - 1)));
  const lengths = [0];
  for (let i = 1; i < CURVE_POINTS; i++) lengths.push(lengths[i - 1] + colourDistance(curve[i - 1], curve[i]));
  const whole = lengths[CURVE_POINTS - 1];
  let at = 0;
  return Array.from({ length: count }, (_, i) => {
    while (at < CURVE_POINTS - 1 && lengths[at] < (whole * i) / (count - 1)) at++;
    return curve[at];
  });
}

/** Index in the table of a weight. */
export const scaleIndex = (weight: number): number =>
  weight > 0 ? Math.min(SCALE_SIZE - 1, Math.round(weight * (SCALE_SIZE - 1))) : 0;

function createScale(theme: Theme): AttentionScale {
  const table: Rgb[] = evenlyAlong(STOPS[theme], SCALE_SIZE).map(oklabToRgb);
  const colours = table.map(formatHex);
  // Contrast with white equals contrast with black at a luminance of 0.179.
  const inks = table.map((rgb) => (luminance(rgb) < 0.179 ? LIGHT_INK : DARK_INK));
  return {
    bytes: Uint8ClampedArray.from(table.flatMap((rgb) => [...rgb, 255])),
    colour: (weight) => colours[scaleIndex(weight)],
    ink: (weight) => inks[scaleIndex(weight)],
  };
}

/** Of each theme one, made when it is first asked for: a page has one theme. */
export function madeOnce<Scale>(create: (theme: Theme) => Scale): (theme: Theme) => Scale {
  const scales = new Map<Theme, Scale>();
  return (theme) => {
    const known = scales.get(theme);
    if (known) return known;
    const scale = create(theme);
    scales.set(theme, scale);
    return scale;
  };
}

export const attentionScale = madeOnce(createScale);
