/** Outlines of the rows whose α a visitor set. */

import type { Shape } from '../../store/shape.ts';
import type { HeatmapLayout } from '../../viz/heatmap-layout.ts';
import { useEdits, useFrames } from '../context.ts';

export function EditedRows({ shape, layout }: { readonly shape: Shape; readonly layout: HeatmapLayout }) {
  const isEdited = useFrames((state) => state.overlay?.kind === 'edited');
  const attention = useEdits((state) => state.edits.attention);
  if (!isEdited) return null;
  const { gutter, top, cellWidth, cellHeight } = layout;
  return (
    <div className="edited-rows" aria-hidden="true">
      {shape.target.map(
        (_, row) =>
          attention[row] && (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the sentence
              key={row}
              className="edited-row"
              style={{
                left: gutter,
                top: top + row * cellHeight,
                width: shape.source.length * cellWidth,
                height: cellHeight,
              }}
            />
          ),
      )}
    </div>
  );
}
