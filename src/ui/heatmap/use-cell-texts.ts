/** Keeps what the cells say, and the bars under the words, up to date; past React, a few times a second. */

import { type RefObject, useEffect } from 'react';
import type { FrameStore } from '../../store/frame-store.ts';
import { attentionScale } from '../../viz/attention-scale.ts';
import { useFormat, useSession, useStrings, useView } from '../context.ts';
import type { Format } from '../format.ts';
import { tokenName } from '../parts/word.tsx';
import type { Strings } from '../strings/strings.ts';
import { useTheme } from '../theme.ts';

/** The texts need not be as quick as the colours. */
const INTERVAL_MS = 120;

/** @param version - changes when the cells were rendered anew */
export function useCellTexts(grid: RefObject<HTMLElement | null>, version: unknown): void {
  const { frames } = useSession();
  const strings = useStrings();
  const format = useFormat();
  const theme = useTheme();
  const showValues = useView((state) => state.showValues);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new cells are empty and have to be written at once
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const write = (): void => {
      timer = undefined;
      if (grid.current) writeTexts(grid.current, frames, { strings, format, showValues, scale: attentionScale(theme) });
    };
    const stop = frames.subscribe((state, before) => {
      if (state.shown !== before.shown) timer ??= setTimeout(write, INTERVAL_MS);
    });
    write();
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [grid, frames, strings, format, theme, showValues, version]);
}

interface Wording {
  readonly strings: Strings;
  readonly format: Format;
  readonly showValues: boolean;
  readonly scale: ReturnType<typeof attentionScale>;
}

function writeTexts(grid: HTMLElement, frames: FrameStore, { strings, format, showValues, scale }: Wording): void {
  const { shown, shape } = frames.getState();
  if (!shown || !shape) return;
  const { weights, probabilities } = shown.translation;
  const columns = shape.source.length;
  for (const cell of grid.querySelectorAll<HTMLElement>('[data-cell]')) {
    const index = Number(cell.dataset.cell);
    const row = Math.floor(index / columns);
    const column = index % columns;
    if (row >= shape.target.length) continue;
    const weight = weights[index] ?? 0;
    const label = strings.heatmap.cell(
      row + 1,
      tokenName(shape.target[row].text, strings),
      column + 1,
      tokenName(shape.source[column].text, strings),
      format.weight(weight),
    );
    const isGold = shape.gold[row].includes(column);
    cell.ariaLabel = isGold ? `${label}, ${strings.heatmap.gold}` : label;
    cell.textContent = showValues ? format.weight(weight) : '';
    cell.style.color = scale.ink(weight);
  }
  for (const bar of grid.querySelectorAll<HTMLElement>('[data-probability]')) {
    const row = Number(bar.dataset.probability);
    bar.style.transform = `scaleY(${probabilities[row] ?? 0})`;
  }
}
