/** The picture in its own scrolling frame; while somebody points at it, it holds still. */

import { useEffect, useState } from 'react';
import { hold, release } from '../../store/frame-store.ts';
import type { Shape } from '../../store/shape.ts';
import { useFrames, useSession } from '../context.ts';
import { HeatmapGrid } from './heatmap-grid.tsx';
import { expectedRows, useHeatmapLayout } from './use-layout.ts';

export function HeatmapFrame() {
  const { frames, view } = useSession();
  const shape = useFrames((state) => state.shape);
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  useEffect(
    () => () => {
      release(frames, 'pointer');
      release(frames, 'keyboard');
    },
    [frames],
  );
  return (
    <div
      ref={setFrame}
      className="heatmap-frame"
      onPointerEnter={(event) => event.pointerType !== 'touch' && hold(frames, 'pointer')}
      onPointerLeave={() => {
        release(frames, 'pointer');
        view.setState({ hovered: null });
      }}
    >
      {shape && <Laid frame={frame} shape={shape} />}
    </div>
  );
}

/** Room for a scroll bar, so that it covers no row. */
const SCROLLBAR = 12;

interface LaidProps {
  readonly frame: HTMLElement | null;
  readonly shape: Shape;
}

/** The grid, once the frame's width is known. Its height is that of the right translation, whatever comes now. */
function Laid({ frame, shape }: LaidProps) {
  const layout = useHeatmapLayout(frame, shape);
  return (
    layout && (
      <div
        className="heatmap-scroll"
        style={{ height: layout.top + expectedRows(shape) * layout.cellHeight + SCROLLBAR }}
      >
        <HeatmapGrid shape={shape} layout={layout} />
      </div>
    )
  );
}
