/** Paints the map: points that glide to their new places, and labels that do not overlap. */

import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { WordMap } from '../../training/questions.ts';
import type { MeasureText } from '../../viz/text-width.ts';
import { between, type MapScale, mapScale, mapX, mapY, nearestPoint, placeLabels } from '../../viz/word-map.ts';
import { useView } from '../context.ts';
import { measure } from '../heatmap/use-layout.ts';
import { type Side, tokenText } from '../parts/word.tsx';
import { prefersStillness, useTheme } from '../theme.ts';

/** A little less than the time between two maps, so that points come to rest. */
const GLIDE_MS = 600;
const FONT = 13;
const LARGE_FONT = 18;
/** By how much a lit word is larger, px. */
const LIT_MORE = 2;
/** Room for a label in bold, as a multiple of the plain one. */
const BOLD = 1.1;

const wide: MeasureText = (text, size) => BOLD * measure(text, size);

export interface MapPaint {
  readonly map: WordMap;
  readonly side: Side;
  readonly lit: string | null;
  readonly chosen: string | null;
}

export function useMapPainter(element: RefObject<HTMLCanvasElement | null>, { map, side, lit, chosen }: MapPaint) {
  const theme = useTheme();
  const fontSize = useView(({ size }) => (size === 'large' ? LARGE_FONT : FONT));
  /** What outlasts a new map: where the points are seen, and the scale. */
  const seen = useRef<{
    from: ArrayLike<number>;
    at: ArrayLike<number>;
    startMs: number;
    scale: MapScale | null;
    side: Side;
    map: WordMap | null;
  }>({ from: [], at: [], startMs: 0, scale: null, side, map: null });
  const places = useRef<Float64Array>(new Float64Array());
  const tokens = useRef(map.tokens);
  tokens.current = map.tokens;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is read from the colours of the page
  useEffect(() => {
    const canvas = element.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const state = seen.current;
    if (state.map !== map) {
      const isSame = state.side === side && state.at.length === map.coordinates.data.length;
      state.from = isSame ? state.at : map.coordinates.data;
      if (!isSame) state.scale = null;
      state.startMs = isSame && !prefersStillness() ? performance.now() : Number.NEGATIVE_INFINITY;
      state.map = map;
      state.side = side;
    }
    const labels = map.tokens.map(tokenText);
    const byCount = map.tokens.map((_, i) => i).sort((a, b) => (map.counts[b] ?? 0) - (map.counts[a] ?? 0) || a - b);
    const first = [chosen, lit].map((token) => (token === null ? -1 : map.tokens.indexOf(token))).filter((i) => i >= 0);
    const near = new Set(map.neighbours.map(({ token }) => map.tokens.indexOf(token)));
    const order = [...new Set([...first, ...near, ...byCount])];
    let request = 0;
    const paint = (): void => {
      request = 0;
      const frame = { width: canvas.clientWidth, height: canvas.clientHeight };
      if (frame.width === 0 || frame.height === 0) return;
      const share = Math.min(1, (performance.now() - state.startMs) / GLIDE_MS);
      state.at = between(state.from, map.coordinates.data, share);
      state.scale = mapScale(map.coordinates.data, frame, state.scale);
      const { scale } = state;
      places.current = Float64Array.from(state.at as Float64Array, (value, i) =>
        i % 2 === 0 ? mapX(scale, value) : mapY(scale, value),
      );
      const input = { words: labels, places: places.current, order, fontSize, frame, measure: wide };
      draw(context, canvas, frame, {
        places: places.current,
        labels,
        near,
        first,
        side,
        texts: placeLabels(input),
        fontSize,
      });
      if (share < 1) request = requestAnimationFrame(paint);
    };
    const repaint = (): void => {
      request ||= requestAnimationFrame(paint);
    };
    const observer = new ResizeObserver(repaint);
    observer.observe(canvas);
    paint();
    return () => {
      observer.disconnect();
      cancelAnimationFrame(request);
    };
  }, [element, map, side, lit, chosen, theme, fontSize]);

  const wordAt = useCallback((x: number, y: number, reach: number): string | null => {
    const index = nearestPoint(places.current, x, y, reach);
    return index < 0 ? null : (tokens.current[index] ?? null);
  }, []);
  const placesNow = useCallback((): ArrayLike<number> => places.current, []);
  return { wordAt, placesNow };
}

interface Drawing {
  readonly places: Float64Array;
  readonly labels: readonly string[];
  /** Neighbours of the chosen word. */
  readonly near: ReadonlySet<number>;
  /** The chosen word and the lit one. */
  readonly first: readonly number[];
  readonly side: Side;
  readonly fontSize: number;
  readonly texts: readonly { readonly index: number; readonly x: number; readonly y: number }[];
}

function draw(
  context: CanvasRenderingContext2D,
  canvas: HTMLCanvasElement,
  frame: { readonly width: number; readonly height: number },
  { places, labels, near, first, side, texts, fontSize }: Drawing,
): void {
  const ratio = devicePixelRatio;
  const [width, height] = [Math.round(frame.width * ratio), Math.round(frame.height * ratio)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const style = getComputedStyle(canvas);
  const colour = (name: string): string => style.getPropertyValue(name);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, frame.width, frame.height);
  context.lineWidth = 1;
  context.strokeStyle = colour('--hairline');
  context.beginPath();
  context.moveTo(0, Math.round(frame.height / 2) + 0.5);
  context.lineTo(frame.width, Math.round(frame.height / 2) + 0.5);
  context.moveTo(Math.round(frame.width / 2) + 0.5, 0);
  context.lineTo(Math.round(frame.width / 2) + 0.5, frame.height);
  context.stroke();
  const ink = colour(side === 'source' ? '--source' : '--target');
  for (let i = 0; 2 * i < places.length; i++) {
    const isFirst = first.includes(i);
    context.beginPath();
    context.arc(places[2 * i], places[2 * i + 1], isFirst ? 5 : near.has(i) ? 4 : 2.5, 0, 2 * Math.PI);
    context.globalAlpha = isFirst || near.has(i) ? 1 : 0.5;
    context.fillStyle = ink;
    context.fill();
    if (!isFirst) continue;
    context.strokeStyle = colour('--ink');
    context.stroke();
  }
  context.globalAlpha = 1;
  context.textBaseline = 'middle';
  for (const { index, x, y } of texts) {
    const isFirst = first.includes(index);
    context.font = `${isFirst || near.has(index) ? '600 ' : ''}${fontSize + (isFirst ? LIT_MORE : 0)}px ${style.fontFamily}`;
    context.fillStyle = isFirst || near.has(index) ? ink : colour('--ink-soft');
    if (isFirst) {
      // Over whatever lies there.
      context.lineWidth = 4;
      context.strokeStyle = colour('--paper');
      context.strokeText(labels[index], x, y);
    }
    context.fillText(labels[index], x, y);
  }
}
