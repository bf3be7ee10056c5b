/** Paints pictures with attention over them straight from the store, past React, on the next animation frame. */

import { type RefObject, useEffect } from 'react';
import { pictureOf } from '../../lib/picture-cells.ts';
import type { Shown } from '../../store/frame-store.ts';
import { isRunning } from '../../store/run-store.ts';
import type { StagedDifference } from '../../store/timeline-store.ts';
import { activeLit } from '../../store/view-store.ts';
import { attentionScale, type Theme } from '../../viz/attention-scale.ts';
import { changePaint, largestWeights, paintPicture, weightPaint } from '../../viz/picture-paint.ts';
import { signedScale } from '../../viz/signed-scale.ts';
import { calmly } from '../calm.ts';
import { useSession } from '../context.ts';
import { prefersStillness, useTheme } from '../theme.ts';

/**
 * Paints every canvas inside: `data-step` is the step that it shows; one without follows what is lit, and where nothing is it shows
 * the largest weight that any step gives to each cell.
 * @param version - changes when canvases were added
 */
export function usePicturePainter(frame: RefObject<HTMLElement | null>, version: unknown): void {
  const { frames, run, timeline, view } = useSession();
  const theme = useTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: new canvases are blank and have to be painted at once
  useEffect(() => {
    let request = 0;
    const paint = (): void => {
      request = 0;
      const { shown } = frames.getState();
      if (!shown || !frame.current) return;
      const lit = activeLit(view.getState())?.row ?? null;
      const { difference } = timeline.getState();
      const compared = difference?.shown === shown ? difference : null;
      for (const canvas of frame.current.querySelectorAll('canvas')) paintOn(canvas, shown, lit, theme, compared);
    };
    const ask = (): void => {
      request ||= requestAnimationFrame(paint);
    };
    const calm = calmly(ask, () => prefersStillness() && isRunning(run.getState()));
    const stops = [
      calm.stop,
      frames.subscribe((state, before) => {
        if (state.shown !== before.shown) calm.call();
      }),
      timeline.subscribe((state, before) => {
        if (state.difference !== before.difference) ask();
      }),
      view.subscribe((state, before) => {
        if (activeLit(state)?.row !== activeLit(before)?.row) ask();
      }),
    ];
    paint();
    return () => {
      for (const stop of stops) stop();
      cancelAnimationFrame(request);
    };
  }, [frame, frames, run, timeline, view, theme, version]);
}

/**
 * @param lit - step that a canvas shows which has none of its own
 * @param difference - in place of the weights while the stage is compared with another moment
 */
export function paintOn(
  canvas: HTMLCanvasElement,
  { translation }: Shown,
  lit: number | null,
  theme: Theme,
  difference: StagedDifference | null = null,
): void {
  const { source } = translation;
  const picture = pictureOf(source.map(({ text }) => text));
  const context = canvas.getContext('2d');
  if (!picture || !context) return;
  const weights = difference?.weights ?? translation.weights;
  const steps = weights.length / source.length;
  const own = canvas.dataset.step === undefined ? lit : Number(canvas.dataset.step);
  const row =
    own !== null && own < steps
      ? weights.subarray(own * source.length, (own + 1) * source.length)
      : largestWeights(weights, source.length);
  if (canvas.width !== picture.width) canvas.width = picture.width;
  if (canvas.height !== picture.height) canvas.height = picture.height;
  const image = context.createImageData(picture.width, picture.height);
  const paint = difference
    ? changePaint(row, difference.limit, signedScale(theme))
    : weightPaint(row, attentionScale(theme));
  paintPicture(picture, paint, image.data);
  context.putImageData(image, 0, 0);
}
