/** The lit row and column: outlines over the cells. */

import type { Shape } from '../../store/shape.ts';
import { activeLit, isWordLit, type Lit } from '../../store/view-store.ts';
import type { HeatmapLayout } from '../../viz/heatmap-layout.ts';
import { useView } from '../context.ts';

export function Bands({ shape, layout }: { readonly shape: Shape; readonly layout: HeatmapLayout }) {
  const lit = useView(activeLit);
  const isPinned = useView((state) => state.pinned !== null);
  if (!lit) return null;
  const rows = placesOf(lit, 'target', shape);
  const columns = placesOf(lit, 'source', shape);
  const { gutter, top, cellWidth, cellHeight } = layout;
  const width = shape.source.length * cellWidth;
  const height = shape.target.length * cellHeight;
  return (
    <div className={`bands ${isPinned ? 'pinned' : ''}`} aria-hidden="true">
      {rows.map((row) => (
        <span
          key={row}
          className="band"
          style={{ left: gutter, top: top + row * cellHeight, width, height: cellHeight }}
        />
      ))}
      {columns.map((column) => (
        <span
          key={column}
          className="band"
          style={{ left: gutter + column * cellWidth, top, width: cellWidth, height }}
        />
      ))}
    </div>
  );
}

function placesOf(lit: Lit, side: 'source' | 'target', shape: Shape): number[] {
  return shape[side].flatMap((token, place) => (isWordLit(lit, side, token.text, place) ? [place] : []));
}
