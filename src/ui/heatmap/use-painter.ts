/** Paints the cells straight from the store, past React: one pixel a cell, faded where that is wanted. */

import { type RefObject, useEffect } from 'react';
import type { Shown } from '../../store/frame-store.ts';
import { attentionScale } from '../../viz/attention-scale.ts';
import { paintWeights, WeightFade } from '../../viz/heatmap-paint.ts';
import { useSession } from '../context.ts';
import { prefersStillness, useTheme } from '../theme.ts';

const FADE_MS = 180;

export function useHeatmapPainter(element: RefObject<HTMLCanvasElement | null>): void {
  const { frames } = useSession();
  const theme = useTheme();
  useEffect(() => {
    const canvas = element.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const scale = attentionScale(theme);
    const fade = new WeightFade();
    let shown: Shown | null = null;
    let request = 0;

    const paint = (): void => {
      request = 0;
      if (!shown) return;
      const now = performance.now();
      const columns = shown.translation.source.length;
      const rows = shown.translation.target.length;
      if (columns === 0 || rows === 0) return;
      if (canvas.width !== columns) canvas.width = columns;
      if (canvas.height !== rows) canvas.height = rows;
      const image = context.createImageData(columns, rows);
      paintWeights(fade.at(now), scale, image.data);
      context.putImageData(image, 0, 0);
      if (fade.isRunning(now)) request = requestAnimationFrame(paint);
    };
    const receive = (): void => {
      const next = frames.getState().shown;
      if (!next || next === shown) return;
      const isSameSentence = shown?.key === next.key;
      shown = next;
      const columns = next.translation.source.length;
      const durationMs = isSameSentence && !prefersStillness() ? FADE_MS : 0;
      fade.aim(next.translation.weights, columns, performance.now(), durationMs);
      request ||= requestAnimationFrame(paint);
    };
    const stop = frames.subscribe(receive);
    receive();
    return () => {
      stop();
      cancelAnimationFrame(request);
    };
  }, [element, frames, theme]);
}
