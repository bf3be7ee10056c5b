/** The heatmap's geometry in the room that the page has for it. */

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Shape } from '../../store/shape.ts';
import { type HeatmapLayout, LARGE_FONTS, layoutHeatmap } from '../../viz/heatmap-layout.ts';
import { createTextMeasurer, type MeasureText } from '../../viz/text-width.ts';
import { useView } from '../context.ts';
import { tokenText } from '../parts/word.tsx';

/** Kept free under the picture: for its legend, the time line and the strip of panels; where that is too much, without the legend. */
const FOOTS = [208, 96] as const;
/** Where less than this is left of the window, the page scrolls anyway, and the picture takes a share of it. */
const MIN_HEIGHT = 232;
const HEIGHT_SHARE = 0.62;
/** Rows that a sentence without a reference is given beyond its source words. */
const SPARE_ROWS = 2;

let measurer: MeasureText | null = null;
/** Widths in the page's own type. */
export const measure: MeasureText = (text, size) => {
  measurer ??= createTextMeasurer(getComputedStyle(document.body).fontFamily);
  return measurer(text, size);
};

/** Width of an element and the height below it in the window, followed as they change. */
export function useRoom(target: HTMLElement | null): { readonly width: number; readonly height: number } {
  const [room, setRoom] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    if (!target) return;
    const observe = (): void => {
      const scrolled = scrollY + (target.closest('.stage-column')?.scrollTop ?? 0);
      const below = Math.floor(innerHeight - (target.getBoundingClientRect().top + scrolled));
      const left = FOOTS.map((foot) => below - foot).find((room) => room >= MIN_HEIGHT);
      const height = left ?? Math.round(innerHeight * HEIGHT_SHARE);
      const next = { width: target.clientWidth, height };
      setRoom((now) => (now.width === next.width && now.height === next.height ? now : next));
    };
    // Called for the first time once the page is laid out, and before it is painted: asked for here, its size would have the whole
    // page laid out in the middle of a render.
    const observer = new ResizeObserver(() => flushSync(observe));
    observer.observe(target);
    addEventListener('resize', observe);
    return () => {
      observer.disconnect();
      removeEventListener('resize', observe);
    };
  }, [target]);
  return room;
}

/** Rows that a sentence is given room for: those of its reference, or about as many as its source has. */
export const expectedRows = (shape: Shape): number =>
  shape.reference ? shape.reference.length : shape.source.length + SPARE_ROWS;

/** Bounds of the type of words in pictures, where the page is large. */
export const useFonts = (): Partial<typeof LARGE_FONTS> =>
  useView(({ size }) => (size === 'large' ? LARGE_FONTS : USUAL));
const USUAL = {};

/** Lays the words out; the columns stand still while the words down change, until another sentence comes. */
export function useHeatmapLayout(frame: HTMLElement | null, shape: Shape): HeatmapLayout | null {
  const room = useRoom(frame);
  const fonts = useFonts();
  const widest = useRef({ key: '', width: 0 });
  const layout = useMemo(() => {
    if (room.width === 0) return null;
    const words = [...shape.target.map((token) => token.text), ...(shape.reference ?? [])].map(tokenText);
    return layoutHeatmap({
      sourceWords: shape.source.map((token) => tokenText(token.text)),
      targetWords: words.slice(0, Math.max(1, words.length)),
      maxWidth: room.width,
      maxHeight: room.height,
      expectedRows: expectedRows(shape),
      minGutter: widest.current.key === shape.key ? widest.current.width : 0,
      ...fonts,
      measure,
    });
  }, [room, shape, fonts]);
  useEffect(() => {
    if (layout) widest.current = { key: shape.key, width: layout.gutter };
  }, [layout, shape.key]);
  return layout;
}
