/** Paints the cells straight from the store, past React: one pixel a cell, faded where that is wanted. */

import { type RefObject, useEffect } from 'react';
import type { Shown } from '../../store/frame-store.ts';
import { isRunning } from '../../store/run-store.ts';
import type { StagedDifference } from '../../store/timeline-store.ts';
import { attentionScale } from '../../viz/attention-scale.ts';
import { paintWeights, WeightFade } from '../../viz/heatmap-paint.ts';
import { paintSigned, signedScale } from '../../viz/signed-scale.ts';
import { calmly } from '../calm.ts';
import { useSession } from '../context.ts';
import { prefersStillness, useTheme } from '../theme.ts';

const FADE_MS = 180;

export function useHeatmapPainter(element: RefObject<HTMLCanvasElement | null>): void {
  const { frames, timeline, run } = useSession();
  const theme = useTheme();
  useEffect(() => {
    const canvas = element.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const scale = attentionScale(theme);
    const fade = new WeightFade();
    let shown: Shown | null = null;
    /** In place of the weights while the stage is compared with another moment. */
    let difference: StagedDifference | null = null;
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
      if (difference) paintSigned(fade.at(now), difference.limit, signedScale(theme), image.data);
      else paintWeights(fade.at(now), scale, image.data);
      context.putImageData(image, 0, 0);
      if (fade.isRunning(now)) request = requestAnimationFrame(paint);
    };
    const receive = (): void => {
      const next = frames.getState().shown;
      const compared = timeline.getState().difference;
      const change = compared?.shown === next ? compared : null;
      if (!next || (next === shown && change === difference)) return;
      // Weights do not fade into differences.
      const isSameSentence = shown?.key === next.key && (change === null) === (difference === null);
      shown = next;
      difference = change;
      const columns = next.translation.source.length;
      const durationMs = isSameSentence && !prefersStillness() ? FADE_MS : 0;
      fade.aim(change?.weights ?? next.translation.weights, columns, performance.now(), durationMs);
      request ||= requestAnimationFrame(paint);
    };
    const calm = calmly(receive, () => prefersStillness() && isRunning(run.getState()));
    const stops = [calm.stop, frames.subscribe(calm.call), timeline.subscribe(receive)];
    calm.call();
    return () => {
      for (const stop of stops) stop();
      cancelAnimationFrame(request);
    };
  }, [element, frames, timeline, run, theme]);
}
