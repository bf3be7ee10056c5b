/** Paints the ribbons straight from the store, past React: α faded to its new value, and what is lit in front of the rest. */

import { select } from 'd3';
import { type RefObject, useEffect } from 'react';
import type { Shown } from '../../store/frame-store.ts';
import { isRunning } from '../../store/run-store.ts';
import type { Shape } from '../../store/shape.ts';
import type { StagedDifference } from '../../store/timeline-store.ts';
import { activeLit, type Lit } from '../../store/view-store.ts';
import { attentionScale } from '../../viz/attention-scale.ts';
import { WeightFade } from '../../viz/heatmap-paint.ts';
import { linkOutline, type Ribbon, type RibbonLayout, ribbonsOf } from '../../viz/ribbon-layout.ts';
import { signedScale } from '../../viz/signed-scale.ts';
import { calmly } from '../calm.ts';
import { useFormat, useSession, useStrings } from '../context.ts';
import { describe } from '../heatmap/readout.tsx';
import { prefersStillness, useTheme } from '../theme.ts';
import { litOf } from './ribbons.tsx';

const FADE_MS = 180;
/** Names need not be as quick as the picture. */
const NAMES_MS = 150;

export function useRibbonPainter(picture: RefObject<HTMLElement | null>, shape: Shape, layout: RibbonLayout): void {
  const { frames, view, timeline, run } = useSession();
  const strings = useStrings();
  const format = useFormat();
  const theme = useTheme();
  useEffect(() => {
    const element = picture.current;
    if (!element) return;
    const scale = attentionScale(theme);
    const fade = new WeightFade();
    let shown: Shown | null = null;
    let difference: StagedDifference | null = null;
    let request = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const inkOf = (ribbon: Ribbon): string =>
      difference
        ? signedScale(theme).colour((difference.weights[ribbon.index] ?? 0) / difference.limit)
        : scale.colour(ribbon.weight);
    const paint = (): void => {
      request = 0;
      if (!shown) return;
      const now = performance.now();
      const ribbons = ribbonsOf(layout, fade.at(now));
      select(element)
        .select('.ribbons')
        .selectAll<SVGPathElement, Ribbon>('path')
        .data(ribbons, ({ index }) => index)
        .join((enter) => enter.append('path').attr('role', 'button').attr('tabindex', -1))
        .attr('class', 'ribbon')
        .attr('data-cell', ({ index }) => index)
        .attr('d', ({ path }) => path)
        .attr('fill', inkOf)
        .order();
      const links = shape.gold.flatMap((columns, row) =>
        columns.map((column) => linkOutline(layout, ribbons, row, column)),
      );
      select(element).select('.gold-links').selectAll('path').data(links).join('path').attr('d', String);
      light();
      if (fade.isRunning(now)) request = requestAnimationFrame(paint);
      timer ??= setTimeout(name, shown ? NAMES_MS : 0);
    };
    /** Lit ribbons are as they are, the others step back. */
    const light = (): void => {
      const { pinned, ...state } = view.getState();
      const lit = activeLit({ ...state, pinned });
      for (const path of element.querySelectorAll<SVGPathElement>('.ribbon')) {
        const index = Number(path.dataset.cell);
        path.classList.toggle('lit', lit !== null && isRibbonLit(lit, index, shape));
        path.classList.toggle('dim', lit !== null && !isRibbonLit(lit, index, shape));
        const isPinned =
          pinned !== null && pinned.row !== null && pinned.column !== null && isRibbonLit(pinned, index, shape);
        path.setAttribute('aria-pressed', String(isPinned));
      }
    };
    /** What ribbons and words say. */
    const name = (): void => {
      timer = undefined;
      if (!shown) return;
      for (const part of element.querySelectorAll<HTMLElement | SVGElement>('[data-cell], [data-side]')) {
        const lit = litOf(part, shape);
        const text = lit && describe(lit, shown.translation, shape.gold, strings, format);
        if (text) part.setAttribute('aria-label', text);
      }
      for (const bar of element.querySelectorAll<HTMLElement>('[data-probability]')) {
        const probability = shown.translation.probabilities[Number(bar.dataset.probability)] ?? 0;
        bar.style.transform = `scaleX(${probability})`;
      }
    };
    const receive = (): void => {
      const next = frames.getState().shown;
      const compared = timeline.getState().difference;
      const change = compared?.shown === next ? compared : null;
      if (!next || (next === shown && change === difference)) return;
      const isSameSentence = shown?.key === next.key;
      shown = next;
      difference = change;
      const columns = next.translation.source.length;
      const durationMs = isSameSentence && !prefersStillness() ? FADE_MS : 0;
      fade.aim(next.translation.weights, columns, performance.now(), durationMs);
      request ||= requestAnimationFrame(paint);
    };
    const calm = calmly(receive, () => prefersStillness() && isRunning(run.getState()));
    const stops = [
      calm.stop,
      frames.subscribe(calm.call),
      timeline.subscribe(receive),
      view.subscribe((state, before) => {
        if (state.hovered !== before.hovered || state.pinned !== before.pinned) light();
      }),
    ];
    receive();
    cancelAnimationFrame(request);
    paint();
    name();
    return () => {
      for (const stop of stops) stop();
      cancelAnimationFrame(request);
      clearTimeout(timer);
    };
  }, [picture, shape, layout, frames, view, timeline, run, strings, format, theme]);
}

/** A ribbon is lit by its cell, by either of its words, or by their tokens where a word elsewhere is lit. */
function isRibbonLit(lit: Lit, index: number, { source, target }: Shape): boolean {
  const [row, column] = [Math.floor(index / source.length), index % source.length];
  const isSource = lit.column === null ? lit.sourceToken === source[column]?.text : lit.column === column;
  const isTarget = lit.row === null ? lit.targetToken === target[row]?.text : lit.row === row;
  if (lit.sourceToken !== null && lit.targetToken !== null) return isSource && isTarget;
  return lit.sourceToken !== null ? isSource : lit.targetToken !== null && isTarget;
}
