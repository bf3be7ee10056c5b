/** The heatmap's geometry in the room that the page has for it. */

import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Shape } from '../../store/shape.ts';
import { type HeatmapLayout, layoutHeatmap } from '../../viz/heatmap-layout.ts';
import { createTextMeasurer, type MeasureText } from '../../viz/text-width.ts';
import { tokenText } from '../parts/word.tsx';

/** Height that the picture may take, as a share of the window, and its least. */
const HEIGHT_SHARE = 0.6;
const MIN_HEIGHT = 340;
/** Rows that a sentence without a reference is given beyond its source words. */
const SPARE_ROWS = 2;

let measurer: MeasureText | null = null;
const measure: MeasureText = (text, size) => {
  measurer ??= createTextMeasurer(getComputedStyle(document.body).fontFamily);
  return measurer(text, size);
};

/** Width of an element and height of the window, followed as they change. */
function useRoom(element: RefObject<HTMLElement | null>): { readonly width: number; readonly height: number } {
  const [room, setRoom] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return;
    const observe = (): void => {
      const next = { width: target.clientWidth, height: Math.max(MIN_HEIGHT, innerHeight * HEIGHT_SHARE) };
      setRoom((now) => (now.width === next.width && now.height === next.height ? now : next));
    };
    const observer = new ResizeObserver(observe);
    observer.observe(target);
    addEventListener('resize', observe);
    observe();
    return () => {
      observer.disconnect();
      removeEventListener('resize', observe);
    };
  }, [element]);
  return room;
}

/** Lays the words out; the columns stand still while the words down change, until another sentence comes. */
export function useHeatmapLayout(element: RefObject<HTMLElement | null>, shape: Shape): HeatmapLayout | null {
  const room = useRoom(element);
  const widest = useRef({ key: '', width: 0 });
  const layout = useMemo(() => {
    if (room.width === 0) return null;
    const expected = shape.reference ? shape.reference.length + 1 : shape.source.length + SPARE_ROWS;
    const words = [...shape.target.map((token) => token.text), ...(shape.reference ?? [])].map(tokenText);
    return layoutHeatmap({
      sourceWords: shape.source.map((token) => tokenText(token.text)),
      targetWords: words.slice(0, Math.max(1, words.length)),
      maxWidth: room.width,
      maxHeight: room.height,
      expectedRows: expected,
      minGutter: widest.current.key === shape.key ? widest.current.width : 0,
      measure,
    });
  }, [room, shape]);
  useEffect(() => {
    if (layout) widest.current = { key: shape.key, width: layout.gutter };
  }, [layout, shape.key]);
  return layout;
}
