/** Keeps what the cells say, and the bars under the words, up to date; past React, a few times a second. */

import { type RefObject, useEffect } from 'react';
import type { Session } from '../../store/session.ts';
import { attentionScale, type Theme } from '../../viz/attention-scale.ts';
import { signedScale } from '../../viz/signed-scale.ts';
import { useFormat, useSession, useStrings, useView } from '../context.ts';
import type { Format } from '../format.ts';
import { tokenName } from '../parts/word.tsx';
import type { Strings } from '../strings/strings.ts';
import { useForcedColours, useTheme } from '../theme.ts';

/** The texts need not be as quick as the colours. */
const INTERVAL_MS = 120;

/** @param version - changes when the cells were rendered anew */
export function useCellTexts(grid: RefObject<HTMLElement | null>, version: unknown): void {
  const session = useSession();
  const strings = useStrings();
  const format = useFormat();
  const theme = useTheme();
  const hasForcedColours = useForcedColours();
  const showValues = useView((state) => state.showValues) || hasForcedColours;
  // biome-ignore lint/correctness/useExhaustiveDependencies: new cells are empty and have to be written at once
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const write = (): void => {
      timer = undefined;
      if (grid.current) writeTexts(grid.current, session, { strings, format, showValues, theme });
    };
    const writeSoon = (): void => {
      timer ??= setTimeout(write, INTERVAL_MS);
    };
    const stops = [
      session.frames.subscribe((state, before) => {
        if (state.shown !== before.shown) writeSoon();
      }),
      session.timeline.subscribe((state, before) => {
        if (state.difference !== before.difference) writeSoon();
      }),
    ];
    write();
    return () => {
      for (const stop of stops) stop();
      clearTimeout(timer);
    };
  }, [grid, session, strings, format, theme, showValues, version]);
}

interface Wording {
  readonly strings: Strings;
  readonly format: Format;
  readonly showValues: boolean;
  readonly theme: Theme;
}

function writeTexts(grid: HTMLElement, session: Session, { strings, format, showValues, theme }: Wording): void {
  const { shown, shape } = session.frames.getState();
  const { difference } = session.timeline.getState();
  const changes = difference?.shown === shown ? difference : null;
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
    const change = changes && format.change(changes.weights[index] ?? 0);
    const notes = [...(change ? [strings.time.change(change)] : []), ...(isGold ? [strings.heatmap.gold] : [])];
    cell.ariaLabel = strings.joined.list([label, ...notes]);
    cell.textContent = showValues ? (change ?? format.weight(weight)) : '';
    cell.style.color = changes
      ? signedScale(theme).ink((changes.weights[index] ?? 0) / changes.limit)
      : attentionScale(theme).ink(weight);
  }
  for (const bar of grid.querySelectorAll<HTMLElement>('[data-probability]')) {
    const row = Number(bar.dataset.probability);
    bar.style.transform = `scaleY(${probabilities[row] ?? 0})`;
  }
}
