/** Attention as ribbons between two sentences: where the words stand, and the outline of each ribbon. No DOM in here. */

import type { MeasureText } from './text-width.ts';

/** Ribbons of a smaller weight are not drawn: there would be more lines than picture. */
export const RIBBON_THRESHOLD = 0.03;

export const MAX_RIBBON_FONT = 18;
export const MIN_RIBBON_FONT = 13;

/** Room around a word, and between two words of a line, px. */
const PADDING = 6;
const GAP = 6;
/** Height of a word, as a multiple of its type. */
const LINE = 1.75;
/** Least and largest distance between the two sentences, px. */
const MIN_SPAN = 120;
const MAX_SPAN = 300;
/** Widest ribbon, px. */
const MAX_BAND = 30;
/** An outlined ribbon is at least so wide, so that a gold link that the model misses is seen, px. */
const MIN_OUTLINE = 5;

export interface RibbonWord {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface RibbonLayout {
  /** Source above target, or, where the sentences do not fit into a line each, source left of target. */
  readonly isAcross: boolean;
  readonly fontSize: number;
  readonly source: readonly RibbonWord[];
  readonly target: readonly RibbonWord[];
  /** Where ribbons begin and end, along the direction from source to target. */
  readonly from: number;
  readonly to: number;
  /** Width of all ribbons of a target word together. */
  readonly band: number;
  readonly width: number;
  readonly height: number;
}

export interface RibbonLayoutInput {
  readonly sourceWords: readonly string[];
  readonly targetWords: readonly string[];
  readonly maxWidth: number;
  readonly maxHeight: number;
  /** Words that the other side is given room for, so that the picture keeps its height while the translation changes. */
  readonly expectedTargets?: number;
  /** Does not try to fit each sentence into a line. */
  readonly isColumns?: boolean;
  /** Smallest and largest type, px; `MIN_RIBBON_FONT` and `MAX_RIBBON_FONT` by default. */
  readonly minFont?: number;
  readonly maxFont?: number;
  readonly measure: MeasureText;
}

/** Lays the words out with the largest type that fits. */
export function layoutRibbons(input: RibbonLayoutInput): RibbonLayout {
  const { minFont = MIN_RIBBON_FONT, maxFont = MAX_RIBBON_FONT } = input;
  if (!input.isColumns) {
    for (let fontSize = maxFont; fontSize >= minFont; fontSize--) {
      const layout = acrossLayout(input, fontSize);
      if (layout.width <= input.maxWidth) return layout;
    }
  }
  for (let fontSize = maxFont; fontSize > minFont; fontSize--) {
    const layout = columnLayout(input, fontSize);
    if (layout.height <= input.maxHeight && layout.width <= input.maxWidth) return layout;
  }
  return columnLayout(input, minFont);
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

function acrossLayout(input: RibbonLayoutInput, fontSize: number): RibbonLayout {
  const { sourceWords, targetWords, maxWidth, maxHeight, measure } = input;
  const height = Math.ceil(fontSize * LINE);
  const widthOf = (word: string): number => Math.ceil(measure(word, fontSize)) + 2 * PADDING;
  const natural = (words: readonly string[]): number => words.reduce((sum, word) => sum + widthOf(word) + GAP, -GAP);
  const width = Math.max(natural(sourceWords), natural(targetWords), 0);
  // Room that is left goes between the words, up to the width of a word.
  const spare = (words: readonly string[]): number =>
    words.length > 1 ? clamp((maxWidth - natural(words)) / (words.length - 1), 0, 3 * fontSize) : 0;
  const widest = Math.max(
    ...[sourceWords, targetWords].map((words) => natural(words) + spare(words) * Math.max(0, words.length - 1)),
    0,
  );
  const whole = Math.max(width, Math.min(maxWidth, widest));
  const span = clamp(maxHeight - 2 * height, MIN_SPAN, MAX_SPAN);
  const line = (words: readonly string[], y: number): RibbonWord[] => {
    const gap = GAP + spare(words);
    let x = (whole - (natural(words) + spare(words) * Math.max(0, words.length - 1))) / 2;
    return words.map((word) => {
      const place = { x, y, width: widthOf(word), height };
      x += place.width + gap;
      return place;
    });
  };
  const source = line(sourceWords, 0);
  const target = line(targetWords, height + span);
  const narrowest = Math.min(MAX_BAND, ...[...source, ...target].map((word) => word.width - PADDING));
  return {
    isAcross: true,
    fontSize,
    source,
    target,
    from: height,
    to: height + span,
    band: narrowest,
    width: whole,
    height: 2 * height + span,
  };
}

function columnLayout(input: RibbonLayoutInput, fontSize: number): RibbonLayout {
  const { sourceWords, targetWords, maxWidth, maxHeight, measure } = input;
  const rows = Math.max(1, sourceWords.length, targetWords.length, input.expectedTargets ?? 0);
  const least = Math.ceil(fontSize * LINE);
  const rowHeight = clamp(Math.floor(maxHeight / rows), least, 2 * least);
  const widest = (words: readonly string[]): number =>
    words.reduce((width, word) => Math.max(width, Math.ceil(measure(word, fontSize)) + 2 * PADDING), 0);
  const [left, right] = [widest(sourceWords), widest(targetWords)];
  const span = clamp(maxWidth - left - right, 80, MAX_SPAN);
  const height = rows * rowHeight;
  const column = (words: readonly string[], x: number, width: number, isRight: boolean): RibbonWord[] => {
    const top = (height - words.length * rowHeight) / 2;
    return words.map((word, i) => {
      const own = Math.ceil(measure(word, fontSize)) + 2 * PADDING;
      return {
        x: isRight ? x : x + width - own,
        y: top + i * rowHeight + (rowHeight - least) / 2,
        width: own,
        height: least,
      };
    });
  };
  return {
    isAcross: false,
    fontSize,
    source: column(sourceWords, 0, left, false),
    target: column(targetWords, left + span, right, true),
    from: left,
    to: left + span,
    band: Math.min(MAX_BAND, least - 4),
    width: left + span + right,
    height,
  };
}

export interface Ribbon {
  /** row · S + column, as a cell of the matrix. */
  readonly index: number;
  readonly row: number;
  readonly column: number;
  readonly weight: number;
  /** SVG path of the filled outline. */
  readonly path: string;
}

const middle = (word: RibbonWord, isAcross: boolean): number =>
  isAcross ? word.x + word.width / 2 : word.y + word.height / 2;

/**
 * The ribbons of weights α [T, S], faint ones first, so that strong ones lie on top. At its target word a ribbon is α times the
 * band wide, so that those of one word fill it; at its source word it is the same, narrowed where the word is looked at by more
 * than its band holds. They leave and arrive side by side, in the order of the words at the other end.
 */
export function ribbonsOf(layout: RibbonLayout, weights: ArrayLike<number>): Ribbon[] {
  const S = layout.source.length;
  const T = Math.min(layout.target.length, S > 0 ? Math.floor(weights.length / S) : 0);
  const read = new Float64Array(S);
  for (let i = 0; i < T * S; i++) read[i % S] += weights[i] as number;
  const taken = Float64Array.from(read, (sum) => -Math.min(1, sum) / 2);
  const ribbons: Ribbon[] = [];
  for (let row = 0; row < T; row++) {
    let given = -0.5;
    for (let column = 0; column < S; column++) {
      const weight = weights[row * S + column] as number;
      const share = weight / Math.max(1, read[column] as number);
      const start = taken[column] as number;
      taken[column] += share;
      given += weight;
      if (!(weight >= RIBBON_THRESHOLD)) continue;
      const source = layout.source[column] as RibbonWord;
      const target = layout.target[row] as RibbonWord;
      const near = middle(source, layout.isAcross) + (start + share / 2) * layout.band;
      const far = middle(target, layout.isAcross) + (given - weight / 2) * layout.band;
      const widths: readonly [number, number] = [share * layout.band, weight * layout.band];
      ribbons.push({ index: row * S + column, row, column, weight, path: outline(layout, near, far, widths) });
    }
  }
  return ribbons.sort((a, b) => a.weight - b.weight || a.index - b.index);
}

/** Outline of the ribbon that would join two words, for a gold link; as wide as its weight, but wide enough to be seen. */
export function linkOutline(layout: RibbonLayout, ribbons: readonly Ribbon[], row: number, column: number): string {
  const [source, target] = [layout.source[column], layout.target[row]];
  if (!source || !target) return '';
  const found = ribbons.find((ribbon) => ribbon.row === row && ribbon.column === column);
  if (found && found.weight * layout.band >= MIN_OUTLINE) return found.path;
  const [near, far] = [middle(source, layout.isAcross), middle(target, layout.isAcross)];
  return outline(layout, near, far, [MIN_OUTLINE, MIN_OUTLINE]);
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** A band along a curve that leaves both words straight. */
function outline(
  { isAcross, from, to }: RibbonLayout,
  near: number,
  far: number,
  [nearWidth, farWidth]: readonly [number, number],
): string {
  const half = (from + to) / 2;
  const point = (along: number, beside: number): string =>
    isAcross ? `${round(beside)},${round(along)}` : `${round(along)},${round(beside)}`;
  const [a, b] = [near - nearWidth / 2, near + nearWidth / 2];
  const [c, d] = [far - farWidth / 2, far + farWidth / 2];
  return (
    `M${point(from, a)}C${point(half, a)} ${point(half, c)} ${point(to, c)}` +
    `L${point(to, d)}C${point(half, d)} ${point(half, b)} ${point(from, b)}Z`
  );
}
