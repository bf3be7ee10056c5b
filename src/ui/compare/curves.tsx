/** Curves of several runs over their steps in one small chart: one stands out, the others stay behind it. */

import { type PointerEvent, useRef } from 'react';
import { placed } from '../../lib/places.ts';
import type { Series } from '../../lib/series.ts';
import { stepAxis, valueAxis } from '../../viz/chart-scale.ts';
import { bucketAt, linePath } from '../../viz/line-path.ts';
import { useFormat } from '../context.ts';
import { useWidth } from '../meters/use-width.ts';
import { nextInLine, PictureStop } from '../parts/picture-stop.tsx';
import { heldAt } from './places.ts';

export interface CurvesProps {
  readonly label: string;
  readonly curves: readonly Series[];
  /** Index of the curve that stands out. */
  readonly main: number;
  readonly lastStep: number;
  readonly height: number;
  /** Share that is drawn as a line to be reached. */
  readonly goal?: number;
  /** Step under the crosshair, shared by charts side by side. */
  readonly at: number | null;
  readonly onAt: (step: number | null) => void;
  /** A place of the curve that stands out, in words. */
  readonly text: (step: number, share: number) => string;
  readonly walkLabel: string;
}

/** Right of the plot, for the labels of its axis, px. */
const LABELS_WIDTH = 34;

export function Curves(props: CurvesProps) {
  const { label, curves, main, lastStep, height, goal, at, onAt, text, walkLabel } = props;
  const format = useFormat();
  const plot = useRef<SVGSVGElement>(null);
  const whole = useWidth(plot);
  const width = Math.max(1, whole - LABELS_WIDTH);
  const x = stepAxis(lastStep, width);
  const y = valueAxis([0, 1], height, { tickCount: 2 });
  const curve = curves[main];
  const place = curve && curve.length > 0 ? bucketAt(curve, at ?? Number.POSITIVE_INFINITY) : -1;
  const point = (event: PointerEvent): void => {
    const box = plot.current?.getBoundingClientRect();
    if (!box || lastStep === 0) return;
    const step = Math.round(((event.clientX - box.left) / width) * x.domain[1]);
    onAt(Math.min(lastStep, Math.max(1, step)));
  };
  return (
    <div className="picture chart curves">
      <svg
        ref={plot}
        role="img"
        aria-label={label}
        height={height}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => onAt(null)}
      >
        {y.ticks.map((tick) => (
          <g key={tick} className="tick">
            <path d={`M0 ${y.position(tick)}H${width}`} />
            <text x={whole - 2} y={y.position(tick)} dy="0.35em">
              {format.integer(tick * 100)}
            </text>
          </g>
        ))}
        {goal !== undefined && <path className="goal-line" d={`M0 ${y.position(goal)}H${width}`} />}
        {placed(curves).map(({ item: other, place: i }) =>
          i === main ? null : <path key={i} className="other" d={linePath(other, x.position, y.position, width)} />,
        )}
        {curve && <path className="main" d={linePath(curve, x.position, y.position, width)} />}
        {at !== null && (
          <g className="crosshair">
            <path d={`M${x.position(at)} 0V${height}`} />
            {curve && !Number.isNaN(heldAt(curve, at)) && (
              <circle cx={x.position(at)} cy={y.position(heldAt(curve, at))} r={3} />
            )}
          </g>
        )}
      </svg>
      <PictureStop
        label={walkLabel}
        at={Math.max(0, place)}
        count={curve?.length ?? 0}
        text={curve && place >= 0 ? text(curve.x(place), curve.mean(place)) : label}
        next={(key) => (curve ? nextInLine(place, curve.length, key) : null)}
        onReach={(next) => curve && onAt(curve.x(next))}
        onLeave={() => onAt(null)}
      />
    </div>
  );
}
