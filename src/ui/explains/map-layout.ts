/** One geometry for all heatmaps of the panel: side by side where they fit, else one below the other. */

import { type HeatmapLayout, type HeatmapLayoutInput, layoutHeatmap } from '../../viz/heatmap-layout.ts';
import { createTextMeasurer, type MeasureText } from '../../viz/text-width.ts';
import { tokenText } from '../parts/word.tsx';

const GAP = 24;
/** Narrower than on the stage, so that three of them stand side by side. */
const MIN_CELL = 18;
const CELL_HEIGHT = 26;
const HEAD = 60;

export interface MapsLayout {
  readonly columns: number;
  readonly map: HeatmapLayout;
}

let measurer: MeasureText | null = null;
const measure: MeasureText = (text, size) => {
  measurer ??= createTextMeasurer(getComputedStyle(document.body).fontFamily);
  return measurer(text, size);
};

export function layoutMaps(
  source: readonly string[],
  target: readonly string[],
  count: number,
  width: number,
  fonts: Pick<HeatmapLayoutInput, 'minFont' | 'maxFont'> = {},
): MapsLayout {
  const layout = (maxWidth: number): HeatmapLayout =>
    layoutHeatmap({
      sourceWords: source.map(tokenText),
      targetWords: target.map(tokenText),
      maxWidth,
      maxHeight: HEAD + target.length * CELL_HEIGHT,
      minCell: MIN_CELL,
      ...fonts,
      measure,
    });
  const each = Math.floor((width - (count - 1) * GAP) / count);
  const beside = layout(each);
  return beside.width <= each ? { columns: count, map: beside } : { columns: 1, map: layout(width) };
}
