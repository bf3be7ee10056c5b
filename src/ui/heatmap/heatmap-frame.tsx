/** The picture in its own scrolling frame; while somebody points at it, it holds still. */

import { useEffect, useRef } from 'react';
import { hold, release } from '../../store/frame-store.ts';
import { useFrames, useSession } from '../context.ts';
import { HeatmapGrid } from './heatmap-grid.tsx';
import { useHeatmapLayout } from './use-layout.ts';

export function HeatmapFrame() {
  const { frames, view } = useSession();
  const shape = useFrames((state) => state.shape);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(
    () => () => {
      release(frames, 'pointer');
      release(frames, 'keyboard');
    },
    [frames],
  );
  return (
    <div
      ref={frame}
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

type LaidProps = {
  readonly frame: React.RefObject<HTMLDivElement | null>;
  readonly shape: NonNullable<ReturnType<typeof useShape>>;
};

const useShape = () => useFrames((state) => state.shape);

/** The grid, once the frame's width is known. */
function Laid({ frame, shape }: LaidProps) {
  const layout = useHeatmapLayout(frame, shape);
  return layout && <HeatmapGrid shape={shape} layout={layout} />;
}
