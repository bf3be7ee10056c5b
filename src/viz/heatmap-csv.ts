/** A heatmap as a table: input words across, output words down, every weight in full. */

import { csvText, shortestFloat32 } from '../lib/csv.ts';
import type { Translation } from '../training/protocol.ts';

/** One row for each output word; the first column holds these words, the first row the input words. */
export function heatmapCsv({ source, target, weights }: Translation): string {
  const columns = source.length;
  return csvText([
    ['', ...source.map(({ text }) => text)],
    ...target.map(({ text }, row) => [
      text,
      ...Array.from(weights.subarray(row * columns, (row + 1) * columns), shortestFloat32),
    ]),
  ]);
}
